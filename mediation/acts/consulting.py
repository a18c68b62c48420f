"""协商: what the parties do between themselves before anybody applies (企业劳动争议协商调解规定 Arts. 8–12)."""

from mediation import forms
from mediation.acts.registry import Now, close, does, number_of, other_side, restart, speaks_for_side
from mediation.acts.reversing import turn_back, turns_back
from mediation.documents import issue_with
from mediation.limitation import Interruption
from mediation.models import Settlement
from mediation.terms import Outcome
from workflow.deadlines import Status
from workflow.forms import invalid
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_


@does("respond")
def respond(now: Now, form: forms.Respond) -> None:
    if form.until is not None and form.until <= now.on:
        raise invalid("until", N_("协商期限要晚于{on}。"), on=now.on)
    reverses = turns_back(now, "CONS-RESPONSE")
    now.perform(reply=form.reply, reverses=reverses)
    if reverses:
        turn_back(now, "CONS-RESPONSE")
    answered = now.happened("CONSULTATION_ANSWERED")
    if form.reply == "refuses":
        restart(now, Interruption.CONSULTATION_REFUSED)
    else:
        assert form.until is not None
        now.keeper.start_agreed(now.db, now.case, "CONS-PERIOD", Seat.APPLICANT, answered, form.until)
    now.tell({Seat.APPLICANT, Seat.COMMITTEE_CLERK}, N_("对方已经回应协商要求（{number}）。"), number=now.case.number)


@does("no_response")
def no_response(now: Now, form: ActForm) -> None:
    """The refusal is the silence of the last day (Art. 10 ¶1)."""
    now.perform()
    now.keeper.lapse(now.db, now.case, "CONS-RESPONSE")
    now.happened("CONSULTATION_ANSWERED")
    restart(now, Interruption.CONSULTATION_REFUSED)
    now.tell({Seat.APPLICANT, Seat.COMMITTEE_CLERK}, N_("对方没有回应协商要求（{number}），可以申请调解。"), number=now.case.number)


@does("extend_consultation")
def extend_consultation(now: Now, form: forms.Extend) -> None:
    if form.until <= now.facts.running("CONS-PERIOD")[0].due:
        raise invalid("until", N_("新的期限要晚于原来的{due}。"), due=now.facts.running("CONS-PERIOD")[0].due)
    now.perform(until=form.until)
    now.said(reason=form.reason)
    now.keeper.stop(now.db, now.case, ("CONS-PERIOD",))
    now.keeper.start_agreed(now.db, now.case, "CONS-PERIOD", Seat.APPLICANT, now.happened("CONSULTATION_AGREED"), form.until)


@does("stop_consultation")
def stop_consultation(now: Now, form: ActForm) -> None:
    now.perform()
    now.happened("CONSULTATION_OVER")
    restart(now, Interruption.CONSULTATION_STOPPED)
    now.tell(other_side(now), N_("对方不再协商（{number}），可以申请调解。"), number=now.case.number)


@does("consultation_lapses")
def consultation_lapses(now: Now, form: ActForm) -> None:
    now.perform()
    for deadline in now.facts.running("CONS-PERIOD"):
        deadline.status = Status.LAPSED
    restart(now, Interruption.CONSULTATION_FAILED)
    now.tell({Seat.APPLICANT, Seat.RESPONDENT}, N_("约定的协商期限已满（{number}），可以申请调解。"), number=now.case.number)


@does("settle_consultation")
def settle_consultation(now: Now, form: forms.Settle) -> None:
    settle(now, form)


@does("settle_between")
def settle_between(now: Now, form: forms.Settle) -> None:
    settle(now, form)


def settle(now: Now, form: forms.Settle) -> None:
    """What one side promises there it agrees to perform (劳动争议调解仲裁法 Art. 27 ¶2)."""
    if form.due is not None and form.due < now.on:
        raise invalid("due", N_("履行期限不能早于{on}。"), on=now.on)
    speaks_for_side(now)
    now.db.add(Settlement(case_id=number_of(now), agreed_on=now.on, text=form.text, due=form.due))
    close(now, Outcome.SETTLED_BETWEEN, Interruption.PERFORMANCE_AGREED)
    if form.due is not None:
        now.keeper.start_agreed(now.db, now.case, "CONS-AGREEMENT", Seat.RESPONDENT, now.happened("SETTLED"), form.due)
    issue_with(now, "settlement")
