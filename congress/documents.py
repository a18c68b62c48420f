"""决议: the resolution on a contract draft, frozen when its result is certified."""

from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import Session

from congress import queries
from congress.models import CongressMeeting, Item, Result
from congress.terms import BODY_LABELS, FORM_LABELS, WHOLE, Body, Form, Operator
from templates.documents.contexts import Resolution
from workflow.documents.issue import Document, MissingGlyph, issue, next_number
from workflow.documents.numerals import han_numeral
from workflow.forms import Invalid
from workflow.organisations import Organisation, union_of

if TYPE_CHECKING:
    from congress.acts.registry import Now

RESOLUTION = "resolution"


def issue_resolution(now: "Now", item: Item, result: Result) -> Document:
    """In the name of the congress, under the number of the union that is its working body."""
    assert now.entry is not None and now.case.id is not None
    body = now.db.get_one(Organisation, now.case.organisation_id)
    union = queries.union_behind(now.db, body) or body
    assert union.id is not None
    number = next_number(now.db, union.id, union.document_code, now.on.year) if union.document_code else None
    try:
        return issue(
            now.db,
            case_kind=now.proceedings.procedure.name,
            case_id=now.case.id,
            organisation_id=union.id,
            kind=RESOLUTION,
            form="H18",
            title=f"关于《{item.title}》的决议",
            template="negotiation/resolution.html",
            context=resolution(now.db, result, on=now.on, number=number or ""),
            on=now.on,
            at=now.at,
            by=now.by.person_id or 0,
            act=now.act.name,
            entry_seq=now.entry.seq,
            number=number,
        )
    except MissingGlyph as error:
        raise Invalid({"": [error.sentence]}) from None


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
