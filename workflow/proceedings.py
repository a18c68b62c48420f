"""One act, end to end: the form is read, the procedure performs, the facts follow; all in the caller's transaction.

Pages, the API, jobs, the command line and the tests do every act through `do`. An act's own function writes what the act
brings about: facts, events (which start and end clocks), documents and messages.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar, Generic, TypeVar

from sqlmodel import Session, select

from workflow import deadlines, evidence, joint, journal, outbox
from workflow.calendar import Calendar, load_calendar
from workflow.case import Case
from workflow.deadlines import Status, Timekeeper
from workflow.forms import Day, Files, FormModel, field, invalid
from workflow.law.rules import Rulebook
from workflow.procedure import Act, Actor, Changed, F, How, Procedure, Refused
from workflow.seats import Seat
from workflow.statements import Statement
from workflow.words import N_, Sentence, Word

C = TypeVar("C", bound=Case)


class DayForm(FormModel):
    """The day an act was done: of those to which no files belong."""

    is_printed: ClassVar[bool] = True

    on: Day | None = field(
        N_("办理日期"), widget="date", default=None, hint=N_("事情实际发生的日期。补录以前的书面材料时，填材料上的日期。")
    )


class ActForm(DayForm):
    """What every act asks: the day it was done and what proves it."""

    evidence: Files = field(
        N_("附件"), widget="files", default_factory=list, hint=N_("扫描件、照片或PDF，每个不超过20MB。代为登记书面材料时必须上传。")
    )


@dataclass
class Doing(Generic[C, F]):
    """An act under way: what its function needs to bring it about."""

    db: Session
    proceedings: "Proceedings[C, F]"
    case: C
    act: Act[F]
    facts: F
    by: Actor
    on: date
    at: datetime
    keeper: Timekeeper
    evidence: Files
    how: How
    today: date
    """On which it is entered; `on` is the day it was done."""
    entry: journal.Entry | None = None
    piece: str = ""
    """Which piece of a dossier the files of this act are."""
    side: str | None = None
    """To whom the files of this act are open, where not to everybody."""

    def perform(self, *, act: str = "", **particulars: object) -> journal.Entry:
        """Move the state and write the journal entry, with what was handed in."""
        if self.evidence:
            particulars["evidence"] = [f.sha256 for f in self.evidence]
        self.entry = self.proceedings.procedure.perform(
            self.db,
            self.case,
            act or self.act.name,
            self.facts,
            by=self.by,
            on=self.on,
            at=self.at,
            particulars=particulars,
        )
        if self.entry.state_from != self.entry.state_to:
            joint.void(self.db, self.entry.case_kind, self.entry.case_id, keep=self.act.name)
        return self.entry

    def happened(self, event: str, on: date | None = None, subject: str = "", *, but: Collection[str] = ()) -> deadlines.Event:
        """Record an event of this act; clocks follow."""
        assert self.entry is not None
        return self.keeper.happened(self.db, self.case, event, on or self.on, self.entry.seq, subject, but=but)

    def said(self, **words: str) -> None:
        """Keep what was said with this act, by the names of the form's fields; empty ones are not kept."""
        assert self.entry is not None
        for name, text in words.items():
            if text:
                self.db.add(Statement(case_kind=self.entry.case_kind, case_id=self.entry.case_id, seq=self.entry.seq, name=name, text=text))

    def tell(self, seats: set[Seat], msgid: str, **values: object) -> None:
        """A message to whoever holds these seats, in the app at once and by the chosen channels after the commit."""
        outbox.tell(
            self.db,
            self.proceedings.people(self.db, self.case, seats, self.on) - {self.by.person_id},
            Sentence(msgid, values),
            kind=self.proceedings.procedure.name,
            case_id=self.case.id,
            at=self.at,
        )


