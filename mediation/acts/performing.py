"""The agreement: drawn up, signed, made enforceable, performed or not."""

from dataclasses import replace
from datetime import date, timedelta

from mediation import forms
from mediation.acts.registry import COMMITTEE, EVERYBODY, PARTIES, Now, close, does, number_of, other_side, own_parties, restart, role_of
from mediation.documents import issue_anew, issue_with
from mediation.facts import ROLE_SEATS, Facts
from mediation.limitation import Interruption
from mediation.models import AgreementSignature, AgreementTerm, MediationAgreement, PerformanceRecord, ReviewApplication
from mediation.requirements import court_may_confirm
from mediation.terms import Mark, MoneyHead, Outcome, PartyRole, Review, Route, TermState
from mediation.text import text_hash
from workflow.deadlines import Status
from workflow.forms import invalid
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_, Word


@does("agree")
def agree(now: Now, form: forms.Agree) -> None:
    """Drawn up anew, what was signed before is signed no longer."""
    for at, row in enumerate(form.terms):
        if now.facts.party(row.debtor) is None:
            raise invalid(f"terms.{at}.debtor", N_("请从列出的选项中选“{title}”。"), title=Word(N_("由谁履行")))
        if row.due < now.on:
            raise invalid(f"terms.{at}.due", N_("履行期限不能早于{on}。"), on=now.on)
    drawn = MediationAgreement(
        case_id=number_of(now), drawn_on=now.on, result=form.result, liability=form.liability, closes_dispute=form.closes_dispute
    )
    terms = [
        AgreementTerm(
            agreement_id=0,
            position=place,
            debtor_id=row.debtor,
            what=row.what,
            head=row.head,
            amount_fen=row.amount_fen,
            due=row.due,
            how=row.how,
        )
        for place, row in enumerate(form.terms, start=1)
    ]
    now.perform(terms=len(terms), text_hash=text_hash(drawn, terms))
    if now.facts.agreement is not None:
        now.facts.agreement.void = True
        now.db.flush()
    now.db.add(drawn)
    now.db.flush()
    assert drawn.id is not None
    for term in terms:
        term.agreement_id = drawn.id
    now.db.add_all(terms)
    now.tell(PARTIES | COMMITTEE, N_("调解案{number}的协议书已经写好，请核对后签字。"), number=now.case.number)
    issue_anew(now, "agreement")


@does("sign")
def sign(now: Now, form: forms.Sign) -> None:
    mark, party = _mark(now, form.mark)
    last = len(now.facts.missing_marks) == 1
    agreement = now.facts.agreement
    assert agreement is not None and agreement.id is not None
    now.perform(mark=mark)
    signed_by = now.by.person_id if mark is Mark.MEDIATOR and now.by.seat is Seat.MEDIATOR else None
    now.db.add(AgreementSignature(agreement_id=agreement.id, mark=mark, party_id=party, person_id=signed_by, on=now.on))
    if last:
        _take_effect(now)


def marks_of(now_seat: Seat | None, facts_marks: tuple[tuple[Mark, int | None], ...], own: set[int | None]) -> list[str]:
    """What the holder of a seat may set under the agreement, of what is missing."""
    found = []
    for mark, party in facts_marks:
        fits = {
            Mark.PARTY: now_seat in ROLE_SEATS.values() and party in own,
            Mark.MEDIATOR: now_seat is Seat.MEDIATOR,
            Mark.SEAL: now_seat in COMMITTEE,
        }
        if fits[mark]:
            found.append(_key(mark, party))
    return found


def _key(mark: Mark, party: int | None) -> str:
    return f"{mark}:{party}" if party is not None else str(mark)


def _mark(now: Now, sent: str) -> tuple[Mark, int | None]:
    """In whichever of the person's seats it is set. Raises `Invalid` where it is another's to sign, or signed already."""
    for seat in {now.by.seat} if now.by.on_paper else now.by.seats:
        now.by = replace(now.by, seat=seat)
        own = {p.id for p in own_parties(now)} if role_of(now) is not None else set()
        if sent in marks_of(seat, now.facts.missing_marks, own):
            return next((m, p) for m, p in now.facts.missing_marks if _key(m, p) == sent)
    raise invalid("mark", N_("这一处已经签过，或者不由您签。"))


