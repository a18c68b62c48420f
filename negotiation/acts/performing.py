"""履约: publication, obligations, fulfilment reviews, renewal, amendment, end."""

from datetime import date
from typing import Any

from negotiation import documents, forms
from negotiation.acts.adopting import take_off_agendas
from negotiation.acts.opening import open_linked
from negotiation.acts.registry import BOTH_SIDES, Now, does, not_before, not_in_future, number_of, other_side
from negotiation.fulfilment import fulfilment
from negotiation.models import Finding, Obligation, Publication, ReviewRound
from negotiation.terms import Outcome, Performance, Purpose, State
from workflow.deadlines import Status
from workflow.forms import invalid
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_


@does("publish")
def publish(now: Now, form: forms.Publish) -> None:
    not_before(now, "on", now.on, "EFFECTIVE", N_("公布日期不能早于生效日期（{day}）。"))
    rule = now.facts.rules.find("PUBLISH", now.on)
    if rule is not None and rule.parameters.get("written") and form.form == "meeting":
        raise invalid("form", N_("当地规定合同应当以书面形式公布，请选一种书面的方式。"))
    photo = next((f.sha256 for f in now.evidence), None)
    now.perform(form=form.form)
    now.db.add(Publication(negotiation_id=number_of(now), on=now.on, form=form.form, place=form.place, photo_sha256=photo))
    now.happened("PUBLISHED")
    documents.issue_once(now, "publication", "EFFECTIVE")
    now.tell(BOTH_SIDES | {Seat.SUPERIOR_UNION}, N_("合同已经公布。"))


@does("report_upper")
def report_upper(now: Now, form: ActForm) -> None:
    now.perform()
    now.happened("COPIED")
    now.tell({Seat.SUPERIOR_UNION}, N_("合同文本已报送贵会。"))


# ---- fulfilment


@does("list_obligations")
def list_obligations(now: Now, form: forms.ListObligations) -> None:
    standing = {c.id for c in now.facts.standing_clauses}
    for row in form.obligations:
        if row.clause not in standing:
            raise invalid("obligations", N_("请为每个履行事项选择本合同的条款。"))
    now.perform(count=len(form.obligations))
    for row in form.obligations:
        now.db.add(
            Obligation(
                negotiation_id=number_of(now),
                clause_id=row.clause,
                what=row.what,
                owner=row.owner,
                due=row.due,
                every_months=row.every_months,
            )
        )
    now.tell(other_side(now), N_("列出了{count}个履行事项。"), count=len(form.obligations))


@does("start_round")
def start_round(now: Now, form: forms.StartRound) -> None:
    not_before(now, "period_from", form.period_from, "EFFECTIVE", N_("检查期间不能早于合同生效日期（{day}）。"))
    not_in_future(now, "period_until", form.period_until)
    number = len(now.facts.rounds) + 1
    now.perform(number=number)
    now.db.add(
        ReviewRound(
            negotiation_id=number_of(now),
            number=number,
            started_on=now.on,
            period_from=form.period_from,
            period_until=form.period_until,
            members=form.members,
            method=form.method,
        )
    )
    now.happened("ROUND_STARTED", subject=f"round:{number}")
    now.tell(other_side(now), N_("第{number}轮履约检查开始了。"), number=number)


@does("record_finding")
def record_finding(now: Now, form: forms.RecordFinding) -> None:
    """A later finding of the same round stands instead of the earlier one, which stays."""
    one = now.facts.open_round
    assert one is not None
    if form.obligation not in {o.id for o in now.facts.obligations}:
        raise invalid("obligation", N_("请选择本合同的履行事项。"))
    if form.correct_by is not None and form.correct_by < now.on:
        raise invalid("correct_by", N_("整改期限不能早于检查日期（{day}）。"), day=now.on)
    now.perform(round=one.number, obligation=form.obligation, result=form.result)
    for old in now.facts.findings:
        if old.round_id == one.id and old.obligation_id == form.obligation:
            old.superseded = True
    now.db.add(
        Finding(
            negotiation_id=number_of(now),
            round_id=one.id or 0,
            obligation_id=form.obligation,
            result=form.result,
            note=form.note,
            correct_by=form.correct_by if form.result in (Performance.PARTLY, Performance.NOT) else None,
            on=now.on,
        )
    )
    if form.result in (Performance.PARTLY, Performance.NOT) and form.correct_by is not None:
        now.tell(BOTH_SIDES, N_("有一项没有全部履行，应在{day}前整改。"), day=form.correct_by)


@does("record_correction")
def record_correction(now: Now, form: forms.RecordCorrection) -> None:
    finding = next(
        (f for f in now.facts.findings if f.id == form.finding and f.correct_by and not f.corrected_on and not f.superseded), None
    )
    if finding is None:
        raise invalid("finding", N_("请选择一项还没有整改的事项。"))
    if now.on < finding.on:
        raise invalid("on", N_("整改日期不能早于检查日期（{day}）。"), day=finding.on)
    now.perform(finding=finding.id)
    finding.corrected_on, finding.correction = now.on, form.correction
    now.tell(other_side(now), N_("一项整改已经完成。"))


@does("close_round")
def close_round(now: Now, form: forms.CloseRound) -> None:
    one = now.facts.open_round
    assert one is not None
    fulfilled, due = fulfilment(now.facts.findings, one.id or 0)
    now.perform(round=one.number, fulfilled=fulfilled, due=due)
    one.closed_on, one.conclusion = now.on, form.conclusion
    now.happened("ROUND_CLOSED", subject=f"round:{one.number}")
    documents.issue_with(now, "fulfilment_report", str(one.number))
    now.tell(
        BOTH_SIDES | {Seat.SUPERIOR_UNION},
        N_("第{number}轮履约检查结束，履行{fulfilled}项，共{due}项。"),
        number=one.number,
        fulfilled=fulfilled,
        due=due,
    )


