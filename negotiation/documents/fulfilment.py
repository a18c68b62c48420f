"""H24: the report on fulfilment."""

from collections.abc import Callable, Iterable, Mapping

from negotiation.documents.publication import in_common
from negotiation.documents.votes import under
from negotiation.documents.writing import EITHER_SIDE, Work
from negotiation.facts import Facts
from negotiation.fulfilment import standing
from negotiation.models import Finding, Negotiation, ReviewRound
from negotiation.terms import PERFORMANCE_LABELS, SIDE_LABELS, Performance
from negotiation.text import current_text
from templates.documents.filing import Checked, Correction, FulfilmentReport
from workflow.documents.catalogue import Standard
from workflow.documents.numerals import date_in_figures
from workflow.documents.render import lines
from workflow.forms import FormModel, field
from workflow.words import N_


class FulfilmentWords(FormModel):
    satisfaction: str = field(N_("职工满意率"), default="", hint=N_("比如：发出问卷120份，收回116份，满意率93.10%。"), max_length=200)
    measures: str = field(N_("改进措施"), widget="textarea", default="", hint=N_("一行写一项。"))
    responsible: str = field(N_("整改责任人"), default="", hint=N_("不填的，留空白手写。"), max_length=100)


def closed_rounds(w: Work) -> Mapping[str, str]:
    return {
        str(r.number): f"第{r.number}轮履约检查（{date_in_figures(r.period_from)}至{date_in_figures(r.period_until)}）"
        for r in sorted(w.facts.rounds, key=lambda r: -r.number)
        if r.closed_on
    }


def fulfilment_report(w: Work) -> FulfilmentReport:
    asked: FulfilmentWords = w.words  # type: ignore[assignment]
    one = w.insist(_round(w.facts.rounds, w.subject), N_("结束的履约检查"), act="close_round")
    found = standing(w.facts.findings, one.id or 0)
    obligations = {o.id: o for o in w.facts.obligations}
    articles = {a.clause.id: a for a in current_text(w.db, w.case.id or 0)}
    checked, corrections = [], []
    for finding in sorted(found, key=lambda f: (articles[obligations[f.obligation_id].clause_id].number, f.obligation_id)):
        duty = obligations[finding.obligation_id]
        of = articles[duty.clause_id]
        owner, result = SIDE_LABELS[duty.owner], PERFORMANCE_LABELS[finding.result]
        checked.append(Checked(of.number, of.clause.heading, duty.what, owner, result, finding.note))
        if finding.correct_by is not None:
            corrections.append(Correction(duty.what, owner, finding.correct_by, finding.corrected_on, finding.correction))
    count = _counter(found)
    return FulfilmentReport(
        unit=w.facts.organisation.name,
        contract=w.case.title,
        ordinal=one.number,
        period_from=one.period_from,
        period_until=one.period_until,
        method=one.method,
        group=w.need(lines(one.members), N_("检查组成员"), act="start_round"),
        checked=tuple(checked),
        fulfilled=count(Performance.FULFILLED),
        partly=count(Performance.PARTLY),
        unfulfilled=count(Performance.NOT),
        disputed=count(Performance.DISPUTED),
        corrections=tuple(corrections),
        conclusion=w.need(lines(one.conclusion), N_("检查结论"), act="close_round"),
        issued_on=w.on,
        basis=under(w, "PERF-REPORT"),
        satisfaction=asked.satisfaction,
        responsible=asked.responsible,
        measures=lines(asked.measures),
    )


def _round(rounds: Iterable[ReviewRound], subject: str) -> ReviewRound | None:
    return next((r for r in rounds if str(r.number) == subject and r.closed_on), None)


def _counter(found: list[Finding]) -> Callable[[Performance], int]:
    return lambda result: sum(f.result == result for f in found)


FULFILMENT: tuple[Standard[Negotiation, Facts], ...] = (
    Standard(
        "fulfilment_report", "H24", N_("集体合同履行情况检查报告"), "negotiation/fulfilment-report.html", EITHER_SIDE, fulfilment_report, in_common,
        asks=FulfilmentWords, subjects=closed_rounds, numbered=False, ready=lambda facts: any(r.closed_on for r in facts.rounds),
        titled=lambda record: f"集体合同履行情况检查报告（第{record.ordinal}轮）",
    ),
)  # fmt: skip
