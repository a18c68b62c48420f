"""The sheet of the browser's preview knows every word of the vocabulary that a form uses."""

import re
from pathlib import Path

from tests.documents.papers import FORMS
from workflow.documents.render import render

SHEET = (Path(__file__).parents[2] / "web" / "static" / "document.css").read_text(encoding="utf-8")


def test_every_class_of_every_form_is_dressed() -> None:
    used = {name for form in FORMS.values() for name in re.findall(r'<[a-z0-9]+ class="([a-z]+)"', render(*form))}
    assert len(used) > 12
    assert not {name for name in used if not re.search(rf"\.{name}\b", SHEET)}
