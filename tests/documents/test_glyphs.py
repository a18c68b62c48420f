"""What the shipped fonts can draw, and what is named when they cannot."""

import pytest

from workflow.documents.glyphs import covered, missing


@pytest.mark.parametrize(
    "name", ["李春梅", "钱喆", "孙玥", "张昇", "李堃", "赵淼犇", "𠮷田", "㑇", "买买提·吐尔逊", "é", "§", "☐☑", "①⑪", "℃", "㎡"]
)
def test_names_and_signs_of_real_papers_are_drawn(name: str) -> None:
    assert missing(name) == []


def test_every_han_character_of_the_basic_block_is_drawn() -> None:
    assert missing("".join(map(chr, range(0x4E00, 0x9FA6)))) == []


def test_missing_characters_are_named_in_order_and_once() -> None:
    assert missing("甲\U0001f600乙\u202e丙\U0001f600丁\u200b") == ["\U0001f600", "\u202e", "\u200b"]


@pytest.mark.parametrize("unseen", ["\x00", "\x0c", "\u00ad", "\u200e", "\u2028", "\ufeff", "\ue000", "\U000e0001", "\ud800"])
def test_what_turns_or_hides_text_is_never_let_in(unseen: str) -> None:
    assert missing(f"甲{unseen}乙") == [unseen]


def test_spaces_and_line_breaks_need_no_glyph() -> None:
    assert missing("甲 乙\n丙\t丁\r\n戊　己") == []
    assert 0x4E00 in covered() and 0x1F600 not in covered()
