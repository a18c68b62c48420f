"""H39, H40 and H42: the visit after the agreement, the letter that urges, and what leads on to a court or to arbitration."""

from collections.abc import Callable

from mediation.documents.applying import HINT_CONTACT, evidence
from mediation.documents.writing import (
    COMMITTEE,
    CONDUCT,
    OFFICE,
    Work,
    agreement_number,
    cited,
    committee,
    contact,
    duties,
    effective_on,
    figures,
    first,
    head,
    mediators,
    no_body,
    owed,
    sides,
)
from mediation.facts import ROLE_SEATS, Facts
from mediation.models import AgreementTerm, MediationCase
from mediation.terms import OUTCOME_LABELS, Circle, Outcome, PartyRole, State
from templates.documents.mediation import Application, Evidence
from templates.documents.settlements import FollowUp, PaymentOrder, PerformanceReminder
from workflow.documents.catalogue import Standard
from workflow.documents.render import lines
from workflow.forms import Day, FormModel, field
from workflow.words import N_


class FollowUpWords(FormModel):
    visited: str = field(N_("回访对象"), hint=N_("姓名和身份，例如：王建国（申请人）。"))
    time: str = field(N_("回访时间"), hint=N_("例如：2026年6月2日10时。"))
    way: str = field(N_("回访方式"), hint=N_("电话、上门、当面等。"))
    satisfaction: str = field(N_("对调解工作的评价"), default="", hint=N_("满意、基本满意或者不满意；不填的，印成选项手写。"))
    account: str = field(N_("当事人的说明"), widget="textarea", default="", hint=N_("一行写一项；没有的不填。"))
    action: str = field(N_("处理意见"), widget="textarea", default="", hint=N_("一行写一项；不填的，写继续督促履行。"))


class ReminderWords(FormModel):
    perform_by: Day = field(N_("请在哪一天前履行"), widget="date")
    contact: str = field(N_("联系人和电话"), default="", hint=HINT_CONTACT)


class OrderWords(FormModel):
    court: str = field(N_("人民法院"), hint=N_("债务人住所地的基层人民法院。"))
    facts: str = field(N_("催要的经过"), widget="textarea", default="", hint=N_("一行写一次；没有的不填。"))
    evidence: str = field(N_("其他证据"), widget="textarea", default="", hint=N_("调解协议书会自动列出；其他的一行写一件。"))


class ArbitrationWords(FormModel):
    commission: str = field(N_("仲裁委员会"), hint=N_("劳动合同履行地或者用人单位所在地的仲裁委员会。"))
    requests: str = field(N_("仲裁请求"), widget="textarea", default="", hint=N_("一行写一项；不填的，用调解请求。"))
    evidence: str = field(
        N_("其他证据"), widget="textarea", default="", hint=N_("提交给双方看的材料会自动列出；没有给对方看的，要写进申请书的，一行写一件。")
    )
    witnesses: str = field(N_("证人姓名和住所"), widget="textarea", default="", hint=N_("一行写一人；没有的不填。"))


# ---- performance


def follow_up(w: Work) -> FollowUp:
    """企业劳动争议协商调解规定 Arts. 16, 17."""
    asked = w.words
    assert isinstance(asked, FollowUpWords)
    return FollowUp(
        case=head(w),
        agreement=f"{agreement_number(w)}（{figures(effective_on(w))}生效）",
        visited=asked.visited,
        time=asked.time,
        way=asked.way,
        visitor="、".join(mediators(w)),
        duties=duties(w),
        remainder=owed(w, w.facts.terms),
        satisfaction=asked.satisfaction,
        account=lines(asked.account),
        action=lines(asked.action),
        basis=first(w, "MED-FOLLOWUP"),
        visited_on=w.on,
    )


def debtors(w: Work) -> dict[str, str]:
    """Parties who have missed something, as whom the letter can be to."""
    late = {one.debtor_id for one in w.facts.missed}
    return {str(p.id): p.name for p in w.facts.parties if p.id in late}


def performance_reminder(w: Work) -> PerformanceReminder:
    asked = w.words
    assert isinstance(asked, ReminderWords)
    terms = [one for one in w.facts.missed if w.subject in ("", str(one.debtor_id))]
    w.insist(terms, N_("逾期没有履行的事项"), act="record_performance")
    debtor = w.insist(w.facts.party(terms[0].debtor_id), N_("没有履行的当事人"))
    ordered = w.facts.of_employer(terms)
    return PerformanceReminder(
        case=head(w),
        addressee=debtor.name,
        agreement=agreement_number(w),
        effective_on=effective_on(w),
        overdue=duties(w, terms),
        amount=owed(w, terms),
        perform_by=asked.perform_by,
        basis=first(w, "MED-FOLLOWUP"),
        binding_basis=first(w, "MED-AGREE"),
        default_basis=first(w, "MED-NONPERF"),
        issued_on=w.on,
        order_basis=first(w, "MED-PAYORDER") if ordered else "",
        suit_basis=first(w, "SUE-WAGE") if ordered and w.facts.only_remuneration else "",
        is_confirmed=w.facts.is_confirmed,
        contact=contact(w, asked.contact),
        number=w.number,
    )


# ---- what leads on


