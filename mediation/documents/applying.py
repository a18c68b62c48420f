"""H27 to H31 and H43: the application, the question to the other side, acceptance or refusal, the register sheet, a suggestion to mediate."""

from datetime import date

from sqlmodel import col, select

from mediation.documents.writing import (
    APPLYING,
    COMMITTEE,
    CONDUCT,
    MEDIATION,
    OFFICE,
    Work,
    agreement_number,
    called,
    cited,
    committee,
    contact,
    disputes,
    figures,
    first,
    head,
    mediators,
    no_body,
    period,
    recourse,
    sides,
    statutory_end,
)
from mediation.facts import Facts
from mediation.models import MediationCase
from mediation.terms import CHANNEL_LABELS, MATTER_LABELS, OUTCOME_LABELS, Channel, Circle, Outcome, PartyRole, State, TermState
from templates.documents.mediation import (
    Acceptance,
    Application,
    ConsentEnquiry,
    Declining,
    Evidence,
    OralApplication,
    RegisterSheet,
)
from templates.documents.settlements import MediationSuggestion
from workflow.documents.catalogue import Standard
from workflow.documents.render import lines
from workflow.forms import Day, FormModel, field
from workflow.journal import Entry
from workflow.people import Person
from workflow.statements import statements
from workflow.words import N_

HINT_CONTACT = N_("不填的，用调解委员会登记的电话。")
APPLIED = frozenset(State) - {State.CONSULTING}
ORALLY = frozenset({Channel.ORAL, Channel.HOTLINE})


class OralWords(FormModel):
    time: str = field(N_("申请的时间"), default="", hint=N_("例如：2026年4月7日9时30分。不填的，写收到申请的日期。"))
    place: str = field(N_("地点"), default="", hint=N_("不填的，写本委员会。"))
    recorder: str = field(N_("记录人"), default="", max_length=60, hint=N_("不填的，是登记申请的人。"))


class ContactWords(FormModel):
    contact: str = field(N_("联系人和电话"), default="", hint=HINT_CONTACT)


class RegisterWords(FormModel):
    recorder: str = field(N_("登记人"), default="", max_length=60, hint=N_("不填的，留空白手写。"))


class SuggestionWords(FormModel):
    commission: str = field(N_("仲裁委员会"), default="", hint=N_("不填的，用案卷登记的委托调解的仲裁委员会。"))
    filed_on: Day = field(N_("申请仲裁的日期"), widget="date")
    reply_by: Day = field(N_("请双方答复的日期"), widget="date")
    contact: str = field(N_("联系人和电话"), default="", hint=N_("仲裁委员会的，可以不填。"))


# ---- the application


def evidence(w: Work, role: PartyRole, *circles: Circle) -> tuple[Evidence, ...]:
    """What this side handed in and these circles may read."""
    source = {PartyRole.APPLICANT: "申请人提交", PartyRole.RESPONDENT: "被申请人提交"}[role]
    found = (one for one in w.facts.handed_in if one.role == role and one.circle in circles)
    return tuple(Evidence(one.title, "；".join(lines(one.proves)), source) for one in found)


def application(w: Work) -> Application:
    """企业劳动争议协商调解规定 Art. 21. What only the mediator may read is not listed: the other side gets a copy."""
    shown = evidence(w, PartyRole.APPLICANT, Circle.EVERYBODY)
    copies = f"本申请书副本{len(w.facts.side(PartyRole.RESPONDENT))}份"
    return Application(
        title="劳动争议调解申请书",
        sides=sides(w),
        basis=cited(w, "MED-ORGS", "MED-APP-FIELDS"),
        requests=lines(w.case.requests),
        facts=lines(w.case.account),
        addressee=w.facts.committee.name,
        issued_on=w.case.received_on or w.on,
        asks_for="调解",
        amount=w.case.claim_fen,
        evidence=shown,
        enclosures=(copies, *([f"证据材料{len(shown)}件"] if shown else [])),
    )


