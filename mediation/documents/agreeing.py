"""H33, H37, H38 and H41: the agreement, the joint applications that make it enforceable, and what the parties settle between themselves."""

from mediation.documents.writing import (
    CONDUCT,
    EVERYBODY,
    Work,
    agreement_number,
    cited,
    committee,
    disputes,
    duties,
    effective_on,
    figures,
    first,
    head,
    mediators,
    no_body,
    period,
    sides,
)
from mediation.facts import Facts
from mediation.models import MediationCase, ReviewApplication
from mediation.requirements import court_may_confirm, is_not_about_the_relation
from mediation.terms import Matter, Outcome, PartyRole, Review, State
from templates.documents.settlements import Agreement, JointApplication, Settlement
from workflow.documents.catalogue import Standard
from workflow.documents.render import lines
from workflow.forms import FormModel, field
from workflow.words import N_

CLOSES = "双方就本争议再无其他争议"


class ReviewWords(FormModel):
    addressee: str = field(N_("向哪个仲裁委员会、法院申请"), default="", hint=N_("不填的，用办理申请时填写的名称。"))
    enclosures: str = field(N_("其他附件"), widget="textarea", default="", hint=N_("规定要交的材料会自动列出；其他的一行写一件。"))


# ---- the agreement


def agreement(w: Work) -> Agreement:
    """企业劳动争议协商调解规定 Art. 26. What else the parties may do with it is told only where its conditions hold."""
    drawn = w.insist(w.facts.agreement, N_("调解协议的内容"), act="agree")
    review = is_not_about_the_relation.check(w.facts, w.on) is None
    confirmation = court_may_confirm(w.facts, w.on)
    payable = w.facts.of_employer(w.facts.terms)
    return Agreement(
        case=head(w),
        sides=sides(w),
        mediators=w.need(mediators(w), N_("调解员"), act="assign"),
        requests=lines(w.case.requests),
        results=(*lines(drawn.result), *([CLOSES] if drawn.closes_dispute else [])),
        duties=duties(w),
        copies=_copies(w),
        basis=cited(w, "MED-AGREE", "MED-DOC"),
        effect_basis=cited(w, "MED-AGREE"),
        default_basis=first(w, "MED-NONPERF"),
        issued_on=drawn.drawn_on,
        liability=lines(drawn.liability),
        review_period=period(w, "REV-APPLY") if review else "",
        review_basis=first(w, "REV-APPLY"),
        confirmation_period=period(w, "JC-DAYS") if confirmation else "",
        confirmation_basis=first(w, "JC-DAYS"),
        order_basis=first(w, "MED-PAYORDER") if payable else "",
        suit_basis=first(w, "SUE-WAGE") if payable and w.facts.only_remuneration else "",
        number=w.number,
    )


def _copies(w: Work) -> int:
    """Each party one, the committee one: three by the rule, more where a side has several."""
    rule = w.facts.rules.get("MED-DOC", w.on)
    return max(int(rule.parameters["copies"]), sum(len(w.facts.acting(role)) for role in PartyRole) + 1)


# ---- review, confirmation


def applied(w: Work, kind: Review) -> ReviewApplication | None:
    return next((one for one in reversed(w.facts.reviews) if one.kind == kind), None)


def joint_application(w: Work, kind: Review) -> JointApplication:
    asked = w.words
    assert isinstance(asked, ReviewWords)
    to_court = kind == Review.CONFIRMATION
    clock = w.insist(w.facts.latest("JC-DAYS" if to_court else "REV-APPLY"), N_("申请的期限"), act="sign")
    w.need(w.on <= clock.due, N_("期限以内的申请日期"))
    found = applied(w, kind)
    wanted = w.facts.rules.find("JC-DOCS" if to_court else "REV-DOCS", w.on)
    due = [one for one in (wanted.value if wanted else ()) if not one.endswith("申请书") and not one.startswith("与调解协议相关的财产权利")]
    return JointApplication(
        to_court=to_court,
        addressee=w.need(asked.addressee or (found.body if found else ""), N_("受理申请的仲裁委员会或者法院")),
        sides=sides(w),
        committee=w.facts.committee.name,
        agreement=agreement_number(w),
        effective_on=effective_on(w),
        until=clock.due,
        duties=duties(w),
        basis=cited(w, "JC-DAYS" if to_court else "REV-APPLY"),
        enclosures=(*due, *lines(asked.enclosures)),
        issued_on=w.on,
    )


def review_application(w: Work) -> JointApplication:
    return joint_application(w, Review.ARBITRATION)


def confirmation_application(w: Work) -> JointApplication:
    return joint_application(w, Review.CONFIRMATION)


# ---- between the parties


def settlement(w: Work) -> Settlement:
    """企业劳动争议协商调解规定 Art. 11: before an application, or in the course of mediation, which then ends."""
    found = w.insist(w.facts.settlements[-1] if w.facts.settlements else None, N_("和解的内容"), act="settle_between")
    return Settlement(
        sides=sides(w),
        matters=disputes(w),
        facts=lines(w.case.account),
        results=(*lines(found.text), *([f"以上各项在{figures(found.due)}前履行完毕"] if found.due else [])),
        duties=(),
        basis=first(w, "CONS-AGREEMENT"),
        default_basis=cited(w, "CONS-AGREEMENT")[-1],
        issued_on=found.agreed_on,
        case_number=w.case.number if w.case.received_on else "",
    )


def _unsigned(facts: Facts) -> bool:
    """What somebody has signed stays as it is."""
    return facts.case.state == State.AGREED and facts.agreement is not None and not facts.signatures


def _performing(facts: Facts) -> bool:
    return facts.case.state == State.PERFORMING and not facts.is_confirmed


def _confirmable(facts: Facts) -> bool:
    effective = facts.day_of("AGREEMENT_EFFECTIVE")
    return _performing(facts) and effective is not None and court_may_confirm(facts, effective)


AGREEMENT: tuple[Standard[MediationCase, Facts], ...] = (
    Standard("agreement", "H33", N_("劳动争议调解协议书"), "mediation/agreement.html", CONDUCT, agreement, committee, ready=_unsigned),
    Standard(
        "review_application", "H37", N_("仲裁审查申请书"), "mediation/joint-application.html", EVERYBODY, review_application, no_body,
        asks=ReviewWords, numbered=False, ready=lambda facts: _performing(facts) and Matter.RELATION not in facts.case.matters,
    ),
    Standard(
        "confirmation_application", "H38", N_("司法确认申请书"), "mediation/joint-application.html", EVERYBODY, confirmation_application,
        no_body, asks=ReviewWords, numbered=False, ready=_confirmable,
    ),
    Standard(
        "settlement", "H41", N_("劳动争议和解协议书"), "mediation/settlement.html", EVERYBODY, settlement, no_body, numbered=False,
        ready=lambda facts: facts.case.outcome == Outcome.SETTLED_BETWEEN,
    ),
)  # fmt: skip
