"""From signs to warnings: in the transaction of the act that brings a case, and once a day over all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, and_, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import Select

from mediation.numbers import next_number
from mediation.terms import Matter
from mediation.warnings import queries
from mediation.warnings.acts import PROCEEDINGS
from mediation.warnings.models import EarlyWarning, WarnedOf, WarningSign
from mediation.warnings.procedure import EARLY_WARNING
from mediation.warnings.terms import TRIGGER_RULES, State, Trigger
from workflow.law.overrides import load_overrides
from workflow.law.rules import Rule, Rulebook, rulebook
from workflow.organisations import Organisation
from workflow.procedure import Actor
from workflow.proceedings import do, locked
from workflow.seats import Seat

THE_WATCH = Actor(None, frozenset({Seat.WATCH}), Seat.WATCH)
LONGEST = timedelta(days=60)
"""How far back signs are looked at: twice the window, so that what is entered late still finds those around it."""


@dataclass(frozen=True)
class Seen:
    """What a case shows to the outside: at which unit, about what, of how many."""

    case_kind: str
    case_id: int
    body: Organisation
    """Which has the case."""
    unit: str
    unit_id: int | None
    matters: Sequence[Matter]
    persons: int
    on: date
    arrears: bool = False


def watch(db: Session, seen: Seen, *, on: date, at: datetime) -> int:
    """Write the signs of a case, new or changed, and raise what they add up to. Gives how many warnings were raised or renewed."""
    keeper = queries.keeper(db, seen.unit_id, seen.body)
    unit = db.get_one(Organisation, seen.unit_id).name if seen.unit_id is not None else seen.unit
    matters = list(dict.fromkeys(seen.matters))
    owed = Matter.PAYMENT if Matter.PAYMENT in matters else next(iter(matters), None)
    signs = [_sign(db, seen, keeper, unit, matter, seen.arrears and matter == owed) for matter in matters]
    db.flush()
    return sum(weigh(db, sign.id or 0, on, at) for sign in signs)


def weigh(db: Session, sign_id: int, on: date, at: datetime) -> int:
    """Raise or renew what this sign gives reason for. Doing it again changes nothing."""
    sign = db.get_one(WarningSign, sign_id)
    keeper = db.exec(select(Organisation).where(Organisation.id == sign.keeper_id).with_for_update()).one()
    books = _Books(db)
    raised = 0
    for trigger in Trigger:
        rule = books.rule(keeper.region, trigger, on)
        if rule is not None and (signs := _reasons(db, trigger, sign, rule)):
            _warn(db, trigger, signs, keeper, on, at)
            raised += 1
    return raised


def heavy(db: Session, on: date) -> list[int]:
    """Signs that give reason for a warning which no act has raised: a threshold was lowered, a day corrected. One of each crowd."""
    books = _Books(db)
    found = [
        sign.id
        for trigger in (Trigger.GROUP, Trigger.ARREARS)
        for sign, region in db.exec(_loose(trigger, on)).all()
        if (rule := books.rule(region, trigger, on)) is not None and _is_enough(trigger, sign, rule)
    ]
    rows = db.exec(_loose(Trigger.ALIKE, on).where(_stands_with_others(on))).all()
    for _, crowd in groupby(rows, key=lambda row: (row[0].unit, row[0].matter)):
        signs = list(crowd)
        rule = books.rule(signs[0][1], Trigger.ALIKE, on)
        together = cluster([sign.on for sign, _ in signs], rule) if rule is not None else None
        found += [signs[together.start][0].id] if together is not None else []
    return [one for one in dict.fromkeys(found) if one is not None]


def cluster(days: Sequence[date], rule: Rule) -> range | None:
    """The places of the first days, in order, that are as many and as near as the rule says; with all that are as near to the first."""
    number, window = int(rule.value), int(rule.parameters["days"])
    for start in range(len(days) - number + 1):
        if (days[start + number - 1] - days[start]).days < window:
            return range(start, next((n for n in range(start, len(days)) if (days[n] - days[start]).days >= window), len(days)))
    return None


# ---- signs


class _Books:
    """The rules of each region, read once."""

    def __init__(self, db: Session) -> None:
        self.overrides = load_overrides(db)
        self.held: dict[str, Rulebook] = {}

    def rule(self, region: str, trigger: Trigger, on: date) -> Rule | None:
        if region not in self.held:
            self.held[region] = rulebook(region, "mediation", self.overrides)
        return self.held[region].find(TRIGGER_RULES[trigger], on)


def _sign(db: Session, seen: Seen, keeper: Organisation, unit: str, matter: Matter, arrears: bool) -> WarningSign:
    known = select(WarningSign).where(
        WarningSign.case_kind == seen.case_kind, WarningSign.case_id == seen.case_id, WarningSign.matter == matter
    )
    sign = db.exec(known).first()
    if sign is None:
        sign = WarningSign(
            case_kind=seen.case_kind, case_id=seen.case_id, keeper_id=keeper.id or 0, unit=unit, matter=matter, persons=1, on=seen.on
        )
        db.add(sign)
    sign.persons, sign.arrears, sign.on = seen.persons, arrears, seen.on
    return sign


def _is_loose(trigger: Trigger) -> ColumnElement[bool]:
    """No warning of this kind is about it yet. How many workers a case is about, only its first sign says."""
    unheard = ~select(WarnedOf.sign_id).where(WarnedOf.sign_id == WarningSign.id, WarnedOf.trigger == trigger).exists()
    if trigger is not Trigger.GROUP:
        return unheard
    earlier = aliased(WarningSign)
    of_the_case = (
        earlier.case_kind == WarningSign.case_kind,
        earlier.case_id == WarningSign.case_id,
        col(earlier.id) < col(WarningSign.id),
    )
    return and_(unheard, ~select(earlier.id).where(*of_the_case).exists())


def _loose(trigger: Trigger, on: date) -> Select[WarningSign, str]:
    query = select(WarningSign, Organisation.region).join(Organisation, col(Organisation.id) == col(WarningSign.keeper_id))
    if trigger is Trigger.ARREARS:
        query = query.where(col(WarningSign.arrears))
    return query.where(col(WarningSign.on).between(on - LONGEST, on), _is_loose(trigger)).order_by(
        col(WarningSign.unit), col(WarningSign.matter), col(WarningSign.on), col(WarningSign.id)
    )


def _stands_with_others(on: date) -> ColumnElement[bool]:
    """Another one is about the same matter at the same unit."""
    crowds = (
        select(WarningSign.unit, WarningSign.matter)
        .where(col(WarningSign.on).between(on - LONGEST, on))
        .group_by(WarningSign.unit, WarningSign.matter)
        .having(func.count() > 1)
    )
    return tuple_(col(WarningSign.unit), col(WarningSign.matter)).in_(crowds)


def _is_enough(trigger: Trigger, sign: WarningSign, rule: Rule) -> bool:
    return sign.arrears if trigger is Trigger.ARREARS else sign.persons >= int(rule.value)


# ---- warnings


def _reasons(db: Session, trigger: Trigger, sign: WarningSign, rule: Rule) -> Sequence[WarningSign]:
    """Signs that a warning is to be raised of, this one among them."""
    loose = db.exec(select(WarningSign).where(WarningSign.id == sign.id, _is_loose(trigger))).first()
    if loose is None:
        return ()
    if trigger is not Trigger.ALIKE:
        return (sign,) if _is_enough(trigger, sign, rule) else ()
    window = timedelta(days=int(rule.parameters["days"]))
    standing = _open(db, trigger, sign)
    if standing is not None and abs(sign.on - standing.last_on) < window:
        return (sign,)
    around = db.exec(
        select(WarningSign)
        .where(
            WarningSign.unit == sign.unit,
            WarningSign.matter == sign.matter,
            col(WarningSign.on).between(sign.on - window, sign.on + window),
            _is_loose(trigger),
        )
        .order_by(col(WarningSign.on), col(WarningSign.id))
    ).all()
    together = cluster([one.on for one in around], rule)
    return [around[place] for place in together] if together is not None else ()


def _open(db: Session, trigger: Trigger, sign: WarningSign) -> EarlyWarning | None:
    query = select(EarlyWarning).where(EarlyWarning.unit == sign.unit, EarlyWarning.trigger == trigger, EarlyWarning.matter == sign.matter)
    return db.exec(query.where(EarlyWarning.state != State.LIFTED.value)).first()


def _warn(db: Session, trigger: Trigger, signs: Sequence[WarningSign], keeper: Organisation, on: date, at: datetime) -> None:
    standing = _open(db, trigger, signs[0])
    warning = locked(db, EarlyWarning, standing.id or 0) if standing is not None else _new(db, trigger, signs, keeper, on)
    warning.cases += len(signs)
    warning.persons += sum(sign.persons for sign in signs)
    warning.first_on = min(warning.first_on, *(sign.on for sign in signs))
    warning.last_on = max(warning.last_on, *(sign.on for sign in signs))
    db.add(warning)
    db.flush()
    db.add_all(WarnedOf(sign_id=sign.id or 0, trigger=trigger, warning_id=warning.id or 0) for sign in signs)
    act = "raise_warning" if standing is None else "renew_warning"
    do(db, PROCEEDINGS, warning, act, {}, by=THE_WATCH, today=max(on, warning.opened_on), at=at)


def _new(db: Session, trigger: Trigger, signs: Sequence[WarningSign], keeper: Organisation, on: date) -> EarlyWarning:
    assert keeper.id is not None
    return EarlyWarning(
        organisation_id=keeper.id,
        region=keeper.region,
        state=EARLY_WARNING.initial,
        opened_on=on,
        number=next_number(db, EarlyWarning, keeper.id, on),
        trigger=trigger,
        matter=signs[0].matter,
        unit=signs[0].unit,
        cases=0,
        persons=0,
        first_on=signs[0].on,
        last_on=signs[0].on,
    )
