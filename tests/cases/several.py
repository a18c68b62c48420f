"""A regional contract: the employers' body of a street, three small enterprises with unions of their own, and how they vote."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from negotiation import forms
from negotiation.acts import open_negotiation
from negotiation.models import CoveredEnterprise
from negotiation.terms import State
from tests.cases.hall import Hall, a_hall, from_paper
from tests.cast import BEGINNING, House, Story, hongxing, noon
from tests.procedures import walk
from tests.procedures.walk import by_congress
from web.accounts.models import Account
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Appointment, Office, Person

APRIL_10 = date(2026, 4, 10)


@dataclass
class Town:
    """A federation of a street, the employers' body there, and three small enterprises with unions of their own."""

    house: House
    employers: Organisation
    covered: list[Organisation]
    unions: list[Organisation]


def town(db: Session, region: str) -> Town:
    house = hongxing(db, region)
    employers = Organisation(
        kind=OrganisationKind.EMPLOYERS,
        name="江城街道企业联合会",
        region=region,
        parent_id=house.federation.id,
        authority_id=house.authority.id,
    )
    db.add(employers)
    db.flush()
    _officer(db, house, "何平", employers, Office.EMPLOYER_OFFICER)
    covered, unions = [], []
    for name in ("一厂", "二厂", "三厂"):
        enterprise = Organisation(kind=OrganisationKind.ENTERPRISE, name=f"江城{name}", region=region, parent_id=house.federation.id)
        db.add(enterprise)
        db.flush()
        union = Organisation(
            kind=OrganisationKind.UNION, name=f"江城{name}工会", region=region, parent_id=house.federation.id, of_id=enterprise.id
        )
        db.add(union)
        db.flush()
        _officer(db, house, f"{name}主席", union, Office.UNION_CHAIR)
        covered.append(enterprise)
        unions.append(union)
    return Town(house, employers, covered, unions)


def _officer(db: Session, house: House, name: str, body: Organisation, office: Office) -> None:
    person = Person(name=name)
    db.add(person)
    db.flush()
    assert person.id is not None and body.id is not None
    db.add(Appointment(person_id=person.id, organisation_id=body.id, office=office, since=BEGINNING))
    db.add(Account(person_id=person.id, login=f"{name}@{body.region}", password_hash="x", created_at=noon(BEGINNING)))
    db.flush()
    house.people[name] = person.id


WORKERS = [
    {"name": "吴磊", "post": "总工会副主席", "produced": "union_selection", "chief": True, "chief_as": "union_head"},
    {"name": "一厂主席", "post": "工会主席", "produced": "union_selection"},
    {"name": "二厂主席", "post": "工会主席", "produced": "union_selection", "female": True},
]
EMPLOYER = [
    {"name": "何平", "post": "联合会秘书长", "produced": "employers_choice", "chief": True, "chief_as": "employers"},
    {"name": "丁一", "post": "一厂厂长", "produced": "employers_choice"},
    {"name": "丁二", "post": "二厂厂长", "produced": "employers_choice"},
]


def settled(db: Session, place: Town, adoption: str) -> Story:
    """The draft of a regional wage contract, settled on 23 March 2026."""
    form = forms.Opening.read(
        {
            "kind": "wage",
            "level": "regional",
            "organisation": place.employers.id,
            "adoption": adoption,
            "covered": [e.id for e in place.covered],
            "title": "江城街道区域性工资专项集体合同",
            "subject": "最低工资标准",
            "proposed_on": date(2026, 3, 20),
            "proposed_place": "街道会议室",
        }
    )
    case = open_negotiation(db, form, person_id=place.house["吴磊"], on=date(2026, 3, 2), at=noon(date(2026, 3, 2)))
    story = Story(db, place.house, case)
    story.offer("吴磊", date(2026, 3, 2))
    story.record_receipt("何平", date(2026, 3, 3), received=date(2026, 3, 3), means="meeting")
    story.accept_offer("何平", date(2026, 3, 5))
    story.appoint("吴磊", date(2026, 3, 6), side="workers", representatives=WORKERS)
    story.appoint("何平", date(2026, 3, 6), side="employer", representatives=EMPLOYER)
    story.name_recorder("吴磊", date(2026, 3, 6), name="孙洁")
    walk.convene(story, "吴磊", date(2026, 3, 10), date(2026, 3, 20))
    meeting = story.facts(date(2026, 3, 20)).meetings[-1]
    story.minute("吴磊", date(2026, 3, 20), meeting=meeting.id, present="双方", record="讨论", signed="both", evidence=story.paper())
    story.lay_out("吴磊", date(2026, 3, 20), clauses=walk.WAGE_CLAUSES)
    story.set_terms("吴磊", date(2026, 3, 20), term_from=date(2026, 5, 1), term_until=date(2027, 4, 30))
    for clause in story.facts(date(2026, 3, 20)).clauses:
        story.agree_clause("吴磊", date(2026, 3, 20), clause=clause.id)
        story.agree_clause("何平", date(2026, 3, 20), clause=clause.id)
    story.settle("吴磊", date(2026, 3, 23))
    story.settle("何平", date(2026, 3, 23))
    assert story.case.state == State.SETTLED
    return story


def halls(story: Story, place: Town) -> list[Hall]:
    """One meeting for each enterprise, and the draft on the agenda of all of them."""
    found = [
        a_hall(story, APRIL_10, date(2026, 3, 24), body=body, by=by)
        for body, by in zip(place.covered, ("一厂主席", "二厂主席", "三厂主席"), strict=True)
    ]
    story.submit_to_congress("吴磊", date(2026, 3, 24), meetings=[h.id for h in found])
    return found


def votes(story: Story, place: Town, found: list[Hall], *counts: int) -> None:
    """Of sixty delegates in each."""
    for hall, in_favour in zip(found, counts, strict=False):
        from_paper(hall, APRIL_10, in_favour, 60 - in_favour)


def entered(story: Story, place: Town, *recognised: bool) -> None:
    for enterprise, willing in zip(place.covered, recognised, strict=False):
        story.record_enterprise_result("吴磊", date(2026, 4, 13), enterprise=enterprise.id, recognised=willing)


def rows(story: Story) -> list[CoveredEnterprise]:
    query = select(CoveredEnterprise).where(CoveredEnterprise.negotiation_id == story.case.id).order_by(CoveredEnterprise.id)  # type: ignore[arg-type]
    return list(story.db.exec(query).all())


def signed(db: Session, region: str) -> Story:
    place = town(db, region)
    story = settled(db, place, "each_enterprise")
    votes(story, place, halls(story, place), 60, 60, 60)
    entered(story, place, True, True, True)
    by_congress(story, "adopt", date(2026, 4, 14))
    for chief in ("吴磊", "何平"):
        story.sign(chief, date(2026, 4, 15), sealed=True, evidence=story.paper())
    return story
