"""The acts of a proposal, and handing one in."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlmodel import Session

from congress.filing import lay_in
from congress.proposals import forms, queries
from congress.proposals.facts import Facts
from congress.proposals.models import DelegateProposal, Handling, Seconder
from congress.proposals.procedure import PROPOSAL
from congress.proposals.terms import Satisfaction
from congress.rolls import queries as rolls
from congress.rolls.models import CongressTerm, Delegate
from workflow.forms import invalid
from workflow.procedure import Actor
from workflow.proceedings import ActForm, Doing, Proceedings
from workflow.seats import Seat
from workflow.words import N_, Word, Words

Now: TypeAlias = Doing[DelegateProposal, Facts]
DOES: dict[str, Callable[[Now, Any], None]] = {}
BETWEEN = re.compile(r"[、，,；;\s]+")


def does(name: str) -> Callable[[Callable[[Now, Any], None]], Callable[[Now, Any], None]]:
    def register(function: Callable[[Now, Any], None]) -> Callable[[Now, Any], None]:
        DOES[name] = function
        return function

    return register


def propose(db: Session, form: forms.NewProposal, *, by: int, today: date, at: datetime) -> DelegateProposal:
    """Hand a proposal in: a delegate his own, the union what was handed in on paper. Raises `Invalid`."""
    on = form.on or today
    if on > today:
        raise invalid("on", N_("办理日期不能晚于今天（{today}）。"), today=today)
    term = next((t for t in queries.terms_to_propose_in(db, by, today) if t.id == form.term), None)
    if term is None or term.id is None:
        raise invalid("term", N_("请从列出的选项中选“{title}”。"), title=Word(N_("届次")))
    proposer, on_paper = _proposer(db, term, form, by, on)
    proposal = DelegateProposal(
        organisation_id=term.organisation_id,
        region=term.region,
        state=PROPOSAL.initial,
        opened_on=on,
        term_id=term.id,
        proposer_id=proposer.id or 0,
        title=form.title,
        subject=form.subject,
        account=form.account,
        wish=form.wish,
    )
    db.add(proposal)
    db.flush()
    actor = Actor(by, frozenset({Seat.PROPOSER}), Seat.PROPOSER, on_paper=on_paper, may_record=on_paper)
    facts = queries.facts(db, proposal, on)
    proof = {"evidence": [f.sha256 for f in form.evidence]} if form.evidence else {}
    PROPOSAL.perform(db, proposal, "submit", facts, by=actor, on=on, at=at, particulars={"subject": form.subject, **proof})
    lay_in(db, PROPOSAL.name, proposal.id or 0, form.evidence, act="submit", by=by, at=at)
    db.flush()
    return proposal


def _proposer(db: Session, term: CongressTerm, form: forms.NewProposal, by: int, on: date) -> tuple[Delegate, bool]:
    """Whose it is, and whether it is entered from paper."""
    roll = [delegate for delegate, _ in rolls.roll_on(db, term, on)]
    own = next((d for d in roll if d.person_id == by), None)
    if form.proposer is None or (own is not None and form.proposer == own.id):
        if own is None:
            raise invalid("proposer", N_("请选择提案人。"))
        return own, False
    if Seat.UNION not in rolls.seats_of(db, term, by, on):
        raise invalid("proposer", N_("代表只能以自己的名义提出提案。"))
    chosen = next((d for d in roll if d.id == form.proposer), None)
    if chosen is None:
        raise invalid("proposer", N_("请从列出的选项中选“{title}”。"), title=Word(N_("提案人")))
    if not form.evidence:
        raise invalid("evidence", N_("请上传提案人签名的提案表的扫描件或照片。"))
    return chosen, True


@does("submit")
def submit(now: Now, form: forms.Submit) -> None:
    """Who seconded the words as they were seconds others no longer."""
    proposal = now.case
    changed = (form.title, form.account, form.wish) != (proposal.title, proposal.account, proposal.wish)
    now.perform(subject=form.subject)
    proposal.title, proposal.subject, proposal.account, proposal.wish = form.title, form.subject, form.account, form.wish
    for seconder in now.facts.seconders if changed else ():
        now.db.delete(seconder)


@does("second")
def second(now: Now, form: forms.Second) -> None:
    chosen = _seconding(now, form)
    known = {s.delegate_id for s in now.facts.seconders} | {now.case.proposer_id}
    new = [d for d in chosen if d.id not in known]
    if not new:
        raise invalid("names", N_("这些代表已经附议，或者就是提案人。"))
    now.perform(seconders=len(new))
    for delegate in new:
        now.db.add(Seconder(proposal_id=now.case.id or 0, delegate_id=delegate.id or 0, since=now.on))


def _seconding(now: Now, form: forms.Second) -> list[Delegate]:
    roll = [delegate for delegate, _ in rolls.roll_on(now.db, now.facts.term, now.on)]
    names = [name for name in BETWEEN.split(form.names.strip()) if name]
    if not names:
        own = [d for d in roll if d.person_id == now.by.person_id]
        if not own:
            raise invalid("names", N_("请填写“{title}”。"), title=Word(N_("附议人")))
        return own
    if Seat.UNION not in now.by.seats:
        raise invalid("names", N_("代表只能自己附议，不能代他人附议。"))
    if not now.evidence:
        raise invalid("evidence", N_("请上传附议人签名的提案表的扫描件或照片。"))
    found = {name: [d for d in roll if name in (d.name, d.staff_number)] for name in names}
    if unknown := [name for name, those in found.items() if not those]:
        raise invalid("names", N_("名册上没有{names}，请核对姓名。"), names=Words(unknown))
    if shared := [name for name, those in found.items() if len(those) > 1]:
        raise invalid("names", N_("名册上有几位{names}，分不清是哪一位，请写工号。"), names=Words(shared))
    return [d for those in found.values() for d in those]


@does("take_back")
def take_back(now: Now, form: forms.WithReason) -> None:
    _end(now, form.reason)


@does("file_proposal")
def file_proposal(now: Now, form: ActForm) -> None:
    number = queries.next_number(now.db, now.case.term_id)
    now.case.number = number
    now.perform(number=number)
    now.tell({Seat.PROPOSER, Seat.EMPLOYER}, N_("职工代表提案第{number}号已经立案。"), number=number)


@does("decline_proposal")
def decline_proposal(now: Now, form: forms.WithReason) -> None:
    _end(now, form.reason)
    now.tell({Seat.PROPOSER}, N_("您的提案没有立案，理由写在提案页上。"))


@does("assign")
def assign(now: Now, form: forms.Assign) -> None:
    _check_day(now, form)
    now.perform(answer_by=form.answer_by)
    now.db.add(_handling(now, form))
    _run_to(now, form.answer_by)


@does("reassign")
def reassign(now: Now, form: forms.Assign) -> None:
    _check_day(now, form)
    handling = now.facts.current
    assert handling is not None
    now.perform(answer_by=form.answer_by)
    handling.handler, handling.answer_by = form.handler, form.answer_by
    now.keeper.stop(now.db, now.case)
    _run_to(now, form.answer_by)


@does("answer_proposal")
def answer_proposal(now: Now, form: forms.Answer) -> None:
    handling = now.facts.current
    assert handling is not None
    now.perform(round=handling.round)
    handling.answer, handling.answered_on = form.answer, now.on
    now.happened("PROPOSAL_ANSWERED")
    now.tell({Seat.PROPOSER, Seat.UNION}, N_("提案第{number}号已经答复，请提案人评价。"), number=now.case.number)


@does("accept_answer")
def accept_answer(now: Now, form: forms.Accept) -> None:
    _rate(now, form.satisfaction, form.remark)
    now.case.closed_on = now.on


@does("send_back")
def send_back(now: Now, form: forms.SendBack) -> None:
    entry = _rate(now, Satisfaction.UNSATISFIED, form.remark)
    if entry.state_to in PROPOSAL.final:
        now.case.closed_on = now.on
        return
    now.tell({Seat.UNION, Seat.EMPLOYER}, N_("提案人对第{number}号提案的答复不满意，退回再办。"), number=now.case.number)


@does("conclude")
def conclude(now: Now, form: forms.WithReason) -> None:
    _end(now, form.reason)
    now.tell({Seat.PROPOSER}, N_("提案第{number}号已经办结归档，原因写在提案页上。"), number=now.case.number)


def _rate(now: Now, satisfaction: str, remark: str) -> Any:
    handling = now.facts.current
    assert handling is not None
    entry = now.perform(round=handling.round, satisfaction=satisfaction)
    handling.satisfaction, handling.remark = satisfaction, remark
    return entry


def _end(now: Now, reason: str) -> None:
    now.perform()
    now.case.why_ended, now.case.closed_on = reason, now.on
    now.keeper.stop(now.db, now.case)


def _check_day(now: Now, form: forms.Assign) -> None:
    if form.answer_by <= now.on:
        raise invalid("answer_by", N_("答复日期要晚于{on}。"), on=now.on)


def _handling(now: Now, form: forms.Assign) -> Handling:
    return Handling(
        proposal_id=now.case.id or 0,
        round=len(now.facts.handlings) + 1,
        handler=form.handler,
        assigned_on=now.on,
        answer_by=form.answer_by,
    )


def _run_to(now: Now, day: date) -> None:
    now.keeper.start_agreed(now.db, now.case, "CONG-PROPOSAL", Seat.EMPLOYER, now.happened("PROPOSAL_ASSIGNED"), day)


PROCEEDINGS: Proceedings[DelegateProposal, Facts] = Proceedings(
    procedure=PROPOSAL,
    model=DelegateProposal,
    facts=queries.facts,
    actor=queries.actor,
    people=queries.people,
    does=DOES,
    rules=queries.rules,
)
