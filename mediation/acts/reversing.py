"""What was done in time and reaches the file only after time itself has acted on the silence: it turns that back."""

from mediation.acts.registry import Now, number_of
from mediation.procedure import MEDIATION
from workflow import journal
from workflow.deadlines import Status
from workflow.forms import invalid
from workflow.words import N_


def turns_back(now: Now, rule: str) -> str | None:
    """The clock's act that this one turns back, if it has acted. Raises `Invalid` where this is too late or not proven."""
    period = now.facts.latest(rule)
    if period is None or period.status != Status.LAPSED:
        return None
    if now.on > period.due:
        raise invalid("on", N_("期限{due}已经届满。期限以内作出、现在才送到的，请填材料上的日期。"), due=period.due)
    if not now.evidence:
        raise invalid("evidence", N_("期限{due}已经届满；按期限以内的日期补录，请上传证明材料。"), due=period.due)
    return MEDIATION.clock(rule).lapse


def turn_back(now: Now, rule: str) -> None:
    """What the clock's last act brought stands no longer, and the period runs until what ends it."""
    lapse = MEDIATION.clock(rule).lapse
    seq = max(e.seq for e in journal.entries(now.db, MEDIATION.name, number_of(now)) if e.act == lapse)
    for event in now.facts.events:
        if event.seq == seq:
            event.current = False
    now.keeper.turn_back(now.db, now.case, rule)
