"""Acts of a procedure with nothing, nonsense, too much, and what belongs to another case: a sentence, and nothing is stored.

One database with a case in every stage, and of every act a way in which it is done well; what is tried leaves both as they were.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import UnionType
from typing import Any, Union, get_args, get_origin

from sqlalchemy import func
from sqlmodel import Session, col, select

from tests.cast import noon
from web.casework import needed
from web.dispatch import House
from web.fields import extra
from web.tables import metadata
from workflow.forms import FormModel, Invalid, row_type
from workflow.procedure import Actor, Procedure, Refused
from workflow.proceedings import Proceedings, do, locked
from workflow.seats import Seat

IN_WORDS = re.compile(r"[\u4e00-\u9fff].*[。？]\Z", re.DOTALL)
"""A Chinese sentence, with its full stop."""


@dataclass(frozen=True)
class Standing:
    """A case in one stage, looked at on a day; `more` is what beside its facts the ways of its acts need."""

    case_id: int
    people: Mapping[str, int]
    today: date
    facts: Any
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Way:
    """How an act is done well: in which stage, by whom, with what."""

    stage: str
    by: str
    sent: Callable[[Any, "Place"], dict[str, Any]] = lambda facts, place: {}


@dataclass(frozen=True)
class Place:
    """`rows` says of which rows of a case a field names one; `free` are numbers that a field takes though they name none."""

    house: House
    proceedings: Proceedings[Any, Any]
    ways: Mapping[str, Way]
    cases: Mapping[str, Standing]
    scan: list[dict[str, str]]
    rows: Mapping[str, Callable[[Any], Any]]
    free: Mapping[str, Collection[int]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    """What was not answered as it should be."""

    def form(self, act: str) -> type[FormModel]:
        return self.proceedings.procedure.acts[act].form

    def actor(self, case: Standing, who: str) -> Actor:
        model, person = self.proceedings.model, case.people[who]
        return self.house.read(lambda db: self.proceedings.actor(db, db.get_one(model, case.case_id), person, case.today))


def acts_of(procedure: Procedure[Any]) -> list[str]:
    """Those that somebody does."""
    return [name for name, act in procedure.acts.items() if act.by != frozenset({Seat.CLOCK})]


class Undone(Exception):
    """It could be done; it is not kept."""


def attempt(place: Place, act: str, sent: dict[str, Any], by: str = "") -> list[str] | None:
    """What is said against it, each sentence; None where it could be done. Anything but a sentence is a fault of the program."""
    way, proceedings = place.ways[act], place.proceedings
    case = place.cases[way.stage]

    def work(db: Session) -> None:
        row = locked(db, proceedings.model, case.case_id)
        actor = proceedings.actor(db, row, case.people[by or way.by], case.today)
        do(db, proceedings, row, act, sent, by=actor, today=case.today, at=noon(case.today))
        db.flush()
        raise Undone

    try:
        place.house.write(work)
    except Undone:
        return None
    except Invalid as wrong:
        return [str(said) for sentences in wrong.errors.values() for said in sentences]
    except Refused as refused:
        return [str(reason.sentence) for reason in refused.reasons]
    raise AssertionError


def well(place: Place, act: str) -> dict[str, Any]:
    way = place.ways[act]
    return {"on": place.cases[way.stage].today, **way.sent(place.cases[way.stage].facts, place)}


def stored(place: Place) -> dict[str, object]:
    """How many rows each table has, and where each case stands."""

    def read(db: Session) -> dict[str, object]:
        counts: dict[str, object] = {
            t.name: db.connection().execute(select(func.count()).select_from(t)).scalar() for t in metadata.sorted_tables
        }
        rows = db.exec(select(place.proceedings.model).order_by(col(place.proceedings.model.id)))
        return {**counts, "heads": [(c.id, c.state, c.version, c.journal_seq, c.journal_head) for c in rows]}

    return place.house.read(read)


def check(place: Place, act: str, sent: dict[str, Any], *, must_fail: bool) -> None:
    said = attempt(place, act, sent)
    shown = f"{act} with {str(sent)[:300]}"
    if said is None:
        if must_fail:
            place.wrong.append(f"{shown} was done")
    elif not said or not all(IN_WORDS.search(sentence) and len(sentence) < 400 for sentence in said):
        place.wrong.append(f"{shown} says {str(said)[:300]}")


def bad_input_is_answered_in_words_and_nothing_is_stored(place: Place, act: str) -> None:
    before = stored(place)
    place.wrong.clear()
    for tried in BAD:
        tried(place, act)
    assert place.wrong == []
    assert stored(place) == before


def whoever_does_not_sit_there_is_told_who_does(place: Place, who: str) -> None:
    before = stored(place)
    for act, way in place.ways.items():
        case, by = place.cases[way.stage], place.proceedings.procedure.acts[act].by
        actor = place.actor(case, who)
        if not by & actor.seats and not (actor.may_record and by & case.facts.without_account):
            said = attempt(place, act, well(place, act), by=who)
            assert said is not None and said[0].startswith("这件事由"), (act, said)
    assert stored(place) == before


def files_are_marked_as_needed_where_it_is_refused_without_them(place: Place, act: str, whoever: Collection[str]) -> None:
    way = place.ways[act]
    case = place.cases[way.stage]
    bare = {name: value for name, value in well(place, act).items() if name != "evidence"}
    for who in whoever:
        by = place.actor(case, who)
        standing = place.proceedings.procedure.standing(act, case.facts.case.state, case.facts, by, case.today)
        if not standing.open:
            continue
        said = attempt(place, act, bare, who) or []
        if needed(standing, by):
            assert any("上传" in sentence for sentence in said), f"{act} by {who}: {said}"
        elif who == way.by and (info := place.form(act).model_fields.get("evidence")) is not None and not extra(info)["proof"]:
            assert not any("上传" in sentence for sentence in said), f"{act} by {who}: {said}"


# ---- what is tried


def an_empty_form(place: Place, act: str) -> None:
    form = place.form(act)
    wanted = [name for name, info in form.model_fields.items() if info.is_required()]
    check(place, act, {}, must_fail=bool(wanted))
    nothing: tuple[Any, ...] = ("", None, [])
    for value in nothing:
        check(place, act, dict.fromkeys(form.model_fields, value), must_fail=bool(wanted))
    for name in wanted:
        check(place, act, {k: v for k, v in well(place, act).items() if k != name}, must_fail=True)


NONSENSE: tuple[Any, ...] = (
    "甲乙丙", "-1", "0", "1e400", "NaN", "true; DROP TABLE journal", "２０２６年３月", "\x00", "a\x00b", "\ud800", "‮", " " * 50,
    0, -1, 1.5, 10**30, -(10**30), float("inf"), float("nan"), True, None, [], [[]], [None], [5], ["x"] * 50, {}, {"on": 1}, [{}],
    date(2026, 3, 4),
)  # fmt: skip


def nonsense_in_any_field(place: Place, act: str) -> None:
    form = place.form(act)
    for name, info in form.model_fields.items():
        for value in NONSENSE:
            check(place, act, {**well(place, act), name: value}, must_fail=_is_nonsense(info.annotation, value))
    for name, model in _rows(form):
        good = well(place, act)[name][0]
        for part, info in model.model_fields.items():
            for value in NONSENSE:
                check(place, act, {**well(place, act), name: [{**good, part: value}]}, must_fail=_is_nonsense(info.annotation, value))


def _is_nonsense(annotation: Any, value: object) -> bool:
    """Whether no reading of `value` fits a field of this type."""
    kinds = _kinds(annotation)
    if isinstance(value, dict) or (isinstance(value, list) and list not in kinds and len(value) != 1):
        return value != {} and list not in kinds
    if isinstance(value, str) and re.search(r"[\x00\ud800]", value):
        return True
    return value == "甲乙丙" and str not in kinds and list not in kinds


def _kinds(annotation: Any) -> set[Any]:
    if get_origin(annotation) in (Union, UnionType):
        return set().union(*(_kinds(a) for a in get_args(annotation)))
    return {get_origin(annotation) or annotation}


def _rows(form: type[FormModel]) -> list[tuple[str, type[FormModel]]]:
    """Fields that hold rows, with the form of one row."""
    return [(name, row) for name, info in form.model_fields.items() if (row := row_type(info.annotation)) is not None]


def too_much(place: Place, act: str) -> None:
    form = place.form(act)
    for name, info in form.model_fields.items():
        if str in _kinds(info.annotation):
            for length in (201, 20_001, 1_000_000):
                limit = next((m.max_length for m in info.metadata if hasattr(m, "max_length")), None)
                check(place, act, {**well(place, act), name: "长" * length}, must_fail=limit is not None and length > limit)
        if int in _kinds(info.annotation):
            for number in (2**31, 2**63 - 1, 2**63, -(2**63), 10**40):
                check(place, act, {**well(place, act), name: number}, must_fail=abs(number) > 2**63)
    for name, model in _rows(form):
        good = well(place, act)[name][0]
        check(place, act, {**well(place, act), name: [good] * 500}, must_fail=False)
        for part in model.model_fields:
            for value in ("长" * 20_001, 10**15, 2**63, "999999999999.99"):
                check(place, act, {**well(place, act), name: [{**good, part: value}]}, must_fail=False)


def a_field_that_it_does_not_have(place: Place, act: str) -> None:
    check(place, act, {**well(place, act), "state": "in_force"}, must_fail=True)
    check(place, act, {**well(place, act), "text_hash": "f" * 64}, must_fail=True)


def what_belongs_to_another_case(place: Place, act: str) -> None:
    """Whatever a field may name of its own case, of the others."""
    own = place.cases[place.ways[act].stage]
    for name, info in place.form(act).model_fields.items():
        many = info.annotation == list[int]
        one = extra(info)["widget"] in ("choice", "hidden") and int in _kinds(info.annotation)
        for number in _others(place, own, name) if many or one else ():
            check(place, act, {**well(place, act), name: [number] if many else number}, must_fail=True)
    for name, model in _rows(place.form(act)):
        good = well(place, act)[name][0]
        for part in model.model_fields.keys() & place.rows.keys():
            for number in _others(place, own, part):
                check(place, act, {**well(place, act), name: [{**good, part: number}]}, must_fail=True)


def _others(place: Place, own: Standing, name: str) -> set[int]:
    """Numbers that name nothing of this case."""

    def named(case: Standing) -> set[int]:
        rows = place.rows.get(name)
        return {row.id for row in rows(case.facts)} if rows is not None else set()

    theirs = set().union(*(named(case) for case in place.cases.values() if case is not own)) - named(own)
    return {*theirs, 0, -1, 999_999} - set(place.free.get(name, ()))


def days_out_of_reach(place: Place, act: str) -> None:
    today = place.cases[place.ways[act].stage].today
    for day in (
        *("2026-02-30", "2026-13-01", "0001-01-01", "9999-12-31", "1948-12-31", "明天", "2026-03-04T10:00:00"),
        today + timedelta(days=1),
        date(2026, 3, 1),
    ):
        check(place, act, {**well(place, act), "on": day}, must_fail=True)
    for name, info in place.form(act).model_fields.items():
        if name != "on" and date in _kinds(info.annotation):
            for day in ("2026-02-30", "9999-12-31", "1948-12-31", "明天"):
                check(place, act, {**well(place, act), name: day}, must_fail=True)


def files_that_are_none(place: Place, act: str) -> None:
    unknown = {"name": "扫描件.pdf", "sha256": "0" * 64}
    for files in ([unknown], unknown, "扫描件.pdf", [5], [{"name": "x"}], [{**unknown, "sha256": "Z"}], [{**unknown, "extra": 1}]):
        check(place, act, {**well(place, act), "evidence": files}, must_fail=True)


BAD = (
    an_empty_form,
    nonsense_in_any_field,
    too_much,
    a_field_that_it_does_not_have,
    what_belongs_to_another_case,
    days_out_of_reach,
    files_that_are_none,
)
