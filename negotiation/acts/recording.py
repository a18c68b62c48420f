"""About the record itself: corrected dates, disputed entries, joint acts that are declined or taken back."""

from sqlmodel import select

from negotiation import forms
from negotiation.acts.registry import BOTH_SIDES, Now, does, not_in_future, number_of, other_side
from workflow import journal
from workflow.deadlines import Event
from workflow.forms import invalid
from workflow.joint import Motion
from workflow.seats import Seat
from workflow.words import N_


@does("correct_date")
def correct_date(now: Now, form: forms.CorrectDate) -> None:
    """Old and new day and the reason stay; every clock that hangs on the event is computed anew."""
    event = now.db.get(Event, form.event)
    if event is None or event.case_kind != "negotiation" or event.case_id != now.case.id or not event.current:
        raise invalid("event", N_("请选择本案的一个日期。"))
    not_in_future(now, "to", form.to)
    if form.to == event.on:
        raise invalid("to", N_("新的日期与原来的一样。"))
    if not _recorded(now, event) and not now.evidence:
        raise invalid("evidence", N_("这个日期不是您登记的，更正时请上传证明材料。"))
    now.perform(event=event.name, was=event.on, to=form.to)
    assert now.entry is not None
    now.keeper.correct(now.db, now.case, event, form.to, now.entry.seq)
    now.tell(BOTH_SIDES - {now.by.seat or Seat.CLOCK}, N_("一个日期由{was}更正为{to}，有关期限已经重新计算。"), was=event.on, to=form.to)


def _recorded(now: Now, event: Event) -> bool:
    entry = now.db.exec(
        select(journal.Entry).where(
            journal.Entry.case_kind == "negotiation", journal.Entry.case_id == number_of(now), journal.Entry.seq == event.seq
        )
    ).one()
    return entry.actor_id == now.by.person_id


@does("dispute_entry")
def dispute_entry(now: Now, form: forms.DisputeEntry) -> None:
    entry = now.db.exec(
        select(journal.Entry).where(
            journal.Entry.case_kind == "negotiation", journal.Entry.case_id == number_of(now), journal.Entry.seq == form.seq
        )
    ).first()
    if entry is None or entry.actor_id == now.by.person_id:
        raise invalid("seq", N_("请选择一条不是您自己登记的记录。"))
    now.perform(disputed=form.seq)
    now.tell(other_side(now), N_("对方对第{seq}条记录提出异议。"), seq=form.seq)


@does("decline_motion")
def decline_motion(now: Now, form: forms.AnswerMotion) -> None:
    motion = _motion(now, form.motion)
    if motion.seat in now.by.seats:
        raise invalid("motion", N_("这是本方的提议；不再坚持的，请用“撤回提议事项”。"))
    now.perform(declines=motion.act)
    motion.status, motion.answer = "declined", form.reason
    now.tell(other_side(now), N_("对方不同意提议：{act}。"), act=now.proceedings.procedure.acts[motion.act].label)


@does("withdraw_motion")
def withdraw_motion(now: Now, form: forms.AnswerMotion) -> None:
    motion = _motion(now, form.motion)
    if motion.seat not in now.by.seats:
        raise invalid("motion", N_("这是对方的提议；不同意的，请用“不同意提议”。"))
    now.perform(withdraws=motion.act)
    motion.status, motion.answer = "withdrawn", form.reason


def _motion(now: Now, motion_id: int) -> Motion:
    motion = now.db.get(Motion, motion_id)
    if motion is None or motion.case_kind != "negotiation" or motion.case_id != now.case.id or motion.status != "open":
        raise invalid("motion", N_("没有这个等待答复的提议。"))
    return motion