@does("report_round")
def report_round(now: Now, form: forms.ReportRound) -> None:
    one = next((r for r in now.facts.rounds if r.id == form.round and r.closed_on and not r.reported_on), None)
    if one is None:
        raise invalid("round", N_("请选择一轮已经结束、还没有报告的检查。"))
    now.perform(round=one.number)
    one.reported_on = now.on
    now.happened("REPORTED")
    _once_more(now, "PERF-REPORT")


@does("publish_performance")
def publish_performance(now: Now, form: forms.Publish) -> None:
    now.perform(form=form.form, place=form.place)
    now.happened("PERFORMANCE_PUBLISHED")
    _once_more(now, "PERF-WAGE-PUBLISH")
    now.tell(other_side(now) | {Seat.UNION}, N_("企业公布了工资事项的履行情况。"))


def _once_more(now: Now, rule: str) -> None:
    """A duty that comes round: its next period counts from the same event, one period longer, while the contract lasts."""
    before = [d for d in now.facts.deadlines if d.rule == rule and d.status != Status.STOPPED]
    start = next((e for e in reversed(now.facts.events) if e.name == "EFFECTIVE"), None)
    found = now.facts.rules.find(rule, start.on) if start else None
    if not before or start is None or found is None:
        return
    now.keeper.begin(now.db, now.case, rule, start)
    now.keeper.extend(now.db, now.case, rule, found.value * len(before))


# ---- renewal, change, end


@does("renew")
def renew(now: Now, form: ActForm) -> None:
    now.perform()
    linked = open_linked(now, Purpose.RENEW)
    now.tell(other_side(now), N_("对方提出续订，新案已经立案：{title}。"), title=linked.title)


@does("amend")
def amend(now: Now, form: forms.Reasoned) -> None:
    now.perform()
    linked = open_linked(now, Purpose.AMEND, subject=form.reason)
    documents.issue_with(now, "change_proposal", subject=str(linked.id))
    now.tell(other_side(now), N_("对方提出变更，新案已经立案：{title}。"), title=linked.title)


@does("terminate")
def terminate(now: Now, form: forms.Reasoned) -> None:
    now.perform()
    linked = open_linked(now, Purpose.TERMINATE, subject=form.reason)
    documents.issue_with(now, "change_proposal", subject=str(linked.id))
    now.tell(other_side(now), N_("对方提出解除，新案已经立案：{title}。"), title=linked.title)


@does("succeed")
def succeed(now: Now, form: forms.Succeed) -> None:
    if not now.evidence:
        raise invalid("evidence", N_("请上传合并、分立或者更名的证明材料。"))
    now.perform(how=form.how)
    now.said(successor=form.successor, facts=form.facts)
    if now.case.state == State.IN_FORCE:
        open_linked(now, Purpose.CONTINUE, subject=form.facts)
    now.tell(BOTH_SIDES | {Seat.SUPERIOR_UNION}, N_("用人单位主体发生变更。"))


@does("expire")
def expire(now: Now, form: ActForm) -> None:
    _end(now, Outcome.EXPIRED, now.case.term_until, ran_out="CC-TERM")


@does("discard")
def discard(now: Now, form: forms.Reasoned) -> None:
    """Before any offer: there is nothing that the other side would have to be told of as withdrawn."""
    _end(now, Outcome.GIVEN_UP, reason=form.reason)


@does("give_up")
def give_up(now: Now, form: forms.Reasoned) -> None:
    _end(now, Outcome.GIVEN_UP, reason=form.reason)


@does("give_up_jointly")
def give_up_jointly(now: Now, form: forms.Reasoned) -> None:
    _end(now, Outcome.GIVEN_UP, reason=form.reason)


@does("period_ends")
def period_ends(now: Now, form: ActForm) -> None:
    """The case stays where it is. Some places then give so many days to apply for coordination, or the negotiation is over."""
    deadline = now.facts.deadline("NEG-PERIOD-MAX", running=True)
    assert deadline is not None
    now.perform()
    now.keeper.lapse(now.db, now.case, "NEG-PERIOD-MAX")
    talking = now.case.state in (State.PREPARING, State.CONSULTING, State.SUSPENDED)
    now.happened("PERIOD_ENDED", deadline.due, but=() if talking else ("COORD-APPLY-WITHIN",))
    now.tell(BOTH_SIDES, N_("协商期限已经届满，还没有订立合同。可以申请人社部门协调处理。"))


@does("close_without_agreement")
def close_without_agreement(now: Now, form: ActForm) -> None:
    _end(now, Outcome.NO_AGREEMENT, ran_out="COORD-APPLY-WITHIN")


@does("end_by_law")
def end_by_law(now: Now, form: forms.EndByLaw) -> None:
    if not now.evidence:
        raise invalid("evidence", N_("请上传解散、破产、关闭、吊销或者终止条件出现的证明。"))
    _end(now, Outcome.BY_LAW, reason=form.facts, ground=form.ground)


def _end(now: Now, outcome: Outcome, day: date | None = None, *, reason: str = "", ran_out: str = "", **particulars: Any) -> None:
    now.perform(outcome=outcome, **particulars)
    now.said(reason=reason)
    now.keeper.lapse(now.db, now.case, ran_out)
    take_off_agendas(now, "withdrawn", reason)
    if now.facts.coordination is not None:
        now.facts.coordination.ended_on, now.facts.coordination.ended_how = now.on, "given_up"
    now.case.outcome, now.case.closed_on = outcome, day or now.on
    now.happened("ENDED")
    now.keeper.stop(now.db, now.case)
    now.tell(BOTH_SIDES, N_("本案已经终止。"))
