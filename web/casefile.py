"""What the file of every simple case shows: its stages, what may be done and what not yet, periods, files, and its journal in sentences."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from litestar import Response
from litestar.exceptions import NotFoundException
from sqlmodel import Session, col, select

from web.casework import Casework
from web.downloads import attachment, named
from web.pages.congress_file import Closed, Offer, Paper, Period, Stage, Told
from web.render import left, translate, urgency
from workflow import deadlines, journal
from workflow.deadlines import STATUS_LABELS, Deadline, Status
from workflow.documents.asked import ISSUE, KEEP
from workflow.documents.issue import Document
from workflow.evidence import Blob, Evidence
from workflow.journal import Entry
from workflow.law.rules import Rulebook
from workflow.procedure import Actor, F, How, Procedure, Standing
from workflow.proceedings import C
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_, Sentence, Word, say


def view(work: Casework[C, F], db: Session, case: C, facts: F, by: Actor, on: date, tell: Callable[[Entry], Sentence]) -> dict[str, Any]:
    procedure = work.proceedings.procedure
    entries = journal.entries(db, procedure.name, case.id or 0)
    standings = [s for s in procedure.explain(case.state, facts, by, on) if s.act.name not in (ISSUE, KEEP)]
    return {
        "case": case,
        "work": work,
        "state": procedure.states[case.state],
        "stages": _stages(procedure, case, entries),
        "can": sorted((_offer(work, case, s) for s in standings if s.open), key=lambda offer: not offer.main),
        "cannot": [Closed(s.act.label, s.reasons, s.act.name) for s in standings if s.here and not s.open and s.act.by & by.seats],
        "periods": periods(procedure, db, case, facts.rules),
        "files": files_of(db, procedure.name, case.id or 0),
        "entries": [Told(e.done_on, SEAT_LABELS[Seat(e.seat)], tell(e), _how(e), e.seq) for e in reversed(entries)],
    }


def _how(entry: Entry) -> Sentence | None:
    """How it was done, where not by somebody signed in."""
    if entry.on_paper:
        return say(N_("据书面材料录入"))
    return say(N_("凭查询码办理")) if entry.particulars.get("by_code") else None


def papers(documents: Sequence[Document]) -> list[Paper]:
    """What was issued, as the page lists it; what a later one has taken the place of is left to the desk."""
    replaced = {one.supersedes for one in documents}
    return [
        Paper(one.title, one.kind, f"/documents/{one.token}", "PDF", one.issued_on, one.number or N_("已归档"))
        for one in documents
        if one.id not in replaced
    ]


def files_of(db: Session, kind: str, case_id: int) -> Sequence[Evidence]:
    query = select(Evidence).where(Evidence.case_kind == kind, Evidence.case_id == case_id)
    return db.exec(query.order_by(col(Evidence.id).desc())).all()


def download(db: Session, files: Sequence[Evidence], file_id: int) -> Response[bytes]:
    """One of these files, or 404."""
    file = next((f for f in files if f.id == file_id), None)
    if file is None:
        raise NotFoundException
    blob = db.get_one(Blob, file.sha256)
    return attachment(blob.data, blob.media_type, named(file.name, blob), inline=False)


def _stages(procedure: Procedure[F], case: C, entries: Sequence[Entry]) -> list[Stage]:
    """The last is the state in which the case ended, in its own words."""
    index = next(i for i, (_, _, states) in enumerate(procedure.stages) if case.state in states)
    over = case.state in procedure.final
    came: dict[str, date] = {}
    for entry in entries:
        if entry.state_from != entry.state_to or entry.state_to not in came:
            came[entry.state_to] = entry.done_on
    found = []
    for place, (_, label, states) in enumerate(procedure.stages):
        day = next((came[s] for s in states if s in came), None)
        mark = "done" if (place < index and day is not None) or (over and place == index) else "now" if place == index else "later"
        name = procedure.states[case.state] if over and place == index else label
        found.append(Stage(name, mark, say(N_("{day}起"), day=day) if day is not None and mark != "later" else N_("未开始")))
    return found


def _offer(work: Casework[C, F], case: C, standing: Standing[F]) -> Offer:
    gist = N_("凭书面材料代为登记") if standing.how is How.PAPER else standing.act.gist
    return Offer(work.href(case, standing.act.name), standing.act.label, gist, standing.act.main, standing.act.name)


def periods(procedure: Procedure[F], db: Session, case: C, rules: Rulebook) -> list[Period]:
    events = {e.id: e for e in deadlines.events(db, procedure.name, case.id or 0)}
    found = deadlines.deadlines(db, procedure.name, case.id or 0)
    return [_period(procedure, one, events, rules) for one in found if one.status != Status.STOPPED]


def _period(procedure: Procedure[F], one: Deadline, events: Mapping[int | None, deadlines.Event], rules: Rulebook) -> Period:
    clock, ended, rule = procedure.clock(one.rule), events.get(one.end_id), rules.find(one.rule, one.due)
    # Nobody is late who did not use what a period permitted.
    over = clock.permits and urgency(one.due) == "bad"
    running = one.status == Status.RUNNING and not over
    said = (
        STATUS_LABELS[Status.LAPSED]
        if over and ended is None
        else say(N_("{status}（{day}）"), status=Word(STATUS_LABELS[Status(one.status)]), day=ended.on)
        if ended
        else ""
    )
    return Period(
        label=clock.label,
        span=say(N_("{day}到期"), day=one.due),
        status=left(one.due) if running else said,
        derivation="；".join(step.read(translate) for step in one.derivation()),
        citations=rule.citations if rule else (),
        mark=(urgency(one.due) or "now") if running else "done",
        tag=N_("约定") if one.agreed else N_("系统设置") if rule is not None and rule.confidence == "D" else N_("法定"),
    )