@dataclass(frozen=True)
class Proceedings(Generic[C, F]):
    """What the engine needs to know of one kind of case."""

    procedure: Procedure[F]
    model: type[C]
    facts: Callable[[Session, C, date], F]
    actor: Callable[[Session, C, int, date], Actor]
    people: Callable[[Session, C, set[Seat], date], set[int | None]]
    does: Mapping[str, Callable[[Doing[C, F], Any], None]]
    rules: Callable[[Session, C], Rulebook]
    basis: Callable[[Session, C, str], str] = lambda db, case, act: ""
    """Hash of the text that a joint act is proposed on; empty for those that are not about the text."""

    def keeper(self, db: Session, case: C, calendar: Calendar | None = None) -> Timekeeper:
        return Timekeeper(self.procedure.name, self.procedure.clocks, self.rules(db, case), calendar or load_calendar(db))


def locked(db: Session, model: type[C], case_id: int) -> C:
    """The case row, held for this transaction."""
    return db.exec(select(model).where(model.id == case_id).with_for_update().execution_options(populate_existing=True)).one()


def do(
    db: Session,
    proceedings: Proceedings[C, F],
    case: C,
    name: str,
    sent: Mapping[str, Any],
    *,
    by: Actor,
    today: date,
    at: datetime,
    version: int | None = None,
) -> C:
    """Do one act on a locked case. Raises `Invalid` (what was typed), `Refused` (the facts), `Changed` (a stale page)."""
    procedure = proceedings.procedure
    act = procedure.acts[name]
    if version is not None and version != case.version:
        raise Changed
    motion = joint.open_motion(db, procedure.name, case.id or 0, name) if act.joint else None
    # Who answers a motion agrees to what was moved: of what is sent only the day and the files count.
    asked = ActForm if motion is not None else act.form
    form: FormModel = asked.read({k: v for k, v in sent.items() if k in ActForm.model_fields} if motion is not None else sent)
    on = getattr(form, "on", None) or today
    files: Files = list(getattr(form, "evidence", []))
    _check_day(case, on, today, motion)
    _check_order(db, procedure, case, act, on, today, by)
    _check_files(db, files)
    facts = proceedings.facts(db, case, on)
    standing = procedure.standing(name, case.state, facts, by, on)
    if not standing.open:
        raise Refused(name, act.label, standing.reasons)
    assert standing.how is not None
    how = standing.how
    if not files and by.person_id is not None:
        _check_lateness(db, procedure, case, name, on, today)
    if how is How.PAPER:
        if not files:
            raise invalid("evidence", N_("这是代对方登记的书面材料，请上传签字或盖章的扫描件或照片。"))
        seat = by.seat if by.seat in standing.seats else next(s for s in Seat if s in standing.seats)
        by = Actor(by.person_id, by.seats, seat, on_paper=True, may_record=True)
        how = _how_on_paper(act, facts, motion)
    elif by.seat not in standing.seats:
        by = Actor(by.person_id, by.seats, [s for s in Seat if s in standing.seats][-1], may_record=by.may_record)
    doing = Doing(db, proceedings, case, act, facts, by, on, at, proceedings.keeper(db, case), files, how, today)
    if how is How.PROPOSE:
        _propose(doing, form)
    else:
        if how is How.AGREE:
            form = _agreed_form(doing, motion)
        proceedings.does[name](doing, form)
        if how is How.AGREE and motion is not None:
            motion.status = "agreed"
    _keep_files(doing)
    db.flush()
    return case


def _how_on_paper(act: Act[F], facts: F, motion: joint.Motion | None) -> How:
    """One paper signed by both is the whole act only where neither chief acts here; else the other answers for himself."""
    if not act.joint:
        return How.SELF
    if motion is not None:
        return How.AGREE
    return How.SELF if act.by <= act.absent(facts) else How.PROPOSE


def _check_day(case: Case, on: date, today: date, motion: joint.Motion | None) -> None:
    if on > today:
        raise invalid("on", N_("办理日期不能晚于今天（{today}）。"), today=today)
    if on < case.opened_on:
        raise invalid("on", N_("办理日期不能早于立案日期（{opened}）。"), opened=case.opened_on)
    if motion is not None and on < motion.on:
        raise invalid("on", N_("同意的日期不能早于提出的日期（{day}）。"), day=motion.on)


