"""H20: the account of the talks that goes with a contract to the authority."""

from sqlmodel import Session, col, select

from negotiation.documents.filing import filer, filing_side, is_to_file
from negotiation.documents.record import entries
from negotiation.documents.votes import votes
from negotiation.documents.writing import EITHER_SIDE, Work, name_of, named, party
from negotiation.facts import Facts
from negotiation.fulfilment import fulfilment
from negotiation.models import Finding, Negotiation, ReviewRound
from negotiation.terms import HEADS, PRODUCED_LABELS, SIDE_LABELS, ContractKind, Side
from negotiation.text import current_text
from templates.documents.filing import FilingAccount, Member, Step
from workflow.documents.catalogue import Standard
from workflow.documents.numerals import amount, article, date_in_figures, percentage
from workflow.documents.render import lines
from workflow.forms import Fen, FormModel, field
from workflow.words import N_

WAGE, SAFETY, WOMEN = ContractKind.WAGE, ContractKind.SAFETY, ContractKind.WOMEN
SITUATIONS = {WAGE: "工资情况", SAFETY: "有害岗位和防护措施", WOMEN: "女职工权益保护情况"}


class AccountWords(FormModel):
    """What the account of a filing tells beside the case. Which of it is compulsory depends on the kind of contract."""

    last_average: Fen | None = field(
        N_("上年度职工月平均工资"),
        widget="money",
        default=None,
        unit=N_("元"),
        hint=N_("工资专项集体合同要写；不填的，按工资表调整前的加权平均数写。"),
    )
    adjustment: str = field(
        N_("本年度工资调整情况"), widget="textarea", default="", hint=N_("工资专项集体合同要写；不填的，按工资表写平均增幅。")
    )
    concerned: int | None = field(N_("涉及职工人数"), widget="number", default=None, ge=1, unit=N_("人"), hint=N_("不填的，按工资表写。"))
    situation: str = field(
        N_("有害岗位和防护措施，或者女职工权益保护情况"),
        widget="textarea",
        default="",
        hint=N_("劳动安全卫生、女职工权益保护专项集体合同要写。"),
    )
    previous: str = field(
        N_("上一份合同的履行情况"), widget="textarea", default="", hint=N_("不填的，按系统里上一份合同的履约检查写；首次签订的，不写。")
    )
    more: str = field(N_("其他需要说明的情况"), widget="textarea", default="")


def filing_account(w: Work) -> FilingAccount:
    asked: AccountWords = w.words  # type: ignore[assignment]
    case, own = w.case, w.facts.organisation
    several = w.facts.is_of_several
    return FilingAccount(
        contract=case.title,
        employer=party(w.db, case, Side.EMPLOYER, w.on),
        workers=party(w.db, case, Side.WORKERS, w.on),
        members=w.need(_members(w.facts), N_("协商代表"), act="appoint"),
        course=_course(w),
        matters=w.need(_matters(w.db, case), N_("合同条款"), act="lay_out"),
        issuer=name_of(w, filing_side(w)),
        issued_on=w.on,
        number=w.number,
        headcount=0 if several else own.workforce,
        female=0 if several else own.female,
        dispatched=0 if several else own.dispatched,
        covered=tuple(w.facts.names.values()),
        term_from=case.term_from,
        term_until=case.term_until,
        previous=lines(asked.previous) or _previous(w),
        situation_title=SITUATIONS.get(ContractKind(case.kind), ""),
        situation=_situation(w, asked),
        more=lines(asked.more),
    )


def _members(facts: Facts) -> tuple[Member, ...]:
    return tuple(
        Member(SIDE_LABELS[side], named(one), PRODUCED_LABELS[one.produced], one.produced_on)
        for side in (Side.WORKERS, Side.EMPLOYER)
        for one in facts.team(side).members
    )


def _course(w: Work) -> tuple[Step, ...]:
    """Day by day from the offer to the second signature; of what happened several times, each."""
    facts, initiator = w.facts, Side(w.case.initiator)
    told = {
        "REQUEST_SENT": f"{SIDE_LABELS[initiator]}书面提出集体协商要约",
        "REQUEST_RECEIVED": f"{SIDE_LABELS[initiator.other]}收到要约",
        "REPLY_AGREED": f"{SIDE_LABELS[initiator.other]}书面答复同意协商",
        "SUSPENDED": "协商中止",
        "REFERRED": "提请人力资源社会保障行政部门协调处理协商争议",
        "REJECTED": "合同草案未获审议通过，双方重新协商",
        "OBJECTED": "人力资源社会保障行政部门提出审查异议，双方就异议事项重新协商",
        "SETTLED": "双方首席代表议定合同草案并签字",
        "CHIEFS_SIGNED": "双方首席代表在合同文本上签字",
    }
    done = {"resume": "恢复协商", "coordinate": "经协调处理，双方达成协议"}
    steps = [Step(e.on, told[e.name]) for e in facts.events if e.name in told and e.current]
    steps += [Step(e.done_on, done[e.act]) for e in entries(w, *done)]
    steps += [Step(m.held_on, f"在{m.place}召开第{m.number}次协商会议") for m in facts.held_meetings]
    steps += [Step(v.held_on, f"{v.body}{v.meeting}{'审议通过' if v.passed else '审议未通过'}合同草案") for v in votes(w.db, w.case, facts)]
    return tuple(sorted(dict.fromkeys(steps), key=lambda step: step.on))


