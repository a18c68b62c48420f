"""Periods of mediation and limitation worked out by hand, row by row; the reason stands beside each in gold.csv."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mediation.limitation import Claim, Event, Interruption, Limitation, Standing, derive
from workflow import clock
from workflow.clock import Due
from workflow.law import regions
from workflow.law.rules import rulebook

ROWS = list(csv.DictReader((Path(__file__).parent / "gold.csv").open(encoding="utf-8")))
TODAY = date(2026, 11, 24)


def day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def limitation(row: dict[str, str]) -> Limitation:
    events = [Event(Interruption(what), date.fromisoformat(on)) for what, on in map(str.split, filter(None, row["events"].split(";")))]
    pauses = [(date.fromisoformat(first), day(last)) for first, _, last in [p.partition("/") for p in filter(None, [row["pauses"]])]]
    claim = Claim(day(row["from"]), day(row["ended"]), row["rule"] == "ARB-LIMIT-WAGE", events, pauses)
    return derive(rulebook(regions.named(row["in"] or "000000"), "mediation"), claim, TODAY)


def period(row: dict[str, str]) -> Due:
    rules, start = rulebook(regions.named(row["in"] or "000000"), "mediation"), date.fromisoformat(row["from"])
    rule = rules.get(row["rule"], start)
    return clock.due(replace(rule, value=rule.value + int(row["extended"] or 0)), start, **clock.readings(rules, start))


def test_the_table_is_as_long_as_it_should_be():
    assert len(ROWS) >= 90 and min(Counter(row["rule"] for row in ROWS if row["rule"] != "MED-REVIEW").values()) >= 2


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']} {row['in']} {row['from']} {row['ended']} {row['events']}")
def test_the_last_day_is_the_one_worked_out_by_hand(row):
    if row["rule"].startswith("ARB-LIMIT"):
        found = limitation(row)
        last, told = found.until, "；".join(map(str, found.steps))
    else:
        due = period(row)
        found, last, told = due, due.date, str(due)
    assert (last.isoformat() if last else "", found.provisional) == (row["due"], row["provisional"] == "yes"), f"{row['reason']}: {told}"


def test_every_step_names_the_event_its_day_and_its_article():
    rules = rulebook("330100", "mediation")
    events = [
        Event(Interruption.CLAIMED, date(2025, 2, 1)),
        Event(Interruption.MEDIATION_REFUSED, date(2026, 3, 2)),
        Event(Interruption.RELIEF_SOUGHT, date(2027, 3, 10)),
    ]
    found = derive(rules, Claim(date(2025, 3, 1), events=events), TODAY)
    assert [str(step) for step in found.steps] == [
        "2025-03-01知道或者应当知道权利被侵害，次日起算，1年至2026-03-01（《劳动争议调解仲裁法》第二十七条第一款）",
        "2025-02-01向对方主张权利，在起算之前，不影响时效（《劳动争议调解仲裁法》第二十七条第二款）",
        "遇周末顺延至2026-03-02",
        "2026-03-02申请调解后对方不同意调解，时效中断，次日重新计算，1年至2027-03-02（《企业劳动争议协商调解规定》第三十一条第（五）项）",
        "2027年放假安排尚未公布，此日期为预估",
        "《劳动争议调解仲裁法》第二十七条",
        "2027-03-10向有关部门请求权利救济，时效已经届满，不再中断（《劳动争议调解仲裁法》第二十七条第二款）",
    ]
    assert found.standing == Standing.RUNS and not found.is_over(date(2027, 3, 2)) and found.is_over(date(2027, 3, 3))


def test_where_no_day_can_be_named_the_sentence_says_why():
    rules = rulebook("000000", "mediation")
    employed = derive(rules, Claim(date(2020, 1, 1), wages=True), TODAY)
    unknown = derive(rules, Claim(None), TODAY)
    lasting = derive(rules, Claim(date(2025, 3, 1), pauses=[(date(2025, 6, 1), None)]), TODAY)
    assert (employed.standing, unknown.standing, lasting.standing) == (Standing.UNLIMITED, Standing.UNKNOWN, Standing.SUSPENDED)
    assert not employed.is_over(TODAY) and "不受时效限制" in str(employed.steps[0]) and "请先补上" in str(unknown.steps[0])
    assert [str(step) for step in lasting.steps[1:]] == [
        "2025-06-01起中止，恢复后继续计算",
        "因不可抗力或者其他正当理由中止的日子不计（《劳动争议调解仲裁法》第二十七条第三款）",
    ]
