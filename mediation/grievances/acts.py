"""The acts of a grievance, and registering one."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlmodel import Session

from congress.filing import lay_in
from mediation.acts import apply_for_mediation
from mediation.forms import Application, Claims, PartyRow
from mediation.grievances import forms, queries
from mediation.grievances.facts import Facts
from mediation.grievances.models import Grievance, Routing
from mediation.grievances.procedure import GRIEVANCE, RULE
from mediation.grievances.terms import Channel, Route, Subject
from mediation.numbers import next_number
from mediation.queries import committees
from mediation.terms import Channel as MediationChannel
from mediation.terms import Matter
from mediation.warnings.watching import Seen, watch
from workflow.forms import invalid
from workflow.organisations import Organisation, OrganisationKind, union_of
from workflow.people import Person
from workflow.procedure import Actor
from workflow.proceedings import Doing, Proceedings
from workflow.seats import Seat
from workflow.words import N_, Word

Now: TypeAlias = Doing[Grievance, Facts]
DOES: dict[str, Callable[[Now, Any], None]] = {}
MATTERS: dict[str, Matter] = {
    Subject.ARREARS: Matter.PAYMENT,
    Subject.PAY: Matter.PAYMENT,
    Subject.CONTRACT: Matter.CONTRACT,
    Subject.HOURS: Matter.CONDITIONS,
    Subject.SAFETY: Matter.CONDITIONS,
    Subject.INSURANCE: Matter.CONDITIONS,
}
"""What would be the matter of a dispute; the others are no sign of one."""
CHANNELS: dict[str, MediationChannel] = {
    Channel.COUNTER: MediationChannel.COUNTER,
    Channel.HOTLINE: MediationChannel.HOTLINE,
    Channel.LETTER: MediationChannel.VISIT,
    Channel.ONLINE: MediationChannel.ONLINE,
}
"""How the application came in, of a grievance that came in so."""
WORDS = ("subject", "account", "wish", "unit", "persons", "name", "phone")


def does(name: str) -> Callable[[Callable[[Now, Any], None]], Callable[[Now, Any], None]]:
    def register(function: Callable[[Now, Any], None]) -> Callable[[Now, Any], None]:
        DOES[name] = function
        return function

    return register


def register(db: Session, form: forms.NewGrievance, *, by: int, today: date, at: datetime) -> Grievance:
    """Take a grievance in, or raise one's own. Raises `Invalid`."""
    place = next((p for p in queries.places(db, by, today) if p.body.id == form.body), None)
    if place is None or place.body.id is None:
        raise invalid("body", N_("请从列出的选项中选“{title}”。"), title=Word(N_("登记单位")))
    on = (form.on or today) if place.takes_in else today
    if on > today:
        raise invalid("on", N_("办理日期不能晚于今天（{today}）。"), today=today)
    grievance = Grievance(
        organisation_id=place.body.id,
        region=place.body.region,
        state=GRIEVANCE.initial,
        opened_on=on,
        number=next_number(db, Grievance, place.body.id, on),
        channel=form.channel if place.takes_in else Channel.ONLINE,
        person_id=None if place.takes_in else by,
        unit_id=queries.employer_named(db, place.body, form.unit),
        **{word: getattr(form, word) for word in WORDS},
    )
    if not place.takes_in:
        _in_own_name(db, grievance, place.body, by)
    db.add(grievance)
    db.flush()
    seat = Seat.UNION if place.takes_in else Seat.WORKER
    particulars: dict[str, object] = {"channel": str(grievance.channel), "subject": str(grievance.subject)}
    if form.evidence:
        particulars["evidence"] = [f.sha256 for f in form.evidence]
    GRIEVANCE.perform(
        db,
        grievance,
        "register_grievance",
        queries.facts(db, grievance, on),
        by=Actor(by, frozenset({seat}), seat),
        on=on,
        at=at,
        particulars=particulars,
    )
    lay_in(db, GRIEVANCE.name, grievance.id or 0, form.evidence, act="register_grievance", by=by, at=at)
    _show(db, grievance, place.body, on=today, at=at)
    db.flush()
    return grievance


def _in_own_name(db: Session, grievance: Grievance, union: Organisation, by: int) -> None:
    person = db.get_one(Person, by)
    enterprise = db.get_one(Organisation, union.of_id)
    grievance.name, grievance.phone = person.name, grievance.phone or person.phone
    grievance.unit, grievance.unit_id = enterprise.name, enterprise.id


@does("register_grievance")
def register_grievance(now: Now, form: forms.Register) -> None:
    now.perform(channel=now.case.channel, subject=form.subject)
    for word in WORDS:
        setattr(now.case, word, getattr(form, word))
    now.case.unit_id = queries.employer_named(now.db, now.facts.body, form.unit)
    _show(now.db, now.case, now.facts.body, on=now.today, at=now.at)


def _show(db: Session, grievance: Grievance, body: Organisation, *, on: date, at: datetime) -> None:
    """What may add up to an early warning: at which unit, about what, of how many."""
    seen = Seen(
        case_kind=GRIEVANCE.name,
        case_id=grievance.id or 0,
        body=body,
        unit=grievance.unit,
        unit_id=grievance.unit_id,
        matters=[MATTERS[grievance.subject]] if grievance.subject in MATTERS else [],
        persons=grievance.persons,
        on=grievance.opened_on,
        arrears=grievance.subject == Subject.ARREARS,
    )
    watch(db, seen, on=on, at=at)


