"""确认: the first business of a meeting is what joint meetings decided since the last one."""

from congress.acts.registry import Now, does
from congress.arithmetic import needed
from congress.facts import VOTE, operator_of
from congress.joint import forms
from congress.joint.acts import PROCEEDINGS
from congress.joint.models import JointMeeting
from congress.terms import Operator
from workflow.forms import invalid
from workflow.procedure import Actor
from workflow.proceedings import do, locked
from workflow.seats import Seat
from workflow.words import N_, Word


@does("confirm_joint")
def confirm_joint(now: Now, form: forms.Confirm) -> None:
    """More than half of all members, as for any vote (CONG-VOTE); at exactly half it is not confirmed."""
    if form.joint not in {one.id for one in now.facts.unconfirmed}:
        raise invalid("joint", N_("请从列出的选项中选“{title}”。"), title=Word(N_("联席会议的决定")))
    joint = locked(now.db, JointMeeting, form.joint)
    present, cast = now.facts.present or 0, form.in_favour + form.against + form.abstained
    if cast > present:
        raise invalid("in_favour", N_("赞成、反对、弃权共{cast}人，多于实到{present}人，请核对。"), cast=cast, present=present)
    rule = now.facts.rules.get(VOTE, now.on)
    votes = needed(now.facts.roll, operator_of(rule) or Operator.GT_HALF)
    passed = form.in_favour >= votes
    now.perform(joint=joint.id, confirmed=passed, in_favour=form.in_favour, needed=votes)
    said = {"in_favour": form.in_favour, "against": form.against, "abstained": form.abstained}
    sent = {"on": now.on, "meeting": now.case.id, "roll": now.facts.roll, "needed": votes, **said}
    by = Actor(now.by.person_id, frozenset({Seat.CONGRESS}), Seat.CONGRESS)
    do(now.db, PROCEEDINGS, joint, "confirm" if passed else "refuse", sent, by=by, today=now.today, at=now.at)
