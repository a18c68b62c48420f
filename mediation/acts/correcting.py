"""What is put right in the file: what an application left out, a wrong day, a signature that came late, a code that was lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlmodel import select

from mediation import forms
from mediation.acts.opening import check_days, describe, hash_of, new_party, show
from mediation.acts.performing import sign
from mediation.acts.registry import COMMITTEE, MEDIATIONS, PARTIES, Now, does, number_of
from mediation.acts.reversing import turn_back, turns_back
from mediation.models import Party
from mediation.procedure import BEFORE_ACCEPTANCE, MEDIATION
from mediation.terms import EVENT_LABELS, PartyRole, State
from workflow.deadlines import Event
from workflow.forms import invalid
from workflow.journal import Entry
from workflow.seats import Seat
from workflow.words import N_, Word

Line = tuple[PartyRole, str, forms.PartyLine]

# ---- the application


@does("correct_application")
def correct_application(now: Now, form: forms.CorrectApplication) -> None:
    """Who stands in the case is settled once the other side is asked; how he is reached is not."""
    check_days(form, now.case.received_on or now.on)
    lines = list(_lines(form))
    new = [line for line in lines if line[2].party is None]
    known = [(_known(now, *line), line[2]) for line in lines if line[2].party is not None]
    changed = [(party, row) for party, row in known if _differs(party, row)]
    _check_new(now, new)
    now.perform(changed=len(changed), added=len(new))
    now.said(was="、".join(party.name for party, row in changed if party.name != row.name))
    for party, row in changed:
        describe(now.db, party, row)
    last = {role: max(p.position for p in now.facts.side(role)) for role in PartyRole}
    for role, _, row in new:
        last[role] += 1
        now.db.add(new_party(now.db, now.case, role, last[role], row))
    now.db.flush()
    now.facts = MEDIATIONS.facts(now.db, now.case, now.on)
    _claims(now, form)
    if now.case.received_on is not None:
        show(now)
    now.tell(COMMITTEE | {Seat.APPLICANT}, N_("调解案{number}的申请内容有补正，请核对。"), number=now.case.number)


def _lines(form: forms.CorrectApplication) -> Iterator[Line]:
    for role, name in ((PartyRole.APPLICANT, "applicants"), (PartyRole.RESPONDENT, "respondents")):
        for at, row in enumerate(getattr(form, name)):
            yield role, f"{name}.{at}", row


def _known(now: Now, role: PartyRole, at: str, row: forms.PartyLine) -> Party:
    """Whom the line names. An applicant does not rename anybody, nor touch the other side once it has a part in the case."""
    party = next((p for p in now.facts.side(role) if p.id == row.party), None)
    if party is None:
        raise invalid(f"{at}.name", N_("请从列出的选项中选“{title}”。"), title=Word(N_("当事人")))
    if now.by.seat is Seat.APPLICANT and _differs(party, row):
        if row.name != party.name or (row.kind == "worker") != party.is_worker:
            raise invalid(f"{at}.name", N_("当事人的姓名、名称写错的，由调解委员会更正。"))
        if role == PartyRole.RESPONDENT and now.case.state not in BEFORE_ACCEPTANCE:
            raise invalid(f"{at}.name", N_("受理以后，对方的情况由调解委员会更正。"))
    return party


def _differs(party: Party, row: forms.PartyLine) -> bool:
    typed = row.model_dump(exclude={"kind", "party"})
    return party.is_worker != (row.kind == "worker") or any(getattr(party, name) != value for name, value in typed.items())


def _check_new(now: Now, new: list[Line]) -> None:
    for role, at, row in new:
        if now.case.state != State.REGISTERED:
            raise invalid(f"{at}.name", N_("征询意见以后不再增加当事人，请另行申请。"))
        if any(p.name == row.name and (p.role != role or p.phone == row.phone) for p in now.facts.parties):
            raise invalid(f"{at}.name", N_("{name}已经是本案的当事人。"), name=row.name)
    if new and now.case.is_joint and not now.evidence:
        raise invalid("evidence", N_("双方共同申请或者书面同意调解的，请上传双方签字的材料。"))


def _claims(now: Now, form: forms.CorrectApplication) -> None:
    """What is left open stays as it is. There are never fewer workers than stand in the case."""
    case = now.case
    case.known_on, case.employment_ended_on = form.known_on or case.known_on, form.employment_ended_on or case.employment_ended_on
    case.persons = max(form.persons or case.persons, *(sum(p.is_worker for p in now.facts.side(role)) for role in PartyRole))


# ---- days


@does("correct_date")
def correct_date(now: Now, form: forms.CorrectDate) -> None:
    """Old and new day and the reason stay; every clock that hangs on it is computed anew. What one act brought on one day is one date."""
    event = next((e for e in now.facts.events if e.id == form.event and e.name in EVENT_LABELS), None)
    if event is None or _is_of_time(now, event):
        raise invalid("event", N_("请从列出的选项中选“{title}”。"), title=Word(N_("哪一个日期")))
    if not now.evidence:
        raise invalid("evidence", N_("请上传证明正确日期的材料。"))
    if form.to == event.on:
        raise invalid("to", N_("新的日期与原来的一样。"))
    if form.to > now.today:
        raise invalid("to", N_("办理日期不能晚于今天（{today}）。"), today=now.today)
    _check_order(now, event, form.to)
    entry = now.perform(event=event.name, was=event.on, to=form.to)
    now.said(reason=form.reason)
    _follow(now, event, form.to)
    for twin in [e for e in now.facts.events if e.seq == event.seq and e.on == event.on]:
        now.keeper.correct(now.db, now.case, twin, form.to, entry.seq)
    if event.name == "APPLICATION_RECEIVED":
        show(now)
    now.tell(PARTIES | COMMITTEE, N_("一个日期由{was}更正为{to}，有关期限已经重新计算。"), was=event.on, to=form.to)


def _is_of_time(now: Now, event: Event) -> bool:
    """Nobody's entry: the day follows from a period, and moves with it."""
    query = select(Entry.actor_id).where(Entry.case_kind == MEDIATION.name, Entry.case_id == number_of(now), Entry.seq == event.seq)
    return now.db.exec(query).one() is None


