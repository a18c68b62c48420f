"""筹备: planning, officers, notice, postponement."""

from datetime import date, datetime

from sqlmodel import Session, select

from congress import documents, forms, queries
from congress.acts.registry import Now, does, take_off
from congress.models import CongressMeeting, Item, MeetingOfficer
from congress.presence.models import CheckInOfficer
from congress.procedure import CLOCKS, CONGRESS
from congress.rolls import queries as rolls
from congress.terms import Form, ItemState, OfficerSeat, State, Why
from workflow.calendar import load_calendar
from workflow.deadlines import Timekeeper
from workflow.documents.numerals import han_numeral
from workflow.forms import invalid
from workflow.organisations import Organisation, OrganisationKind
from workflow.procedure import Refused
from workflow.seats import Seat
from workflow.words import N_, Word


def plan(db: Session, form: forms.NewMeeting, *, by: int, today: date, at: datetime) -> CongressMeeting:
    """Begin to prepare a meeting. Raises `Invalid`, and `Refused` for whoever is not of the union that organises it."""
    on = form.on or today
    if on > today:
        raise invalid("on", N_("办理日期不能晚于今天（{today}）。"), today=today)
    body = db.get(Organisation, form.organisation)
    if body is None:
        raise invalid("organisation", N_("请从列出的选项中选“{title}”。"), title=Word(N_("单位")))
    shape = Form(form.form)
    if (shape in (Form.REGIONAL, Form.SECTORAL)) is (body.kind == OrganisationKind.ENTERPRISE):
        raise invalid("form", N_("企业召开职工代表大会或者职工大会，区域性、行业性职工代表大会由组织它的工会召开。"))
    if shape is not Form.ASSEMBLY and form.term is None:
        raise invalid("term", N_("请填写第几届。"))
    if form.held_on < on:
        raise invalid("held_on", N_("开会日期不能早于开始筹备的日期（{on}）。"), on=on)
    assert body.id is not None
    term = form.held_on.year if shape is Form.ASSEMBLY else form.term or 0
    if any(
        (m.form, m.term, m.number) == (shape, term, form.number) and m.state != State.CANCELLED for m in queries.meetings_of(db, body.id)
    ):
        raise invalid("number", N_("这一次会议已经在系统里，请核对届次。"))
    roll = form.roll or members_on(db, body.id, shape, term, form.held_on)
    meeting = CongressMeeting(
        organisation_id=body.id,
        region=body.region,
        state=CONGRESS.initial,
        opened_on=on,
        form=shape,
        term=term,
        number=form.number,
        title=title(shape, term, form.number),
        held_on=form.held_on,
        held_time=form.held_time,
        place=form.place,
        mode=form.mode,
        roll=roll,
    )
    facts, actor = queries.facts(db, meeting, on), queries.actor(db, meeting, by, on)
    standing = CONGRESS.standing("arrange", meeting.state, facts, actor, on)
    if not standing.open:
        raise Refused("arrange", N_("筹备新会议"), standing.reasons)
    db.add(meeting)
    db.flush()
    particulars = {"held_on": form.held_on, "mode": form.mode, "roll": roll}
    entry = CONGRESS.perform(db, meeting, "arrange", facts, by=actor, on=on, at=at, particulars=particulars)
    keeper = Timekeeper(CONGRESS.name, CLOCKS, queries.rules(db, meeting), load_calendar(db))
    keeper.happened(db, meeting, "CONGRESS_MEETING", form.held_on, entry.seq)
    return meeting


def members_on(db: Session, organisation_id: int, form: str, number: int, on: date) -> int:
    """How many the roll of this term counts on the day. Raises `Invalid` where no roll is kept: then the number is typed."""
    term = rolls.term_of(db, organisation_id, form, number)
    count = len(rolls.roll_on(db, term, on)) if term is not None else 0
    if not count:
        raise invalid("roll", N_("请填写“{title}”。"), title=Word(N_("应到人数")))
    return count


def title(form: Form, term: int, number: int) -> str:
    """A proper name; it stays Chinese."""
    if form is Form.ASSEMBLY:
        return f"{term}年第{han_numeral(number)}次职工大会"
    kind = {Form.REGIONAL: "区域性", Form.SECTORAL: "行业性"}.get(form, "")
    return f"第{han_numeral(term)}届{kind}职工代表大会第{han_numeral(number)}次会议"


@does("arrange")
def arrange(now: Now, form: forms.Arrange) -> None:
    if form.held_on < now.on:
        raise invalid("held_on", N_("开会日期不能早于办理日期（{on}）。"), on=now.on)
    meeting = now.case
    roll = form.roll or members_on(now.db, meeting.organisation_id, meeting.form, meeting.term, form.held_on)
    now.perform(held_on=form.held_on, mode=form.mode, roll=roll)
    moved = form.held_on != meeting.held_on
    meeting.held_on, meeting.held_time, meeting.place, meeting.mode, meeting.roll = (
        form.held_on,
        form.held_time,
        form.place,
        form.mode,
        roll,
    )
    if moved:
        now.happened("CONGRESS_MEETING", form.held_on)


