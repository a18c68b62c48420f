"""H16 to H18: the ballot, the report of its result, the resolution."""

from datetime import date

from sqlmodel import Session

from congress import queries
from congress.documents.writing import CONDUCT, COUNT, UNION, Work, item_of, labelled, manner, members, union, unit
from congress.facts import Facts
from congress.models import CongressMeeting, Item, Result
from congress.terms import BODY_LABELS, COUNTING, FORM_LABELS, WHOLE, Body, Form, ItemState, Matter, OfficerSeat, Operator, State
from templates.documents.congress import Ballot, CountReport
from templates.documents.contexts import Resolution
from workflow.documents.catalogue import Standard
from workflow.documents.phrases import articles, first_article, share_in_words
from workflow.documents.render import lines
from workflow.forms import FormModel, field
from workflow.organisations import Organisation, union_of
from workflow.words import N_

RESOLUTION = "resolution"
BALLOT = "ballot"
"""Of which only the sample is issued; what is filled in is never kept here."""
ON_A_RESULT = frozenset({"count_report", RESOLUTION})
BEFORE_THE_VOTE = frozenset({State.PLANNED, State.CONVENED, State.OPEN, State.ADJOURNED})


class BallotWords(FormModel):
    blank_abstains: bool = field(
        N_("没有选择任何一项的票按弃权计"), widget="yesno", default=True, hint=N_("选“否”的，按无效票计。两种计法都不影响是否通过。")
    )


class ResolutionWords(FormModel):
    decisions: str = field(N_("会议的其他决定"), widget="textarea", default="", hint=N_("每行写一项；没有的不填。"))


def ballot(w: Work) -> Ballot:
    """By the union (企业民主管理规定 Art. 20): one matter, one choice."""
    assert isinstance(w.words, BallotWords)
    item = item_of(w, ItemState.PREPARED, ItemState.OPEN)
    return Ballot(
        unit=unit(w),
        meeting=w.case.title,
        item=item.number,
        subject=item.title,
        text_hash=item.text_hash,
        members=members(w),
        basis=first_article(w, "CONG-SECRET", w.case.held_on),
        issuer=union(w).name,
        held_on=w.case.held_on,
        blank_abstains=w.words.blank_abstains,
    )


def count_report(w: Work) -> CountReport:
    """By those who counted; the numbers are of all who should attend (企业民主管理规定 Art. 20)."""
    item, result = _certified(w)
    facts, day = w.facts, _opened(w.case, item)
    rule = facts.pass_rule(item, day)
    counted = facts.counts_of(item)
    signing = [o for o in facts.officers if o.seat in COUNTING and (o.current or any(c.officer_id == o.id for c in counted))]
    return CountReport(
        unit=unit(w),
        meeting=w.case.title,
        item=item.number,
        subject=item.title,
        text_hash=result.text_hash,
        manner=manner(item),
        is_secret=item.secret,
        held_on=day,
        place=w.case.place,
        whole=facts.whole,
        due=result.roll,
        present=result.present,
        quorum=share_in_words(facts.quorum_share(day)) + "以上",
        quorum_needed=result.quorum_needed,
        issued=result.issued,
        returned=result.returned,
        valid=result.valid,
        invalid=result.invalid,
        yes=result.in_favour,
        no=result.against,
        abstain=result.abstained,
        basis=articles([rule]),
        more_than_half=result.operator == Operator.GT_HALF,
        needed=result.needed,
        decides_at_half=result.operator == Operator.ASK,
        passed=result.passed,
        chair=facts.chair.name if facts.chair else "",
        tellers=tuple(o.name for o in signing if o.seat == OfficerSeat.TELLER),
        counters=tuple(o.name for o in signing if o.seat == OfficerSeat.COUNTER),
        issued_on=w.on,
        counting=item.counting,
        decision_at_half=_decision(item, result),
        number=w.number,
    )


def resolution(db: Session, result: Result, *, on: date, number: str = "", decisions: tuple[str, ...] = ()) -> Resolution:
    """`on` is the day on which it is issued."""
    item = db.get_one(Item, result.item_id)
    meeting = db.get_one(CongressMeeting, item.meeting_id)
    opened = _opened(meeting, item)
    facts = queries.facts(db, meeting, opened)
    body = db.get_one(Organisation, meeting.organisation_id)
    form = Form(meeting.form)
    who = WHOLE[form].removeprefix("全体")
    is_contract = item.matter == Matter.CONTRACT
    rules = [facts.rules.find("CONG-QUORUM" if is_contract else "CONG-QUORUM-DM", opened), facts.pass_rule(item, opened)]
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
        quorum=share_in_words(facts.quorum_share(opened)) + "以上",
        more_than_half=result.operator == Operator.GT_HALF,
        basis=articles(rules),
        passed=result.passed,
        issuer=f"{body.name}{FORM_LABELS[form]}" if is_own else body.name,
        issued_on=on,
        number=number,
        members=who,
        manner=manner(item),
        tellers=tuple(o.name for o in facts.counters),
        decision_at_half=_decision(item, result),
        decisions=decisions,
        is_contract=is_contract,
        annexes=(f"{who}签到表", "表决结果报告单"),
    )


def _resolved(w: Work) -> Resolution:
    assert isinstance(w.words, ResolutionWords)
    _, result = _certified(w)
    return resolution(w.db, result, on=w.on, number=w.number, decisions=lines(w.words.decisions))


def _certified(w: Work) -> tuple[Item, Result]:
    item = item_of(w, ItemState.CERTIFIED)
    result = w.facts.result_of(item)
    assert result is not None
    return item, result


def _opened(meeting: CongressMeeting, item: Item) -> date:
    return item.opened_on or meeting.held_on


def _decision(item: Item, result: Result) -> str:
    """What the meeting decided where exactly half voted for, with its reasons."""
    if not result.by_decision or not item.half_body:
        return ""
    return f"{BODY_LABELS[Body(item.half_body)]}决定：{item.half_reason}"


VOTING: tuple[Standard[CongressMeeting, Facts], ...] = (
    Standard(
        BALLOT, "H16", N_("表决票"), "congress/ballot.html", UNION, ballot, union, asks=BallotWords, numbered=False,
        subjects=lambda w: labelled(i for i in w.facts.in_state(ItemState.PREPARED, ItemState.OPEN) if i.secret),
        titled=lambda record: f"表决票（第{record.item}项）",
        ready=lambda facts: facts.meeting.state in BEFORE_THE_VOTE and any(i.secret for i in facts.in_state(ItemState.PREPARED, ItemState.OPEN)),
    ),
    Standard(
        "count_report", "H17", N_("表决结果报告单"), "congress/count_report.html", COUNT, count_report, union, numbered=False,
        subjects=lambda w: labelled(w.facts.in_state(ItemState.CERTIFIED)), titled=lambda record: f"《{record.subject}》表决结果报告单",
        ready=lambda facts: bool(facts.in_state(ItemState.CERTIFIED)),
    ),
    Standard(
        RESOLUTION, "H18", N_("职工代表大会决议"), "negotiation/resolution.html", CONDUCT, _resolved, union, asks=ResolutionWords,
        subjects=lambda w: labelled(w.facts.in_state(ItemState.CERTIFIED)), titled=lambda record: f"关于《{record.subject}》的决议",
        ready=lambda facts: bool(facts.in_state(ItemState.CERTIFIED)),
    ),
)  # fmt: skip
