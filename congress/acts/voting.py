"""表决: ballots, count sheets, the certified result."""

from dataclasses import replace

from congress import documents, forms, notices
from congress.acts.registry import Now, about, does
from congress.arithmetic import Outcome, needed
from congress.ballots.terms import RoundState
from congress.models import Item, MeetingOfficer, PaperCount, Result
from congress.terms import ItemState, State, Told
from workflow.forms import Invalid, invalid
from workflow.procedure import Actor
from workflow.seats import Seat
from workflow.words import N_


@does("open_ballot")
def open_ballot(now: Now, form: forms.OneItem) -> None:
    item = about(now, form.item)
    facts = now.facts
    rule = facts.pass_rule(item, now.on)
    now.perform(
        item=item.id,
        text_hash=item.text_hash,
        roll=facts.roll,
        present=facts.present,
        operator=facts.operator(item, now.on),
        rule=rule.id if rule else None,
        **facts.sealed,
    )
    freeze(now, item)


@does("close_ballot")
def close_ballot(now: Now, form: forms.OneItem) -> None:
    item = about(now, form.item)
    now.perform(item=item.id)
    item.state = ItemState.CLOSED
    item.closed_on = now.on
    now.tell({Seat.TELLER}, N_("第{number}项表决已经结束，请计票并登记计票单。"), number=item.number)


@does("enter_count")
def enter_count(now: Now, form: forms.Count) -> None:
    item = about(now, form.item)
    officer = _whose(now, form)
    facts = now.facts
    first = facts.counts_of(item)
    if any(c.officer_id == officer.id for c in first):
        raise invalid("officer", N_("{person}这一次的计票单已经登记过，另一份要由另一名监票人或计票人登记。"), person=officer.name)
    numbers = form.numbers
    assert item.present is not None and item.id is not None and officer.id is not None and now.by.person_id is not None
    if faults := numbers.check(item.present):
        raise Invalid(faults)
    count = PaperCount(
        item_id=item.id,
        counting=item.counting,
        officer_id=officer.id,
        entered_by=now.by.person_id,
        entered_at=now.at,
        on_paper=now.by.on_paper,
        issued=numbers.issued,
        returned=numbers.returned,
        valid=numbers.valid,
        invalid=numbers.invalid,
        in_favour=numbers.in_favour,
        against=numbers.against,
        abstained=numbers.abstained,
    )
    agree = bool(first) and first[0].numbers == numbers
    now.perform(item=item.id, officer=officer.id, counting=item.counting, agrees=agree if first else None)
    now.db.add(count)
    if agree:
        item.state = ItemState.COUNTED
        settle(now, item)
        now.tell({Seat.MEETING_CHAIR, Seat.UNION}, N_("第{number}项两份计票单一致，可以确认结果。"), number=item.number)
    elif first:
        item.counting += 1
        now.tell({Seat.TELLER, Seat.MEETING_CHAIR, Seat.UNION}, N_("第{number}项两份计票单不一致，请重新计票。"), number=item.number)


@does("decide_at_half")
def decide_at_half(now: Now, form: forms.DecideAtHalf) -> None:
    item = about(now, form.item)
    body = now.facts.body
    now.perform(item=item.id, passes=form.passes, body=body)
    item.half_passed, item.half_body, item.half_reason, item.half_on = form.passes, body, form.reason, now.on


@does("certify")
def certify(now: Now, form: forms.OneItem) -> None:
    item = about(now, form.item)
    facts = now.facts
    count = facts.agreed_count(item)
    outcome = facts.outcome(item)
    passed = bool(item.half_passed) if outcome is Outcome.HALF else outcome is Outcome.PASSED
    assert item.id is not None and item.roll is not None and item.present is not None and item.quorum_needed is not None
    assert item.operator is not None and item.needed is not None
    result = Result(
        item_id=item.id,
        text_hash=item.text_hash,
        roll=item.roll,
        present=item.present,
        quorum_needed=item.quorum_needed,
        issued=count.issued,
        returned=count.returned,
        valid=count.valid,
        invalid=count.invalid,
        in_favour=count.in_favour,
        against=count.against,
        abstained=count.abstained,
        operator=item.operator,
        needed=item.needed,
        passed=passed,
        by_decision=outcome is Outcome.HALF,
        certified_on=now.on,
        certified_by=now.by.person_id,
    )
    now.perform(
        item=item.id,
        text_hash=item.text_hash,
        roll=item.roll,
        present=item.present,
        in_favour=count.in_favour,
        needed=item.needed,
        passed=passed,
    )
    item.state = ItemState.CERTIFIED
    settle(now, item)
    now.db.add(result)
    now.db.flush()
    notices.tell(now.db, item, Told.CERTIFIED, now.on, now.at)
    documents.issue(now, "count_report", str(item.id))
    documents.issue(now, "resolution", str(item.id))
    now.tell(
        {Seat.UNION, Seat.EMPLOYER},
        N_("第{number}项表决结果已经确认：通过。") if passed else N_("第{number}项表决结果已经确认：未通过。"),
        number=item.number,
    )


