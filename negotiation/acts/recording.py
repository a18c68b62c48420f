"""About the record itself: corrected dates, disputed entries, joint acts that are declined or taken back."""

from datetime import date

from sqlmodel import select

from negotiation import forms
from negotiation.acts.registry import BOTH_SIDES, Now, does, not_in_future, number_of, other_side
from negotiation.models import Delivery
from negotiation.telling import EVENT_LABELS
from workflow import journal
from workflow.deadlines import PAUSED, RESUMED, Event, Status, deadlines
from workflow.forms import invalid
from workflow.joint import Motion
from workflow.words import N_, Word


@does("correct_date")
def correct_date(now: Now, form: forms.CorrectDate) -> None:
    """Old and new day and the reason stay; every clock that hangs on the event is computed anew.

    What one act brought on the same day under several names is one date.
    """
    event = now.db.get(Event, form.event)
    if event is None or event.case_kind != "negotiation" or event.case_id != now.case.id or not event.current:
        raise invalid("event", N_("请选择本案的一个日期。"))
    if form.to == event.on:
        raise invalid("to", N_("新的日期与原来的一样。"))
    twins = [e for e in now.facts.events if e.seq == event.seq and e.on == event.on]
    for twin in twins:
        if twin.name not in AHEAD:
            not_in_future(now, "to", form.to)
        _in_order(now, twin, form.to)
    if not _recorded(now, event):
        if not now.by.seats & BOTH_SIDES:
            raise invalid("event", N_("这个日期不是您登记的，由登记的人或者协商双方更正。"))
        if not now.evidence:
            raise invalid("evidence", N_("这个日期不是您登记的，更正时请上传证明材料。"))
    now.perform(event=event.name, was=event.on, to=form.to)
    now.said(reason=form.reason)
    assert now.entry is not None
    late = _late(now)
    for twin in twins:
        now.keeper.correct(now.db, now.case, twin, form.to, now.entry.seq)
        _follow(now, twin, form.to)
    if late - _late(now) and not now.evidence:
        raise invalid("evidence", N_("这样更正，已经逾期的期限就不再逾期，请上传证明材料。"))
    now.tell(BOTH_SIDES, N_("一个日期由{was}更正为{to}，有关期限已经重新计算。"), was=event.on, to=form.to)


def _late(now: Now) -> set[int | None]:
    """Periods that were missed, or have run out unanswered."""
    found = deadlines(now.db, "negotiation", number_of(now))
    return {d.id for d in found if d.status == Status.LATE or (d.status in (Status.RUNNING, Status.LAPSED) and d.due < now.today)}


def _recorded(now: Now, event: Event) -> bool:
    entry = now.db.exec(
        select(journal.Entry).where(
            journal.Entry.case_kind == "negotiation", journal.Entry.case_id == number_of(now), journal.Entry.seq == event.seq
        )
    ).one()
    return entry.actor_id == now.by.person_id


AHEAD = frozenset({"START", "FIRST_MEETING", "MEETING"})
"""Days of meetings that were called and may still lie ahead."""

FOLLOWS: tuple[tuple[str, str], ...] = (
    ("REQUEST_SENT", "REQUEST_RECEIVED"),
    ("REQUEST_RECEIVED", "REPLY_AGREED"),
    ("REQUEST_RECEIVED", "REPLY_REFUSED"),
    ("SUSPENDED", "RESUMED"),
    (PAUSED, RESUMED),
    ("COORDINATION_APPLIED", "COORDINATION_ACCEPTED"),
    ("COORDINATION_ACCEPTED", "COORDINATED"),
    ("SETTLED", "SUBMITTED"),
    ("SUBMITTED", "ADOPTED"),
    ("ADOPTED", "PASS_NOTICE_RECEIVED"),
    ("ADOPTED", "CHIEFS_SIGNED"),
    ("CHIEFS_SIGNED", "SENT"),
    ("SENT", "TEXT_RECEIVED"),
    ("TEXT_RECEIVED", "OBJECTED"),
    ("TEXT_RECEIVED", "APPROVED"),
    ("TEXT_RECEIVED", "EFFECTIVE"),
    ("EFFECTIVE", "PUBLISHED"),
    ("ROUND_STARTED", "ROUND_CLOSED"),
)
"""What cannot happen before what."""