def _take_effect(now: Now) -> None:
    """Effective with the last signature or the seal, whichever is entered last (劳动争议调解仲裁法 Art. 14); what one promised there, one
    agrees to perform."""
    confirmable = court_may_confirm(now.facts, now.on)
    on = max(now.on, *(one.on for one in now.facts.signatures))
    effective = now.happened("AGREEMENT_EFFECTIVE", on, but=() if confirmable else {"JC-DAYS"})
    now.keeper.stop(now.db, now.case, ("MED-15",))
    restart(now, Interruption.PERFORMANCE_AGREED, on)
    for term in now.facts.terms:
        debtor = now.facts.party(term.debtor_id)
        assert debtor is not None
        who = ROLE_SEATS[PartyRole(debtor.role)]
        now.keeper.start_agreed(now.db, now.case, "MED-NONPERF", who, effective, term.due, _subject(term))
    now.tell(EVERYBODY, N_("调解案{number}的协议已经生效，请按期履行。"), number=now.case.number)


def _subject(term: AgreementTerm) -> str:
    return f"term:{term.id}"


# ---- review and confirmation


@does("apply_review")
def apply_review(now: Now, form: forms.ApplyReview) -> None:
    now.perform()
    now.db.add(ReviewApplication(case_id=number_of(now), kind=Review.ARBITRATION, body=form.body, applied_on=now.on))
    now.happened("REVIEW_APPLIED")
    issue_with(now, "review_application")


@does("apply_confirmation")
def apply_confirmation(now: Now, form: forms.ApplyReview) -> None:
    now.perform()
    now.db.add(ReviewApplication(case_id=number_of(now), kind=Review.CONFIRMATION, body=form.body, applied_on=now.on))
    now.happened("CONFIRMATION_APPLIED")
    issue_with(now, "confirmation_application")


@does("record_review_result")
def record_review_result(now: Now, form: forms.RecordReview) -> None:
    pending = now.facts.pending_review
    assert pending is not None
    if now.on < pending.applied_on:
        raise invalid("on", N_("结果的日期不能早于申请的日期（{day}）。"), day=pending.applied_on)
    now.perform(review=pending.kind, result=form.result)
    pending.result, pending.result_on, pending.paper_number = form.result, now.on, form.paper_number
    now.tell(PARTIES | COMMITTEE | {Seat.MEDIATOR}, N_("调解案{number}的审查结果已经登记。"), number=now.case.number)


# ---- performance


@does("record_performance")
def record_performance(now: Now, form: forms.RecordPerformance) -> None:
    term = next((t for t in now.facts.terms if t.id == form.term), None)
    if term is None or term.id is None:
        raise invalid("term", N_("请从列出的选项中选“{title}”。"), title=Word(N_("履行事项")))
    state, amount = _told(now, term, form)
    now.perform(term=term.position, state=state)
    now.db.add(
        PerformanceRecord(
            case_id=number_of(now),
            term_id=term.id,
            on=now.on,
            state=state,
            amount_fen=amount,
            words=form.words,
            told_by=now.by.seat or "",
        )
    )
    was, term.state = term.state, state
    if state == TermState.PERFORMED:
        now.happened("TERM_PERFORMED", None, _subject(term))
    elif was == TermState.MISSED or now.on > term.due:
        term.state = TermState.MISSED
        if was != TermState.MISSED:
            _missed(now, [term], term.due + timedelta(days=1))
    now.tell(other_side(now) | {Seat.MEDIATOR}, N_("调解案{number}登记了履行情况，请核对。"), number=now.case.number)