def oral_application(w: Work) -> OralApplication:
    """劳动争议调解仲裁法 Art. 12: taken down on the spot; what is not typed, as it was when the application was registered."""
    words = w.words
    assert isinstance(words, OralWords)
    return OralApplication(
        time=words.time or figures(w.case.received_on or w.on),
        place=words.place or w.facts.committee.name,
        recorder=w.need(words.recorder or _recorder(w), N_("记录人")),
        committee=w.facts.committee.name,
        sides=sides(w),
        matters=disputes(w),
        requests=lines(w.case.requests),
        facts=lines(w.case.account),
        basis=cited(w, "MED-APPLY", "MED-APP-FIELDS"),
        taken_on=w.case.received_on or w.on,
        amount=w.case.claim_fen,
    )


def _recorder(w: Work) -> str:
    """Whoever registered it."""
    query = select(Person.name).join(Entry, col(Entry.actor_id) == col(Person.id))
    return w.db.exec(query.where(Entry.case_kind == MEDIATION, Entry.case_id == w.case.id, Entry.act == "register")).first() or ""


# ---- acceptance


def reply_by(w: Work) -> date | None:
    asked = w.facts.latest("MED-REJECT") or w.facts.latest("MED-ACCEPT")
    return asked.due if asked else None


def consent_enquiry(w: Work) -> ConsentEnquiry:
    assert isinstance(w.words, ContactWords)
    return ConsentEnquiry(
        case=head(w),
        requests=lines(w.case.requests),
        reply_by=w.insist(reply_by(w), N_("请对方最迟答复的日期"), act="ask_consent"),
        accept_basis=first(w, "MED-ACCEPT"),
        reject_basis="、".join((first(w, "MED-REJECT"), f"{first(w, 'MED-INTERRUPT')}第（五）项")),
        closed_basis=first(w, "MED-CLOSED"),
        issued_on=w.on,
        number=w.number,
        contact=contact(w, w.words.contact),
    )


def acceptance(w: Work) -> Acceptance:
    """From acceptance, or from receipt where the place counts from there; of an entrusted case its own period."""
    assert isinstance(w.words, ContactWords)
    clock = w.insist(statutory_end(w), N_("调解期限"), act="accept")
    rule = w.facts.rules.get(clock.rule, w.on)
    opens = w.facts.latest("MED-15")
    own_motion = w.case.channel == Channel.OWN_MOTION
    return Acceptance(
        case=head(w),
        origin="motion" if own_motion else "joint" if w.case.is_joint else "application",
        accepted_on=w.insist(w.facts.day_of("MEDIATION_ACCEPTED"), N_("受理日期"), act="accept"),
        basis=cited(w, "MED-EXOFF" if own_motion else "MED-ACCEPT"),
        period=period(w, rule.id),
        period_from={"APPLICATION_RECEIVED": "收到调解申请", "ENTRUSTED": "受委托"}.get(rule.start or "", "受理调解申请"),
        ends_on=clock.due,
        period_basis=first(w, rule.id),
        arbitration_from=opens.due if opens else clock.due,
        arbitration_basis=first(w, "MED-15"),
        closed_basis=first(w, "MED-CLOSED"),
        evidence_basis=first(w, "DISP-EVIDENCE"),
        issued_on=w.on,
        number=w.number,
        mediators=mediators(w),
        contact=contact(w, w.words.contact),
    )


def declining(w: Work) -> Declining:
    """企业劳动争议协商调解规定 Arts. 22, 30: in writing, with the right to arbitrate."""
    refused = any(p.consents is False for p in w.facts.asked)
    said = statements(w.db, MEDIATION, w.case.id or 0)
    reasons = next((lines(one["reason"]) for _, one in sorted(said.items(), reverse=True) if "reason" in one), ())
    out_of_scope = w.case.outcome == Outcome.NOT_ACCEPTED
    return Declining(
        case=head(w),
        ground="out_of_scope" if out_of_scope else "refused" if refused or not w.facts.has_refused else "no_answer",
        basis=cited(w, "MED-REJECT"),
        arbitration=recourse(w),
        issued_on=w.on,
        reasons=reasons,
        number=w.number,
    )


# ---- the register


def performance(w: Work) -> str:
    """约定的3项中，2项已履行，1项逾期未履行."""
    states = [one.state for one in w.facts.terms]
    if not states:
        return ""
    done, missed = states.count(TermState.PERFORMED), states.count(TermState.MISSED)
    return f"约定{len(states)}项，已履行{done}项" + (f"，逾期未履行{missed}项" if missed else "")


