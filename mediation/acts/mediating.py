"""Mediators, talks, proposals, and how mediation ends without an agreement."""

from mediation import forms, queries
from mediation.acts.registry import COMMITTEE, PARTIES, Now, close, does, number_of, other_side, own_parties, role_of
from mediation.documents import issue_with
from mediation.limitation import Interruption
from mediation.models import Assignment, CaucusNote, Challenge, ChallengeVote, MediationProposal, ProposalAnswer, Talk
from mediation.terms import Decision, Leaving, Outcome, State
from workflow.deadlines import Status
from workflow.forms import invalid
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_, Word

# ---- who mediates


@does("assign")
def assign(now: Now, form: forms.Assign) -> None:
    """The list that holds from now on: who is not on it any more has been replaced."""
    chosen = set(form.mediators)
    if not chosen <= {p.id for p in queries.mediators(now.db, now.case, now.on)}:
        raise invalid("mediators", N_("请从列出的选项中选“{title}”。"), title=Word(N_("调解员")))
    if form.leads is None and len(chosen) > 1:
        raise invalid("leads", N_("几名调解员的，请选由谁主持。"))
    leads = min(chosen) if form.leads is None else form.leads
    if leads not in chosen:
        raise invalid("leads", N_("由谁主持，要在选定的调解员里选。"))
    present = {a.person_id: a for a in now.facts.assignments if a.until is None}
    now.perform(mediators=len(chosen))
    for person, assignment in present.items():
        if person not in chosen:
            _leave(now, assignment, Leaving.REPLACED)
        assignment.leads = person == leads
    now.db.add_all(Assignment(case_id=number_of(now), person_id=p, leads=p == leads, since=now.on) for p in sorted(chosen - set(present)))
    now.db.flush()
    now.tell(PARTIES | {Seat.MEDIATOR}, N_("调解案{number}已经指定调解员。"), number=now.case.number)


@does("challenge")
def challenge(now: Now, form: forms.ChallengeMediator) -> None:
    role = role_of(now)
    assert role is not None
    if form.assignment not in {a.id for a in now.facts.mediating(now.on)}:
        raise invalid("assignment", N_("请从列出的选项中选“{title}”。"), title=Word(N_("调解员")))
    now.perform()
    now.db.add(Challenge(case_id=number_of(now), assignment_id=form.assignment, role=role, on=now.on, reason=form.reason))
    now.db.flush()
    now.tell(COMMITTEE | {Seat.COMMITTEE_MEMBER, Seat.MEDIATOR}, N_("调解案{number}有当事人申请调解员回避。"), number=now.case.number)


@does("decide_challenge")
def decide_challenge(now: Now, form: forms.DecideChallenge) -> None:
    now.perform(decision=form.decision)
    _decide(now, form.decision)


@does("vote_on_challenge")
def vote_on_challenge(now: Now, form: forms.DecideChallenge) -> None:
    """The members but the chair decide; once more than half of them agree, it is decided. At equality the challenge is dismissed."""
    found, person = now.facts.open_challenge, now.by.person_id
    assert found is not None and found.id is not None and person is not None
    if any(v.person_id == person for v in now.facts.votes):
        raise invalid("decision", N_("您已经表决过了。"))
    now.perform(decision=form.decision)
    now.db.add(ChallengeVote(challenge_id=found.id, person_id=person, decision=form.decision))
    cast = [v.decision for v in now.facts.votes if v.challenge_id == found.id] + [form.decision]
    members = len(now.facts.deciders)
    for decision in Decision:
        if 2 * cast.count(decision) > members or (len(cast) >= members and decision == Decision.DISMISSED):
            _decide(now, decision)
            return


def _decide(now: Now, decision: Decision) -> None:
    found = now.facts.open_challenge
    assert found is not None
    found.decision, found.decided_on = decision, now.on
    if decision == Decision.GRANTED:
        _leave(now, next(a for a in now.facts.assignments if a.id == found.assignment_id), Leaving.CHALLENGED)
    now.tell(PARTIES | COMMITTEE, N_("调解案{number}的回避申请已经决定。"), number=now.case.number)


@does("recuse")
def recuse(now: Now, form: forms.WithReason) -> None:
    own = next(a for a in now.facts.assignments if a.person_id == now.by.person_id and a.until is None)
    now.perform()
    now.said(reason=form.reason)
    _leave(now, own, Leaving.RECUSED)
    for one in now.facts.challenges:
        if one.assignment_id == own.id and one.decision is None:
            one.decision, one.decided_on = Decision.GRANTED, now.on
    now.tell(COMMITTEE | PARTIES, N_("调解案{number}的调解员自行回避，等主任另行指定。"), number=now.case.number)


