"""The law as data: complete, cited, and chosen by place, kind and day."""

from datetime import date
from pathlib import Path

import pytest

from workflow.law import regions, texts
from workflow.law.due import KINDS
from workflow.law.numerals import to_chinese
from workflow.law.rules import (
    CONFIDENCE_LABELS,
    EVENTS,
    FAMILIES,
    PARTS,
    PERIODS,
    Citation,
    UnknownKind,
    UnknownRule,
    ids,
    rulebook,
    rules,
)

ON = date(2026, 9, 12)
NATION = regions.NATION


def of(region: str, kind: str, rule: str, on: date = ON):
    return rulebook(regions.named(region), kind).get(rule, on)


def named(rule) -> str:
    return f"{rule.jurisdiction} {rule.id} {'/'.join(sorted(rule.kinds or ()))}"


@pytest.mark.parametrize("rule", rules(), ids=named)
def test_every_rule_is_complete(rule):
    assert rule.citations and all(citation.law for citation in rule.citations)
    assert rule.text.endswith(("。", "；")) and "，" not in rule.text[-2:]
    assert len(rule.text) <= 110, "one sentence that a union officer understands"
    assert rule.confidence in CONFIDENCE_LABELS and rule.part in PARTS
    assert rule.start is None or rule.start in EVENTS
    assert rule.kinds is None or rule.kinds <= set(KINDS)
    assert regions.is_code(rule.jurisdiction)
    if rule.unit in PERIODS and rule.start:
        assert isinstance(rule.value, int) and rule.value > 0
    if rule.confidence != "V":
        assert rule.note or rule.jurisdiction == NATION


@pytest.mark.parametrize("rule", rules(), ids=named)
def test_every_citation_names_a_law_of_the_index_and_an_article_that_is_there(rule):
    for citation in (*rule.citations, *rule.effect_citations):
        law = texts.law_named(citation.law)
        assert law is not None, citation
        assert law.region in regions.chain(rule.jurisdiction), f"{citation} does not hold in {rule.jurisdiction}"
        if law.is_held:
            assert citation.anchor is not None and citation.anchor[1], f"{citation} names no article though the text is held"
            slug, anchor = citation.anchor
            article = texts.article(slug, anchor)
            assert citation.paragraph is None or _has_place(article, citation.paragraph), citation.in_full
        else:
            assert citation.anchor is None


def _has_place(article: texts.Article, place: str) -> bool:
    """第二款, 第（三）项, 第二款第（三）项."""
    paragraph, _, item = place.partition("第（")
    if paragraph:
        number = [n for n in range(1, 20) if paragraph == f"第{to_chinese(n)}款"]
        if not number or number[0] > len(article.paragraphs):
            return False
        held = article.paragraphs[number[0] - 1].items
    else:
        held = tuple(each for part in article.paragraphs for each in part.items)
    return not item or any(each.startswith(f"（{item.removesuffix('）项')}）") for each in held)


NUMBERED = [
    rule
    for rule in rules()
    if rule.confidence == "V" and isinstance(rule.value, int | str | list) and rule.unit and any(c.anchor for c in rule.citations)
]
SHARES = {
    "1/2": ("半数", "百分之五十"),
    "9/10": ("百分之九十",),
    "1/5": ("五分之一", "百分之二十"),
    "1/20": ("百分之五",),
    "1/10": ("百分之十",),
}
UNITS = {"CD": "日", "WD": "个工作日", "M": "个月", "Y": "年"}


@pytest.mark.parametrize("rule", NUMBERED, ids=named)
def test_the_number_and_its_unit_stand_in_the_article_cited(rule):
    words = "".join(texts.article(*citation.anchor).text for citation in rule.citations if citation.anchor)
    if rule.unit.value == "R":
        numerator, _, denominator = str(rule.value).partition("/")
        share = f"{to_chinese(int(denominator))}分之{to_chinese(int(numerator))}"
        assert any(said in words for said in (share, *SHARES.get(str(rule.value), ())))
        return
    unit = UNITS.get(rule.unit.value, "")
    if rule.unit.value == "WD" and any(citation.law == "劳动人事争议仲裁办案规则" for citation in rule.citations):
        unit = "日"  # its Art. 80 makes the days of the law working days
    for number in rule.value if isinstance(rule.value, list) else [rule.value]:
        said = {f"{to_chinese(number)}{unit}", f"{number}{unit}"}
        if number == 1:
            said |= {"一次", "一名", "每年", "应当有"}
        if (number, unit) == (6, "个月"):
            said.add("半年")
        if (number, unit) == (2, "个月"):
            said.add("两个月")
        if unit == "年" and isinstance(rule.value, list):
            said.add(to_chinese(number))
        if unit == "":
            said |= {f"{to_chinese(number)}{word}" for word in ("人", "名", "份")} | {f"{word}{to_chinese(number)}份" for word in ("一式",)}
        assert any(each in words for each in said), f"{number}{unit} is not in {[str(c) for c in rule.citations]}"


