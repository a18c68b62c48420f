"""What the record of a case gives its documents: acts by name, what was said with them, whose they were, and how the talks went."""

import re
from datetime import date

from sqlmodel import col, select

from negotiation.documents.writing import NEGOTIATION, Work
from negotiation.models import Negotiation, TalkMeeting
from negotiation.terms import SIDE_LABELS, Side
from templates.documents.talks import Course
from workflow.documents.catalogue import latest
from workflow.documents.numerals import date_in_figures, han_numeral
from workflow.documents.phrases import articles, rules
from workflow.journal import Entry
from workflow.organisations import Organisation
from workflow.people import Office, Person, holders
from workflow.seats import Seat
from workflow.statements import statements

OF_WORKERS = frozenset({Seat.UNION, Seat.WORKER_CHIEF, Seat.WORKER_REPRESENTATIVE})
STATE_LAWS = re.compile("^《(?=(?:劳动法|劳动合同法|工会法|妇女权益保障法)》)")


def entries(w: Work, *acts: str) -> list[Entry]:
    """Acts of these names, oldest first."""
    query = select(Entry).where(Entry.case_kind == NEGOTIATION, Entry.case_id == w.case.id, col(Entry.act).in_(acts))
    return list(w.db.exec(query.order_by(col(Entry.seq))).all())


def last_of(w: Work, *acts: str) -> Entry | None:
    found = entries(w, *acts)
    return found[-1] if found else None


def said(w: Work, entry: Entry | None) -> dict[str, str]:
    """What was said with an act, by the fields of its form."""
    return statements(w.db, NEGOTIATION, w.case.id or 0).get(entry.seq, {}) if entry else {}


def side_of(case: Negotiation, entry: Entry) -> Side:
    """The side whose act it was."""
    if entry.seat == Seat.INITIATOR:
        return Side(case.initiator)
    if entry.seat == Seat.OTHER_SIDE:
        return Side(case.initiator).other
    return Side.WORKERS if entry.seat in OF_WORKERS else Side.EMPLOYER


def in_full(written: str) -> str:
    """A statute of the nation under its whole name, as letters have it."""
    return STATE_LAWS.sub("《中华人民共和国", written)


def cited(w: Work, *ids: str) -> tuple[str, ...]:
    """The articles of these rules, as they stand for this place, kind and day."""
    return tuple(dict.fromkeys(in_full(one) for one in articles(rules(w, *ids))))


def names(w: Work, side: Side) -> tuple[str, ...]:
    """The representatives of a side who are in office, the chief first."""
    return tuple(one.name for one in w.facts.team(side).members)


def offer_number(w: Work) -> str:
    found = latest(w.db, NEGOTIATION, w.case.id or 0, "offer")
    return (found.number or "") if found else ""


def reachable(w: Work, organisation: Organisation | None) -> str:
    """Name and telephone number of the head of an organisation's office, where the number is known: 李敏，电话021-5555 0101."""
    offices = {Office.UNION_CHAIR, Office.UNION_OFFICER, Office.EMPLOYER_OFFICER}
    people: list[Person] = holders(w.db, organisation.id or 0, offices, w.on) if organisation else []
    return next((f"{one.name}，电话{one.phone}" for one in people if one.phone), "")


def ordinal(number: int) -> str:
    return f"第{han_numeral(number)}次"


def chaired_by(w: Work, meeting: TalkMeeting) -> str:
    """The chief who chairs, by name; both where the place has them chair together."""
    if meeting.chair == "joint":
        chiefs = [team.chief.name for team in (w.facts.workers, w.facts.employer) if team.chief]
        return "双方首席代表共同主持" + (f"（{'、'.join(chiefs)}）" if chiefs else "")
    side = Side(meeting.chair)
    chief = w.facts.team(side).chief
    return f"{SIDE_LABELS[side]}首席代表{chief.name if chief else ''}"


def course(w: Work) -> Course:
    """How the talks went so far: days that need nobody's opinion."""
    initiator = Side(w.case.initiator)
    return Course(
        offering_side=SIDE_LABELS[initiator],
        asked_side=SIDE_LABELS[initiator.other],
        offered_on=w.facts.day_of("REQUEST_SENT"),
        received_on=w.facts.day_of("REQUEST_RECEIVED"),
        agreed_on=w.facts.day_of("REPLY_AGREED"),
        meetings=tuple(one.held_on for one in w.facts.held_meetings),
        suspended_on=w.facts.day_of("SUSPENDED"),
    )


def figures(day: date | None) -> str:
    return date_in_figures(day) if day else ""
