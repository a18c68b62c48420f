"""要约: the offer, its delivery, and the reply."""

from negotiation import documents, forms
from negotiation.acts.registry import Now, does, not_before, not_in_future, number_of, other_side, side_of
from negotiation.models import Delivery, Letter
from negotiation.requirements.rules import value
from negotiation.terms import LetterKind, Side, State
from workflow.forms import invalid
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_

MATTERS_OF_KIND = {
    "comprehensive": ("PAY", "WORKING_CONDITIONS"),
    "wage": ("PAY",),
    "safety": ("WORKING_CONDITIONS",),
    "women": ("WORKING_CONDITIONS",),
}
"""What talks of a kind are about, in the words of NEG-NO-REFUSE."""


@does("edit_offer")
def edit_offer(now: Now, form: forms.EditOffer) -> None:
    case = now.case
    case.subject, case.data_requested = form.subject, form.data_requested
    case.proposed_on, case.proposed_time, case.proposed_place = form.proposed_on, form.proposed_time, form.proposed_place
    was, case.title = case.title, form.title or case.title
    now.perform(**({"was": was, "title": case.title} if case.title != was else {}))


@does("offer")
def offer(now: Now, form: ActForm) -> None:
    """集体合同规定 Art. 32; of wages, the letter names time, place and content (工资集体协商试行办法 Art. 17)."""
    if now.case.proposed_on is not None and now.case.proposed_on < now.on:
        raise invalid("on", N_("拟定的协商日期（{day}）早于发出要约的日期，请先修改要约内容。"), day=now.case.proposed_on)
    now.perform()
    now.happened("REQUEST_SENT")
    documents.issue(now, "offer")
    now.tell(other_side(now), N_("对方向贵方发出了要约，请登记收到的日期并书面答复。"))


@does("record_receipt")
def record_receipt(now: Now, form: forms.RecordReceipt) -> None:
    not_in_future(now, "received", form.received)
    not_before(now, "received", form.received, "REQUEST_SENT", N_("收到日期不能早于发出要约的日期（{day}）。"))
    mine = side_of(now) == Side(now.case.initiator)
    if mine and not now.evidence and form.means != "in_app":
        raise invalid("evidence", N_("要约方登记送达，请上传送达回证、快递签收单等证明。"))
    now.perform(received=form.received, means=form.means)
    now.db.add(
        Delivery(
            negotiation_id=number_of(now),
            what="offer",
            received_on=form.received,
            means=form.means,
            reference=form.reference,
            sha256=now.evidence[0].sha256 if now.evidence else None,
        )
    )
    now.happened("REQUEST_RECEIVED", form.received)
    now.tell(other_side(now), N_("要约的送达已经登记，收到日期是{day}。"), day=form.received)


@does("accept_offer")
def accept_offer(now: Now, form: forms.AcceptOffer) -> None:
    """A reply in time, entered after the clock had let the case lapse, turns that entry back in the same transaction."""
    not_before(now, "on", now.on, "REQUEST_RECEIVED", N_("答复日期不能早于收到要约的日期（{day}）。"))
    deadline = now.facts.deadline("NEG-RESPONSE-DAYS")
    late = deadline is not None and now.on > deadline.due
    now.perform(late=late, reverses=_turned_back(now, late), proposed_on=form.proposed_on)
    now.said(statement=form.statement, proposed_place=form.proposed_place)
    now.case.refusal, now.case.refusal_lawful = "", None
    event = now.happened("REPLY_AGREED")
    now.keeper.happened(now.db, now.case, "AGREED_TO_NEGOTIATE", event.on, event.seq)
    documents.issue_with(now, "reply")
    now.tell(other_side(now), N_("对方书面同意协商，请确定协商代表。"))


@does("decline_offer")
def decline_offer(now: Now, form: forms.DeclineOffer) -> None:
    """A refusal can always be recorded; where the rules allow none it is marked as against them.

    Elsewhere a good reason is wanted: whether one was given is not for the program to say.
    """
    not_before(now, "on", now.on, "REQUEST_RECEIVED", N_("答复日期不能早于收到要约的日期（{day}）。"))
    never = value(now.facts, "NEG-NO-REFUSE", now.on)
    matters = {*form.matters, *MATTERS_OF_KIND.get(now.case.kind, ())}
    lawful = False if never == "NEVER" or (isinstance(never, list) and not matters.isdisjoint(never)) else None
    deadline = now.facts.deadline("NEG-RESPONSE-DAYS")
    late = deadline is not None and now.on > deadline.due
    now.perform(lawful=lawful, late=late, reverses=_turned_back(now, late))
    now.case.refusal, now.case.refusal_lawful = form.reasons, lawful
    now.happened("REPLY_REFUSED")
    documents.issue_with(now, "reply")
    now.tell(other_side(now), N_("对方拒绝协商。理由不成立的，可以发出提示函。"))


def _turned_back(now: Now, late: bool) -> str | None:
    """A reply in time shows that the period did not run out without one, whatever the clock had to assume."""
    if late or now.case.state != State.DECLINED or now.facts.lapsed_by_clock != "lapse":
        return None
    now.keeper.turn_back(now.db, now.case, "NEG-RESPONSE-DAYS")
    return "lapse"


@does("lapse")
def lapse(now: Now, form: ActForm) -> None:
    now.perform()
    now.keeper.lapse(now.db, now.case, "NEG-RESPONSE-DAYS")
    now.tell({Seat.UNION, Seat.WORKER_CHIEF, Seat.EMPLOYER, Seat.EMPLOYER_CHIEF}, N_("答复期限届满，没有收到书面答复。可以发出提示函。"))


@does("press")
def press(now: Now, form: forms.Press) -> None:
    """提示函 by the union, 意见书 by the union or its superior, 建议书 by the superior union to the authority."""
    superior = now.by.seat is Seat.SUPERIOR_UNION
    if form.kind == LetterKind.REMINDER and superior:
        raise invalid("kind", N_("提示函由本企业工会发出；上级工会可以发意见书或建议书。"))
    if form.kind == LetterKind.PROPOSAL and not superior:
        raise invalid("kind", N_("建议书由县级以上总工会向人社部门发出，请报告上级工会。"))
    now.perform(kind=form.kind, ground=form.ground)
    letter = Letter(
        negotiation_id=number_of(now),
        kind=form.kind,
        ground=form.ground,
        addressee=form.addressee,
        facts=form.facts,
        demand=form.demand,
        sent_on=now.on,
    )
    now.db.add(letter)
    now.db.flush()
    if form.kind == LetterKind.OPINION:
        now.happened("OPINION_RECEIVED", subject=f"letter:{letter.id}")
    documents.issue_with(now, f"superior_{form.kind}" if superior and form.kind == LetterKind.OPINION else form.kind, str(letter.id))
    now.tell({Seat.EMPLOYER, Seat.EMPLOYER_CHIEF}, N_("工会发来文书，请查看并书面答复。"))


@does("record_reply")
def record_reply(now: Now, form: forms.RecordReply) -> None:
    letter = now.db.get(Letter, form.letter)
    if letter is None or letter.negotiation_id != now.case.id or letter.replied_on is not None:
        raise invalid("letter", N_("请选择一份还没有答复的文书。"))
    if now.on < letter.sent_on:
        raise invalid("on", N_("答复日期不能早于发出日期（{day}）。"), day=letter.sent_on)
    now.perform(letter=letter.id)
    letter.replied_on, letter.reply = now.on, form.reply
    now.happened("OPINION_REPLIED", subject=f"letter:{letter.id}")
