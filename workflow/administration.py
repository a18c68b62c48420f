"""What administrators register about an organisation, as a journal of its own: who changed what, and who took or left which office.

Who holds an office decides who may act and see, so a change of it is an entry like any act: chained, sealed and verified.
Entries hold ids, dates and numbers; of a person's own details only which of them were changed.
"""

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session

from workflow import journal
from workflow.case import Case
from workflow.organisations import KIND_LABELS, Organisation, OrganisationKind
from workflow.people import OFFICE_LABELS, Appointment, Office, Person
from workflow.seats import Seat
from workflow.words import N_, Sentence, Word, Words, say

REGISTRATION = "organisation"
"""Kind of these journals; the number of each is that of its organisation."""
KEPT = "kept"


class Registration(Case, table=True):
    """The journal of one organisation's registration: made with its first entry, never closed."""

    __tablename__ = "registration"


def note(
    db: Session,
    organisation_id: int,
    act: str,
    *,
    by: int,
    on: date,
    at: datetime,
    seat: Seat = Seat.ADMINISTRATOR,
    **particulars: object,
) -> journal.Entry:
    """One entry, by an administrator or by whoever keeps this body's roll."""
    found = db.get(Registration, organisation_id, with_for_update=True)
    if found is None:
        # The organisation's row is what two first entries wait for.
        body = db.get_one(Organisation, organisation_id, with_for_update=True)
        found = db.get(Registration, organisation_id, with_for_update=True, populate_existing=True)
        if found is None:
            found = Registration(id=organisation_id, organisation_id=organisation_id, region=body.region, state=KEPT, opened_on=on)
            db.add(found)
            db.flush()
    return journal.append(
        db,
        found,
        REGISTRATION,
        act=act,
        seat=seat,
        actor_id=by,
        done_on=on,
        entered_at=at,
        rules=[],
        state_from=KEPT,
        particulars=particulars,
    )


def register(db: Session, organisation: Organisation, *, by: int, on: date, at: datetime) -> None:
    """Add an organisation and journal it."""
    db.add(organisation)
    db.flush()
    assert organisation.id is not None
    note(db, organisation.id, "register", by=by, on=on, at=at, **organisation.model_dump(exclude={"id"}, exclude_defaults=True))


def change(db: Session, organisation: Organisation, values: Mapping[str, object], *, by: int, on: date, at: datetime) -> None:
    """Give an organisation these values and journal those that differ, as they were and as they are. Nothing new, nothing written."""
    before = organisation.model_dump()
    changed = {name: [before[name], value] for name, value in values.items() if before[name] != value}
    if not changed:
        return
    for name, value in values.items():
        setattr(organisation, name, value)
    db.add(organisation)
    db.flush()
    assert organisation.id is not None
    note(db, organisation.id, "change", by=by, on=on, at=at, changed=changed)


def appoint(db: Session, appointment: Appointment, *, by: int, on: date, at: datetime, seat: Seat = Seat.ADMINISTRATOR) -> None:
    db.add(appointment)
    db.flush()
    _note_appointment(db, "appoint", appointment, by=by, on=on, at=at, seat=seat, since=appointment.since)


def end(db: Session, appointment: Appointment, until: date, *, by: int, on: date, at: datetime, seat: Seat = Seat.ADMINISTRATOR) -> None:
    """`until` is the last day in office."""
    appointment.until = until
    db.add(appointment)
    db.flush()
    _note_appointment(db, "end_appointment", appointment, by=by, on=on, at=at, seat=seat, until=until)


def change_person(
    db: Session, person: Person, values: Mapping[str, object], organisations: list[int], *, by: int, on: date, at: datetime
) -> None:
    """Give a person these values; the journals of the `organisations` where an office is held say which of them were changed."""
    changed = sorted(name for name, value in values.items() if getattr(person, name) != value)
    for name, value in values.items():
        setattr(person, name, value)
    db.add(person)
    db.flush()
    for organisation_id in sorted(set(organisations)) if changed else ():
        note(db, organisation_id, "change_person", by=by, on=on, at=at, person=person.id, fields=changed)


def _note_appointment(db: Session, act: str, appointment: Appointment, *, by: int, on: date, at: datetime, seat: Seat, **day: date) -> None:
    note(
        db,
        appointment.organisation_id,
        act,
        by=by,
        on=on,
        at=at,
        seat=seat,
        appointment=appointment.id,
        person=appointment.person_id,
        office=appointment.office,
        **day,
    )


# ---- as sentences

TOLD: Mapping[str, str] = {
    "register": N_("登记了本单位，种类是{kind}。"),
    "change": N_("修改了登记事项：{fields}。"),
    "appoint": N_("登记{person}任{office}，从{since}起。"),
    "end_appointment": N_("登记{person}不再任{office}，任职到{until}为止。"),
    "change_person": N_("修改了{person}的个人资料：{fields}。"),
    "note_production": N_("登记了{person}的产生方式。"),
    "note_skills": N_("登记了{person}擅长调解的争议。"),
    "note_absence": N_("登记{person}从{since}到{until}不接案。"),
    "declare_tie": N_("登记了{person}的一项回避声明。"),
    "end_tie": N_("{person}的一项回避声明不再适用。"),
}


def tell(entry: journal.Entry, names: Mapping[int, str], titles: Mapping[str, str]) -> Sentence:
    """One entry, with the `names` of people by id and the `titles` of fields by name."""
    found = entry.particulars
    values: dict[str, object] = {}
    if "kind" in found:
        values["kind"] = Word(KIND_LABELS[OrganisationKind(str(found["kind"]))])
    if "office" in found:
        values["office"] = Word(OFFICE_LABELS[Office(str(found["office"]))])
    if "person" in found:
        values["person"] = names.get(int(str(found["person"])), "")
    for day in ("since", "until"):
        if day in found:
            values[day] = date.fromisoformat(str(found[day]))
    fields = found.get("changed", found.get("fields"))
    if isinstance(fields, dict | list):
        values["fields"] = Words(titles.get(name, name) for name in fields)
    return say(TOLD[entry.act], **values)