def _in_order(now: Now, event: Event, to: date) -> None:
    """Neither before what came before it in the same round of the case, nor after what came of it."""
    if to < now.case.opened_on:
        raise invalid("to", N_("不能早于立案日期（{opened}）。"), opened=now.case.opened_on)
    for first, then in FOLLOWS:
        if then == event.name:
            before = [e.on for e in now.facts.events if e.name == first and (e.id or 0) < (event.id or 0)]
            if before and to < before[-1]:
                raise invalid("to", N_("不能早于{day}，那天是“{event}”。"), day=before[-1], event=Word(EVENT_LABELS[first]))
        if first == event.name:
            after = [e.on for e in now.facts.events if e.name == then and (e.id or 0) > (event.id or 0)]
            if after and to > after[0]:
                raise invalid("to", N_("不能晚于{day}，那天是“{event}”。"), day=after[0], event=Word(EVENT_LABELS[then]))


def _follow(now: Now, event: Event, to: date) -> None:
    """The rows that show the same day."""
    if event.name in ("REQUEST_RECEIVED", "PASS_NOTICE_RECEIVED"):
        what = "offer" if event.name == "REQUEST_RECEIVED" else "passage"
        for delivery in now.db.exec(select(Delivery).where(Delivery.negotiation_id == number_of(now), Delivery.what == what)):
            if delivery.received_on == event.on:
                delivery.received_on = to
    if event.name == "MEETING":
        for meeting in now.facts.meetings:
            if event.subject == f"meeting:{meeting.number}":
                meeting.held_on = to
    if now.facts.filing is not None:
        if event.name == "SENT":
            now.facts.filing.filed_on = to
        if event.name == "TEXT_RECEIVED" and now.facts.filing.received_on == event.on:
            now.facts.filing.received_on = to
    if now.facts.coordination is not None:
        if event.name == "COORDINATION_APPLIED":
            now.facts.coordination.applied_on = to
        if event.name == "COORDINATION_ACCEPTED":
            now.facts.coordination.accepted_on = to


@does("dispute_entry")
def dispute_entry(now: Now, form: forms.DisputeEntry) -> None:
    entry = next((e for e in journal.entries(now.db, "negotiation", number_of(now)) if e.seq == form.seq), None)
    if entry is None or entry.actor_id == now.by.person_id:
        raise invalid("seq", N_("请选择一条不是您自己登记的记录。"))
    now.perform(disputed=form.seq)
    now.said(reason=form.reason)
    now.tell(other_side(now), N_("对方对第{seq}条记录提出异议。"), seq=form.seq)


@does("decline_motion")
def decline_motion(now: Now, form: forms.AnswerMotion) -> None:
    motion = _motion(now, form.motion)
    if motion.seat == now.by.seat:
        raise invalid("motion", N_("这是本方的提议；不再坚持的，请用“撤回提议事项”。"))
    now.perform(declines=motion.act)
    motion.status, motion.answer = "declined", form.reason
    now.tell(other_side(now), N_("对方不同意提议：{act}。"), act=now.proceedings.procedure.acts[motion.act].label)


@does("withdraw_motion")
def withdraw_motion(now: Now, form: forms.AnswerMotion) -> None:
    motion = _motion(now, form.motion)
    if motion.seat != now.by.seat:
        raise invalid("motion", N_("这是对方的提议；不同意的，请用“不同意提议”。"))
    now.perform(withdraws=motion.act)
    motion.status, motion.answer = "withdrawn", form.reason


def _motion(now: Now, motion_id: int) -> Motion:
    motion = now.db.get(Motion, motion_id)
    if motion is None or motion.case_kind != "negotiation" or motion.case_id != now.case.id or motion.status != "open":
        raise invalid("motion", N_("没有这个等待答复的提议。"))
    return motion
