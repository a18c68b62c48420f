"""A number corrected by an administrator: for its place and kind, from its day on, with reason and citation."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from workflow.law.due import compute
from workflow.law.overrides import Override, load_overrides
from workflow.law.rules import UnknownRule, rulebook
from workflow.people import Person

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def corrected(db, **fields) -> Override:
    person = Person(name="王管理")
    db.add(person)
    db.flush()
    given = {
        "region": "120000",
        "kind": "wage",
        "rule": "WAGE-RESPONSE-DAYS",
        "value": 7,
        "reason": "按原文更正",
        "citation": "《天津市企业工资集体协商条例》第十二条",
    }
    row = Override(**{**given, "from_": date(2026, 12, 1), "entered_by": person.id, "entered_at": AT, **fields})
    db.add(row)
    db.flush()
    return row


def test_it_counts_from_its_own_day(db):
    corrected(db)
    rows = load_overrides(db)
    before, after = date(2026, 11, 30), date(2026, 12, 1)
    book = rulebook("120000", "wage", rows)
    assert (book.get("NEG-RESPONSE-DAYS", before).value, book.get("NEG-RESPONSE-DAYS", after).value) == (5, 7)
    rule = book.get("WAGE-RESPONSE-DAYS", after)
    assert (rule.unit, rule.start, rule.note, rule.confidence) == ("WD", "REQUEST_RECEIVED", "按原文更正", "V")
    assert str(rule.citations[0]) == "《天津市企业工资集体协商条例》第十二条" and rule.override is not None


def test_it_holds_for_its_place_and_kind_alone(db):
    corrected(db)
    rows = load_overrides(db)
    assert rulebook("120000", "comprehensive", rows).get("NEG-RESPONSE-DAYS", date(2026, 12, 1)).value == 20
    assert rulebook("110000", "wage", rows).get("NEG-RESPONSE-DAYS", date(2026, 12, 1)).value == 20


def test_a_nearer_rule_stands_above_an_override_of_the_nation(db):
    corrected(db, region="000000", kind=None, rule="NEG-RESPONSE-DAYS", value=25, from_=date(2026, 1, 1))
    rows = load_overrides(db)
    assert rulebook("310000", "comprehensive", rows).get("NEG-RESPONSE-DAYS", date(2026, 3, 2)).value == 15
    assert rulebook("420000", "comprehensive", rows).get("NEG-RESPONSE-DAYS", date(2026, 3, 2)).value == 25


def test_the_later_entry_of_two_stands(db):
    corrected(db)
    corrected(db, value=8, entered_at=datetime(2026, 11, 25, tzinfo=UTC))
    assert rulebook("120000", "wage", load_overrides(db)).get("WAGE-RESPONSE-DAYS", date(2026, 12, 1)).value == 8


def test_it_ends_with_its_last_day(db):
    corrected(db, until=date(2026, 12, 31))
    book = rulebook("120000", "wage", load_overrides(db))
    assert (book.get("NEG-RESPONSE-DAYS", date(2026, 12, 31)).value, book.get("NEG-RESPONSE-DAYS", date(2027, 1, 1)).value) == (7, 5)


def test_a_place_may_be_given_a_rule_that_it_lacks(db):
    corrected(db, region="320000", kind=None, rule="TO-CONGRESS", value=10)
    answer = compute("TO-CONGRESS", date(2026, 12, 7), "江苏", overrides=load_overrides(db))
    assert answer.due == date(2026, 12, 21)
    with pytest.raises(UnknownRule):
        compute("TO-CONGRESS", date(2026, 12, 7), "江苏")


@pytest.mark.parametrize("fault", [{"reason": ""}, {"citation": ""}, {"until": date(2026, 11, 30)}])
def test_it_is_never_without_reason_or_citation_nor_ends_before_it_begins(db, fault):
    with pytest.raises(IntegrityError):
        corrected(db, **fault)
    db.rollback()
