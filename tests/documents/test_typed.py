"""A character that no font of the documents can draw is refused where it is typed, and named."""

import pytest

from negotiation.forms import EditOffer, Opening, Propose
from workflow.forms import FormModel, Invalid


@pytest.mark.parametrize(
    ("form", "sent", "field"),
    [
        (EditOffer, {"subject": "工资增长🎉", "proposed_place": "会议室"}, "subject"),
        (Propose, {"head": "wage_level", "text": "工资\u2603\ufe0f", "reason": ""}, "text"),
        (Opening, {"title": "合同\U0001f600", "kind": "wage", "level": "enterprise", "organisation": "1", "subject": "工资"}, "title"),
    ],
)
def test_a_character_that_cannot_be_printed_is_named_beside_its_field(form: type[FormModel], sent: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        form.read(sent)
    assert "无法在文书中显示" in str(refused.value.errors[field][0]) and "U+" in str(refused.value.errors[field][0])


def test_rare_characters_of_names_are_taken() -> None:
    assert "㛃" in Propose.read({"head": "wage_level", "text": "李㛃、赵𠮷、钱喆、孙昇", "reason": "生僻字"}).text
