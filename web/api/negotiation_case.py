"""One negotiation over the API, as the caller may see it: its acts, its dates, its journal and its documents."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from negotiation import disclosure
from negotiation.acts import NEGOTIATIONS
from negotiation.disclosure import AT_THE_TABLE
from negotiation.facts import Facts
from negotiation.models import ClauseConsent, Negotiation
from negotiation.procedure import NEGOTIATION, STAGE_OF_STATE
from negotiation.queries import Sight, side_of
from negotiation.telling import more, tell
from negotiation.terms import ClauseState, State
from negotiation.text import texts_of
from web.api import answers, shapes
from web.api.acts import Cases
from web.api.records import Record, Records
from web.loaders import seen
from web.pages.negotiations import WORK
from web.render import translate
from workflow import joint
from workflow.deadlines import Status
from workflow.journal import entries
from workflow.organisations import Organisation
from workflow.procedure import Actor


def line(case: Negotiation, body: Organisation, is_published: bool, due: date | None) -> dict[str, Any]:
    assert case.id is not None and case.version is not None
    return {
        "id": case.id,
        "number": case.number,
        "title": case.title,
        "kind": case.kind,
        "level": case.level,
        "purpose": case.purpose,
        "initiator": case.initiator,
        "organisation": shapes.Body(id=case.organisation_id, name=body.name),
        "region": case.region,
        "state": case.state,
        "stage": "review" if is_published and case.state == State.IN_FORCE else STAGE_OF_STATE[State(case.state)],
        "version": case.version,
        "opened_on": case.opened_on,
        "closed_on": case.closed_on,
        "due": due if due is not None and due < date.max else None,
        "url": CASES.address(case),
    }


def _look(db: Session, case: Negotiation, sight: Sight, by: Actor, on: date) -> shapes.Case:
    facts = NEGOTIATIONS.facts(db, case, on)
    log = entries(db, NEGOTIATION.name, case.id or 0)
    running = [d.due for d in facts.deadlines if d.status == Status.RUNNING]
    return shapes.Case(
        **line(case, facts.organisation, bool(facts.publications), min(running, default=None)),
        sight=sight,
        acts=CASES.standings(db, case, facts, by, on),
        deadlines=answers.deadlines(facts.deadlines, facts.events, NEGOTIATION.clocks, facts.rules),
        documents=[answers.document(d, CASES.address(case)) for d in disclosure.documents(db, case, log, sight, side_of(by.seats))],
        text_hash=disclosure.text_hash(case, log, sight),
        table=_table(db, case, facts) if sight in AT_THE_TABLE else None,
    )


def _table(db: Session, case: Negotiation, facts: Facts) -> shapes.Table:
    assert case.id is not None
    return shapes.Table(
        subject=case.subject,
        proposed_on=case.proposed_on,
        proposed_place=case.proposed_place,
        data_requested=case.data_requested,
        representatives=[shapes.Member(id=r.id or 0, side=r.side, name=r.name, post=r.post, chief=r.chief) for r in facts.representatives],
        recorder=case.recorder_name,
        clauses=list(_clauses(db, case.id, facts)),
        term_from=case.term_from,
        term_until=case.term_until,
        wages=[
            shapes.WageLine(post=w.post, persons=w.persons, before=answers.yuan(w.before_fen), after=answers.yuan(w.after_fen))
            for w in facts.wage_rows
        ],
        meetings=[
            shapes.Talk(
                id=m.id or 0, number=m.number, held_on=m.held_on, place=m.place, agenda=m.agenda, chair=m.chair, minuted_on=m.minuted_on
            )
            for m in facts.meetings
        ],
        motions=[
            shapes.Motion(id=m.id or 0, act=m.act, label=translate(NEGOTIATION.acts[m.act].label), seat=m.seat, on=m.on, form=m.form)
            for m in joint.open_motions(db, NEGOTIATION.name, case.id)
        ],
    )


def _clauses(db: Session, case_id: int, facts: Facts) -> Iterable[shapes.Wording]:
    texts = texts_of(db, case_id)
    agreed: dict[int, list[str]] = {}
    consents = select(ClauseConsent).where(ClauseConsent.negotiation_id == case_id, col(ClauseConsent.void).is_(False))
    for consent in db.exec(consents.order_by(col(ClauseConsent.id))):
        agreed.setdefault(consent.text_id, []).append(consent.side)
    number = 0
    for clause in facts.clauses:
        stands = clause.state != ClauseState.DROPPED
        number += stands
        text = texts.get(clause.text_id or 0)
        yield shapes.Wording(
            id=clause.id or 0,
            number=number if stands else None,
            head=clause.head,
            heading=clause.heading,
            state=clause.state,
            text_id=clause.text_id,
            text=text.text if text else "",
            agreed_by=agreed.get(clause.text_id or 0, []),
        )


# ---- journal and documents


def _record(db: Session, case: Negotiation, sight: Sight, by: Actor) -> Record:
    log, side = entries(db, NEGOTIATION.name, case.id or 0), side_of(by.seats)
    whole = sight in AT_THE_TABLE
    return Record(
        disclosure.told(log, sight),
        disclosure.documents(db, case, log, sight, side),
        disclosure.files(db, case, sight, side),
        lambda particulars: particulars if whole else None,
        whole,
    )


CASES: Cases[Negotiation, Facts] = Cases(WORK, seen, _look)

RECORDS: Records[Negotiation, Facts] = Records(CASES, _record, tell, more)

routes = (*RECORDS.routes(), *CASES.routes())
