"""决议: what the resolution on an item says, for whoever issues it."""

from datetime import date

from sqlmodel import Session

from congress import queries
from congress.models import CongressMeeting, Item, Result
from congress.terms import BODY_LABELS, FORM_LABELS, WHOLE, Body, Form, Operator
from templates.documents.contexts import Resolution
from workflow.documents.numerals import han_numeral
from workflow.organisations import Organisation, union_of


def resolution(db: Session, result: Result, *, on: date, number: str = "", decisions: tuple[str, ...] = ()) -> Resolution:
    """`on` is the day on which it is issued."""
    item = db.get_one(Item, result.item_id)
    meeting = db.get_one(CongressMeeting, item.meeting_id)
    opened = item.opened_on or meeting.held_on
    facts = queries.facts(db, meeting, opened)
    body = db.get_one(Organisation, meeting.organisation_id)
    form = Form(meeting.form)
    share = facts.quorum_share(opened)
    rules = [facts.rules.find("CONG-QUORUM", opened), facts.pass_rule(item, opened)]
    is_own = union_of(db, meeting.organisation_id) is not None or form in (Form.CONGRESS, Form.ASSEMBLY)
    return Resolution(
        unit=body.name,
        meeting=meeting.title,
        subject=item.title,
        text_hash=result.text_hash,
        held_on=opened,
        place=meeting.place,
        chair=facts.chair.name if facts.chair else "",
        due=result.roll,
        present=result.present,
        yes=result.in_favour,
        no=result.against,
        abstain=result.abstained,
        quorum=f"{han_numeral(share.denominator)}分之{han_numeral(share.numerator)}以上",
        more_than_half=result.operator == Operator.GT_HALF,
        basis=tuple(dict.fromkeys(str(c) for rule in rules if rule is not None for c in rule.citations)),
        passed=result.passed,
        issuer=f"{body.name}{FORM_LABELS[form]}" if is_own else body.name,
        issued_on=on,
        number=number,
        members=WHOLE[form].removeprefix("全体"),
        manner="无记名投票" if item.secret else "举手表决",
        tellers=tuple(o.name for o in facts.counters),
        decision_at_half=f"{BODY_LABELS[Body(item.half_body)]}决定：{item.half_reason}" if result.by_decision and item.half_body else "",
        decisions=decisions,
    )
