"""What a contract in force requires: publication, fulfilment, renewal."""

from datetime import date, timedelta

from negotiation.facts import Facts
from workflow.clock import due
from workflow.procedure import Unmet, requirement
from workflow.seats import Seat
from workflow.words import N_


@requirement("PERF-WAGE-PUBLISH", otherwise=N_("当地没有规定要定期公布工资事项的履行情况。"))
def pay_is_published_here(facts: Facts, on: date) -> Unmet | None:
    return None if facts.rules.find("PERF-WAGE-PUBLISH", on) else Unmet()


@requirement("PUBLISH", otherwise=N_("合同还没有生效。"), remedy=N_("审查通过或审查期限届满后才生效。"), who=Seat.AUTHORITY)
def is_effective(facts: Facts, on: date) -> Unmet | None:
    return None if facts.day_of("EFFECTIVE") else Unmet()


@requirement("CC-TERM", otherwise=N_("合同到{until}才期满。"))
def term_is_over(facts: Facts, on: date) -> Unmet | None:
    until = facts.case.term_until
    return Unmet(until=until, from_=until + timedelta(days=1)) if until and on <= until else None


@requirement("CC-RENEW-WINDOW", otherwise=N_("离期满还早：续订可以从{opens}起提出（{until}期满）。"), remedy=N_("到时系统会提醒。"))
def is_inside_renewal_window(facts: Facts, on: date) -> Unmet | None:
    opens, until = renewal_opens(facts, on), facts.case.term_until
    if opens is None or until is None or on >= opens:
        return None
    return Unmet(opens=opens, until=until, from_=opens)


def renewal_opens(facts: Facts, on: date) -> date | None:
    """First day on which renewal may be requested: the period of CC-RENEW-WINDOW counted back from the last day of the term."""
    rule, until = facts.rules.find("CC-RENEW-WINDOW", on), facts.case.term_until
    return due(rule, until).date if rule is not None and until is not None else None


@requirement("CC-TERM", otherwise=N_("合同已于{until}期满，不能再续订。"), remedy=N_("另行立案，重新协商。"))
def term_still_runs(facts: Facts, on: date) -> Unmet | None:
    until = facts.case.term_until
    return Unmet(until=until) if until is not None and on > until else None


@requirement("PERF-REPORT", otherwise=N_("还没有列出要检查的履行事项。"), remedy=N_("先办“列出履行事项”。"), who=Seat.UNION)
def has_obligations(facts: Facts, on: date) -> Unmet | None:
    return None if facts.obligations else Unmet()


@requirement("PERF-REPORT", otherwise=N_("没有正在进行的履约检查。"), remedy=N_("先办“开始履约检查”。"))
def has_open_round(facts: Facts, on: date) -> Unmet | None:
    return None if facts.open_round else Unmet()


@requirement("PERF-REPORT", otherwise=N_("第{number}轮履约检查还没有结束。"), remedy=N_("先把这一轮检查结束。"))
def has_no_open_round(facts: Facts, on: date) -> Unmet | None:
    return Unmet(number=facts.open_round.number) if facts.open_round else None


@requirement("PERF-REPORT", otherwise=N_("还有{count}项没有检查结论。"), remedy=N_("逐项办“记录检查结果”。"))
def every_obligation_is_found(facts: Facts, on: date) -> Unmet | None:
    one = facts.open_round
    if one is None:
        return None
    found = {f.obligation_id for f in facts.findings if f.round_id == one.id}
    waiting = sum(o.id not in found for o in facts.obligations)
    return Unmet(count=waiting) if waiting else None


@requirement("PERF-REPORT", otherwise=N_("没有需要整改的事项。"))
def has_correction_to_record(facts: Facts, on: date) -> Unmet | None:
    return None if any(f.correct_by and not f.corrected_on and not f.superseded for f in facts.findings) else Unmet()


@requirement("PERF-REPORT", otherwise=N_("没有已结束而未向职代会报告的履约检查。"), remedy=N_("先结束一轮履约检查。"))
def has_round_to_report(facts: Facts, on: date) -> Unmet | None:
    return None if any(r.closed_on and not r.reported_on for r in facts.rounds) else Unmet()
