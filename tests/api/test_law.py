"""The law is open to everybody: a rule as it stands, and when a period ends."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.api.client import Program, program
from tests.cast import hongxing, noon
from tests.web.client import Client
from workflow.law.due import compute
from workflow.law.overrides import Override


@pytest.fixture
def anybody(client: Client) -> Program:
    return program(client, None)


def of(**query: Any) -> dict[str, Any]:
    """`in_` and `from_` are words of the language."""
    return {name.rstrip("_"): value for name, value in query.items()}


def test_a_period_is_counted_for_anybody(anybody: Program) -> None:
    said = anybody.get("/due", **of(rule="NEG-RESPONSE-DAYS", from_="2026-09-12")).json
    assert (said["due"], said["provisional"], said["unit"], said["value"]) == ("2026-10-08", False, "CD", 20)
    assert "《集体合同规定》第三十二条" in said["derivation"] and said["article"].startswith("《集体合同规定》第三十二条")


def test_the_place_and_the_kind_decide(anybody: Program) -> None:
    asked = of(rule="NEG-RESPONSE-DAYS", from_="2026-09-12")
    assert anybody.get("/due", **asked, **of(in_="上海")).json["due"] == "2026-09-28"
    assert anybody.get("/due", **asked, **of(in_="310115", kind="wage")).json["in"] == "310115"


def test_the_command_line_and_the_api_say_the_same(anybody: Program) -> None:
    for rule, place, kind in (
        ("NEG-RESPONSE-DAYS", "330100", "wage"),
        ("REVIEW-DAYS", "000000", None),
        ("CONG-NOTICE-DAYS", "310000", None),
    ):
        asked = of(rule=rule, from_="2026-09-12", in_=place) | ({"kind": kind} if kind else {})
        assert anybody.get("/due", **asked).json == compute(rule, date(2026, 9, 12), place, kind).to_json()


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "rule"),
        ({"rule": "NEG-RESPONSE-DAYS"}, "from"),
        ({"rule": "NEG-RESPONSE-DAYZ", "from": "2026-09-12"}, "rule"),
        ({"rule": "CC-HEADS", "from": "2026-09-12"}, "rule"),
        ({"rule": "NEG-RESPONSE-DAYS", "from": "2026-02-30"}, "from"),
        ({"rule": "NEG-RESPONSE-DAYS", "from": "1960-01-01"}, "from"),
        ({"rule": "NEG-RESPONSE-DAYS", "from": "2026-09-12", "in": "亚特兰蒂斯"}, "in"),
        ({"rule": "NEG-RESPONSE-DAYS", "from": "2026-09-12", "kind": "love"}, "kind"),
        ({"rule": "NEG-RESPONSE-DAYS", "from": "2026-09-12", "colour": "red"}, "colour"),
    ],
)
def test_a_question_that_cannot_be_answered(anybody: Program, asked: dict[str, Any], field: str) -> None:
    errors = anybody.get("/due", status=422, **asked).json["errors"]
    assert field in errors
    if asked.get("rule") == "NEG-RESPONSE-DAYZ":
        assert "NEG-RESPONSE-DAYS" in errors["rule"][0]


def test_a_rule_with_its_source(anybody: Program) -> None:
    rule = anybody.get("/rules/NEG-RESPONSE-DAYS", **of(in_="上海市", on="2026-09-12")).json
    assert (rule["jurisdiction"], rule["value"], rule["unit"], rule["overridden"]) == ("310000", 15, "CD", False)
    assert rule["citations"][0]["law"] == "上海市集体合同条例" and rule["citations"][0]["url"].startswith("/laws/")
    assert anybody.get("/rules/med-days", status=404).json["detail"]


def test_a_rule_is_found_under_the_kind_that_has_it(anybody: Program) -> None:
    assert anybody.get("/rules/CONG-NOTICE-DAYS").json["kind"] == "congress"
    assert anybody.get("/rules/WAGE-RESPONSE-DAYS").json["kind"] == "wage"


def test_an_unknown_rule_is_not_there(anybody: Program) -> None:
    assert "NEG-RESPONSE-DAYS" in anybody.get("/rules/NEG-RESPONSE-DAY", status=404).json["detail"]
    assert anybody.get("/rules/CC-SIGN", **of(in_="月球"), status=422).json["errors"].keys() == {"in"}


def test_the_rules_of_a_place(anybody: Program) -> None:
    rules = anybody.get("/rules", **of(in_="330100", kind="wage")).json["items"]
    assert len(rules) > 40 and len({r["id"] for r in rules}) == len(rules)
    assert {"330000", "000000"} <= {r["jurisdiction"] for r in rules}


def test_a_corrected_rule_is_said_to_be_one(client: Client, anybody: Program) -> None:
    def correct(db: Session) -> None:
        house = hongxing(db)
        db.add(
            Override(
                region="310000",
                rule="NEG-RESPONSE-DAYS",
                value=10,
                reason="新的条例",
                citation="《新条例》第三条",
                from_=date(2026, 1, 1),
                entered_by=house["李敏"],
                entered_at=noon(date(2026, 1, 1)) + timedelta(hours=1),
            )
        )

    client.house.write(correct)
    rule = anybody.get("/rules/NEG-RESPONSE-DAYS", **of(in_="310000", on="2026-09-12")).json
    assert (rule["value"], rule["overridden"], rule["citations"][0]["text"]) == (10, True, "《新条例》第三条")
    assert anybody.get("/due", **of(rule="NEG-RESPONSE-DAYS", from_="2026-09-12", in_="310000")).json["value"] == 10
