"""H19 to H24: the notice of passage, the filing, the authority's papers, publication and the report on fulfilment."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from sqlmodel import Session, col, select

from congress import queries as congress
from congress.models import CongressMeeting, Item, Result
from congress.terms import WHOLE
from congress.terms import Form as CongressForm
from negotiation.documents.contract import contract_text
from negotiation.documents.record import cited, entries
from negotiation.documents.writing import EITHER_SIDE, Work, body, enterprise, name_of, named, party, union
from negotiation.facts import Facts
from negotiation.forms import PIECES, filed
from negotiation.fulfilment import fulfilment, standing
from negotiation.models import Filing, Finding, Negotiation, ReviewRound
from negotiation.terms import (
    HEADS,
    PERFORMANCE_LABELS,
    PRODUCED_LABELS,
    PURPOSE_LABELS,
    SIDE_LABELS,
    Adoption,
    ContractKind,
    Performance,
    Purpose,
    Side,
    State,
)
from negotiation.text import current_text
from templates.documents.filing import (
    Checked,
    Correction,
    FilingAccount,
    FilingLetter,
    FilingReceipt,
    FulfilmentReport,
    Member,
    PassageNotice,
    PublicationNotice,
    ReviewOpinion,
    Step,
    SupplementNotice,
    Vote,
)
from workflow.documents.catalogue import Standard
from workflow.documents.numerals import amount, article, date_in_figures, percentage
from workflow.documents.phrases import length
from workflow.documents.render import lines
from workflow.forms import Fen, FormModel, field
from workflow.organisations import Organisation
from workflow.seats import Seat
from workflow.words import N_

WAGE, SAFETY, WOMEN = ContractKind.WAGE, ContractKind.SAFETY, ContractKind.WOMEN
SITUATIONS = {WAGE: "工资情况", SAFETY: "有害岗位和防护措施", WOMEN: "女职工权益保护情况"}
AUTHORITY = frozenset({Seat.AUTHORITY})
ADOPTED = frozenset({State.ADOPTED, State.SIGNED})
TO_FILE = frozenset({State.SIGNED, State.FILED})


class Contact(FormModel):
    contact: str = field(N_("联系人和电话"), default="", hint=N_("不填的，文书里不写。"), max_length=100)


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


class FulfilmentWords(FormModel):
    satisfaction: str = field(N_("职工满意率"), default="", hint=N_("比如：发出问卷120份，收回116份，满意率93.10%。"), max_length=200)
    measures: str = field(N_("改进措施"), widget="textarea", default="", hint=N_("一行写一项。"))
    responsible: str = field(N_("整改责任人"), default="", hint=N_("不填的，留空白手写。"), max_length=100)


# ---- what they share


def under(w: Work, *ids: str) -> tuple[str, ...]:
    """The articles of these rules, those of one law together: 《集体合同规定》第四十四条、第四十五条."""
    found: dict[str, list[str]] = {}
    for one in cited(w, *ids):
        law, mark, at = one.rpartition("》")
        found.setdefault(law + mark, []).append(at)
    return tuple(law + "、".join(dict.fromkeys(places)) for law, places in found.items())


def votes(db: Session, case: Negotiation, facts: Facts) -> tuple[Vote, ...]:
    """The certified results on the text as it stands: of one congress, or of each enterprise in the order in which it is bound."""
    if facts.is_of_several and case.adoption == Adoption.EACH_ENTERPRISE:
        rows = [(row, congress.result_of(db, row.item_id)) for row in facts.covered if row.item_id is not None]
        return tuple(_vote(db, found, row.recognised_on is not None) for row, found in rows if found is not None)
    return (_vote(db, facts.result),) if facts.result is not None else ()


def _vote(db: Session, result: Result, recognised: bool = False) -> Vote:
    meeting = db.get_one(CongressMeeting, db.get_one(Item, result.item_id).meeting_id)
    return Vote(
        body=db.get_one(Organisation, meeting.organisation_id).name,
        meeting=meeting.title,
        held_on=meeting.began_on or meeting.held_on,
        due=result.roll,
        present=result.present,
        yes=result.in_favour,
        no=result.against,
        abstain=result.abstained,
        members=WHOLE[CongressForm(meeting.form)].removeprefix("全体"),
        passed=result.passed,
        recognised=recognised,
    )


def authority(w: Work) -> Organisation | None:
    number = w.facts.organisation.authority_id
    return w.db.get(Organisation, number) if number is not None else None


def authority_name(w: Work, *, of_its_own: bool = False) -> str:
    """As it was named when the contract was filed, else as it is registered; on a paper of its own the other way round."""
    filing, registered = w.facts.filing, authority(w)
    named_then = filing.authority if filing is not None and not (of_its_own and registered) else ""
    return w.need(
        named_then or (registered.name if registered else ""),
        N_("负责审查的人社部门"),
        page=f"/organisations/{w.case.organisation_id}/edit",
    )


def filing_side(w: Work) -> Side:
    """Who filed the contract: the employers' side, unless it was the union's to do (SECT-FILE)."""
    found = entries(w, "file", "file_by_union")
    return Side.WORKERS if found and found[-1].act == "file_by_union" else Side.EMPLOYER


def filer(w: Work) -> Organisation | None:
    return body(w.db, w.case, filing_side(w))


def own_number(w: Work, typed: str) -> str:
    """The number that the authority itself gave in its act, before one of its own series."""
    if typed:
        w.number = ""
    return typed or w.number


def enclosures(facts: Facts) -> tuple[str, ...]:
    """报送材料 as they went, or as they are to go."""
    pieces = facts.filing.pieces if facts.filing is not None and is_sent(facts) else filed(facts.case.kind)
    return tuple(label for name, label in PIECES.items() if name in pieces)


def is_sent(facts: Facts) -> bool:
    """The text as it stands lies with the authority, or is on its way there."""
    filing = facts.filing
    return filing is not None and filing.withdrawn_on is None and filing.opinion != "objected"


def _signed_on(w: Work) -> date:
    return w.need(max((s.on for s in w.facts.signatures), default=None), N_("双方首席代表签字的日期"), act="sign")


def _passed(w: Work) -> tuple[Vote, ...]:
    return w.need(votes(w.db, w.case, w.facts), N_("职代会的表决结果"), act="submit_to_congress")


# ---- the notice of passage


def passage(w: Work) -> PassageNotice:
    chief = w.facts.workers.chief
    filing = w.facts.rules.find("FILE-DAYS", w.on)
    counts = filing is not None and filing.start == "PASS_NOTICE_RECEIVED"
    return PassageNotice(
        addressee=name_of(w, Side.EMPLOYER),
        contract=w.case.title,
        votes=_passed(w),
        text_hash=w.case.text_hash or "",
        basis=under(w, "CONG-SUBMIT", "CONG-APPROVE"),
        issuer=name_of(w, Side.WORKERS),
        signer=w.need(chief.name if chief else "", N_("职工方首席代表"), act="appoint"),
        issued_on=w.on,
        number=w.number,
        file_period=length(filing) if filing and counts else "",
        file_basis="、".join(under(w, "FILE-DAYS")) if counts else "",
        is_signed=w.facts.signed_by(Side.WORKERS) and w.facts.signed_by(Side.EMPLOYER),
    )


# ---- the filing


def filing_letter(w: Work) -> FilingLetter:
    return _letter(w, Side.EMPLOYER)


def filing_letter_of_union(w: Work) -> FilingLetter:
    return _letter(w, Side.WORKERS)


def _letter(w: Work, side: Side) -> FilingLetter:
    asked: Contact = w.words  # type: ignore[assignment]
    copies = w.facts.rules.find("FILE-COPIES", w.on)
    filing = w.facts.filing if is_sent(w.facts) else None
    before = _objected(w)
    case = w.case
    return FilingLetter(
        addressee=authority_name(w),
        contract=case.title,
        purpose=PURPOSE_LABELS[Purpose.CONCLUDE if case.purpose == Purpose.CONTINUE else case.purpose],
        workers=name_of(w, Side.WORKERS),
        employer=name_of(w, Side.EMPLOYER),
        votes=_passed(w),
        signed_on=_signed_on(w),
        basis=under(w, "FILE-DAYS", "FILE-COPIES", *(("SECT-FILE",) if w.facts.is_of_several else ())),
        copies=filing.copies if filing else int(copies.value) if copies else 3,
        enclosures=enclosures(w.facts),
        issuer=name_of(w, side),
        issued_on=w.on,
        number=w.number,
        term_from=case.term_from,
        term_until=case.term_until,
        headcount=w.facts.organisation.workforce if not w.facts.is_of_several else 0,
        covered=len(w.facts.covered),
        refiled_after=before.opinion_on if before else None,
        contact=asked.contact,
    )


def _objected(w: Work) -> Filing | None:
    """The latest filing that the authority objected to."""
    rows = select(Filing).where(Filing.negotiation_id == w.case.id, Filing.opinion == "objected").order_by(col(Filing.id).desc())
    return w.db.exec(rows).first()


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


# ---- the authority's own


def _received(w: Work) -> tuple[Filing, date]:
    filing = w.insist(w.facts.filing, N_("报送"), act="file")
    return filing, w.insist(filing.received_on, N_("收件日期"), act="record_filing_receipt")


def filing_receipt(w: Work) -> FilingReceipt:
    filing, received = _received(w)
    review = w.facts.rules.find("REVIEW-DAYS", received)
    deadline = w.facts.deadline("REVIEW-DAYS")
    return FilingReceipt(
        addressee=name_of(w, filing_side(w)),
        contract=w.case.title,
        employer=name_of(w, Side.EMPLOYER),
        workers=name_of(w, Side.WORKERS),
        filed_on=filing.filed_on,
        received_on=received,
        copies=filing.copies,
        pieces=enclosures(w.facts),
        basis=under(w, "FILE-REGISTER", "REVIEW-DAYS"),
        issuer=authority_name(w, of_its_own=True),
        issued_on=w.on,
        number=own_number(w, filing.receipt_number),
        review_period=length(review) if review else "",
        review_until=deadline.due if deadline else None,
    )


def supplement_notice(w: Work) -> SupplementNotice:
    filing, received = _received(w)
    rule = w.facts.rules.find("FILE-SUPPLEMENT", w.on)
    return SupplementNotice(
        addressee=name_of(w, Side.EMPLOYER),
        contract=w.case.title,
        received_on=received,
        what=w.need(lines(filing.supplement_what), N_("要补正什么"), act="ask_supplement"),
        by=w.need(filing.supplement_by, N_("补正期限"), act="ask_supplement"),
        basis=under(w, "FILE-SUPPLEMENT"),
        issuer=authority_name(w, of_its_own=True),
        issued_on=w.on,
        number=w.number,
        receipt_number=filing.receipt_number,
        restarts_review=bool(rule and rule.parameters.get("restarts_review")),
    )


def review_opinion(w: Work) -> ReviewOpinion:
    """集体合同规定 Art. 45; of wages 工资集体协商试行办法 Art. 22."""
    filing, received = _received(w)
    objects = filing.opinion == "objected"
    return ReviewOpinion(
        title=opinion_title(w.case),
        contract=w.case.title,
        employer=party(w.db, w.case, Side.EMPLOYER, w.on),
        workers=party(w.db, w.case, Side.WORKERS, w.on),
        received_on=received,
        opinion=w.need(lines(filing.opinion_text), N_("审查意见"), act="object" if objects else "approve"),
        objects=objects,
        basis=under(w, "REVIEW-SCOPE", "REVIEW-DAYS"),
        issuer=authority_name(w, of_its_own=True),
        issued_on=w.on,
        number=own_number(w, filing.opinion_number),
        receipt_number=filing.receipt_number,
        effect=_follows(w, filing, objects),
    )


def opinion_title(case: Negotiation) -> str:
    return "工资协议审查意见书" if case.kind == WAGE else "集体合同审查意见书"


def _follows(w: Work, filing: Filing, objects: bool) -> str:
    if objects:
        return f"请双方就上述异议事项进行集体协商，修改后依法重新审议、签字，并重新报送审查（{'、'.join(under(w, 'REFILE'))}）。"
    if w.case.kind == WAGE:
        return "本意见书送达双方后，该工资协议即行生效（《工资集体协商试行办法》第二十二条）。"
    deadline = w.facts.deadline("REVIEW-DAYS")
    until = f"（至{date_in_figures(deadline.due)}）" if deadline else ""
    return f"审查期限{until}届满，该集体合同即行生效（{'、'.join(under(w, 'REVIEW-DAYS'))}）。"


# ---- publication


def publication(w: Work) -> PublicationNotice:
    asked: Contact = w.words  # type: ignore[assignment]
    text = contract_text(w.db, w.case, is_draft=False, on=w.on, rules=w.facts.rules)
    filing = w.facts.filing
    return PublicationNotice(
        contract=w.case.title,
        unit=text.unit,
        heading=text.title,
        workers=name_of(w, Side.WORKERS),
        employer=name_of(w, Side.EMPLOYER),
        votes=_passed(w),
        signed_on=_signed_on(w),
        authority=authority_name(w),
        effective_on=w.need(w.facts.day_of("EFFECTIVE"), N_("生效日期"), act="record_filing_receipt"),
        by_silence=w.case.effective_by != "approval",
        basis=under(w, "PUBLISH"),
        chapters=text.chapters,
        text_hash=text.text_hash,
        issued_on=w.on,
        contract_number=w.case.number,
        receipt_number=filing.receipt_number if filing else "",
        opinion_number=filing.opinion_number if filing else "",
        term_from=w.case.term_from,
        term_until=w.case.term_until,
        wage_table=text.wage_table,
        wage_table_after=text.wage_table_after,
        covered=text.covered,
        contact=asked.contact,
    )


# ---- fulfilment


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


# ---- the standards


def in_common(_w: Work) -> Organisation | None:
    """A paper of both sides: in nobody's name and number."""
    return None