def payment_order(w: Work) -> PaymentOrder:
    """劳动争议调解仲裁法 Art. 16: the worker, on the four heads alone, for what is due and unpaid."""
    asked = w.words
    assert isinstance(asked, OrderWords)
    terms = w.insist(w.facts.for_payment_order, N_("可以申请支付令的逾期款项"), act="record_performance")
    role = PartyRole.RESPONDENT if _debtor_applies(w.facts, terms) else PartyRole.APPLICANT
    number = agreement_number(w)
    further = tuple(Evidence(one) for one in lines(asked.evidence))
    return PaymentOrder(
        addressee=w.need(asked.court, N_("人民法院")),
        sides=sides(w, role),
        committee=w.facts.committee.name,
        agreement=number,
        effective_on=effective_on(w),
        owed=duties(w, terms),
        amount=owed(w, terms),
        facts=lines(asked.facts),
        basis=(*cited(w, "MED-PAYORDER"), first(w, "PO-CONDITIONS")),
        evidence=(Evidence(f"调解协议书（{number}）", "应当支付的金额和期限"), *further),
        issued_on=w.on,
    )


def _debtor_applies(facts: Facts, terms: tuple[AgreementTerm, ...]) -> bool:
    return facts.party(terms[0].debtor_id) in facts.side(PartyRole.APPLICANT)


def course(w: Work) -> tuple[str, ...]:
    """What went before, by the days in the file; nothing that was said in mediation."""
    told = [f"{figures(w.case.received_on)}，向{w.facts.committee.name}申请调解（案号：{w.case.number}）"] if w.case.received_on else []
    if accepted := w.facts.day_of("MEDIATION_ACCEPTED"):
        told.append(f"{figures(accepted)}，调解申请获得受理")
    if effective := w.facts.day_of("AGREEMENT_EFFECTIVE"):
        told.append(f"{figures(effective)}，双方达成的调解协议生效（{agreement_number(w)}）")
    if w.case.closed_on and w.case.outcome:
        told.append(f"{figures(w.case.closed_on)}，调解结案：{OUTCOME_LABELS[w.case.outcome]}")
    elif w.facts.missed:
        told.append("调解协议约定的期限已过，对方没有履行")
    return tuple(told)


def arbitration_application(role: PartyRole) -> Callable[[Work], Application]:
    """劳动争议调解仲裁法 Art. 28, for the side that asks. What it handed in for few eyes is listed only where it says so itself: a clerk
    who helps an applicant does not read that."""

    def write(w: Work) -> Application:
        asked = w.words
        assert isinstance(asked, ArbitrationWords)
        own = (*evidence(w, role, Circle.EVERYBODY), *(Evidence(one) for one in lines(asked.evidence)))
        copies = f"本申请书副本{len(w.facts.side(role.other))}份"
        return Application(
            title="劳动人事争议仲裁申请书",
            sides=sides(w, role),
            basis=cited(w, "ARB-APPLY", "ARB-PETITION"),
            requests=w.need(lines(asked.requests) or (lines(w.case.requests) if role is PartyRole.APPLICANT else ()), N_("仲裁请求")),
            facts=lines(w.case.account),
            addressee=w.need(asked.commission, N_("仲裁委员会")),
            issued_on=w.on,
            asks_for="仲裁",
            amount=w.case.claim_fen if role is PartyRole.APPLICANT and not asked.requests else None,
            course=course(w),
            evidence=own,
            witnesses=lines(asked.witnesses),
            enclosures=(copies, *([f"证据材料{len(own)}件"] if own else [])),
        )

    return write


def _missed(facts: Facts) -> bool:
    return facts.case.state == State.PERFORMING and bool(facts.missed)


def _handed_on(facts: Facts) -> bool:
    return _missed(facts) or facts.case.outcome == Outcome.HANDED_ON


def _may_arbitrate(facts: Facts) -> bool:
    """Nothing stands in the way but an agreement that is being performed, or that was."""
    return facts.case.received_on is not None and facts.case.outcome not in (Outcome.PERFORMED, Outcome.SETTLED_BETWEEN)


def _for_order(role: PartyRole) -> Callable[[Facts], bool]:
    """The worker's side asks: the one that is not the employer's."""
    return lambda facts: _handed_on(facts) and bool(facts.for_payment_order) and all(p.is_worker for p in facts.side(role))


def _of_side(role: PartyRole, name: str) -> tuple[Standard[MediationCase, Facts], ...]:
    """Papers that one side writes for itself; of the respondent under a name of its own. A clerk helps an applicant who has no account."""
    seats = frozenset({ROLE_SEATS[role]}) | (OFFICE if role is PartyRole.APPLICANT else frozenset())
    return (
        Standard(
            f"payment_order{name}", "H39", N_("支付令申请书"), "mediation/payment-order.html", seats, payment_order, no_body,
            asks=OrderWords, numbered=False, ready=_for_order(role), side=lambda w: role.value,
        ),
        Standard(
            f"arbitration_application{name}", "H42", N_("劳动人事争议仲裁申请书"), "mediation/application.html", seats,
            arbitration_application(role), no_body, asks=ArbitrationWords, numbered=False, ready=_may_arbitrate, side=lambda w: role.value,
        ),
    )  # fmt: skip


PERFORMANCE: tuple[Standard[MediationCase, Facts], ...] = (
    Standard(
        "follow_up", "H40", N_("调解协议履行回访记录"), "mediation/follow-up.html", CONDUCT, follow_up, committee, asks=FollowUpWords,
        numbered=False, ready=lambda facts: facts.case.state == State.PERFORMING or facts.case.outcome == Outcome.PERFORMED,
        side=lambda w: COMMITTEE,
    ),
    Standard(
        "performance_reminder", "H40", N_("履行调解协议督促函"), "mediation/performance-reminder.html", CONDUCT, performance_reminder,
        committee, asks=ReminderWords, subjects=debtors, ready=_missed,
    ),
    *_of_side(PartyRole.APPLICANT, ""),
    *_of_side(PartyRole.RESPONDENT, "_of_respondent"),
)  # fmt: skip
