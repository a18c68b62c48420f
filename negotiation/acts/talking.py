"""协商: meetings, clauses, suspension."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import col, func, select

from negotiation import documents, forms
from negotiation.acts.registry import BOTH_SIDES, Now, chief, does, not_before, number_of, other_side, side_of
from negotiation.models import Clause, ClauseConsent, ClauseText, TalkMeeting, Terms, WageRow
from negotiation.requirements.rules import value
from negotiation.requirements.talks import may_chair
from negotiation.terms import HEADS, ClauseState, State
from workflow import clock, joint
from workflow.deadlines import PAUSED, RESUMED
from workflow.forms import invalid
from workflow.law.rules import Unit
from workflow.seats import Seat
from workflow.words import N_

DROP = frozenset({"删去", "delete"})
"""A wording that means that the clause should go."""


@does("convene")
def convene(now: Now, form: forms.Convene) -> None:
    """The chiefs chair in turn (集体合同规定 Art. 34), or jointly where the local rule says so."""
    if form.held_on < now.on:
        raise invalid("held_on", N_("会议日期不能早于通知日期（{day}）。"), day=now.on)
    first = now.case.state == State.PREPARING
    if form.chair not in (possible := may_chair(now.facts, now.on)):
        raise invalid("chair", _why_not_chair(now, form.chair, possible))
    if first:
        _superior_was_told_in_time(now, form.held_on)
    now.perform(held_on=form.held_on, chair=form.chair)
    number = len(now.facts.meetings) + 1
    now.db.add(
        TalkMeeting(
            negotiation_id=number_of(now),
            number=number,
            notified_on=now.on,
            held_on=form.held_on,
            held_time=form.held_time,
            place=form.place,
            agenda=form.agenda,
            chair=form.chair,
        )
    )
    nothing_asked = () if any(r.disclosed_on is None for r in now.facts.requests) else ("INFO-DAYS",)
    if first:
        now.happened("START", form.held_on, but=(*nothing_asked, "UPPER-NOTICE"))
        now.happened("FIRST_MEETING", form.held_on)
    now.happened("MEETING", form.held_on, subject=f"meeting:{number}", but=nothing_asked)
    documents.issue_with(now, "meeting_notice", subject=str(number))
    now.tell(other_side(now) | {Seat.RECORDER}, N_("第{number}次协商会议定于{day}召开，请准备。"), number=number, day=form.held_on)


def _why_not_chair(now: Now, chair: str, possible: Sequence[str]) -> str:
    if possible == ("joint",):
        return N_("当地规定协商会议由双方首席代表共同主持。")
    if chair == "joint":
        return N_("协商会议由双方首席代表轮流主持，请选其中一方。")
    if now.facts.meetings:
        return N_("上一次会议已由这一方主持，这一次轮到对方。")
    return N_("当地规定首次协商会议由提出要约一方的首席代表主持。")


def _superior_was_told_in_time(now: Now, held_on: date) -> None:
    rule, told = now.facts.rules.find("UPPER-NOTICE", now.on), now.facts.day_of("SUPERIOR_TOLD")
    if rule is None or told is None:
        return
    latest = clock.due(rule, held_on, now.keeper.calendar, **clock.readings(now.facts.rules, now.on)).date
    if told > latest:
        raise invalid(
            "held_on",
            N_("当地规定协商开始前要先告知上级工会：{held}开会最迟{latest}告知，现在是{told}才告知的，请改到以后。"),
            held=held_on,
            latest=latest,
            told=told,
        )


@does("minute")
def minute(now: Now, form: forms.Minute) -> None:
    """Written by the neutral recorder. A refused signature is noted with reason and witness and blocks nothing."""
    wanted = value(now.facts, "MINUTES-SIGN", now.on)
    if wanted == "CHIEFS" and form.signed == "none" and not form.refusal_note:
        raise invalid("signed", N_("当地规定会议记录由双方首席代表签字；有人拒绝签字的，写明理由和见证人。"))
    if wanted == "ALL_PRESENT" and form.signed != "all" and not form.refusal_note:
        raise invalid("signed", N_("当地规定会议记录由到会的全体协商代表签字；有人拒绝签字的，写明理由和见证人。"))
    meeting = now.db.get(TalkMeeting, form.meeting)
    if meeting is None or meeting.negotiation_id != now.case.id or meeting.minuted_on is not None:
        raise invalid("meeting", N_("请选择一次还没有记入记录的会议。"))
    if meeting.held_on > now.on:
        raise invalid("meeting", N_("这次会议定于{day}召开，还没有开。"), day=meeting.held_on)
    now.perform(meeting=meeting.number, signed=form.signed)
    meeting.minuted_on, meeting.present, meeting.record = now.on, form.present, form.record
    meeting.agreed, meeting.open_points, meeting.refusal_note = form.agreed, form.open_points, form.refusal_note
    meeting.signed_workers = None if form.signed == "none" else form.signed in ("all", "both", "workers")
    meeting.signed_employer = None if form.signed == "none" else form.signed in ("all", "both", "employer")
    documents.issue_with(now, "minutes", subject=str(meeting.number))
    documents.issue_with(now, "summary", subject=str(meeting.number))
    now.tell(BOTH_SIDES, N_("第{number}次协商会议的记录已经记入。"), number=meeting.number)


# ---- clauses


@does("lay_out")
def lay_out(now: Now, form: forms.LayOut) -> None:
    for row in form.written:
        if row.head not in HEADS[now.case.kind]:
            raise invalid("clauses", N_("“{head}”不是这类合同的内容类别，请重新选择。"), head=row.head)
    now.perform(count=len(form.written))
    for row in form.written:
        _add_clause(now, row.head, row.heading, row.text, "")
    _other_text(now)
    now.tell(other_side(now), N_("对方提出了合同草案，共{count}条。"), count=len(form.written))


@does("propose")
def propose(now: Now, form: forms.Propose) -> None:
    if form.head not in HEADS[now.case.kind]:
        raise invalid("head", N_("“{head}”不是这类合同的内容类别，请重新选择。"), head=form.head)
    now.perform()
    _add_clause(now, form.head, form.heading, form.text, form.reason)
    _other_text(now)
    now.tell(other_side(now), N_("对方提出了新的条款。"))


@does("counter")
def counter(now: Now, form: forms.Counter) -> None:
    """A new wording. What the other side put in meanwhile is not lost: both stand in the history and the page says so."""
    clause = _clause(now, form.clause)
    if form.based_on is not None and form.based_on != clause.text_id:
        raise invalid("text", N_("您写的时候，这一条已经有了新的文本。请对照现在的文本再提交；您写的内容还在。"))
    current = now.db.get(ClauseText, clause.text_id) if clause.text_id else None
    if current is not None and current.text == form.text:
        raise invalid("text", N_("与现在的文本一样；如果同意，请用“同意条款”。"))
    now.perform(clause=clause.id, number=_number(now, clause))
    _add_text(now, clause, form.text, form.reason)
    _other_text(now)
    now.tell(other_side(now), N_("对方修改了一个条款。"))


@does("withdraw_proposal")
def withdraw_proposal(now: Now, form: forms.OneClause) -> None:
    """One's own last wording goes back to the one before it; the withdrawn one stays in the history."""
    clause = _clause(now, form.clause)
    texts = _texts(now, clause)
    last = texts[-1] if texts else None
    if last is None or last.side != side_of(now):
        raise invalid("clause", N_("这一条最近的文本不是本方提出的，不能撤回。"))
    if clause.state == ClauseState.AGREED:
        raise invalid("clause", N_("双方已经同意这一条，不能撤回；要改的，请用“修改条款”。"))
    now.perform(clause=clause.id, number=_number(now, clause), text=last.id)
    last.withdrawn_on = now.on
    if len(texts) == 1:
        clause.state, clause.text_id = ClauseState.DROPPED, None
    else:
        clause.text_id, clause.state = texts[-2].id, ClauseState.OPEN
    _void_consents(now, clause)
    _other_text(now)


