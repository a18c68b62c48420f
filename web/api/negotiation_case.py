"""One negotiation over the API, as the caller may see it: its acts, its dates, its journal and its documents."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
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
from web.dispatch import in_read
from web.downloads import MEDIA_TYPES, attachment, made
from web.loaders import seen
from web.pages.negotiations import WORK
from web.practice import today
from web.render import translate, word
from web.sessions import current_person, is_signed_in
from workflow import joint
from workflow.deadlines import Status
from workflow.documents.issue import Document, DocumentFile
from workflow.journal import Entry, addenda, entries
from workflow.organisations import Organisation
from workflow.people import Person
from workflow.procedure import Actor


@get("/negotiations/{case_id:int}/journal", guards=[is_signed_in])
async def journal(case_id: FromPath[int]) -> Response[bytes]:
    return await in_read(_journal, case_id)


@get("/negotiations/{case_id:int}/documents/{document_id:str}", guards=[is_signed_in])
async def document(case_id: FromPath[int], document_id: FromPath[str]) -> Response[bytes]:
    """`7` is its text, `7.pdf` the print, `7.docx` the Word file."""
    asked = re.fullmatch(r"([0-9]{1,18})(?:\.(pdf|docx))?", document_id)
    if asked is None:
        raise NotFoundException
    number, format = asked.groups()
    if format is None:
        return await in_read(_document, case_id, int(number))
    found, kept = await in_read(_kept, case_id, int(number), format)
    data = kept or await made(found, format)
    return attachment(data, MEDIA_TYPES[format], f"{found.title}.{format}", inline=False)


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
            shapes.WageLine(post=w.post, persons=w.persons, before=_yuan(w.before_fen), after=_yuan(w.after_fen)) for w in facts.wage_rows
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


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


# ---- journal and documents


def _journal(db: Session, case_id: int) -> Response[bytes]:
    case, sight = seen(db, current_person(db).id or 0, case_id)
    whole = sight in AT_THE_TABLE
    found = disclosure.told(entries(db, NEGOTIATION.name, case_id), sight)
    wanted = {e.actor_id for e in found if e.actor_id is not None}
    names = dict(db.exec(select(Person.id, Person.name).where(col(Person.id).in_(wanted))).all())
    added: dict[int, list[shapes.Addendum]] = defaultdict(list)
    for one in addenda(db, NEGOTIATION.name, case_id):
        shown = one.particulars if whole else None
        added[one.seq].append(shapes.Addendum(particulars=shown, hash=one.hash, previous=one.previous))
    return answers.answer(shapes.Journal(items=[_entry(e, names, whole, added[e.seq]) for e in found]), version=case.version)


def _entry(entry: Entry, names: dict[int | None, str], whole: bool, added: list[shapes.Addendum]) -> shapes.Entry:
    act = NEGOTIATION.acts.get(entry.act)
    beside = more(entry)
    return shapes.Entry(
        seq=entry.seq,
        on=entry.done_on,
        entered_at=entry.entered_at,
        act=entry.act,
        label=translate(act.label) if act else word(tell(entry)),
        text=word(tell(entry)),
        note=word(beside) if beside else None,
        seat=entry.seat,
        by=names.get(entry.actor_id) if whole else None,
        rules=entry.rules,
        from_=entry.state_from,
        to=entry.state_to,
        on_paper=entry.on_paper,
        particulars=entry.particulars if whole else None,
        hash=entry.hash,
        previous=entry.previous,
        addenda=added,
    )


def _document(db: Session, case_id: int, document_id: int) -> Response[bytes]:
    case, found = _readable(db, case_id, document_id)
    return answers.answer(answers.document_text(found, CASES.address(case)))


def _kept(db: Session, case_id: int, document_id: int, format: str) -> tuple[Document, bytes | None]:
    _case, found = _readable(db, case_id, document_id)
    kept = db.get(DocumentFile, (found.id, format))
    return found, kept.data if kept else None


def _readable(db: Session, case_id: int, document_id: int) -> tuple[Negotiation, Document]:
    case, sight = seen(db, current_person(db).id or 0, case_id)
    side = side_of(NEGOTIATIONS.actor(db, case, current_person(db).id or 0, today(db)).seats)
    for found in disclosure.documents(db, case, entries(db, NEGOTIATION.name, case_id), sight, side):
        if found.id == document_id:
            return case, found
    raise NotFoundException


CASES: Cases[Negotiation, Facts] = Cases(WORK, seen, _look)

routes = (journal, document, *CASES.routes())
