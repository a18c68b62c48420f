"""草案: settled by both chiefs, put before the congress, adopted or rejected."""

from sqlmodel import col, select

from congress import acts as congress_acts
from congress import queries as congress
from congress.models import Item
from congress.terms import UNDER_WAY, ItemState
from negotiation import documents, forms
from negotiation.acts.registry import BOTH_SIDES, Now, does, not_before, not_in_future, number_of
from negotiation.models import CoveredEnterprise, Delivery, Submission
from negotiation.terms import Adoption, ClauseState
from negotiation.text import current_hash
from workflow.forms import invalid
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_


@does("settle")
def settle(now: Now, form: ActForm) -> None:
    """From here the text stands still: its hash is what is voted on, signed and filed."""
    again = now.facts.day_of("REJECTED") is not None
    now.case.text_hash = current_hash(now.db, number_of(now))
    now.perform(text_hash=now.case.text_hash)
    revote = again and now.facts.rules.find("REVOTE", now.on) is not None
    now.happened("SETTLED", but=("TO-CONGRESS",) if revote else ())
    if again:
        now.happened("REAGREED")
    period = now.facts.rules.find("NEG-PERIOD-MAX", now.on)
    if period is not None and period.until is None:
        now.happened("COMPLETED")
    documents.issue(now, "draft")
    now.tell(BOTH_SIDES, N_("双方首席代表议定了草案，文本已经固定。"))


@does("reopen")
def reopen(now: Now, form: forms.Reasoned) -> None:
    now.perform(superseded=now.case.text_hash)
    now.said(reason=form.reason)
    loosen(now)
    now.tell(BOTH_SIDES, N_("双方同意重新协商草案，原来的文本作废。"))


@does("submit_to_congress")
def submit_to_congress(now: Now, form: forms.SubmitToCongress) -> None:
    bodies = [c.organisation_id for c in now.facts.covered] if now.case.adoption == Adoption.EACH_ENTERPRISE else []
    found = {
        m.id: m
        for m in congress.open_agendas(now.db, [now.case.organisation_id, *bodies, *([now.case.union_id] if now.case.union_id else [])])
    }
    chosen = [found[i] for i in form.meetings if i in found]
    if len(chosen) != len(form.meetings) or (not bodies and len(chosen) != 1):
        raise invalid("meetings", N_("请选择一次本单位还没有召开的职代会会议。"))
    assert now.case.text_hash is not None
    now.perform(meetings=form.meetings, text_hash=now.case.text_hash)
    for meeting in chosen:
        item = congress_acts.place(
            now.db,
            meeting,
            title=now.case.title,
            subject_kind="negotiation",
            subject_id=str(number_of(now)),
            text_hash=now.case.text_hash,
            rule_kind=now.case.kind,
            by=now.by,
            on=now.on,
            at=now.at,
        )
        now.db.add(
            Submission(
                negotiation_id=number_of(now), meeting_id=meeting.id or 0, item_id=item.id or 0, text_hash=now.case.text_hash, on=now.on
            )
        )
    now.happened("SUBMITTED")
    now.tell(BOTH_SIDES, N_("草案已经列入职代会会议的议程。"))


@does("withdraw_from_congress")
def withdraw_from_congress(now: Now, form: forms.Reasoned) -> None:
    now.perform()
    now.said(reason=form.reason)
    take_off_agendas(now, "withdrawn", form.reason, before_the_vote=True)
    _run_on(now)
    now.tell(BOTH_SIDES, N_("草案已经从职代会议程上撤下。"))


@does("meeting_failed")
def meeting_failed(now: Now, form: forms.Reasoned) -> None:
    now.perform()
    now.said(reason=form.reason)
    take_off_agendas(now, "failed", form.reason)
    _run_on(now)
    now.tell(BOTH_SIDES, N_("职代会会议没有开成，草案回到议定状态。"))


@does("record_enterprise_result")
def record_enterprise_result(now: Now, form: forms.EnterpriseResult) -> None:
    """One enterprise's certified result, and where required its legal representative's recognition (SECT-ADOPT)."""
    row = now.db.exec(
        select(CoveredEnterprise).where(
            CoveredEnterprise.negotiation_id == number_of(now), CoveredEnterprise.organisation_id == form.enterprise
        )
    ).first()
    if row is None:
        raise invalid("enterprise", N_("请选择合同覆盖的企业。"))
    result = congress.certified(now.db, now.case.text_hash or "", organisation_id=form.enterprise)
    if result is None:
        raise invalid("enterprise", N_("该企业职代会对现在这份文本的表决结果还没有确认。"))
    now.perform(enterprise=form.enterprise, passed=result.passed)
    row.item_id, row.passed = result.item_id, result.passed
    row.recognised_on = now.on if form.recognised else None


