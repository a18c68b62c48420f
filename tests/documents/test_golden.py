"""Each form as it was last read and approved by a person. `python -m tests.documents.test_golden` writes them anew, to be read again."""

from pathlib import Path

import pytest

from tests.documents.papers import FORMS
from workflow.documents.glyphs import missing
from workflow.documents.render import render
from workflow.documents.vocabulary import parse

pytestmark = pytest.mark.once

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", FORMS)
def test_the_form_reads_as_approved(name: str) -> None:
    html = render(*FORMS[name])
    assert html == (GOLDEN / f"{name}.html").read_text(encoding="utf-8")
    assert not missing(html)
    assert parse(html).blocks


def test_no_approved_form_is_left_without_its_record() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(FORMS)


if __name__ == "__main__":
    for name, (template, record) in FORMS.items():
        (GOLDEN / f"{name}.html").write_text(render(template, record), encoding="utf-8")