def _leave(now: Now, assignment: Assignment, why: Leaving) -> None:
    assignment.until, assignment.why = now.on, why


# ---- talks


@does("hold_talk")
def hold_talk(now: Now, form: forms.HoldTalk) -> None:
    number = len(now.facts.talks) + 1
    now.perform(number=number)
    now.db.add(
        Talk(
            case_id=number_of(now),
            number=number,
            held_on=now.on,
            began=form.began,
            place=form.place,
            present=form.present,
            rights_told=form.rights_told,
            record=form.record,
            outcome=form.outcome,
        )
    )
    now.tell(PARTIES, N_("调解案{number}有新的调解笔录，请核对。"), number=now.case.number)
    issue_with(now, "talk_record", str(number))


@does("keep_note")
def keep_note(now: Now, form: forms.KeepNote) -> None:
    """The journal says that there was a talk, not with whom: that alone would tell the other side something."""
    if form.party is not None and now.facts.party(form.party) is None:
        raise invalid("party", N_("请从列出的选项中选“{title}”。"), title=Word(N_("当事人")))
    assert now.by.person_id is not None
    now.perform()
    now.db.add(
        CaucusNote(
            case_id=number_of(now),
            party_id=form.party,
            author_id=now.by.person_id,
            held_on=now.on,
            text=form.text,
            written_at=now.at,
        )
    )


@does("make_proposal")
def make_proposal(now: Now, form: forms.MakeProposal) -> None:
    number, party = len(now.facts.proposals) + 1, None
    if role_of(now) is not None:
        party = own_parties(now)[0].id
    now.perform(number=number)
    now.db.add(
        MediationProposal(case_id=number_of(now), number=number, party_id=party, on=now.on, text=form.text, amount_fen=form.amount_fen)
    )
    now.tell(other_side(now) | {Seat.MEDIATOR}, N_("调解案{number}有新的调解方案，请答复。"), number=now.case.number)


@does("answer_proposal")
def answer_proposal(now: Now, form: forms.AnswerProposal) -> None:
    role = role_of(now)
    assert role is not None
    found = next((p for p in now.facts.open_proposals if p.id == form.proposal and role in now.facts.unanswered(p)), None)
    if found is None or found.id is None:
        raise invalid("proposal", N_("没有等您这一方答复的这个方案。"))
    now.perform(number=found.number, accepts=form.accepts)
    now.db.add(ProposalAnswer(proposal_id=found.id, role=role, accepts=form.accepts, on=now.on, words=form.words))
    now.tell(other_side(now) | {Seat.MEDIATOR}, N_("调解案{number}的调解方案有了答复。"), number=now.case.number)


@does("open_talks")
def open_talks(now: Now, form: ActForm) -> None:
    now.perform()
    now.case.is_open = True


@does("extend")
def extend(now: Now, form: forms.Extend) -> None:
    """No law caps it; only both may (企业劳动争议协商调解规定 Art. 29). The agreed day stands in the place of the statutory one."""
    end = now.facts.end
    assert end is not None
    if form.until <= end.due:
        raise invalid("until", N_("新的期限要晚于原来的{due}。"), due=end.due)
    now.perform(was=end.due, until=form.until)
    now.said(reason=form.reason)
    now.keeper.stop(now.db, now.case, ("MED-END",))
    now.keeper.start_agreed(now.db, now.case, "MED-END", Seat.MEDIATOR, now.happened("EXTENDED"), form.until)
    now.tell({Seat.MEDIATOR} | COMMITTEE, N_("双方同意调解案{number}延期到{day}。"), number=now.case.number, day=form.until)
    issue_with(now, "extension")


# ---- no agreement


@does("fail")
def fail(now: Now, form: forms.Fail) -> None:
    """Who will not sign does not go on with mediation (企业劳动争议协商调解规定 Art. 31 (6)), and there has to be something to sign."""
    if form.cause == "will_not_sign" and now.case.state != State.AGREED:
        raise invalid("cause", N_("还没有写好的协议书，不能选这个原因。"))
    stopped = form.cause != "no_agreement"
    close(now, Outcome.FAILED, Interruption.MEDIATION_STOPPED if stopped else Interruption.MEDIATION_FAILED, cause=form.cause)
    now.said(reason=form.reason)
    issue_with(now, "failure")


@does("lapse")
def lapse(now: Now, form: ActForm) -> None:
    for deadline in now.facts.running("MED-END", "ARB-ENTRUST"):
        deadline.status = Status.LAPSED
    close(now, Outcome.LAPSED, Interruption.MEDIATION_FAILED)
    issue_with(now, "failure")