def test_no_two_rules_of_a_place_compete_for_one_question():
    seen = set()
    for rule in rules():
        key = (rule.jurisdiction, rule.family, rule.kinds, rule.valid_from)
        assert key not in seen, key
        seen.add(key)


def test_a_family_has_one_general_id():
    assert not set(FAMILIES) & set(FAMILIES.values())
    assert all(wage.startswith("WAGE-") for wage in FAMILIES)
    assert {general for general in FAMILIES.values()} <= set(ids())


# ---- which rule stands


def test_a_wage_contract_has_its_own_filing_period_under_either_id():
    for asked in ("FILE-DAYS", "WAGE-FILE-DAYS"):
        rule = of("全国", "wage", asked)
        assert (rule.id, rule.value, rule.unit) == ("WAGE-FILE-DAYS", 7, "CD")
    assert of("全国", "comprehensive", "FILE-DAYS").value == 10


def test_asking_a_wage_id_for_another_kind_is_refused_with_a_sentence():
    with pytest.raises(UnknownRule) as refused:
        of("全国", "comprehensive", "WAGE-FILE-DAYS")
    assert str(refused.value) == "WAGE-FILE-DAYS只适用于工资专项集体合同；其他类别请查FILE-DAYS。"


@pytest.mark.parametrize(
    ("region", "kind", "rule", "value", "unit", "start"),
    [
        ("上海", "comprehensive", "NEG-RESPONSE-DAYS", 15, "CD", "REQUEST_RECEIVED"),
        ("上海", "wage", "FILE-DAYS", 10, "CD", "PASS_NOTICE_RECEIVED"),
        ("浙江", "wage", "NEG-RESPONSE-DAYS", 10, "WD", "REQUEST_RECEIVED"),
        ("浙江", "comprehensive", "TO-CONGRESS", 15, "WD", "SETTLED"),
        ("浙江", "comprehensive", "REVOTE", 5, "WD", "REAGREED"),
        ("浙江", "comprehensive", "FILE-COPIES", 5, "N", None),
        ("杭州", "wage", "INFO-DAYS", 7, "WD", "MEETING"),
        ("杭州", "comprehensive", "INFO-DAYS", 7, "CD", "MEETING"),
        ("杭州", "wage", "NEG-PERIOD-MAX", 60, "CD", "REQUEST_SENT"),
        ("宁波", "wage", "NEG-PERIOD-MAX", 30, "WD", "FIRST_MEETING"),
        ("重庆", "special", "COORD-DAYS", 60, "CD", "COORDINATION_ACCEPTED"),
        ("山东", "wage", "NEG-PERIOD-MAX", 60, "CD", "REPLY_AGREED"),
        ("河南", "wage", "FILE-DAYS", 5, "WD", "CHIEFS_SIGNED"),
        ("河南", "comprehensive", "FILE-DAYS", 7, "CD", "CHIEFS_SIGNED"),
        ("河南", "wage", "NEG-PERIOD-MAX", 2, "M", "REQUEST_RECEIVED"),
        ("天津", "wage", "NEG-RESPONSE-DAYS", 5, "WD", "REQUEST_RECEIVED"),
        ("贵州", "wage", "NEG-START", 10, "CD", "REPLY_AGREED"),
        ("贵州", "wage", "NEG-DEADLOCK", 30, "CD", "FIRST_MEETING"),
        ("广东", "wage", "NEG-RESPONSE-DAYS", 30, "CD", "REQUEST_RECEIVED"),
        ("江苏", "comprehensive", "UNION-OPINION-REPLY", 15, "WD", "OPINION_RECEIVED"),
        ("湖北", "comprehensive", "NEG-RESPONSE-DAYS", 20, "CD", "REQUEST_RECEIVED"),
    ],
)
def test_the_nearest_place_decides(region, kind, rule, value, unit, start):
    found = of(region, kind, rule)
    assert (found.value, found.unit, found.start) == (value, unit, start)


