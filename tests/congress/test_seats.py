"""Who sees a meeting, who does what, and what the table of acts promises."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from sqlmodel import Session

from congress import acts, queries
from congress.procedure import CONGRESS, TABLE
from congress.terms import ItemState, State
from tests.congress.cast import HANGZHOU, MEETING, NOTICE, PLANNED, Cast, act, cast, convened, counted, officers, person, planned
from workflow.law import rules
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Office
from workflow.procedure import Actor
from workflow.seats import Seat


def seats(db: Session, people: Cast, who: int) -> set[Seat]:
    meeting, _ = convened(db, people)
    return set(queries.seats_of(db, meeting, who, NOTICE))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("li", {Seat.UNION}),
        ("wang", {Seat.EMPLOYER}),
        ("zhou", {Seat.SUPERIOR_UNION}),
        ("zhao", {Seat.MEETING_CHAIR}),
        ("chen", {Seat.TELLER}),
        ("sun", {Seat.TELLER}),
    ],
)
def test_each_person_sits_where_their_office_puts_them(db: Session, name: str, expected: set[Seat]) -> None:
    people = cast(db)
    assert seats(db, people, getattr(people, name)) == expected


def test_officers_without_an_account_hold_no_seat(db: Session) -> None:
    people = cast(db)
    meeting, _ = convened(db, people)
    officers(db, people, meeting, in_system=False)
    assert queries.seats_of(db, meeting, people.chen, NOTICE) == frozenset()


def test_a_meeting_is_seen_by_its_union_the_employer_and_its_officers(db: Session) -> None:
    people, others = cast(db), cast(db)
    meeting, _ = convened(db, people)
    worker = person(db, "何平", people.enterprise, Office.WORKER)
    for who in (people.li, people.wang, people.zhao, people.chen):
        assert queries.visible_to(db, meeting, who, NOTICE)
        assert queries.visible_meetings(db, who, NOTICE) == [meeting]
    for who in (others.li, others.wang, others.zhou, people.zhou, worker):
        assert not queries.visible_to(db, meeting, who, NOTICE)
        assert queries.visible_meetings(db, who, NOTICE) == []


def test_the_union_above_sees_a_meeting_once_it_is_over(db: Session) -> None:
    people = cast(db)
    meeting, item = counted(db, people, 200)
    assert queries.visible_meetings(db, people.zhou, MEETING) == []
    act(db, meeting, "certify", people.zhao, MEETING, item=item.id)
    act(db, meeting, "close", people.zhao, MEETING)
    assert queries.visible_meetings(db, people.zhou, MEETING) == [meeting]


def test_an_ended_appointment_closes_the_meeting(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    assert queries.visible_to(db, meeting, people.li, PLANNED)
    assert not queries.visible_to(db, meeting, people.li, date(2023, 12, 31))


def test_count_sheets_are_for_those_who_count_the_chair_and_the_union() -> None:
    open_to = {seat for seat in Seat if queries.sees_counts({seat})}
    assert open_to == {Seat.UNION, Seat.MEETING_CHAIR, Seat.TELLER}


def test_a_regional_congress_is_organised_by_the_union_that_holds_it(db: Session) -> None:
    people = cast(db)
    meeting = planned(db, people)
    assert queries.may_convene(db, people.zhou, PLANNED) == [db.get_one(Organisation, people.federation)]
    assert queries.may_convene(db, people.li, PLANNED) == [db.get_one(Organisation, people.enterprise)]
    meeting.organisation_id, meeting.form = people.federation, "regional"
    db.flush()
    assert queries.seats_of(db, meeting, people.zhou, PLANNED) == {Seat.UNION}
    assert queries.seats_of(db, meeting, people.li, PLANNED) == frozenset()


def test_before_there_is_a_union_the_one_above_organises_the_congress(db: Session) -> None:
    people = cast(db)
    body = Organisation(kind=OrganisationKind.ENTERPRISE, name="新设企业", region="310115", parent_id=people.federation)
    db.add(body)
    db.flush()
    meeting = planned(db, people)
    meeting.organisation_id = body.id or 0
    db.flush()
    assert queries.seats_of(db, meeting, people.zhou, PLANNED) == {Seat.UNION}


# ---- the table


def test_every_act_has_a_function_and_every_function_an_act() -> None:
    assert set(acts.PROCEEDINGS.does) == set(CONGRESS.acts)


def test_every_act_and_every_requirement_cites_a_rule_that_exists() -> None:
    known = set(rules.ids())
    cited = {(row.name, rule) for row in TABLE for rule in (*row.under, *(need.rule for need in row.requires))}
    assert {(name, rule) for name, rule in cited if rule not in known} == set()
    assert all(row.under for row in TABLE)


def test_every_state_can_be_reached_and_left() -> None:
    reached = {str(CONGRESS.initial)}
    for _ in State:
        reached |= {row.to for row in CONGRESS.rows if row.to and reached & set(row.source)}
    assert reached == set(CONGRESS.states)
    assert {s for s in CONGRESS.states if not any(s in row.source and row.to not in (None, s) for row in CONGRESS.rows)} == CONGRESS.final


@pytest.mark.parametrize("name", ["certify", "void_item", "close"])
def test_exactly_one_row_applies_where_an_act_has_several(db: Session, name: str) -> None:
    people = cast(db)
    meeting, item = counted(db, people, 200)
    base = queries.facts(db, meeting, MEETING)
    for state, outstanding in product(CONGRESS.sources(name), (0, 1, 2)):
        item.state = ItemState.COUNTED if outstanding else ItemState.CERTIFIED
        items = (item,) * max(outstanding, 1)
        facts = replace(base, items=items)
        rows = [row for row in CONGRESS.rows if row.name == name and state in row.source and (row.when is None or row.when(facts))]
        assert len(rows) == 1, (state, outstanding)


MATRIX: dict[Seat, dict[State, set[str]]] = {
    Seat.UNION: {
        State.PLANNED: {"arrange", "add_item", "change_item", "withdraw_item", "name_officers", "convene", "cancel"}
        | {"begin_keys", "register_slips"},
        State.CONVENED: {"add_item", "change_item", "withdraw_item", "name_officers", "postpone", "cancel", "correct_date"}
        | {"record_delivery", "undo_delivery", "give_opinion", "begin_keys", "register_slips", "prepare_round"},
    },
    Seat.MEETING_CHAIR: {State.PLANNED: {"cancel"}, State.CONVENED: {"postpone", "cancel", "prepare_round"}},
    Seat.TELLER: {State.PLANNED: {"register_slips"}, State.CONVENED: {"register_slips"}},
    Seat.EMPLOYER: {State.PLANNED: set(), State.CONVENED: set()},
    Seat.SUPERIOR_UNION: {State.PLANNED: set(), State.CONVENED: set()},
    Seat.DELEGATE: {State.PLANNED: set(), State.CONVENED: {"give_opinion"}},
}


@pytest.mark.parametrize("seat", MATRIX)
def test_before_the_meeting_each_seat_is_offered_its_own_acts(db: Session, seat: Seat) -> None:
    people = cast(db)
    meeting, _ = convened(db, people)
    facts = queries.facts(db, meeting, NOTICE)
    for state, expected in MATRIX[seat].items():
        offered = {s.act.name for s in CONGRESS.explain(state, facts, Actor(1, frozenset({seat})), NOTICE) if s.open}
        assert offered - PAPERS == expected
        assert offered & PAPERS == (PAPERS if seat in (Seat.UNION, Seat.MEETING_CHAIR, Seat.TELLER) else set())


PAPERS = {"issue_document", "keep_scan"}
VOTING: dict[ItemState, set[str]] = {
    ItemState.PREPARED: {"open_ballot", "withdraw_item"},
    ItemState.OPEN: {"close_ballot", "void_item"},
    ItemState.CLOSED: {"enter_count", "void_item"},
    ItemState.COUNTED: {"certify", "void_item"},
    ItemState.CERTIFIED: {"annul"},
    ItemState.VOID: set(),
    ItemState.WITHDRAWN: set(),
    ItemState.ANNULLED: set(),
}


@pytest.mark.parametrize("state", VOTING)
def test_each_state_of_an_item_opens_the_acts_that_carry_it_on(db: Session, state: ItemState) -> None:
    people = cast(db)
    meeting, item = counted(db, people, 200)
    item.state, item.reason = state, "说明"
    facts = queries.facts(db, meeting, MEETING).about(item)
    everyone = Actor(1, frozenset({Seat.UNION, Seat.MEETING_CHAIR, Seat.TELLER}))
    of_items = {
        "open_ballot",
        "close_ballot",
        "enter_count",
        "decide_at_half",
        "certify",
        "void_item",
        "annul",
        "withdraw_item",
        "change_item",
    }
    assert {s.act.name for s in CONGRESS.explain(State.OPEN, facts, everyone, MEETING) if s.open and s.act.name in of_items} == VOTING[
        state
    ]
    db.rollback()


def test_the_local_rule_is_the_one_that_is_cited(db: Session) -> None:
    people = cast(db, HANGZHOU)
    meeting, item = counted(db, people, 100)
    rule = queries.facts(db, meeting, MEETING).pass_rule(item, MEETING)
    assert rule is not None and rule.jurisdiction == "330100"