def _check_order(now: Now, event: Event, to: date) -> None:
    """Neither before what came before it nor after what came of it. Raises `Invalid`."""
    order = list(EVENT_LABELS)
    place = order.index(event.name)
    others = [(order.index(e.name), e) for e in now.facts.events if e.name in EVENT_LABELS and e.seq != event.seq]
    for at, other in others:
        label = Word(EVENT_LABELS[other.name])
        if at < place and other.seq < event.seq and to < other.on:
            raise invalid("to", N_("不能早于{day}，那天是“{event}”。"), day=other.on, event=label)
        if at > place and other.seq > event.seq and to > other.on:
            raise invalid("to", N_("不能晚于{day}，那天是“{event}”。"), day=other.on, event=label)


def _follow(now: Now, event: Event, to: date) -> None:
    """The rows that show the same day."""
    case = now.case
    case.opened_on = min(case.opened_on, to)
    if event.name == "APPLICATION_RECEIVED":
        case.received_on = to
    if event.name == "CLOSED":
        case.closed_on = to
    if event.name in ("CONSENTED", "CONSENT_FAILED"):
        for party in now.facts.asked:
            party.answered_on = to if party.answered_on == event.on else party.answered_on
    for review in now.facts.reviews:
        if event.name in ("REVIEW_APPLIED", "CONFIRMATION_APPLIED") and review.applied_on == event.on:
            review.applied_on = to


# ---- a signature in time


@does("sign_belatedly")
def sign_belatedly(now: Now, form: forms.SignBelatedly) -> None:
    """The closing by time falls; the case is where it was, and the signature is set there."""
    rule = now.facts.lapsed_rule
    assert rule is not None
    reverses = turns_back(now, rule)
    now.case.outcome, now.case.interruption, now.case.closed_on = None, None, None
    now.perform(reverses=reverses)
    turn_back(now, rule)
    now.keeper.run_on(now.db, now.case, {d.id for d in now.facts.deadlines if d.rule == "MED-15" and d.id is not None})
    now.db.flush()
    facts = MEDIATIONS.facts(now.db, now.case, now.on)
    sign(replace(now, act=MEDIATION.acts["sign"], facts=facts), forms.Sign(mark=form.mark))


# ---- the code


@does("give_code")
def give_code(now: Now, form: forms.GiveCode) -> None:
    """A new code for an applicant without account; the former opens nothing any more."""
    now.perform()
    now.case.access_hash = hash_of(form.code)
