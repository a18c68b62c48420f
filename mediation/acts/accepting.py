"""Asking for consent, and what the committee decides on an application."""

from mediation import forms
from mediation.acts.registry import COMMITTEE, EVERYBODY, Now, close, does, own_parties, restart, speaks_for_side
from mediation.acts.reversing import turn_back, turns_back
from mediation.documents import issue_with
from mediation.limitation import Interruption
from mediation.terms import Outcome
from workflow.forms import invalid
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_


@does("ask_consent")
def ask_consent(now: Now, form: forms.AskConsent) -> None:
    if form.answer_by <= now.on:
        raise invalid("answer_by", N_("答复日期要晚于{on}。"), on=now.on)
    now.perform(answer_by=form.answer_by)
    asked = now.happened("CONSENT_ASKED")
    now.keeper.start_agreed(now.db, now.case, "MED-REJECT", Seat.RESPONDENT, asked, form.answer_by)
    now.tell(
        {Seat.RESPONDENT},
        N_("有人申请调解与您的劳动争议（{number}），请在{day}以前答复是否同意。"),
        number=now.case.number,
        day=form.answer_by,
    )
    issue_with(now, "consent_enquiry")


@does("consent")
def consent(now: Now, form: forms.OfParty) -> None:
    """A consent given in time shows that it was not refused, whatever time had to assume."""
    answering = own_parties(now, form.party, now.facts.asked)
    reverses = turns_back(now, "MED-REJECT")
    now.perform(reverses=reverses)
    if reverses:
        turn_back(now, "MED-REJECT")
    for party in answering:
        party.consents, party.answered_on = True, now.on
    if all(p.consents for p in now.facts.asked):
        now.happened("CONSENTED")
    now.tell(COMMITTEE | {Seat.APPLICANT}, N_("对方同意调解（{number}）。"), number=now.case.number)


@does("refuse_consent")
def refuse_consent(now: Now, form: forms.Refuse) -> None:
    """From that day the limitation runs anew (企业劳动争议协商调解规定 Art. 31 (5)), whenever the committee closes the case."""
    refusing = own_parties(now, form.party, now.facts.asked)
    now.perform()
    now.said(reason=form.reason)
    for party in refusing:
        party.consents, party.answered_on = False, now.on
    now.happened("CONSENT_FAILED")
    restart(now, Interruption.MEDIATION_REFUSED)
    now.tell(COMMITTEE | {Seat.APPLICANT}, N_("对方不同意调解（{number}）。"), number=now.case.number)


@does("no_answer")
def no_answer(now: Now, form: ActForm) -> None:
    now.perform()
    now.keeper.lapse(now.db, now.case, "MED-REJECT")
    now.happened("CONSENT_FAILED")
    restart(now, Interruption.MEDIATION_REFUSED)
    now.tell(COMMITTEE | {Seat.APPLICANT}, N_("对方没有在期限内答复是否同意调解（{number}）。"), number=now.case.number)


@does("accept")
def accept(now: Now, form: ActForm) -> None:
    now.perform()
    now.happened("MEDIATION_ACCEPTED", but={"MED-END"} if now.case.entrusted_by else ())
    now.tell(EVERYBODY, N_("调解案{number}已经受理。"), number=now.case.number)
    issue_with(now, "acceptance")


@does("decline")
def decline(now: Now, form: forms.Decline) -> None:
    """A refusal has restarted the limitation already, on its own day; what is out of scope restarts nothing."""
    if form.cause == "refused" and not now.facts.has_refused:
        raise invalid("cause", N_("还没有人不同意调解。请先征询意见，或者选另一个原因。"))
    outcome = Outcome.REFUSED if form.cause == "refused" else Outcome.NOT_ACCEPTED
    close(now, outcome, cause=form.cause)
    now.case.interruption = Interruption.MEDIATION_REFUSED if now.facts.has_refused else None
    now.said(reason=form.reason)
    issue_with(now, "declining")


@does("transfer")
def transfer(now: Now, form: forms.Transfer) -> None:
    now.case.transferred_to = form.to
    close(now, Outcome.TRANSFERRED)
    now.said(reason=form.reason)


@does("withdraw")
def withdraw(now: Now, form: forms.WithReason) -> None:
    """After acceptance the applicant no longer agrees to mediation (Art. 31 (6)); before it nothing has begun."""
    speaks_for_side(now)
    accepted = now.facts.day_of("MEDIATION_ACCEPTED") is not None
    close(now, Outcome.WITHDRAWN, Interruption.MEDIATION_STOPPED if accepted else None)
    now.said(reason=form.reason)
