"""How a case begins: an application, or a demand to consult that may become one."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from congress.filing import lay_in
from mediation import forms
from mediation.acts.registry import MEDIATIONS, Now, does
from mediation.documents import issue_with
from mediation.models import MediationCase, Party
from mediation.procedure import MEDIATION
from mediation.queries import EMPLOYER_OFFICES
from mediation.terms import CHANNEL_LABELS, Channel, Matter, PartyRole
from mediation.warnings.watching import Seen, watch
from workflow.calendar import load_calendar
from workflow.forms import Files, invalid
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Person, appointments
from workflow.procedure import Actor, How
from workflow.proceedings import Doing
from workflow.seats import Seat
from workflow.words import N_, Word

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Of access codes: no letter that is taken for a figure."""
CODE = 12
"""Characters of an access code: 60 bits."""


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE))


def hash_of(code: str) -> str:
    """Of an access code, spaces, dashes and case aside."""
    return hashlib.sha256("".join(code.split()).replace("-", "").upper().encode()).hexdigest()


def apply_for_mediation(
    db: Session, form: forms.Application, committee: Organisation, *, by: Actor, today: date, at: datetime, access_code: str = ""
) -> MediationCase:
    """Register an application at a committee. `by` keeps its register or is the applicant, who without account has no person.

    Raises `Invalid`.
    """
    on = _day(form.received, today)
    if form.channel == Channel.OWN_MOTION and not form.is_joint:
        raise invalid("is_joint", N_("主动调解要双方都同意：请勾选这一项，并上传双方签字的材料。"))
    if form.is_joint and not form.evidence:
        raise invalid("evidence", N_("双方共同申请或者书面同意调解的，请上传双方签字的材料。"))
    if form.entrusted_by and form.channel != Channel.ARBITRATION:
        raise invalid("channel", N_("仲裁委员会委托调解的，申请方式选“仲裁委员会建议、委托”。"))
    case = _opened(db, form, committee, by, on)
    case.channel, case.is_joint, case.entrusted_by = form.channel, form.is_joint, form.entrusted_by
    case.access_hash = hash_of(access_code) if access_code else ""
    now = _doing(db, case, "register", by, on, today, at, form.evidence)
    _receive(now)
    _lay_in(now)
    db.flush()
    return case


def demand_consultation(
    db: Session, form: forms.Consultation, committee: Organisation, *, by: Actor, today: date, at: datetime
) -> MediationCase:
    """Enter that one party demands to consult with the other, with the committee's help. Raises `Invalid`."""
    on = _day(form.received, today)
    case = _opened(db, form, committee, by, on)
    now = _doing(db, case, "request_consultation", by, on, today, at, form.evidence)
    request_consultation(now, None)
    _lay_in(now)
    db.flush()
    return case


@does("request_consultation")
def request_consultation(now: Now, form: object) -> None:
    now.perform()
    now.happened("CONSULTATION_REQUESTED")
    now.tell({Seat.RESPONDENT}, N_("有人要求与您协商解决劳动争议（{number}），请在五日内回应。"), number=now.case.number)


@does("register")
def register(now: Now, form: forms.Apply) -> None:
    """From here an applicant applies as on a new sheet: online. What both have to ask for together starts with a sheet of its own."""
    if form.channel not in channels(now.by.seat is Seat.APPLICANT and not now.by.on_paper):
        raise invalid("channel", N_("请从列出的选项中选“{title}”。"), title=Word(N_("申请方式")))
    now.case.channel = form.channel
    _receive(now)


def channels(by_applicant: bool) -> dict[str, str]:
    """How a demand to consult may become an application."""
    offered = {Channel.ONLINE} if by_applicant else {*forms.TAKEN_IN} - {Channel.OWN_MOTION}
    return {channel: label for channel, label in CHANNEL_LABELS.items() if channel in offered}


def _receive(now: Now) -> None:
    """Of an entrusted case the period is the commission's, and arbitration is already pending."""
    now.case.received_on = now.on
    now.perform(channel=now.case.channel)
    entrusted = bool(now.case.entrusted_by)
    now.happened("APPLICATION_RECEIVED", but={"MED-END", "MED-15"} if entrusted else ())
    if entrusted:
        now.happened("ENTRUSTED")
    show(now)
    now.tell(
        {Seat.COMMITTEE_CLERK, Seat.COMMITTEE_CHAIR}, N_("收到调解申请{number}，请在三个工作日内决定是否受理。"), number=now.case.number
    )
    if now.case.channel == Channel.ONLINE:
        issue_with(now, "application")
    if now.case.channel == Channel.ORAL:
        issue_with(now, "oral_application")


def show(now: Now) -> None:
    """What may add up to an early warning: at which employer, about what, of how many."""
    employers = [p for p in now.facts.parties if not p.is_worker]
    if not employers:
        return
    seen = Seen(
        case_kind=MEDIATION.name,
        case_id=now.case.id or 0,
        body=now.facts.committee,
        unit=employers[0].name,
        unit_id=employers[0].organisation_id,
        matters=[Matter(m) for m in now.case.matters],
        persons=now.case.persons,
        on=now.case.received_on or now.on,
        arrears=now.case.owes_wages,
    )
    watch(now.db, seen, on=now.today, at=now.at)


