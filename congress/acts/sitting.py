"""开会: opening, attendance, adjournment, closing; and what follows: publication, report, corrected dates."""

from dataclasses import replace

from congress import documents, forms
from congress.acts.registry import Now, does, insist, take_off
from congress.procedure import CONGRESS
from congress.terms import ItemState
from workflow import deadlines
from workflow.forms import invalid
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_


@does("open")
def open_meeting(now: Now, form: forms.Open) -> None:
    if form.present > form.roll:
        raise invalid("present", N_("实到{present}人，多于应到{roll}人，请核对。"), present=form.present, roll=form.roll)
    insist(now, replace(now.facts, roll=form.roll, present=form.present))
    meeting = now.case
    meeting.roll, meeting.present, meeting.began_on = form.roll, form.present, now.on
    now.perform(roll=form.roll, present=form.present)
    documents.issue_with(now, "credentials")


@does("record_presence")
def record_presence(now: Now, form: forms.Attendance) -> None:
    _check_present(now, form.present)
    now.perform(present=form.present)
    now.case.present = form.present


@does("adjourn")
def adjourn(now: Now, form: forms.Reasoned) -> None:
    now.perform()


@does("resume")
def resume(now: Now, form: forms.Attendance) -> None:
    _check_present(now, form.present)
    insist(now, replace(now.facts, present=form.present))
    now.case.present = form.present
    now.perform(present=form.present)


@does("close")
def close(now: Now, form: ActForm) -> None:
    now.perform()
    for item in now.facts.in_state(ItemState.PREPARED):
        take_off(now, item, N_("闭会时没有付诸表决"))
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


def _check_present(now: Now, present: int) -> None:
    if present > now.facts.roll:
        raise invalid("present", N_("实到{present}人，多于应到{roll}人，请核对。"), present=present, roll=now.facts.roll)