@does("agree_clause")
def agree_clause(now: Now, form: forms.AgreeClause) -> None:
    """Agreed once both chiefs have agreed to the same wording."""
    clause = _clause(now, form.clause)
    if form.text is not None and form.text != clause.text_id:
        raise invalid("clause", N_("这一条的文本刚刚改过，请看过新的文本再决定。"))
    if clause.text_id is None or clause.state in (ClauseState.AGREED, ClauseState.DROPPED):
        raise invalid("clause", N_("这一条不需要再同意。"))
    side = side_of(now)
    consents = [c for c in _consents(now, clause) if c.text_id == clause.text_id]
    if any(c.side == side for c in consents):
        raise invalid("clause", N_("本方已经同意这一条，正在等对方首席代表。"))
    now.perform(clause=clause.id, number=_number(now, clause), text=clause.text_id)
    now.db.add(
        ClauseConsent(
            negotiation_id=number_of(now),
            clause_id=clause.id or 0,
            text_id=clause.text_id,
            side=side,
            representative_id=chief(now, side).id or 0,
            on=now.on,
        )
    )
    if any(c.side == side.other for c in consents):
        text = now.db.get_one(ClauseText, clause.text_id)
        clause.state = ClauseState.DROPPED if text.text.strip().casefold() in DROP else ClauseState.AGREED
    now.tell(other_side(now), N_("对方首席代表同意了一个条款。"))