@pytest.mark.parametrize(
    ("region", "kind", "operator"),
    [
        ("上海", "wage", "GE_HALF"),
        ("北京", "comprehensive", "GE_HALF"),
        ("重庆", "wage", "GE_HALF"),
        ("浙江", "comprehensive", "GT_HALF"),
        ("山东", "wage", "GT_HALF"),
        ("河南", "comprehensive", "GE_HALF"),
        ("全国", "comprehensive", "ASK_AT_HALF"),
        ("山东", "comprehensive", "ASK_AT_HALF"),
    ],
)
def test_the_pass_rule_is_data(region, kind, operator):
    assert of(region, kind, "CONG-APPROVE").parameters["operator"] == operator


def test_a_regulation_does_not_reach_back_before_its_first_day():
    assert of("上海", "comprehensive", "NEG-RESPONSE-DAYS", date(2007, 12, 31)).value == 20
    assert of("上海", "comprehensive", "NEG-RESPONSE-DAYS", date(2008, 1, 1)).value == 15
    with pytest.raises(UnknownRule) as early:
        of("全国", "comprehensive", "NEG-RESPONSE-DAYS", date(2004, 4, 30))
    assert str(early.value) == "NEG-RESPONSE-DAYS自2004-05-01起施行，2004-04-30尚不适用。"


def test_an_unknown_id_names_those_that_come_near():
    with pytest.raises(UnknownRule) as unknown:
        of("全国", "comprehensive", "NEG-RESPONCE-DAYS")
    assert "相近的有NEG-RESPONSE-DAYS" in str(unknown.value)


def test_a_rule_of_elsewhere_says_where_it_is_found():
    with pytest.raises(UnknownRule) as elsewhere:
        of("江苏", "wage", "UPPER-NOTICE")
    assert str(elsewhere.value) == "UPPER-NOTICE在江苏省没有规定；有规定的是山东省。"
    with pytest.raises(UnknownRule) as other_kind:
        of("山东", "comprehensive", "UPPER-NOTICE")
    assert str(other_kind.value) == "UPPER-NOTICE不适用于综合集体合同。"


def test_an_unknown_kind_names_the_seven():
    with pytest.raises(UnknownKind) as unknown:
        rulebook(NATION, "tax")
    assert "comprehensive、wage、safety、women、special、mediation、congress" in str(unknown.value)


def test_the_rules_in_force_are_one_of_each_family():
    found = rulebook("330106", "wage").in_force(ON)
    families = [rule.family for rule in found]
    assert len(families) == len(set(families)) > 120
    assert {"330100", "330000", NATION} == {rule.jurisdiction for rule in found}
    assert not any(rule.kinds == frozenset({"mediation"}) for rule in found)


def test_the_congress_finds_the_pass_rule_of_a_contract_under_its_own_kind():
    assert rulebook(regions.named("浙江"), "congress").get("CONG-APPROVE", ON).parameters["operator"] == "GT_HALF"
    assert rulebook(regions.named("上海"), "congress").get("CONG-REPORT", ON).value == 7


def test_a_citation_reads_like_the_statute():
    citation = Citation.read("第三十二条第二款", "集体合同规定")
    assert (str(citation), citation.in_full) == ("《集体合同规定》第三十二条", "《集体合同规定》第三十二条第二款")
    assert citation.anchor is None
    assert Citation.read("《上海市集体合同条例》第十五条").anchor == ("shanghai-collective-contracts", "art-15")


REQUIRED = (Path(__file__).parent / "national_ids.txt").read_text(encoding="utf-8").split()


def test_every_national_rule_of_the_specification_is_there():
    national = {rule.id for rule in rules() if rule.jurisdiction == NATION}
    assert not set(REQUIRED) - national


LOCAL = [
    "NEG-PERIOD-MAX",
    "NEG-START",
    "NEG-DEADLOCK",
    "COORD-APPLY-WITHIN",
    "TO-CONGRESS",
    "REVOTE",
    "REP-NOTICE",
    "REP-PUBLISH",
    "UPPER-NOTICE",
    "INFO-DAYS",
    "TERMINATION-FILE",
    "UNION-OPINION-REPLY",
    "COPY-UPPER",
    "REP-MAX",
    "REP-MIN-LARGE",
    "REP-FRONTLINE",
    "REP-FEMALE",
    "REP-NOT-KIN",
    "CONG-REPORT",
    "DEL-NUMBER",
]


@pytest.mark.parametrize("rule", LOCAL)
def test_what_only_places_know_has_no_national_number(rule):
    places = {each.jurisdiction for each in rules() if each.id == rule}
    assert NATION not in places and (places or rule in FAMILIES.values())