@does("name_officers")
def name_officers(now: Now, form: forms.NameOfficers) -> None:
    rows = [(OfficerSeat.CHAIR, form.chair, form.chair_in_system), *((r.seat, r.name, r.in_system) for r in form.officers)]
    names = [name for _, name, _ in rows]
    for name in names:
        if names.count(name) > 1:
            raise invalid("officers", N_("执行主席、监票人、计票人要由不同的人担任，“{person}”写了两次。"), person=name)
    if not any(r.seat is OfficerSeat.TELLER for r in form.officers):
        raise invalid("officers", N_("至少要有一名监票人。"))
    wanted = [
        (seat, name, _person(now, "chair" if seat is OfficerSeat.CHAIR else "officers", name) if in_system else None)
        for seat, name, in_system in rows
    ]
    desk = {_person(now, "check_in", row.name) for row in form.check_in}
    before = now.facts.officers
    assert now.case.id is not None
    now.perform()
    now.case.presidium = form.presidium
    for officer in before:
        officer.current = (officer.seat, officer.name, officer.person_id) in wanted
    for seat, name, person_id in wanted:
        if not any(o.current and (o.seat, o.name, o.person_id) == (seat, name, person_id) for o in before):
            now.db.add(MeetingOfficer(meeting_id=now.case.id, seat=seat, name=name, person_id=person_id))
    _man_the_desk(now, desk)


def _man_the_desk(now: Now, wanted: set[int]) -> None:
    named = now.db.exec(select(CheckInOfficer).where(CheckInOfficer.meeting_id == now.case.id)).all()
    for one in named:
        if one.person_id not in wanted:
            now.db.delete(one)
    assert now.case.id is not None
    for person_id in wanted - {one.person_id for one in named}:
        now.db.add(CheckInOfficer(meeting_id=now.case.id, person_id=person_id))


@does("convene")
def convene(now: Now, form: forms.Notify) -> None:
    _notify(now, now.facts.in_state(ItemState.PREPARED))
    now.tell({Seat.EMPLOYER, Seat.MEETING_CHAIR, Seat.TELLER}, N_("职工代表大会会议定于{held}召开，通知已经发出。"), held=now.case.held_on)


@does("notify_again")
def notify_again(now: Now, form: forms.Notify) -> None:
    _notify(now, tuple(i for i in now.facts.in_state(ItemState.PREPARED) if i.noticed_on is None))


@does("postpone")
def postpone(now: Now, form: forms.Postpone) -> None:
    if form.why == Why.OTHER and not form.reason:
        raise invalid("reason", N_("请写明延期的原因。"))
    if form.why == Why.NO_QUORUM:
        _check_shortage(now, form.present)
    if form.held_on is not None and form.held_on <= now.on:
        raise invalid("held_on", N_("新的日期要晚于{on}。"), on=now.on)
    now.perform(why=form.why, present=form.present, held_on=form.held_on)
    meeting = now.case
    meeting.notice_sent_on = None
    for item in now.facts.in_state(ItemState.PREPARED):
        item.noticed_on = None
        if item.subject_kind:
            take_off(now, item, form.reason or N_("会议延期"))
    if form.held_on is not None:
        meeting.held_on = form.held_on
        now.happened("CONGRESS_MEETING", form.held_on)
    now.tell({Seat.EMPLOYER, Seat.MEETING_CHAIR, Seat.TELLER}, N_("职工代表大会会议延期，延期后重新通知。"))


@does("cancel")
def cancel(now: Now, form: forms.Reasoned) -> None:
    now.perform()
    for item in now.facts.in_state(ItemState.PREPARED):
        take_off(now, item, form.reason)
    now.case.closed_on = now.on
    now.keeper.stop(now.db, now.case)
    now.tell({Seat.EMPLOYER, Seat.MEETING_CHAIR, Seat.TELLER}, N_("职工代表大会会议已取消。"))


def _notify(now: Now, items: tuple[Item, ...]) -> None:
    meeting = now.case
    meeting.notice_sent_on = meeting.notice_sent_on or now.on
    now.perform(items={str(i.number): i.text_hash for i in items})
    for item in items:
        item.noticed_on = now.on
    now.happened("NOTICE_SENT")
    documents.issue_with_notice(now, items)


def _check_shortage(now: Now, present: int | None) -> None:
    if present is None:
        raise invalid("present", N_("请填写当时的实到人数。"))
    least = now.facts.quorum_needed(now.on)
    if present >= least:
        raise invalid(
            "present",
            N_("应到{roll}人，{needed}人出席即够法定人数，实到{present}人并不少。"),
            roll=now.facts.roll,
            needed=least,
            present=present,
        )


def _person(now: Now, field: str, name: str) -> int:
    """The one person of that name in the enterprise or its union, who is to act here."""
    body = now.db.get_one(Organisation, now.case.organisation_id)
    union = queries.union_behind(now.db, body)
    places = [o.id for o in (body, union) if o is not None and o.id is not None]
    found = queries.found_by_name(now.db, places, name, now.on)
    if not found:
        raise invalid(field, N_("系统里没有本单位的“{person}”。请先登记人员，或者选“否”，由工会凭书面材料代为登记。"), person=name)
    if len(found) > 1:
        raise invalid(
            field, N_("本单位有{count}位“{person}”，分不清是哪一位，请选“否”，由工会凭书面材料代为登记。"), person=name, count=len(found)
        )
    assert found[0].id is not None
    return found[0].id