@does("defer_clause")
def defer_clause(now: Now, form: forms.DeferClause) -> None:
    clause = _clause(now, form.clause)
    if clause.state != ClauseState.OPEN:
        raise invalid("clause", N_("只有未达成一致的条款可以暂缓。"))
    now.perform(clause=clause.id, number=_number(now, clause))
    now.said(reason=form.reason)
    clause.state = ClauseState.DEFERRED


@does("set_terms")
def set_terms(now: Now, form: forms.SetTerms) -> None:
    if form.local_minimum is not None and not form.local_minimum_source:
        raise invalid("local_minimum_source", N_("填写了当地最低工资标准的，请写明出处。"))
    average = _average_raise(form.wages)
    if average is not None and average > 100 * 1_000_000:
        raise invalid("wages", N_("调整后的工资是调整前的一百倍以上，请检查工资表。"))
    now.perform(term_from=form.term_from, term_until=form.term_until, rows=len(form.wages))
    now.case.term_from, now.case.term_until = form.term_from, form.term_until
    terms = now.db.get(Terms, number_of(now)) or Terms(negotiation_id=number_of(now))
    terms.lowest_wage_fen, terms.local_minimum_fen = form.lowest_wage, form.local_minimum
    terms.local_minimum_source = form.local_minimum_source
    terms.daily_hours, terms.weekly_hours = form.daily_hours, form.weekly_hours
    terms.average_raise_ppm = average
    now.db.add(terms)
    for row in now.facts.wage_rows:
        now.db.delete(row)
    now.db.flush()
    for position, line in enumerate(form.wages, start=1):
        now.db.add(
            WageRow(
                negotiation_id=number_of(now),
                position=position,
                post=line.post,
                persons=line.persons,
                before_fen=line.before,
                after_fen=line.after,
            )
        )
    _other_text(now)
    now.tell(other_side(now), N_("对方填写了合同期限和工资数据。"))


def _other_text(now: Now) -> None:
    """A draft proposed for settlement was another text: that motion falls."""
    for motion in joint.void(now.db, now.proceedings.procedure.name, number_of(now), only="settle"):
        now.tell({Seat(motion.seat)}, N_("文本有了改动，“议定草案”的提议作废，请看过新的文本再提。"))


def _average_raise(wages: Sequence[forms.WageLine]) -> int | None:
    """Parts per million, over head-counts; rounded down."""
    before = sum(w.before * w.persons for w in wages)
    after = sum(w.after * w.persons for w in wages)
    return (after - before) * 1_000_000 // before if before else None


def _clause(now: Now, clause_id: int) -> Clause:
    clause = now.db.get(Clause, clause_id)
    if clause is None or clause.negotiation_id != now.case.id:
        raise invalid("clause", N_("没有这个条款，请重新选择。"))
    return clause


def _number(now: Now, clause: Clause) -> int:
    """Its place in the text as it stands; 0 of a clause that was dropped."""
    standing = [c.id for c in now.facts.standing_clauses]
    return standing.index(clause.id) + 1 if clause.id in standing else 0


def _texts(now: Now, clause: Clause) -> list[ClauseText]:
    """Wordings that were not withdrawn, oldest first."""
    query = select(ClauseText).where(ClauseText.clause_id == clause.id, col(ClauseText.withdrawn_on).is_(None))
    return list(now.db.exec(query.order_by(col(ClauseText.seq))).all())


