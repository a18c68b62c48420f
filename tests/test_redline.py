"""Two wordings and two versions are compared in whole units, and nothing is lost: without what is new the old stands there, and the other way round."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from workflow.redline import TOKEN, Change, Clause, Fate, Pieces, compare, lines, paragraphs, redline

WORDS = st.text(alphabet="甲乙丙丁方支付工资百分之一二三四五〇年月日元第条0123456789.,%，。；abXY\u3000\n", max_size=60)
SENTENCES = st.lists(
    st.sampled_from(
        (
            "甲方每月15日前足额支付职工上月工资。",
            "甲方每月10日前足额支付职工上月工资。",
            "本合同自2027年1月1日起至2027年12月31日止。",
            "本合同自二〇二八年一月一日起生效。",
            "夜班津贴每班25元。\n高温津贴每月300元。",
            "夜班津贴每班30元。\n特殊岗位津贴另行商定。\n高温津贴每月300元。",
            "职工平均工资8,420.50元（大写：捌仟肆佰贰拾元伍角整）增长6.5%。",
            "",
        )
    ),
    max_size=7,
)


def old_of(pieces: Pieces) -> str:
    return "".join(text for op, text in pieces if op != "ins")


def new_of(pieces: Pieces) -> str:
    return "".join(text for op, text in pieces if op != "del")


@given(WORDS, WORDS)
@example("", "")
@example("2026年12月31日", "2027年1月1日")
def test_nothing_is_lost_between_two_wordings(old: str, new: str) -> None:
    pieces = redline(old, new)
    assert (old_of(pieces), new_of(pieces)) == (old, new)


@given(WORDS, WORDS)
def test_no_unit_is_divided(old: str, new: str) -> None:
    pieces = redline(old, new)
    for keep, text in (("del", old), ("ins", new)):
        starts = {match.start() for match in TOKEN.finditer(text)} | {len(text)}
        at = 0
        for piece in (piece for op, piece in pieces if op in (keep, "")):
            at += len(piece)
            assert at in starts


def changed(old: str, new: str) -> list[tuple[str, str]]:
    return [piece for piece in redline(old, new) if piece[0]]


def test_dates_sums_numbers_and_articles_change_whole() -> None:
    assert changed("自2026年12月31日起", "自2027年12月31日起") == [("del", "2026年12月31日"), ("ins", "2027年12月31日")]
    assert changed("二〇二六年十二月一日", "二〇二七年十二月一日") == [("del", "二〇二六年十二月一日"), ("ins", "二〇二七年十二月一日")]
    assert changed("工资8,420.50元。", "工资8,421.50元。") == [("del", "8,420.50元"), ("ins", "8,421.50元")]
    assert changed("大写：捌仟肆佰贰拾元伍角整）", "大写：捌仟肆佰贰拾壹元零伍分）") == [
        ("del", "捌仟肆佰贰拾元伍角整"),
        ("ins", "捌仟肆佰贰拾壹元零伍分"),
    ]
    assert changed("增长6.5%", "增长7.25%") == [("del", "6.5%"), ("ins", "7.25%")]
    assert changed("依照第十二条", "依照第二十条") == [("del", "第十二条"), ("ins", "第二十条")]
    assert changed("每月十日前", "每月十五日前") == [("del", "十日"), ("ins", "十五日")]


@given(WORDS, WORDS)
def test_nothing_is_lost_between_the_paragraphs_of_two_articles(old: str, new: str) -> None:
    compared = lines(old, new)
    assert [text for line in compared if (text := old_of(line))] == paragraphs(old)
    assert [text for line in compared if (text := new_of(line))] == paragraphs(new)


def versions(changes: tuple[Change, ...]) -> tuple[list[int | None], list[int | None]]:
    """The places that the changes give to each version, in their order."""
    old = [one.old for one in changes if one.fate not in (Fate.INSERTED, Fate.MOVED)]
    new = [one.new for one in changes if one.fate not in (Fate.DELETED, Fate.LEFT)]
    return old, new


@given(SENTENCES, SENTENCES)
def test_every_article_of_both_versions_has_one_place_in_its_order(old: list[str], new: list[str]) -> None:
    before, after = [Clause(one) for one in old], [Clause(one) for one in new]
    changes = compare(before, after)
    assert versions(changes) == (list(range(len(old))), list(range(len(new))))
    assert compare(before, after) == changes
    for one in changes:
        if one.old is not None and one.fate is not Fate.MOVED:
            assert [text for line in one.lines if (text := old_of(line))] == paragraphs(old[one.old])
        if one.new is not None and one.fate is not Fate.LEFT:
            assert [text for line in one.lines if (text := new_of(line))] == paragraphs(new[one.new])


@given(SENTENCES)
def test_a_version_compared_with_itself_has_no_changes(text: list[str]) -> None:
    version = [Clause(one, key=str(number)) for number, one in enumerate(text)]
    assert {one.fate for one in compare(version, version)} <= {Fate.KEPT}


PAY = "甲方每月15日前以货币形式足额支付职工上月工资。"
NIGHT = "夜班津贴每班25元，高温津贴每月300元。"
COPIES = "本合同一式五份，甲、乙双方各执一份。"
TRAINING = "甲方按照职工工资总额的2.5%提取职工教育经费。"


def fates(old: list[Clause], new: list[Clause]) -> list[tuple[Fate, int | None, int | None]]:
    return [(one.fate, one.old, one.new) for one in compare(old, new)]


def test_an_article_is_found_again_by_its_words_wherever_it_stands() -> None:
    old = [Clause(PAY), Clause(NIGHT), Clause(COPIES)]
    new = [Clause(COPIES), Clause(PAY.replace("15日", "10日")), Clause(TRAINING)]
    assert fates(old, new) == [
        (Fate.MOVED, 2, 0),
        (Fate.CHANGED, 0, 1),
        (Fate.DELETED, 1, None),
        (Fate.LEFT, 2, 0),
        (Fate.INSERTED, None, 2),
    ]


def test_a_key_outweighs_words() -> None:
    assert fates([Clause(PAY, "7")], [Clause(PAY, "8"), Clause(NIGHT, "7")]) == [(Fate.INSERTED, None, 0), (Fate.CHANGED, 0, 1)]


def test_a_heading_is_never_taken_for_an_article() -> None:
    assert fates([Clause("工资", is_heading=True)], [Clause("工资")]) == [(Fate.DELETED, 0, None), (Fate.INSERTED, None, 0)]


def test_the_fewest_articles_move() -> None:
    old = [Clause(text) for text in (PAY, NIGHT, COPIES, TRAINING)]
    moved = compare(old, [old[1], old[2], old[3], old[0]])
    assert [one.old for one in moved if one.fate is Fate.MOVED] == [0]


def test_an_item_inserted_among_items_is_a_paragraph_of_its_own() -> None:
    old = "标准如下：\n（一）工作日150%；\n（二）休息日200%。"
    new = "标准如下：\n（一）工作日160%；\n（二）夜班另加25元；\n（三）休息日200%。"
    compared = lines(old, new)
    assert [re.sub("[^a-z]", "", "".join(op for op, _ in line)) for line in compared] == ["", "delins", "ins", "delins"]
    assert compared[2] == [("ins", "（二）夜班另加25元；")]
