"""Congress meetings over the API: what is put to the vote, the certified results, and the acts of the meeting."""

from datetime import date

from sqlmodel import Session

from congress.ballots.encrypted import EncryptedBox
from congress.ballots.models import BallotRound
from congress.ballots.requirements import items_of
from congress.delegates import queries as delegates
from congress.facts import Facts
from congress.models import CongressMeeting, Item
from congress.procedure import CONGRESS
from web.api import answers, shapes
from web.api.acts import Cases
from web.pages.congress import CASEWORK
from web.render import word
from workflow import deadlines
from workflow.organisations import Organisation
from workflow.procedure import Actor
from workflow.seats import Seat


def _see(db: Session, person_id: int, case_id: int, lock: bool) -> tuple[CongressMeeting, None]:
    return CASEWORK.load(db, person_id, case_id, lock), None


def _look(db: Session, meeting: CongressMeeting, _seen: None, by: Actor, on: date) -> shapes.Meeting:
    assert meeting.id is not None and meeting.version is not None
    facts = CASEWORK.proceedings.facts(db, meeting, on)
    body = db.get_one(Organisation, meeting.organisation_id)
    kind = CONGRESS.name
    return shapes.Meeting(
        id=meeting.id,
        title=meeting.title,
        organisation=shapes.Body(id=meeting.organisation_id, name=body.name),
        region=meeting.region,
        state=meeting.state,
        version=meeting.version,
        held_on=meeting.held_on,
        place=meeting.place,
        roll=meeting.roll,
        present=facts.present,
        items=[_item(item, facts) for item in facts.agenda],
        papers=_papers(db, meeting, facts, by, on),
        rounds=[_round(db, meeting, one, facts) for one in facts.ballots.rounds],
        acts=CASES.standings(db, meeting, facts, by, on),
        deadlines=answers.deadlines(
            deadlines.deadlines(db, kind, meeting.id), deadlines.events(db, kind, meeting.id), CONGRESS.clocks, facts.rules
        ),
    )


def _item(item: Item, facts: Facts) -> shapes.Item:
    result = next((r for r in facts.results if r.item_id == item.id and r.annulled_on is None), None)
    return shapes.Item(
        id=item.id or 0,
        number=item.number,
        round=item.round,
        title=item.title,
        state=item.state,
        text_hash=item.text_hash,
        needed=item.needed,
        passed=result.passed if result else None,
        result=word(result.arithmetic()) if result else None,
        opinions=len(facts.opinions_on(item)),
        answered=sum(opinion.answered_on is not None for opinion in facts.opinions_on(item)),
    )


def _papers(db: Session, meeting: CongressMeeting, facts: Facts, by: Actor, on: date) -> list[shapes.Paper]:
    papers = delegates.papers(db, facts)
    counts = Seat.UNION in by.seats and papers
    members = delegates.deliveries(db, meeting, on) if counts else []
    return [
        shapes.Paper(
            title=paper.title,
            sha256=paper.sha256,
            item=paper.item_id,
            received=sum(paper.sha256 in one.received for one in members) if counts else None,
            members=len(members) if counts else None,
        )
        for paper in papers
    ]


def _round(db: Session, meeting: CongressMeeting, one: BallotRound, facts: Facts) -> shapes.Round:
    """As public as in the hall: the board holds ciphertexts, and no split before the result is certified."""
    return shapes.Round(
        id=one.id or 0,
        number=one.number,
        title=one.title,
        box=one.box,
        state=one.state,
        seats=one.seats,
        items=[item.number for item in items_of(facts, one)],
        present=one.present,
        fingerprint=EncryptedBox(db, one).election.fingerprint if one.manifest else None,
        export=f"/v/{meeting.hall_token}/rounds/{one.number}/board" if one.manifest else None,
    )


CASES: Cases[CongressMeeting, Facts] = Cases(CASEWORK, _see, _look)

routes = CASES.routes()
