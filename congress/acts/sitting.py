"""开会: opening, attendance, adjournment, closing; and what follows: publication, report, corrected dates."""

from dataclasses import replace

from congress import documents, forms
from congress.acts.registry import Now, does, insist, take_off
from congress.ballots.terms import RoundState
from congress.models import RollEntry
from congress.procedure import CONGRESS
from congress.rolls import queries as rolls
from congress.rolls.facts import fingerprint
from congress.terms import ItemState
from workflow import deadlines
from workflow.forms import invalid
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_, Word


@does("open")
def open_meeting(now: Now, form: forms.Open) -> None:
    """The roll of the term freezes as it stands this day; where none is kept, the number typed does."""
    meeting = now.case
    members = rolls.roll_of(now.db, meeting, now.on)
    roll = _counted(now, form, len(members))
    present = _present(now, form.present, roll)
    insist(now, replace(now.facts, roll=roll, present=present))
    meeting.roll, meeting.present, meeting.began_on = roll, present, now.on
    listed = {"members": fingerprint(delegate for delegate, _ in members)} if members else {}
    now.perform(roll=roll, present=present, **listed, **now.facts.sealed)
    for number, (delegate, constituency) in enumerate(members, start=1):
        assert meeting.id is not None and delegate.id is not None
        now.db.add(
            RollEntry(meeting_id=meeting.id, delegate_id=delegate.id, number=number, name=delegate.name, constituency=constituency.name)
        )
    now.db.flush()
    documents.issue_with(now, "credentials")


def _counted(now: Now, form: forms.Open, members: int) -> int:
    if not members:
        if form.roll is None:
            raise invalid("roll", N_("请填写“{title}”。"), title=Word(N_("应到人数")))
        return form.roll
    if form.roll is not None and form.roll != members:
        raise invalid(
            "roll",
            N_("{on}名册上有{members}人，与填写的{roll}人不符。名册不对的，先在“届次和名册”里登记补选或者资格终止。"),
            on=now.on,
            members=members,
            roll=form.roll,
        )
    return members


@does("record_presence")
def record_presence(now: Now, form: forms.Attendance) -> None:
    present = _present(now, form.present, now.facts.roll)
    now.perform(present=present)
    now.case.present = present


@does("adjourn")
def adjourn(now: Now, form: forms.Reasoned) -> None:
    now.perform()


@does("resume")
def resume(now: Now, form: forms.Attendance) -> None:
    present = _present(now, form.present, now.facts.roll)
    insist(now, replace(now.facts, present=present))
    now.case.present = present
    now.perform(present=present, **now.facts.sealed)


@does("close")
def close(now: Now, form: ActForm) -> None:
    now.perform()
    for item in now.facts.in_state(ItemState.PREPARED):
        take_off(now, item, N_("闭会时没有付诸表决"))
    for one in now.facts.ballots.in_state(RoundState.PREPARED):
        one.state, one.reason = RoundState.VOID, N_("闭会时没有付诸表决")
    now.case.ended_on = now.on
    now.happened("CONGRESS_CLOSED")


@does("publish")
def publish(now: Now, form: forms.Publish) -> None:
    meeting = now.case
    meeting.published_on, meeting.published_by, meeting.published_at = now.on, form.channel, form.place
    meeting.closed_on = now.on
    now.perform(channel=form.channel)


@does("report")
def report(now: Now, form: forms.Report) -> None:
    now.perform()
    now.case.reported_on = now.on
    now.happened("REPORTED")
    now.tell({Seat.SUPERIOR_UNION}, N_("下级工会报告了职工代表大会会议情况。"))


@does("correct_date")
def correct_date(now: Now, form: forms.CorrectDate) -> None:
    meeting = now.case
    assert meeting.id is not None
    event = next((e for e in reversed(deadlines.events(now.db, CONGRESS.name, meeting.id)) if e.name == form.event), None)
    if event is None:
        raise invalid("event", N_("还没有登记过这个日期。"))
    if form.day > now.on or form.day < meeting.opened_on:
        raise invalid("day", N_("正确的日期应当在{opened}和{on}之间。"), opened=meeting.opened_on, on=now.on)
    entry = now.perform(event=form.event, old=event.on, new=form.day)
    now.keeper.correct(now.db, meeting, event, form.day, entry.seq)
    if form.event == "CONGRESS_CLOSED":
        meeting.ended_on = form.day
        return
    for item in now.facts.items:
        if item.noticed_on == event.on:
            item.noticed_on = form.day
    if meeting.notice_sent_on == event.on:
        meeting.notice_sent_on = form.day


def _present(now: Now, typed: int | None, roll: int) -> int:
    """Who is present by the book; where no roll is kept, as typed."""
    if now.facts.book is not None:
        present = now.facts.present or 0
        if typed not in (None, present):
            raise invalid("present", N_("签到簿上到会{present}人，与填写的{typed}人不符。请在签到台补登。"), present=present, typed=typed)
        return present
    if typed is None:
        raise invalid("present", N_("请填写“{title}”。"), title=Word(N_("实到人数")))
    if typed > roll:
        raise invalid("present", N_("实到{present}人，多于应到{roll}人，请核对。"), present=typed, roll=roll)
    return typed
