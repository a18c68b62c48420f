"""One question from the command line, the API or a row of a file."""

import csv
import io
from datetime import date

import pytest

from workflow.law.due import Unanswerable, WrongFile, answer_csv, compute, day, kind_of


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("WAGE-FILE-DAYS", "wage"),
        ("MED-15", "mediation"),
        ("ARB-LIMIT", "mediation"),
        ("JC-DAYS", "mediation"),
        ("CONS-RESPONSE", "mediation"),
        ("CONG-NOTICE-DAYS", "congress"),
        ("DEL-RECALL", "congress"),
        ("NEG-RESPONSE-DAYS", "comprehensive"),
        ("file-days", "comprehensive"),
    ],
)
def test_the_id_says_what_kind_it_speaks_of(rule, kind):
    assert kind_of(rule) == kind


def test_without_a_kind_a_rule_that_only_wages_have_is_still_found():
    answer = compute("UPPER-NOTICE", date(2026, 12, 16), "山东")
    assert (answer.kind, answer.due) == ("wage", date(2026, 12, 11))


def test_an_answer_carries_its_rule_as_json():
    found = compute("WAGE-RESPONSE-DAYS", date(2026, 9, 16), "SH").to_json()
    assert found == {
        "rule": "NEG-RESPONSE-DAYS",
        "asked": "WAGE-RESPONSE-DAYS",
        "in": "310000",
        "region": "上海市",
        "kind": "wage",
        "from": "2026-09-16",
        "due": "2026-10-08",
        "provisional": False,
        "derivation": "2026-09-16收到要约，次日起算，15日至2026-10-01；遇国庆节假期顺延至2026-10-08；"
        "《上海市集体合同条例》第十五条、《民法典》第二百零三条",
        "value": 15,
        "unit": "CD",
        "start": "REQUEST_RECEIVED",
        "backward": False,
        "opens": False,
        "article": "《上海市集体合同条例》第十五条第一款",
        "confidence": "V",
        "text": "收到集体协商建议书之日起15日内应当书面答复，拒绝的应当有正当理由。",
        "effect": "无正当理由拒绝或者拖延的，总工会可以发出整改意见书；拒不改正的，信息纳入市公共信用信息服务平台",
    }


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (("QQQQ", date(2026, 1, 5)), "没有编号为QQQQ的规则。"),
        (("FILE-DAYS", date(2026, 1, 5), "火星"), "找不到地区“火星”；请写省、市的名称（如浙江、杭州市）或六位行政区划代码（如330100）。"),
        (("FILE-DAYS", date(1990, 1, 5)), "只能推算1995-01-01至2095-12-31之间的日期。"),
        (("REP-MIN", date(2026, 1, 5)), "REP-MIN不是期限规则，不能推算日期：集体协商双方各自的代表至少3人。"),
        (("WAGE-FILE-DAYS", date(2026, 1, 5), "SH", "safety"), "WAGE-FILE-DAYS只适用于工资专项集体合同；其他类别请查FILE-DAYS。"),
        (("MED-15", date(2026, 1, 5), "SH", "wage"), "MED-15不适用于工资专项集体合同。"),
        (("TO-CONGRESS", date(2026, 1, 5), "SH"), "TO-CONGRESS在上海市没有规定；有规定的是浙江省、杭州市、宁波市。"),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_sentence(question, sentence):
    with pytest.raises(Unanswerable) as refused:
        compute(*question)
    assert str(refused.value.sentence) == sentence


@pytest.mark.parametrize("written", ["2026-13-01", "12/09/26x", "明天", "", "2026-9"])
def test_what_is_no_day_is_said_in_a_sentence(written):
    with pytest.raises(Unanswerable, match="不是日期"):
        day(written)


def test_a_day_may_be_written_with_strokes():
    assert day(" 2026/9/12 ") == date(2026, 9, 12)


def test_a_file_comes_back_with_its_own_columns_and_two_more():
    text, faulty = answer_csv(
        "case,rule,in,kind,from,note\n"
        "7,NEG-RESPONSE-DAYS,ZJ,,2026-02-09,工资\n"
        '8,NEG-RESPONSE-DAYS,,comprehensive,2026-09-12,"甲，乙"\n'
        "9,CC-TERM,,,2026-09-12,\n"
        "10,FILE-DAYS,,,yesterday,\n"
    )
    rows = list(csv.DictReader(io.StringIO(text)))
    assert faulty == 2
    assert list(rows[0]) == ["case", "rule", "in", "kind", "from", "note", "due", "derivation"]
    assert [row["due"] for row in rows] == ["2026-02-28", "2026-10-08", "", ""]
    assert rows[1]["note"] == "甲，乙" and rows[1]["derivation"].startswith("2026-09-12收到要约")
    assert rows[2]["derivation"].startswith("CC-TERM不是期限规则") and rows[3]["derivation"].startswith("“yesterday”不是日期")


def test_a_short_row_and_a_long_row_are_faults_or_answers_never_a_crash():
    text, faulty = answer_csv("rule,in,kind,from\nFILE-DAYS\nFILE-DAYS,,,2026-03-02,more,still more\n")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert faulty == 1
    assert rows[0]["due"] == "" and rows[1]["due"] == "2026-03-12"


def test_a_file_that_was_answered_before_is_answered_anew():
    once, _ = answer_csv("rule,from\nFILE-DAYS,2026-03-02\n")
    assert answer_csv(once) == (once, 0)


def test_a_file_without_the_columns_is_refused():
    with pytest.raises(WrongFile, match="文件缺少列：rule、from"):
        answer_csv("id,date\n1,2026-03-02\n")
    with pytest.raises(WrongFile):
        answer_csv("")