def _matters(db: Session, case: Negotiation) -> tuple[str, ...]:
    """Head by head, with the articles that stand under it."""
    found: dict[str, list[str]] = {}
    for one in current_text(db, case.id or 0):
        heading = f"“{one.clause.heading}”" if one.clause.heading else ""
        found.setdefault(one.clause.head, []).append(f"{article(one.number)}{heading}")
    return tuple(f"{label}：{'、'.join(found[head])}" for head, label in HEADS[case.kind].items() if head in found)


def _situation(w: Work, asked: AccountWords) -> tuple[str, ...]:
    """What the account of a wage, safety or women's contract must tell of."""
    if w.case.kind == WAGE:
        return _wages(w, asked)
    if w.case.kind not in SITUATIONS:
        return ()
    return w.need(lines(asked.situation), N_("有害岗位和防护措施") if w.case.kind == SAFETY else N_("女职工权益保护情况"))


def _wages(w: Work, asked: AccountWords) -> tuple[str, ...]:
    """Last year's average, this year's adjustment and how many it concerns. Averages are weighted by persons, rounded to the fen."""
    rows, terms = w.facts.wage_rows, w.facts.terms
    persons = sum(r.persons for r in rows)
    before, after = sum(r.persons * r.before_fen for r in rows), sum(r.persons * r.after_fen for r in rows)
    average = asked.last_average or (_mean(before, persons) if persons else None)
    raised = terms.average_raise_ppm if terms is not None else None
    by_table = (
        f"工资表所列岗位调整前月平均工资{amount(_mean(before, persons))}元，调整后{amount(_mean(after, persons))}元" if persons else ""
    )
    if by_table and raised is not None:
        by_table += f"，平均增幅{_percent(raised)}"
    adjustment = lines(asked.adjustment) or ((by_table,) if by_table else ())
    concerned = asked.concerned or persons
    w.need(average, N_("上年度职工月平均工资"))
    w.need(adjustment, N_("本年度工资调整情况"))
    w.need(concerned, N_("涉及职工人数"))
    return (f"上年度职工月平均工资{amount(average or 0)}元", *adjustment, f"涉及职工{concerned}人")


def _mean(total: int, persons: int) -> int:
    return (2 * total + persons) // (2 * persons)


def _percent(ppm: int) -> str:
    """65000 → 6.50%."""
    hundredths = (abs(ppm) + 50) // 100
    return f"{'-' if ppm < 0 else ''}{hundredths // 100}.{hundredths % 100:02d}%"


def _previous(w: Work) -> tuple[str, ...]:
    """The contract before this one and what the last closed round found of it; none where the record holds none."""
    case = w.case
    query = select(Negotiation).where(Negotiation.id != case.id, col(Negotiation.effective_by).is_not(None))
    if case.predecessor_id is not None:
        query = query.where(Negotiation.id == case.predecessor_id)
    else:
        query = query.where(
            Negotiation.organisation_id == case.organisation_id,
            Negotiation.level == case.level,
            Negotiation.kind == case.kind,
            Negotiation.special_subject == case.special_subject,
            col(Negotiation.id) < (case.id or 0),
        )
    before = w.db.exec(query.order_by(col(Negotiation.id).desc())).first()
    if before is None:
        return ()
    term = (
        f"（期限自{date_in_figures(before.term_from)}起至{date_in_figures(before.term_until)}止）"
        if before.term_from and before.term_until
        else ""
    )
    told = f"上一份合同为《{before.title}》{term}"
    rounds = [r for r in w.db.exec(select(ReviewRound).where(ReviewRound.negotiation_id == before.id)) if r.closed_on]
    if not rounds:
        return (told,)
    last = max(rounds, key=lambda r: r.number)
    findings = w.db.exec(select(Finding).where(Finding.negotiation_id == before.id)).all()
    fulfilled, due = fulfilment(findings, last.id or 0)
    rate = f"，履约率{percentage(fulfilled, due)}" if due else ""
    return (told, f"双方共检查{len(rounds)}次，最近一次检查应当履行{due}项，已履行{fulfilled}项{rate}")


ACCOUNT: tuple[Standard[Negotiation, Facts], ...] = (
    Standard(
        "filing_account", "H20", N_("集体协商情况说明"), "negotiation/filing-account.html", EITHER_SIDE, filing_account, filer,
        asks=AccountWords, numbered=False, ready=is_to_file,
    ),
)  # fmt: skip