def register_sheet(w: Work) -> RegisterSheet:
    """企业劳动争议协商调解规定 Art. 32."""
    assert isinstance(w.words, RegisterWords)
    effective, end = w.facts.day_of("AGREEMENT_EFFECTIVE"), w.facts.latest("ARB-ENTRUST") or w.facts.latest("MED-END")
    return RegisterSheet(
        case=head(w),
        sides=sides(w),
        channel=CHANNEL_LABELS[w.case.channel],
        heads=tuple((label, matter in w.case.matters) for matter, label in MATTER_LABELS.items()),
        requests=lines(w.case.requests),
        persons=w.case.persons,
        issued_on=w.on,
        amount=w.case.claim_fen,
        accepted_on=w.facts.day_of("MEDIATION_ACCEPTED"),
        mediators=mediators(w),
        ends_on=end.due if end else None,
        outcome=OUTCOME_LABELS[w.case.outcome] if w.case.outcome else "",
        closed_on=w.case.closed_on,
        agreement=f"{agreement_number(w)}，{figures(effective)}生效" if effective else "",
        performance=performance(w),
        recorder=w.words.recorder,
    )


# ---- an arbitration commission that suggests mediation


def suggestion(w: Work) -> MediationSuggestion:
    """劳动人事争议仲裁办案规则 Art. 69. The committee draws it up for the commission, which seals and sends it."""
    asked = w.words
    assert isinstance(asked, SuggestionWords)
    return MediationSuggestion(
        commission=w.need(asked.commission or w.case.entrusted_by, N_("仲裁委员会")),
        applicant=called(w, PartyRole.APPLICANT),
        respondent=called(w, PartyRole.RESPONDENT),
        matters=disputes(w),
        filed_on=asked.filed_on,
        committee=w.facts.committee.name,
        reply_by=asked.reply_by,
        basis=first(w, "ARB-SUGGEST"),
        issued_on=w.on,
        contact=asked.contact,
    )


def _applied(facts: Facts) -> bool:
    return facts.case.state in APPLIED and facts.case.received_on is not None


def _asked(facts: Facts) -> bool:
    return facts.case.state == State.CONSENT_ASKED


def _accepted(facts: Facts) -> bool:
    return facts.day_of("MEDIATION_ACCEPTED") is not None


def _declined(facts: Facts) -> bool:
    return facts.case.outcome in (Outcome.NOT_ACCEPTED, Outcome.REFUSED)


APPLICATION: tuple[Standard[MediationCase, Facts], ...] = (
    Standard(
        "application", "H27", N_("劳动争议调解申请书"), "mediation/application.html", APPLYING, application, no_body, numbered=False,
        ready=lambda facts: _applied(facts) and facts.case.channel not in (*ORALLY, Channel.OWN_MOTION),
    ),
    Standard(
        "oral_application", "H28", N_("口头申请调解笔录"), "mediation/oral-application.html", OFFICE, oral_application, committee,
        asks=OralWords, numbered=False, ready=lambda facts: _applied(facts) and facts.case.channel in ORALLY,
    ),
    Standard(
        "suggestion", "H43", N_("调解建议书"), "mediation/suggestion.html", OFFICE, suggestion, no_body, asks=SuggestionWords, numbered=False,
        ready=lambda facts: _applied(facts) and facts.case.channel == Channel.ARBITRATION,
    ),
    Standard(
        "consent_enquiry", "H29", N_("征询调解意见书"), "mediation/consent-enquiry.html", OFFICE, consent_enquiry, committee,
        asks=ContactWords, ready=_asked,
    ),
    Standard(
        "acceptance", "H30", N_("劳动争议调解受理通知书"), "mediation/acceptance.html", OFFICE, acceptance, committee,
        asks=ContactWords, ready=_accepted,
    ),
    Standard(
        "declining", "H30", N_("劳动争议调解不予受理通知书"), "mediation/declining.html", OFFICE, declining, committee, ready=_declined,
    ),
    Standard(
        "register_sheet", "H31", N_("劳动争议调解登记表"), "mediation/register.html", CONDUCT, register_sheet, committee,
        asks=RegisterWords, numbered=False, ready=_applied, side=lambda w: COMMITTEE,
    ),
)  # fmt: skip
