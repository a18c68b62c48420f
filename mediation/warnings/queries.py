"""What is read of warnings: whom they concern, who may see one, the register, the facts."""

from datetime import date

from sqlmodel import Session, col, or_, select

from mediation.warnings.facts import Facts
from mediation.warnings.models import EarlyWarning, WarningStep
from workflow.documents.issue import Document
from workflow.law.overrides import load_overrides
from workflow.law.rules import Rulebook, rulebook
from workflow.organisations import Organisation, OrganisationKind, ancestors, union_of
from workflow.people import Office, appointments, holders
from workflow.procedure import Actor
from workflow.seats import Seat

OF_THE_UNION = frozenset({Office.UNION_CHAIR, Office.UNION_OFFICER, Office.SUPERIOR_OFFICER})
ABOVE = frozenset({Office.SUPERIOR_OFFICER})


def keeper(db: Session, unit_id: int | None, body: Organisation) -> Organisation:
    """Who is warned of what happens at a unit: its union; else the nearest federation above it or above the body that has the case."""
    union = union_of(db, unit_id) if unit_id is not None else None
    if union is not None:
        return union
    if body.kind in (OrganisationKind.UNION, OrganisationKind.FEDERATION):
        return body
    around = ([db.get_one(Organisation, unit_id)] if unit_id is not None else []) + [body]
    found = (superior(db, one) for one in around)
    return next((one for one in found if one is not None), body)


def superior(db: Session, organisation: Organisation) -> Organisation | None:
    return next((one for one in ancestors(db, organisation) if one.kind == OrganisationKind.FEDERATION), None)


# ---- seats


def actor(db: Session, warning: EarlyWarning, person_id: int, on: date) -> Actor:
    seats = seats_of(db, warning, person_id, on)
    return Actor(person_id, seats, outside=not seats)


def seats_of(db: Session, warning: EarlyWarning, person_id: int, on: date) -> frozenset[Seat]:
    above = superior(db, db.get_one(Organisation, warning.organisation_id))
    found = set()
    for one in appointments(db, person_id, on):
        if one.organisation_id == warning.organisation_id and one.office in OF_THE_UNION:
            found.add(Seat.UNION)
        if above is not None and one.organisation_id == above.id and one.office in ABOVE:
            found.add(Seat.SUPERIOR_UNION)
    return frozenset(found)


def people(db: Session, warning: EarlyWarning, seats: set[Seat], on: date) -> set[int | None]:
    body = db.get_one(Organisation, warning.organisation_id)
    found: set[int | None] = set()
    if Seat.UNION in seats:
        found |= {p.id for p in holders(db, warning.organisation_id, set(OF_THE_UNION), on)}
    above = superior(db, body) if Seat.SUPERIOR_UNION in seats else None
    if above is not None and above.id is not None:
        found |= {p.id for p in holders(db, above.id, set(ABOVE), on)}
    return found - {None}


# ---- who sees what


def visible_to(db: Session, warning: EarlyWarning, person_id: int, on: date) -> bool:
    return bool(seats_of(db, warning, person_id, on))


def may_see_any(db: Session, person_id: int, on: date) -> bool:
    return any(a.office in OF_THE_UNION for a in appointments(db, person_id, on))


def register(db: Session, person_id: int, on: date, *, limit: int, offset: int = 0) -> list[EarlyWarning]:
    """Those of one's own union and of the bodies right below one's federation; what is not over first."""
    held = [a for a in appointments(db, person_id, on) if a.office in OF_THE_UNION]
    own = {a.organisation_id for a in held}
    below = select(Organisation.id).where(col(Organisation.parent_id).in_({a.organisation_id for a in held if a.office in ABOVE}))
    query = select(EarlyWarning).where(or_(col(EarlyWarning.organisation_id).in_(own), col(EarlyWarning.organisation_id).in_(below)))
    ordered = query.order_by(col(EarlyWarning.closed_on).is_not(None), col(EarlyWarning.last_on).desc(), col(EarlyWarning.id).desc())
    return list(db.exec(ordered.limit(limit).offset(offset)).all())


# ---- facts


def rules(db: Session, warning: EarlyWarning) -> Rulebook:
    return rulebook(warning.region, "mediation", load_overrides(db))


def facts(db: Session, warning: EarlyWarning, on: date) -> Facts:
    steps = db.exec(select(WarningStep).where(WarningStep.warning_id == warning.id).order_by(col(WarningStep.number))).all()
    return Facts(warning=warning, rules=rules(db, warning), steps=tuple(steps))


def documents(db: Session, warning: EarlyWarning) -> list[Document]:
    """Newest first, for whoever may see the warning."""
    query = select(Document).where(Document.case_kind == "early_warning", Document.case_id == warning.id)
    return list(db.exec(query.order_by(col(Document.issued_on).desc(), col(Document.id).desc())).all())