@does("route")
def route(now: Now, form: forms.RouteOn) -> None:
    if form.answer_by <= now.on:
        raise invalid("answer_by", N_("答复日期要晚于{on}。"), on=now.on)
    handler, handler_id = _handler(now, form)
    now.perform(route=form.route, answer_by=form.answer_by)
    now.db.add(
        Routing(
            grievance_id=now.case.id or 0,
            round=len(now.facts.routings) + 1,
            route=form.route,
            handler=handler,
            handler_id=handler_id,
            note=form.note,
            routed_on=now.on,
            answer_by=form.answer_by,
        )
    )
    now.db.flush()
    now.keeper.stop(now.db, now.case)
    now.keeper.start_agreed(now.db, now.case, RULE, Seat.UNION, now.happened("GRIEVANCE_ROUTED"), form.answer_by)
    now.tell({Seat.UNION, Seat.WORKER}, N_("诉求{number}已经转办，最迟{day}答复。"), number=now.case.number, day=form.answer_by)


def _handler(now: Now, form: forms.RouteOn) -> tuple[str, int | None]:
    if form.route == Route.MEDIATION and form.committee is not None:
        committee = now.db.get(Organisation, form.committee)
        if committee is None or committee.kind != OrganisationKind.COMMITTEE:
            raise invalid("committee", N_("请从列出的选项中选“{title}”。"), title=Word(N_("调解委员会")))
        return committee.name[:100], committee.id
    if form.route != Route.UNION:
        if not form.handler:
            raise invalid("handler", N_("请填写“{title}”。"), title=Word(N_("承办单位、承办人")))
        return form.handler, None
    union = union_of(now.db, now.case.unit_id) if now.case.unit_id is not None else None
    if union is None:
        if not form.handler:
            raise invalid("handler", N_("这家单位的工会还没有在本系统登记，请填写承办单位。"))
        return form.handler, None
    return union.name, union.id


@does("answer_grievance")
def answer_grievance(now: Now, form: forms.Answer) -> None:
    routing = now.facts.current
    now.perform()
    if routing is None or routing.answered_on is not None:
        routing = Routing(
            grievance_id=now.case.id or 0,
            round=len(now.facts.routings) + 1,
            route=Route.HERE,
            handler=now.facts.body.name[:100],
            routed_on=now.on,
            answer_by=now.on,
        )
    routing.answer, routing.answered_on = form.answer, now.on
    now.db.add(routing)
    now.happened("GRIEVANCE_ANSWERED")
    now.tell({Seat.UNION, Seat.WORKER}, N_("诉求{number}已经答复。"), number=now.case.number)


@does("become_application")
def become_application(now: Now, form: forms.Become) -> None:
    """Registered by the committee's own people, in the applicant's words; the grievance ends where the case begins."""
    kept = [body for body, keeps in committees(now.db, now.by.person_id or 0, now.on) if keeps]
    committee = next((body for body in kept if body.id == form.committee), None)
    if committee is None:
        raise invalid("committee", N_("由调解委员会的主任或者工作人员登记。请先转给调解委员会。"))
    case = apply_for_mediation(
        now.db,
        _application(now, form, committee),
        committee,
        by=Actor(now.by.person_id, frozenset({Seat.COMMITTEE_CLERK}), Seat.COMMITTEE_CLERK),
        today=now.today,
        at=now.at,
    )
    now.case.mediation_id, now.case.closed_on = case.id, now.on
    now.case.why_ended = case.number
    now.perform(number=case.number)
    now.keeper.stop(now.db, now.case)
    now.tell({Seat.WORKER}, N_("您的诉求{number}已经登记为调解申请。"), number=now.case.number)


def _application(now: Now, form: forms.Become, committee: Organisation) -> Application:
    return Application.model_construct(
        **{name: getattr(form, name) for name in Claims.model_fields},
        committee=committee.id or 0,
        channel=CHANNELS[now.case.channel].value,
        received=now.on,
        applicants=[PartyRow(kind="worker", name=form.name, phone=form.phone, address=form.address)],
        respondents=[PartyRow(kind="employer", name=now.case.unit)],
    )


@does("rate_answer")
def rate_answer(now: Now, form: forms.Rate) -> None:
    now.case.satisfaction, now.case.remark, now.case.closed_on = form.satisfaction, form.remark, now.on
    now.perform(satisfaction=form.satisfaction)


@does("close_grievance")
def close_grievance(now: Now, form: forms.WithReason) -> None:
    _end(now, form.reason)


@does("withdraw_grievance")
def withdraw_grievance(now: Now, form: forms.WithReason) -> None:
    _end(now, form.reason)


def _end(now: Now, reason: str) -> None:
    now.case.why_ended, now.case.closed_on = reason, now.on
    now.perform()
    now.keeper.stop(now.db, now.case)


PROCEEDINGS: Proceedings[Grievance, Facts] = Proceedings(
    procedure=GRIEVANCE,
    model=Grievance,
    facts=queries.facts,
    actor=queries.actor,
    people=queries.people,
    does=DOES,
    rules=queries.rules,
)