# ---- the rows


def _opened(db: Session, form: forms.Application | forms.Consultation, committee: Organisation, by: Actor, on: date) -> MediationCase:
    assert committee.id is not None
    check_days(form, on)
    series, serial = _next_number(db, committee, on)
    case = MediationCase(
        organisation_id=committee.id,
        region=committee.region,
        state=MEDIATION.initial,
        opened_on=on,
        series=series,
        serial=serial,
        channel=Channel.COUNTER,
        matters=[str(m) for m in form.matters],
        requests=form.requests,
        account=form.account,
        claim_fen=form.claim_fen,
        owes_wages=form.owes_wages,
        persons=max(form.persons, *(sum(p.kind == "worker" for p in side) for side in (form.applicants, form.respondents))),
        known_on=form.known_on,
        employment_ended_on=form.employment_ended_on,
        token=secrets.token_hex(16),
    )
    db.add(case)
    db.flush()
    for role, rows in ((PartyRole.APPLICANT, form.applicants), (PartyRole.RESPONDENT, form.respondents)):
        db.add_all(new_party(db, case, role, place, row) for place, row in enumerate(rows, start=1))
    db.flush()
    _claim_own(db, case, by, on)
    return case


def check_days(form: forms.Claims | forms.CorrectApplication, received: date) -> None:
    """Raises `Invalid`."""
    for name in ("known_on", "employment_ended_on"):
        if (day := getattr(form, name)) is not None and day > received:
            raise invalid(name, N_("这一天不能晚于收到申请的日期（{day}）。"), day=received)


def new_party(db: Session, case: MediationCase, role: PartyRole, place: int, row: forms.PartyDetails) -> Party:
    party = Party(case_id=case.id or 0, role=role, position=place, name=row.name)
    describe(db, party, row)
    return party


def describe(db: Session, party: Party, row: forms.PartyDetails) -> None:
    """Known here: an enterprise by its full name; a person by name and telephone together, a name alone being many people's."""
    for name, value in row.model_dump(exclude={"kind", "party"}).items():
        setattr(party, name, value)
    party.is_worker = row.kind == "worker"
    party.person_id = (party.person_id or person_known(db, row.name, row.phone)) if party.is_worker else None
    party.organisation_id = None if party.is_worker else _enterprise(db, row.name)


def _enterprise(db: Session, name: str) -> int | None:
    found = db.exec(select(Organisation.id).where(Organisation.name == name, Organisation.kind == OrganisationKind.ENTERPRISE)).all()
    return found[0] if len(found) == 1 else None


def person_known(db: Session, name: str, phone: str) -> int | None:
    if not phone:
        return None
    found = db.exec(select(Person.id).where(Person.name == name, Person.phone == phone)).all()
    return found[0] if len(found) == 1 else None


def _claim_own(db: Session, case: MediationCase, by: Actor, on: date) -> None:
    """Who applies himself is one of the applicants, by name or as an officer of the enterprise that applies. Raises `Invalid`."""
    if by.person_id is None or by.seat is not Seat.APPLICANT:
        return
    applicants: Sequence[Party] = db.exec(select(Party).where(Party.case_id == case.id, Party.role == PartyRole.APPLICANT)).all()
    own = db.get_one(Person, by.person_id)
    held = {a.organisation_id for a in appointments(db, by.person_id, on) if a.office in EMPLOYER_OFFICES}
    mine = next((p for p in applicants if p.is_worker and p.name == own.name), None)
    if mine is not None:
        mine.person_id = by.person_id
    elif not any(p.organisation_id in held for p in applicants if not p.is_worker):
        raise invalid("applicants", N_("申请人里要有您自己：{name}。"), name=own.name)


def _next_number(db: Session, committee: Organisation, on: date) -> tuple[str, int]:
    """案号 runs within the year. The committee's row is held meanwhile, so that two who register at once do not take the same."""
    db.exec(select(Organisation.id).where(Organisation.id == committee.id).with_for_update()).one()
    series = f"{committee.document_code or committee.id}劳调〔{on.year}〕"
    last = db.exec(select(func.max(col(MediationCase.serial))).where(MediationCase.series == series)).one()
    return series, (last or 0) + 1


def _day(received: date | None, today: date) -> date:
    if received is not None and received > today:
        raise invalid("received", N_("收到申请的日期不能晚于今天（{today}）。"), today=today)
    return received or today


def _doing(db: Session, case: MediationCase, act: str, by: Actor, on: date, today: date, at: datetime, files: Files) -> Now:
    """An act on a case that is only now opened, which nobody can have been refused."""
    facts = MEDIATIONS.facts(db, case, on)
    keeper = MEDIATIONS.keeper(db, case, load_calendar(db))
    return Doing(db, MEDIATIONS, case, MEDIATION.acts[act], facts, by, on, at, keeper, files, How.SELF, today)


def _lay_in(now: Now) -> None:
    lay_in(now.db, MEDIATION.name, now.case.id or 0, now.evidence, act=now.act.name, by=now.by.person_id or 0, at=now.at)
