"""议程: what is put to the vote, and on which text. `place` and `take_back` are for the procedure whose draft it is."""

from datetime import date, datetime

from sqlmodel import Session

from congress import forms, queries
from congress.acts.registry import Now, about, does, take_off
from congress.facts import ADOPTION, MAJORITY, VOTE, Facts
from congress.models import CongressMeeting, Item
from congress.procedure import CONGRESS
from congress.terms import Form, ItemState, Matter
from workflow.forms import invalid
from workflow.procedure import Actor
from workflow.proceedings import locked
from workflow.seats import Seat
from workflow.words import N_


def place(
    db: Session,
    meeting: CongressMeeting,
    *,
    title: str,
    subject_kind: str,
    subject_id: str,
    text_hash: str,
    rule_kind: str,
    by: Actor,
    on: date,
    at: datetime,
) -> Item:
    """Put a settled contract draft on the agenda, inside the caller's own act. `rule_kind` is the contract's kind: its rules
    say what it takes to adopt it. A subject that is there already with the same text is given back; with another text it is
    changed, and that text needs a notice of its own. Raises `Refused` with every reason.
    """
    assert meeting.id is not None
    locked(db, CongressMeeting, meeting.id)
    facts = queries.facts(db, meeting, on)
    union = _for_the_union(by)
    standing = next((i for i in facts.in_state(ItemState.PREPARED) if (i.subject_kind, i.subject_id) == (subject_kind, subject_id)), None)
    if standing is not None:
        if standing.text_hash != text_hash:
            changed = {"item": standing.id, "text_hash": text_hash}
            CONGRESS.perform(db, meeting, "change_item", facts.about(standing), by=union, on=on, at=at, particulars=changed)
            _change_text(standing, title, text_hash)
        return standing
    item = _new(
        facts, title, Matter.CONTRACT, text_hash, MAJORITY if meeting.form in (Form.CONGRESS, Form.ASSEMBLY) else ADOPTION, rule_kind
    )
    item.subject_kind, item.subject_id = subject_kind, subject_id
    CONGRESS.perform(db, meeting, "add_item", facts, by=union, on=on, at=at, particulars={"number": item.number, "text_hash": text_hash})
    db.add(item)
    db.flush()
    return item


def take_back(db: Session, item_id: int, *, by: Actor, on: date, at: datetime, reason: str) -> Item:
    """Take a subject off the agenda again, inside the caller's own act; no notice goes back to it. Raises `Refused`."""
    item = db.get_one(Item, item_id)
    meeting = locked(db, CongressMeeting, item.meeting_id)
    facts = queries.facts(db, meeting, on).about(item)
    CONGRESS.perform(db, meeting, "withdraw_item", facts, by=_for_the_union(by), on=on, at=at, particulars={"item": item.id})
    item.state, item.reason = ItemState.WITHDRAWN, reason
    db.flush()
    return item


@does("add_item")
def add_item(now: Now, form: forms.AddItem) -> None:
    file = form.document[0]
    item = _new(now.facts, form.title, form.matter, file.sha256, VOTE, "congress")
    item.document, item.secret = file.name, form.secret
    if not item.secret and now.facts.must_be_secret(item, now.on):
        raise invalid("secret", N_("这类事项应当无记名投票。"))
    now.evidence = [*now.evidence, file]
    now.perform(number=item.number, text_hash=item.text_hash)
    now.db.add(item)


@does("change_item")
def change_item(now: Now, form: forms.ChangeItem) -> None:
    item = about(now, form.item)
    if item.subject_kind:
        raise invalid("item", N_("这份文本由集体协商案件提交，要改文本，请在那里撤回后重新提交。"))
    file = form.document[0]
    now.evidence = [*now.evidence, file]
    now.perform(item=item.id, text_hash=file.sha256)
    _change_text(item, form.title or item.title, file.sha256)
    item.document = file.name


@does("withdraw_item")
def withdraw_item(now: Now, form: forms.WithdrawItem) -> None:
    item = about(now, form.item)
    now.perform(item=item.id)
    take_off(now, item, form.reason)


def _new(facts: Facts, title: str, matter: Matter, text_hash: str, rule: str, rule_kind: str) -> Item:
    assert facts.meeting.id is not None
    number = max((i.number for i in facts.items), default=0) + 1
    return Item(meeting_id=facts.meeting.id, number=number, title=title, matter=matter, text_hash=text_hash, rule=rule, rule_kind=rule_kind)


def _change_text(item: Item, title: str, text_hash: str) -> None:
    """What was notified was another text."""
    item.title, item.text_hash, item.noticed_on = title, text_hash, None


def _for_the_union(by: Actor) -> Actor:
    """The union puts drafts on the agenda as the congress's working body; the caller's act has settled who may."""
    return Actor(by.person_id, frozenset({Seat.UNION}), Seat.UNION)