def _is_to_file(facts: Facts) -> bool:
    return facts.case.state in TO_FILE


def _union_may_file(facts: Facts) -> bool:
    rule = facts.rules.find("SECT-FILE", facts.case.opened_on)
    return _is_to_file(facts) and facts.is_of_several and rule is not None and "UNION" in (rule.value or ())


def _is_received(facts: Facts) -> bool:
    return facts.filing is not None and facts.filing.received_on is not None


FILING: tuple[Standard[Negotiation, Facts], ...] = (
    Standard(
        "passage", "H19", N_("审议通过情况告知书"), "negotiation/passage.html", frozenset({Seat.UNION, Seat.WORKER_CHIEF}), passage, union,
        ready=lambda facts: facts.case.state in ADOPTED,
    ),
    Standard(
        "filing_letter", "H20", N_("集体合同报审函"), "negotiation/filing-letter.html", EITHER_SIDE, filing_letter, enterprise,
        asks=Contact, ready=_is_to_file,
    ),
    Standard(
        "filing_letter_of_union", "H20", N_("集体合同报审函（工会报送）"), "negotiation/filing-letter.html", frozenset({Seat.UNION}),
        filing_letter_of_union, union, asks=Contact, ready=_union_may_file,
    ),
    Standard(
        "filing_account", "H20", N_("集体协商情况说明"), "negotiation/filing-account.html", EITHER_SIDE, filing_account, filer,
        asks=AccountWords, numbered=False, ready=_is_to_file,
    ),
    Standard(
        "filing_receipt", "H21", N_("集体合同收件回执"), "negotiation/filing-receipt.html", AUTHORITY, filing_receipt, authority,
        ready=_is_received,
    ),
    Standard(
        "supplement_notice", "H21", N_("集体合同报送材料补正通知书"), "negotiation/supplement-notice.html", AUTHORITY, supplement_notice,
        authority, ready=lambda facts: _is_received(facts) and bool(facts.filing and facts.filing.supplement_what),
    ),
    Standard(
        "review_opinion", "H22", N_("集体合同审查意见书"), "negotiation/review-opinion.html", AUTHORITY, review_opinion, authority,
        ready=lambda facts: _is_received(facts) and bool(facts.filing and facts.filing.opinion),
    ),
    Standard(
        "publication", "H23", N_("集体合同公布公告"), "negotiation/publication.html", EITHER_SIDE, publication, in_common,
        asks=Contact, numbered=False, ready=lambda facts: facts.case.state == State.IN_FORCE,
    ),
    Standard(
        "fulfilment_report", "H24", N_("集体合同履行情况检查报告"), "negotiation/fulfilment-report.html", EITHER_SIDE, fulfilment_report, in_common,
        asks=FulfilmentWords, subjects=closed_rounds, numbered=False, ready=lambda facts: any(r.closed_on for r in facts.rounds),
        titled=lambda record: f"集体合同履行情况检查报告（第{record.ordinal}轮）",
    ),
)  # fmt: skip