@does("void_item")
def void_item(now: Now, form: forms.VoidItem) -> None:
    item = about(now, form.item)
    if form.again and now.case.state not in (State.OPEN, State.ADJOURNED):
        raise invalid("again", N_("已经闭会，不能在本次会议上重新表决。"))
    now.perform(item=item.id, again=form.again)
    item.state = ItemState.VOID
    item.reason = form.reason
    now.db.flush()
    if form.again:
        vote_again(now, item)
    else:
        notices.tell(now.db, item, Told.VOID, now.on, now.at)


@does("annul")
def annul(now: Now, form: forms.Annul) -> None:
    item = about(now, form.item)
    if not now.evidence:
        raise invalid("evidence", N_("请上传职工代表大会的决定或者认定结果无效的文书。"))
    result = now.facts.result_of(item)
    assert result is not None
    now.perform(item=item.id, text_hash=item.text_hash)
    result.annulled_on, result.annulled_why = now.on, form.reason
    item.state = ItemState.ANNULLED
    item.reason = form.reason
    notices.tell(now.db, item, Told.ANNULLED, now.on, now.at)
    now.tell({Seat.UNION, Seat.EMPLOYER, Seat.MEETING_CHAIR}, N_("第{number}项表决结果已被撤销。"), number=item.number)


def freeze(now: Now, item: Item) -> None:
    """The ballot opens: text, members and what it takes stand still."""
    facts = now.facts
    operator = facts.operator(item, now.on)
    item.roll, item.present, item.quorum_needed = facts.roll, facts.present, facts.quorum_needed(now.on)
    item.operator, item.needed = operator, needed(facts.roll, operator)
    item.opened_on = now.on
    item.state = ItemState.OPEN
    now.case.present = facts.present


def settle(now: Now, item: Item) -> None:
    """A round is as far as the last of its items."""
    one = now.facts.ballots.round_of(item.ballot_round_id)
    if one is None:
        return
    states = {i.state for i in now.facts.items if i.ballot_round_id == one.id}
    if not states & {ItemState.OPEN, ItemState.CLOSED}:
        one.state = RoundState.COUNTED if ItemState.COUNTED in states else RoundState.CERTIFIED


def vote_again(now: Now, item: Item) -> Item:
    """The same item once more, with a ballot of its own; the void one keeps its row."""
    now.db.flush()
    anew = Item(
        meeting_id=item.meeting_id,
        number=item.number,
        round=item.round + 1,
        title=item.title,
        matter=item.matter,
        subject_kind=item.subject_kind,
        subject_id=item.subject_id,
        text_hash=item.text_hash,
        document=item.document,
        rule=item.rule,
        rule_kind=item.rule_kind,
        secret=item.secret,
        noticed_on=item.noticed_on,
    )
    now.db.add(anew)
    now.db.flush()
    return anew


def _whose(now: Now, form: forms.Count) -> MeetingOfficer:
    """Whose sheet it is: one's own, or from the signed paper that of somebody who does not act here."""
    counters = now.facts.counters
    own = next((o for o in counters if o.person_id is not None and o.person_id == now.by.person_id), None)
    chosen = next((o for o in counters if o.id == form.officer), own if form.officer is None else None)
    if chosen is None:
        raise invalid("officer", N_("请选择这是谁的计票单。"))
    if chosen is own:
        now.by = replace(now.by, on_paper=False)
        return chosen
    if chosen.person_id is not None:
        raise invalid("officer", N_("{person}自己登录系统登记，不能代为登记。"), person=chosen.name)
    if not now.by.may_record:
        raise invalid("officer", N_("只能登记自己的计票单；没有账户的人由工会凭签字的计票单代为登记。"))
    if not now.evidence:
        raise invalid("evidence", N_("请上传{person}签字的计票单的扫描件或照片。"), person=chosen.name)
    now.by = Actor(now.by.person_id, now.by.seats, Seat.TELLER, on_paper=True, may_record=True)
    return chosen
