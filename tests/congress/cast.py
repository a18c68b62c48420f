"""An enterprise with its union, the union above, and the people of a congress meeting."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlmodel import Session

from congress import acts, forms, queries
from congress.models import CongressMeeting, Item
from congress.procedure import CONGRESS
from congress.terms import ItemState
from workflow import evidence, journal
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Appointment, Office, Person
from workflow.procedure import Actor
from workflow.proceedings import do

SHANGHAI, HANGZHOU, SUZHOU = "310115", "330106", "320505"
DRAFT = "a" * 64
"""Hash of a settled draft."""
OTHER_DRAFT = "b" * 64
PLANNED, NOTICE, MEETING = date(2026, 11, 2), date(2026, 11, 16), date(2026, 12, 1)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 16


@dataclass(frozen=True)
class Cast:
    enterprise: int
    union: int
    federation: int
    li: int
    """Chairs the union."""
    wang: int
    """Handles personnel for the employer."""
    zhao: int
    """A worker; chairs the meeting where somebody is to act in the system."""
    chen: int
    """A worker; a teller who acts in the system."""
    sun: int
    """A worker; a counter who acts in the system."""
    zhou: int
    """An officer of the union above."""


def cast(db: Session, region: str = SHANGHAI) -> Cast:
    federation = _organisation(db, kind=OrganisationKind.FEDERATION, name="浦东新区总工会", region=region)
    enterprise = _organisation(db, kind=OrganisationKind.ENTERPRISE, name="江城泵业有限公司", region=region, workforce=1200)
    union = _organisation(
        db,
        kind=OrganisationKind.UNION,
        name="江城泵业有限公司工会",
        region=region,
        of_id=enterprise,
        parent_id=federation,
        document_code="江泵工",
    )
    return Cast(
        enterprise,
        union,
        federation,
        li=person(db, "李敏", union, Office.UNION_CHAIR),
        wang=person(db, "王海", enterprise, Office.EMPLOYER_OFFICER),
        zhao=person(db, "赵建国", enterprise, Office.WORKER),
        chen=person(db, "陈芳", enterprise, Office.WORKER),
        sun=person(db, "孙丽", enterprise, Office.WORKER),
        zhou=person(db, "周志远", federation, Office.SUPERIOR_OFFICER),
    )


def person(db: Session, name: str, organisation: int, office: Office) -> int:
    row = Person(name=name)
    db.add(row)
    db.flush()
    assert row.id is not None
    db.add(Appointment(person_id=row.id, organisation_id=organisation, office=office, since=date(2024, 1, 1)))
    db.flush()
    return row.id


def _organisation(db: Session, **columns: Any) -> int:
    row = Organisation(**columns)
    db.add(row)
    db.flush()
    assert row.id is not None
    return row.id


def file(db: Session, name: str = "计票单.png", data: bytes = PNG) -> dict[str, str]:
    return {"name": name, "sha256": evidence.keep(db, name, data)}


def at(on: date) -> datetime:
    return datetime.combine(on, time(2), UTC)


def planned(
    db: Session, people: Cast, *, held_on: date = MEETING, roll: int | None = 301, on: date = PLANNED, **other: Any
) -> CongressMeeting:
    form = forms.NewMeeting.read(
        {
            "organisation": people.enterprise,
            "form": "congress",
            "term": 6,
            "number": 3,
            "held_on": held_on,
            "place": "厂部礼堂",
            "mode": "onsite",
            "roll": roll,
            "on": on,
            **other,
        }
    )
    return acts.plan(db, form, by=people.li, today=on, at=at(on))


def placed(db: Session, people: Cast, meeting: CongressMeeting, *, text_hash: str = DRAFT, on: date = PLANNED, **other: Any) -> Item:
    """The draft of negotiation 7, a wage contract unless said otherwise."""
    told = {
        "title": "江城泵业有限公司2027年度工资专项集体合同（草案）",
        "subject_kind": "negotiation",
        "subject_id": "7",
        "rule_kind": "wage",
        **other,
    }
    by = Actor(people.li, queries.seats_of(db, meeting, people.li, on))
    return acts.place(db, meeting, text_hash=text_hash, by=by, on=on, at=at(on), **told)


def act(db: Session, meeting: CongressMeeting, name: str, by: int, on: date, **sent: Any) -> CongressMeeting:
    actor = queries.actor(db, meeting, by, on)
    return do(db, acts.PROCEEDINGS, meeting, name, {"on": on, **sent}, by=actor, today=on, at=at(on))


def officers(db: Session, people: Cast, meeting: CongressMeeting, on: date = NOTICE, *, in_system: bool = True, **other: Any) -> None:
    act(
        db,
        meeting,
        "name_officers",
        people.li,
        on,
        **{
            "chair": "赵建国",
            "chair_in_system": in_system,
            "officers": [
                {"seat": "teller", "name": "陈芳", "in_system": in_system},
                {"seat": "counter", "name": "孙丽", "in_system": in_system},
            ],
            **other,
        },
    )


def convened(db: Session, people: Cast, **other: Any) -> tuple[CongressMeeting, Item]:
    meeting = planned(db, people, **other)
    item = placed(db, people, meeting)
    officers(db, people, meeting)
    act(db, meeting, "convene", people.li, NOTICE, means="书面送达签收")
    return meeting, item


def opened(db: Session, people: Cast, *, roll: int = 301, present: int = 280, **other: Any) -> tuple[CongressMeeting, Item]:
    meeting, item = convened(db, people, roll=roll, **other)
    act(db, meeting, "open", people.li, MEETING, roll=roll, present=present)
    return meeting, item


def voted(db: Session, people: Cast, **other: Any) -> tuple[CongressMeeting, Item]:
    """The ballot of the draft is closed and the box sealed."""
    meeting, item = opened(db, people, **other)
    act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    act(db, meeting, "close_ballot", people.zhao, MEETING, item=item.id)
    return meeting, item


def sheet(item: Item, in_favour: int, against: int = 0, abstained: int = 0, invalid: int = 0, **other: Any) -> dict[str, Any]:
    """Every ballot handed out came back, unless said otherwise."""
    valid = in_favour + against + abstained
    returned = valid + invalid
    numbers = {"issued": returned, "returned": returned, "valid": valid, "invalid": invalid}
    return {"item": item.id, **numbers, "in_favour": in_favour, "against": against, "abstained": abstained, **other}


def counted(db: Session, people: Cast, in_favour: int, against: int = 0, abstained: int = 0, **other: Any) -> tuple[CongressMeeting, Item]:
    """Both who count hand in the same sheet."""
    meeting, item = voted(db, people, **other)
    count(db, people, meeting, item, in_favour, against, abstained)
    assert item.state == ItemState.COUNTED
    return meeting, item


def count(db: Session, people: Cast, meeting: CongressMeeting, item: Item, in_favour: int, against: int = 0, abstained: int = 0) -> None:
    for who in (people.chen, people.sun):
        act(db, meeting, "enter_count", who, MEETING, **sheet(item, in_favour, against, abstained))


def journal_of(db: Session, meeting: CongressMeeting) -> list[str]:
    assert meeting.id is not None
    found = journal.entries(db, CONGRESS.name, meeting.id)
    return [f"{e.done_on} {CONGRESS.acts[e.act].label}" + ("（据书面材料录入）" if e.on_paper else "") for e in found]