def _consents(now: Now, clause: Clause) -> list[ClauseConsent]:
    return list(now.db.exec(select(ClauseConsent).where(ClauseConsent.clause_id == clause.id, col(ClauseConsent.void).is_(False))).all())


def _void_consents(now: Now, clause: Clause) -> None:
    for consent in _consents(now, clause):
        consent.void = True


def _add_clause(now: Now, head: str, heading: str, text: str, reason: str) -> Clause:
    position = now.db.exec(select(func.max(Clause.position)).where(Clause.negotiation_id == number_of(now))).one() or 0
    clause = Clause(negotiation_id=number_of(now), position=position + 1, head=head, heading=heading)
    now.db.add(clause)
    now.db.flush()
    _add_text(now, clause, text, reason)
    return clause


def _add_text(now: Now, clause: Clause, text: str, reason: str) -> None:
    seq = now.db.exec(select(func.max(ClauseText.seq)).where(ClauseText.clause_id == clause.id)).one() or 0
    row = ClauseText(
        negotiation_id=number_of(now),
        clause_id=clause.id or 0,
        seq=seq + 1,
        side=side_of(now),
        author_id=now.by.person_id,
        on=now.on,
        text=text,
        reason=reason,
    )
    now.db.add(row)
    now.db.flush()
    _void_consents(now, clause)
    clause.text_id, clause.state = row.id, ClauseState.OPEN
    now.db.flush()


# ---- suspension


@does("suspend")
def suspend(now: Now, form: forms.Suspend) -> None:
    """By agreement; how long at most, and how long in all, only local rules say (集体合同规定 Art. 35 has no cap)."""
    if form.resume_on <= now.on:
        raise invalid("resume_on", N_("恢复协商的日期要晚于中止日期（{day}）。"), day=now.on)
    rule = now.facts.rules.find("NEG-SUSPEND", now.on)
    if rule is not None and rule.unit is Unit.CD and isinstance(rule.value, int) and not rule.parameters.get("unless_agreed"):
        spent = _days_suspended(now) if rule.parameters.get("cumulative") else 0
        if (form.resume_on - now.on).days + spent > rule.value:
            latest = now.on + timedelta(days=rule.value - spent)
            raise invalid("resume_on", N_("当地规定中止协商最长{days}日，最迟应在{latest}恢复。"), days=rule.value, latest=latest)
    now.perform(resume_on=form.resume_on)
    now.said(reason=form.reason, place=form.place, content=form.content)
    now.case.resume_on, now.case.force_majeure = form.resume_on, False
    event = now.happened("SUSPENDED", but=("NEG-SUSPEND",))
    now.keeper.start_agreed(now.db, now.case, "NEG-SUSPEND", Seat.WORKER_CHIEF, event, form.resume_on)
    documents.issue_with(now, "suspension")
    now.tell(BOTH_SIDES, N_("双方同意中止协商，{day}恢复。"), day=form.resume_on)


def _days_suspended(now: Now) -> int:
    total, since = 0, None
    for event in now.facts.events:
        if event.name == "SUSPENDED":
            since = event.on
        elif event.name in ("RESUMED", "REFERRED") and since is not None:
            total, since = total + (event.on - since).days, None
    return total


@does("suspend_for_force_majeure")
def suspend_for_force_majeure(now: Now, form: forms.ForceMajeure) -> None:
    if not now.evidence:
        raise invalid("evidence", N_("因不可抗力中止协商，请上传证明材料。"))
    now.perform()
    now.said(reason=form.reason)
    now.case.resume_on, now.case.force_majeure = None, True
    now.happened(PAUSED)
    documents.issue_with(now, "force_majeure")
    now.tell(other_side(now), N_("因不可抗力，协商中止。"))


@does("resume")
def resume(now: Now, form: forms.Resume) -> None:
    not_before(now, "on", now.on, "SUSPENDED", N_("恢复日期不能早于中止日期（{day}）。"))
    due = now.case.resume_on
    if due is not None and now.on < due and not form.early:
        raise invalid("on", N_("约定{day}恢复协商；提前恢复要双方同意。"), day=due)
    now.perform()
    forced = now.case.force_majeure
    now.case.resume_on, now.case.force_majeure = None, False
    now.happened(RESUMED if forced else "RESUMED")
    now.tell(other_side(now), N_("协商恢复。"))
