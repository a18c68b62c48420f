"""What starts the limitation anew beside mediation itself: a settlement that is not kept, and what is done outside."""

from datetime import timedelta

from mediation import forms
from mediation.acts.registry import PARTIES, Now, does, restart
from mediation.limitation import Interruption
from workflow.forms import invalid
from workflow.proceedings import ActForm
from workflow.words import N_


@does("record_default")
def record_default(now: Now, form: ActForm) -> None:
    """From the day after the agreed one (企业劳动争议协商调解规定 Art. 31 (4)), whenever it is said."""
    due = now.facts.settled_by
    assert due is not None
    now.perform(due=due)
    now.keeper.lapse(now.db, now.case, "CONS-AGREEMENT")
    now.happened("SETTLEMENT_UNPERFORMED", due + timedelta(days=1))
    restart(now, Interruption.SETTLEMENT_UNPERFORMED, due + timedelta(days=1))
    now.tell(PARTIES, N_("调解案{number}的和解协议到期没有履行，可以申请调解或者仲裁。"), number=now.case.number)


@does("record_interruption")
def record_interruption(now: Now, form: forms.RecordInterruption) -> None:
    """劳动争议调解仲裁法 Art. 27 ¶2; it may have happened before anybody turned to the committee."""
    if form.happened > now.on:
        raise invalid("happened", N_("发生的日期不能晚于{on}。"), on=now.on)
    if not now.evidence:
        raise invalid("evidence", N_("请上传能够证明时效中断的材料。"))
    now.perform(interruption=form.what, happened=form.happened)
    restart(now, form.what, form.happened)