def _told(now: Now, term: AgreementTerm, form: forms.RecordPerformance) -> tuple[TermState, int | None]:
    """What was paid adds up; before the agreed day nothing is missed; nobody is rid of his debt by his own word. Raises `Invalid`."""
    if form.state == TermState.MISSED and now.on <= term.due:
        raise invalid("state", N_("约定的履行期限是{due}，还没有过。"), due=term.due)
    if form.state == TermState.MISSED and form.amount_fen:
        raise invalid("amount_fen", N_("没有履行的，不填金额；付了一部分的，选“部分履行”。"))
    debtor = now.facts.party(term.debtor_id)
    if form.state != TermState.MISSED and debtor is not None and debtor.role == role_of(now) and not now.evidence:
        raise invalid("evidence", N_("应当履行的一方登记已经履行的，请上传付款凭证、对方的收条等材料；没有的，请对方登记。"))
    if term.head == MoneyHead.NO_MONEY:
        if form.amount_fen is not None:
            raise invalid("amount_fen", N_("这一项不是付款，不填金额。"))
        return form.state, None
    assert term.amount_fen is not None
    left = term.amount_fen - now.facts.paid(term)
    if form.amount_fen is None:
        return form.state, (left or None) if form.state == TermState.PERFORMED else None
    if form.amount_fen == 0 or form.amount_fen > left:
        raise invalid("amount_fen", N_("这一项还剩{left}元没有支付，金额请核对。"), left=f"{left / 100:,.2f}")
    return TermState.PERFORMED if form.amount_fen == left else TermState.PARTLY, form.amount_fen


@does("follow_up")
def follow_up(now: Now, form: forms.FollowUp) -> None:
    now.perform()
    now.said(words=form.words)


@does("miss")
def miss(now: Now, form: ActForm) -> None:
    """The agreed day has passed and nobody has recorded that the term was performed."""
    over = {d.subject for d in now.facts.running("MED-NONPERF") if d.due < now.on}
    terms = [t for t in now.facts.terms if _subject(t) in over]
    now.perform(terms=len(terms))
    for term in terms:
        term.state = TermState.MISSED
    _missed(now, terms, now.on)
    now.tell(EVERYBODY - {Seat.COMMITTEE_CHAIR}, N_("调解案{number}有到期没有履行的事项。"), number=now.case.number)


def _missed(now: Now, terms: list[AgreementTerm], on: date) -> None:
    for deadline in now.facts.running("MED-NONPERF"):
        if deadline.subject in {_subject(t) for t in terms}:
            deadline.status = Status.LAPSED
    restart(now, Interruption.AGREEMENT_UNPERFORMED, on)


@does("perform")
def perform(now: Now, form: ActForm) -> None:
    close(now, Outcome.PERFORMED)


@does("hand_on")
def hand_on(now: Now, form: forms.HandOn) -> None:
    """The limitation has run anew since the day that was missed (企业劳动争议协商调解规定 Art. 31 (8)): to hand on restarts nothing."""
    if fault := route_faults(now.facts).get(form.route):
        raise invalid("route", fault)
    now.case.route = form.route
    close(now, Outcome.HANDED_ON, route=form.route)
    now.case.interruption = Interruption.AGREEMENT_UNPERFORMED


def route_faults(facts: Facts) -> dict[Route, str]:
    """Ways that are not open, each with the reason. What a court or commission confirmed is enforced, and nothing is asked for again."""
    if facts.is_confirmed:
        return {route: N_("协议已经仲裁审查或者司法确认，不履行的，直接申请强制执行。") for route in Route if route is not Route.ENFORCE}
    faults = {Route.ENFORCE: N_("协议没有经过仲裁审查或者司法确认，不能直接申请强制执行。")}
    if not facts.for_payment_order:
        faults[Route.PAYMENT_ORDER] = N_("只有用人单位拖欠的劳动报酬、工伤医疗费、经济补偿、赔偿金，才能凭调解协议申请支付令。")
    if not facts.only_remuneration:
        faults[Route.DIRECT_SUIT] = N_("协议不只是劳动报酬，不能直接起诉，应当先申请仲裁。")
    return faults
