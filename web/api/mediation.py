"""Mediations over the API: the list, a new application or demand to consult, each case, its journal, documents and files."""

from datetime import date, datetime
from typing import Annotated, Any

from litestar import Response, get, post
from sqlalchemy import ColumnElement, String, cast, exists
from sqlmodel import Session, col, or_

from mediation import disclosure, queries
from mediation.documents import OF_ONE_SIDE, readable
from mediation.facts import Facts
from mediation.forms import Application, Consultation
from mediation.models import MediationCase, Party
from mediation.procedure import MEDIATION
from mediation.telling import tell
from mediation.terms import OUTCOME_LABELS, STATE_LABELS
from web.api import answers, lists
from web.api.acts import Cases
from web.api.mediation_case import content, line
from web.api.mediation_shapes import Mediation, MediationLine, Mediations
from web.api.reading import Sent, query, sent
from web.api.records import Particulars, Record, Records
from web.dispatch import in_read, in_write
from web.pages.mediation import CASEWORK, opened
from web.practice import today
from web.render import AnyRequest
from web.sessions import is_signed_in
from workflow.deadlines import Status
from workflow.forms import field, one_of
from workflow.journal import entries
from workflow.procedure import Actor
from workflow.seats import Seat
from workflow.words import N_

STATES = {str(state): label for state, label in STATE_LABELS.items()}
STAGES = {name: label for name, label, _states in MEDIATION.stages}
OUTCOMES = {str(outcome): label for outcome, label in OUTCOME_LABELS.items()}
WITH_NAMES = frozenset({Seat.MEDIATOR, Seat.COMMITTEE_CHAIR, Seat.COMMITTEE_CLERK})
"""Seats that are told who entered what; a party is told in which seat."""


class Filters(lists.Paging):
    state: Annotated[str, one_of(STATES)] | None = field(N_("状态"), choices=STATES, default=None)
    stage: Annotated[str, one_of(STAGES)] | None = field(N_("阶段"), choices=STAGES, default=None)
    outcome: Annotated[str, one_of(OUTCOMES)] | None = field(N_("结果"), choices=OUTCOMES, default=None)
    organisation: int | None = field(N_("调解委员会"), widget="number", default=None)
    q: str = field(N_("案号或者当事人名称中的字"), default="")
    overdue: bool | None = field(N_("有逾期的期限"), widget="yesno", default=None)


@get("/mediation", guards=[is_signed_in])
async def index(request: AnyRequest) -> Response[bytes]:
    return await in_read(_index, query(request, Filters))


@post("/mediation", guards=[is_signed_in], status_code=201)
async def apply(request: AnyRequest) -> Response[bytes]:
    return await in_write(_open, await sent(request), Application)


@post("/mediation/consultation", guards=[is_signed_in], status_code=201)
async def demand(request: AnyRequest) -> Response[bytes]:
    return await in_write(_open, await sent(request), Consultation)


# ---- the list


def _index(db: Session, filters: Filters) -> Response[bytes]:
    on = today(db)
    conditions: list[ColumnElement[bool]] = [queries.seen_by(db, CASEWORK.person(), on)]
    if filters.state:
        conditions.append(col(MediationCase.state) == filters.state)
    if filters.stage:
        conditions.append(
            col(MediationCase.state).in_([s for name, _label, states in MEDIATION.stages for s in states if name == filters.stage])
        )
    if filters.outcome:
        conditions.append(col(MediationCase.outcome) == filters.outcome)
    if filters.organisation is not None:
        conditions.append(col(MediationCase.organisation_id) == filters.organisation)
    if filters.q:
        conditions.append(_named(filters.q))
    if filters.overdue is not None:
        conditions.append(lists.is_overdue(MediationCase, MEDIATION.name, on, filters.overdue))
    total, rows, soonest = lists.page_of(db, MediationCase, MEDIATION.name, conditions, filters)
    first = queries.first_of_sides(db, [case.id for case, _body in rows])
    items = [
        MediationLine(**line(case, body, first.get(case.id or 0, {}), soonest.get(case.id or 0), CASES.address(case)))
        for case, body in rows
    ]
    return answers.answer(Mediations(total=total, page=filters.page, per_page=filters.per_page, items=items))


def _named(words: str) -> ColumnElement[bool]:
    number = col(MediationCase.series) + cast(MediationCase.serial, String) + "号"
    party = exists().where(col(Party.case_id) == col(MediationCase.id), col(Party.name).icontains(words, autoescape=True))
    return or_(number.icontains(words, autoescape=True), party)


# ---- a new case


def _open(db: Session, found: Sent, form: type[Application] | type[Consultation]) -> Response[bytes]:
    return CASES.opening(db, found, form, _opened)


def _opened(db: Session, form: Application | Consultation, person_id: int, on: date, at: datetime) -> tuple[MediationCase, None]:
    return opened(db, form, person_id, on, at), None


# ---- one case


def _see(db: Session, person_id: int, case_id: int, lock: bool) -> tuple[MediationCase, None]:
    return CASEWORK.load(db, person_id, case_id, lock), None


def _look(db: Session, case: MediationCase, _seen: None, by: Actor, on: date) -> Mediation:
    facts, url = queries.facts(db, case, on), CASES.address(case)
    running = [d.due for d in facts.deadlines if d.status == Status.RUNNING]
    first = {p.role: p.name for p in facts.parties if p.position == 1}
    return Mediation(
        **content(db, case, facts, by, on, url) | line(case, facts.committee, first, min(running, default=None), url),
        acts=CASES.standings(db, case, facts, by, on),
        deadlines=answers.deadlines(facts.deadlines, facts.events, MEDIATION.clocks, facts.rules),
        documents=[answers.document(d, url) for d in readable(db, case, by)],
    )


def _record(db: Session, case: MediationCase, _seen: None, by: Actor) -> Record:
    """Of an entry with files that are not for this reader, not even their hashes are told, nor of a document what its text hashes to; of one
    that the other side prepares for itself, not what it is."""
    files, documents = disclosure.files(db, case, by.seats), readable(db, case, by)
    open_to_him = {file.sha256 for file in files} | {document.sha256 for document in documents}
    kept_from_him = OF_ONE_SIDE - {document.kind for document in documents}

    def particulars(found: Particulars) -> Particulars | None:
        hashes: set[Any] = {*found.get("evidence", []), *(found[name] for name in ("sha256", "of") if name in found)}
        return found if hashes <= open_to_him and found.get("document") not in kept_from_him else None

    return Record(entries(db, MEDIATION.name, case.id or 0), documents, files, particulars, names=bool(by.seats & WITH_NAMES))


CASES: Cases[MediationCase, Facts] = Cases(CASEWORK, _see, _look)
RECORDS: Records[MediationCase, Facts] = Records(CASES, _record, tell)

routes = (index, apply, demand, *RECORDS.routes(), *CASES.routes())
