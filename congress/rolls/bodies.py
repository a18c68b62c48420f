"""What the delegates form among themselves: delegations with a leader, committees with members; and slips of the pen put right."""

from collections.abc import Sequence

from congress.rolls import forms
from congress.rolls.facts import fingerprint
from congress.rolls.models import Committee, CommitteeMember, Delegate
from congress.rolls.registry import Now, does, holder
from workflow.forms import invalid
from workflow.words import N_, Word

PUT_RIGHT = ("name", "staff_number", "female", "job", "post", "dispatched", "young")
"""What of a delegate a slip of the pen may be in; seat, term and manner of election are facts, changed by acts."""


@does("name_leader")
def name_leader(now: Now, form: forms.NameLeader) -> None:
    leader = holder(now, "delegate", form.delegate)
    now.perform(delegate=leader.id)
    for one in now.facts.delegates:
        if one.constituency_id == leader.constituency_id:
            one.leads = one is leader


@does("correct_delegate")
def correct_delegate(now: Now, form: forms.CorrectDelegate) -> None:
    """The row is written over; the words before and after stay with the entry, so that the roll of any day can be read from the journal."""
    delegate = holder(now, "delegate", form.delegate)
    given = {name: getattr(form, name) for name in PUT_RIGHT if getattr(form, name) is not None}
    changed = {name: value for name, value in given.items() if value != getattr(delegate, name)}
    if not changed:
        raise invalid("", N_("没有写哪里要改，或者写的和名册上一样。"))
    _check_namesake(now, delegate, form)
    old = {name: getattr(delegate, name) for name in changed}
    for name, value in changed.items():
        setattr(delegate, name, value)
    now.perform(delegate=delegate.id, fields=list(changed), roll=fingerprint(now.facts.elected()))
    now.said(old=_listed(old), new=_listed(changed), reason=form.reason)


@does("form_committee")
def form_committee(now: Now, form: forms.FormCommittee) -> None:
    if any(c.name == form.name and c.until is None for c in now.facts.committees):
        raise invalid("name", N_("“{name}”已经设立。"), name=form.name)
    _check_members(form.members)
    assert now.case.id is not None
    committee = Committee(term_id=now.case.id, name=form.name, approved_at=form.approved_at, since=now.on)
    now.db.add(committee)
    now.db.flush()
    now.perform(committee=committee.id, members=len(form.members))
    _seat(now, committee, form.members)


@does("change_committee")
def change_committee(now: Now, form: forms.ChangeCommittee) -> None:
    """The list given takes the place of the one before; who stays keeps the day on which he joined."""
    committee = _committee(now, form.committee)
    _check_members(form.members)
    now.perform(committee=committee.id, members=len(form.members))
    now.said(reason=form.approved_at)
    _seat(now, committee, form.members)


@does("dissolve_committee")
def dissolve_committee(now: Now, form: forms.DissolveCommittee) -> None:
    committee = _committee(now, form.committee)
    now.perform(committee=committee.id)
    now.said(reason=form.reason)
    _seat(now, committee, ())
    committee.until = now.on


def _committee(now: Now, committee_id: int) -> Committee:
    found = next((c for c in now.facts.committees if c.id == committee_id and c.until is None), None)
    if found is None:
        raise invalid("committee", N_("请从列出的选项中选“{title}”。"), title=Word(N_("专门委员会、小组")))
    return found


def _check_members(rows: Sequence[forms.CommitteeRow]) -> None:
    names = [row.name for row in rows]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise invalid("members", N_("“{name}”写了两次。"), name=twice)
    if sum(row.heads for row in rows) != 1:
        raise invalid("members", N_("负责人要有一名，也只能有一名。"))


def _seat(now: Now, committee: Committee, rows: Sequence[forms.CommitteeRow]) -> None:
    sitting = {m.name: m for m in now.facts.members_of(committee)}
    wanted = {row.name: row.heads for row in rows}
    for name, member in sitting.items():
        if wanted.get(name) != member.heads:
            member.until = now.on
    for name, heads in wanted.items():
        if name not in sitting or sitting[name].until is not None:
            delegates = [d for d in now.facts.elected() if d.name == name]
            assert committee.id is not None
            now.db.add(
                CommitteeMember(
                    committee_id=committee.id,
                    name=name,
                    delegate_id=delegates[0].id if len(delegates) == 1 else None,
                    heads=heads,
                    since=now.on,
                )
            )


def _check_namesake(now: Now, delegate: Delegate, form: forms.CorrectDelegate) -> None:
    for other in now.facts.elected():
        if other is not delegate and form.staff_number and other.staff_number == form.staff_number:
            raise invalid("staff_number", N_("工号“{number}”已经在名册上（{name}）。"), number=form.staff_number, name=other.name)


def _listed(values: dict[str, object]) -> str:
    """In the words of the form."""
    said = {True: "是", False: "否"}
    labels = forms.CorrectDelegate.model_fields
    return "；".join(
        f"{labels[name].title}：{said.get(value, value) if isinstance(value, bool) else value}" for name, value in values.items()
    )