@does("adopt")
def adopt(now: Now, form: ActForm) -> None:
    result = now.facts.result
    now.perform(text_hash=now.case.text_hash, result=result.id if result else None)
    _submissions_end(now, "adopted")
    now.happened("ADOPTED", result.certified_on if result else None)
    now.tell(BOTH_SIDES, N_("职代会审议通过了草案，请双方首席代表签字。"))


@does("reject")
def reject(now: Now, form: ActForm) -> None:
    result = now.facts.result
    now.perform(text_hash=now.case.text_hash, result=result.id if result else None)
    _submissions_end(now, "rejected")
    now.happened("REJECTED")
    loosen(now)
    now.tell(BOTH_SIDES, N_("职代会没有通过草案，回到协商。"))


@does("void_adoption")
def void_adoption(now: Now, form: forms.Reasoned) -> None:
    now.perform()
    now.said(reason=form.reason)
    if now.facts.submission is not None:
        now.facts.submission.outcome = "annulled"
    for event in now.facts.events:
        if event.name == "ADOPTED":
            event.current = False
    _forget_votes_and_signatures(now)
    _run_on(now)
    now.tell(BOTH_SIDES, N_("职代会的表决结果被撤销，草案回到议定状态。"))


@does("notify_passage")
def notify_passage(now: Now, form: forms.NotifyPassage) -> None:
    """上海市集体合同条例 Art. 23 counts the filing period from the day the employer receives this notice."""
    not_in_future(now, "received", form.received)
    not_before(now, "received", form.received, "ADOPTED", N_("收到日期不能早于审议通过的日期（{day}）。"))
    now.perform(received=form.received, means=form.means)
    now.db.add(
        Delivery(
            negotiation_id=number_of(now),
            what="passage",
            received_on=form.received,
            means=form.means,
            reference=form.reference,
            sha256=now.evidence[0].sha256 if now.evidence else None,
        )
    )
    now.happened("PASS_NOTICE_RECEIVED", form.received)
    documents.issue_once(now, "passage", "ADOPTED")
    now.tell({Seat.EMPLOYER, Seat.EMPLOYER_CHIEF}, N_("职代会通过草案的书面告知已经送达。"))


def _run_on(now: Now) -> None:
    """The period for putting the draft before a congress counts on from where it began."""
    for event in reversed(now.facts.events):
        if event.name in ("SETTLED", "REAGREED"):
            rule = "TO-CONGRESS" if event.name == "SETTLED" else "REVOTE"
            if now.facts.deadline(rule) is not None:
                now.keeper.begin(now.db, now.case, rule, event)
                return


def loosen(now: Now) -> None:
    """Back to consultation: the frozen text is superseded, its clauses stay agreed until somebody changes them."""
    now.case.text_hash = None
    _forget_votes_and_signatures(now)
    for clause in now.facts.standing_clauses:
        if clause.state == ClauseState.DEFERRED:
            clause.state = ClauseState.OPEN


def take_off_agendas(now: Now, outcome: str, reason: str, *, before_the_vote: bool = False) -> None:
    """The draft is no longer before a congress: what was not yet put to the vote leaves the agendas.

    `before_the_vote` raises `Refused` where the vote has begun; what another enterprise has voted already stands.
    """
    one = now.case.adoption == Adoption.ONE_CONGRESS
    voting = (*UNDER_WAY, ItemState.CERTIFIED) if one else UNDER_WAY
    for submission in _submissions_end(now, outcome):
        state = now.db.get_one(Item, submission.item_id).state
        if state == ItemState.PREPARED or (before_the_vote and state in voting):
            congress_acts.withdraw_item(now.db, submission.item_id, by=now.by, on=now.on, at=now.at, reason=reason)


def _submissions_end(now: Now, outcome: str) -> list[Submission]:
    """One, or one for each enterprise."""
    found = now.db.exec(
        select(Submission)
        .where(Submission.negotiation_id == number_of(now), col(Submission.outcome).is_(None))
        .order_by(col(Submission.id))
    )
    ended = list(found)
    for submission in ended:
        submission.outcome = outcome
    return ended


def _forget_votes_and_signatures(now: Now) -> None:
    """An earlier vote or signature never counts for a later text, nor for the same text adopted anew. The journal keeps both."""
    for row in now.facts.covered:
        row.item_id, row.passed, row.recognised_on = None, None, None
    for signature in now.facts.signatures:
        signature.void = True