def _check_order(db: Session, procedure: Procedure[F], case: Case, act: Act[F], on: date, today: date, by: Actor) -> None:
    """What is entered late was done while the act could be done: not before the case came to the states that allow it.

    The clock's own acts come from deadlines, whose events may have been entered after their day.
    """
    sources = procedure.sources(act.name)
    if on == today or by.person_id is None or case.id is None or case.state not in sources:
        return
    came = next((e for e in reversed(journal.moves(db, procedure.name, case.id)) if e.state_from not in sources), None)
    if came is None:
        return
    since = min([came.done_on, *deadlines.days_of(db, procedure.name, case.id, came.seq)])
    if on < since:
        raise invalid("on", N_("办理日期不能早于{day}：那天本案才进入“{state}”。"), day=since, state=Word(procedure.states[came.state_to]))


def _check_lateness(db: Session, procedure: Procedure[F], case: Case, name: str, on: date, today: date) -> None:
    """What is entered after its period had run out, as done within it, is proven: one's own word would save any period."""
    rules = {c.rule for c in procedure.clocks if c.act == name}
    for one in deadlines.deadlines(db, procedure.name, case.id or 0) if rules and on < today else ():
        if one.rule in rules and one.status in (Status.RUNNING, Status.LAPSED) and on <= one.due < today:
            raise invalid("evidence", N_("期限{due}已经届满；按期限以内的日期补录，请上传证明材料。"), due=one.due)


def _check_files(db: Session, files: Files) -> None:
    for ref in files:
        if not evidence.is_kept(db, ref.sha256):
            raise invalid("evidence", N_("文件“{name}”没有上传成功，请重新选择。"), name=ref.name)


def _propose(doing: Doing[C, F], form: FormModel) -> None:
    assert doing.case.id is not None and doing.by.person_id is not None and doing.by.seat is not None
    kind = doing.proceedings.procedure.name
    _try(doing, form)
    doing.entry = journal.append(
        doing.db,
        doing.case,
        kind,
        act=doing.act.name,
        seat=doing.by.seat,
        actor_id=doing.by.person_id,
        done_on=doing.on,
        entered_at=doing.at,
        rules=list(doing.act.under),
        state_from=doing.case.state,
        particulars={"proposed": True, **({"evidence": [f.sha256 for f in doing.evidence]} if doing.evidence else {})},
        on_paper=doing.by.on_paper,
    )
    doing.db.add(
        joint.Motion(
            case_kind=kind,
            case_id=doing.case.id,
            act=doing.act.name,
            seat=doing.by.seat,
            person_id=doing.by.person_id,
            on=doing.on,
            at=doing.at,
            form=form.model_dump(mode="json"),
            basis=doing.proceedings.basis(doing.db, doing.case, doing.act.name),
        )
    )
    doing.tell(set(doing.act.by) - {doing.by.seat}, N_("对方提议“{act}”，等您答复。"), act=doing.act.label)


def _try(doing: Doing[C, F], form: FormModel) -> None:
    """What could not be done if the other chief agreed is told to whoever proposes it: done, and undone. Raises as the act does."""
    trial = doing.db.begin_nested()
    try:
        doing.proceedings.does[doing.act.name](replace(doing), form)
    finally:
        trial.rollback()


def _agreed_form(doing: Doing[C, F], motion: joint.Motion | None) -> FormModel:
    """The proposer's form: what the other chief agrees to is what was proposed, on the text it was proposed on."""
    if motion is None or motion.basis != doing.proceedings.basis(doing.db, doing.case, doing.act.name):
        raise Changed
    return doing.act.form.model_validate({**motion.form, "on": None, "evidence": []})


def _keep_files(doing: Doing[C, F]) -> None:
    assert doing.case.id is not None and doing.by.person_id is not None or not doing.evidence
    for ref in doing.evidence:
        doing.db.add(
            evidence.Evidence(
                case_kind=doing.proceedings.procedure.name,
                case_id=doing.case.id or 0,
                sha256=ref.sha256,
                name=ref.name,
                side=doing.side,
                stage=doing.act.name,
                piece=doing.piece,
                entered_by=doing.by.person_id or 0,
                entered_at=doing.at,
            )
        )
