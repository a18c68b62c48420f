"""The 文书 of a negotiation: what each is told, and for which act it is issued."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from congress import queries as congress
from congress.models import CongressMeeting, Item
from negotiation.models import CoveredEnterprise, Negotiation, Representative, Signature, WageRow
from negotiation.terms import HEADS, LEVEL_LABELS, SIDE_LABELS, ContractKind, ContractLevel, Side
from negotiation.text import current_text, current_wages
from templates.documents.contexts import Article, Chapter, Column, ContractText, OfferLetter, Party, WageTable
from templates.documents.contexts import Representative as Named
from workflow.documents.issue import Document, MissingGlyph, issue, next_number
from workflow.forms import Invalid
from workflow.law.rules import Rule, Rulebook, Unit
from workflow.organisations import Organisation
from workflow.people import Office, holders
from workflow.words import N_

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from negotiation.acts.registry import Now

NEGOTIATION = "negotiation"
TITLES = {
    ContractKind.COMPREHENSIVE: N_("集体合同"),
    ContractKind.WAGE: N_("工资专项集体合同"),
    ContractKind.SAFETY: N_("劳动安全卫生专项集体合同"),
    ContractKind.WOMEN: N_("女职工权益保护专项集体合同"),
    ContractKind.SPECIAL: N_("专项集体合同"),
}
UNITS = {Unit.CD: "日", Unit.WD: "个工作日", Unit.MONTH: "个月", Unit.YEAR: "年"}


def issue_offer(now: "Now") -> Document:
    """H01, by the side that offers."""
    case, facts = now.case, now.facts
    side = Side(case.initiator)
    issuer = _body(now.db, case, side)
    addressee = _body(now.db, case, side.other)
    rules = [r for r in (facts.rules.find(i, now.on) for i in ("NEG-REQUEST", "WAGE-LETTER", "NEG-RESPONSE-DAYS")) if r]
    reply = facts.rules.find("NEG-RESPONSE-DAYS", now.on)
    wage = case.kind == ContractKind.WAGE
    context = OfferLetter(
        title="工资集体协商要约书" if wage else "集体协商要约书",
        addressee=addressee.name if addressee else facts.organisation.name,
        own_side=SIDE_LABELS[side],
        contract=case.title,
        basis=_articles(rules),
        matters=tuple(line.strip() for line in case.subject.splitlines() if line.strip()),
        time=_when(case),
        place=case.proposed_place,
        representatives=tuple(_named(r) for r in facts.team(side).members),
        reply_period=_length(reply) if reply else "",
        reply_basis=str(reply.citations[0]) if reply and reply.citations else "",
        issuer=issuer.name if issuer else facts.organisation.name,
        issued_on=now.on,
        number=_number(now, issuer) or "",
        data=tuple(line.strip() for line in case.data_requested.splitlines() if line.strip()),
        data_by=case.proposed_on,
    )
    return _issue(now, "offer", "H01", context.title, "negotiation/offer.html", context, context.number or None, issuer)


def issue_contract(now: "Now", *, is_draft: bool) -> Document:
    """H10 to H13: the draft at `settle`, the text proper after the second signature."""
    now.db.flush()
    context = contract_text(now.db, now.case, is_draft=is_draft, on=now.on, rules=now.facts.rules)
    form = {ContractKind.WAGE: "H11", ContractKind.WOMEN: "H12", ContractKind.SAFETY: "H13"}.get(ContractKind(now.case.kind), "H10")
    title = f"{context.title}（草案）" if is_draft else context.title
    return _issue(now, "draft" if is_draft else "contract", form, title, "negotiation/contract.html", context, None, now.facts.organisation)


def contract_text(db: Session, case: Negotiation, *, is_draft: bool, on: date, rules: Rulebook) -> ContractText:
    assert case.id is not None
    organisation = db.get_one(Organisation, case.organisation_id)
    heads = HEADS[case.kind]
    found = current_text(db, case.id)
    chapters = tuple(
        Chapter(tuple(Article(a.number, a.text) for a in group), heads.get(head, ""))
        for head, group in groupby(found, key=lambda a: a.clause.head)
    )
    signed = {
        s.side: s.on
        for s in db.exec(
            select(Signature).where(
                Signature.negotiation_id == case.id, Signature.text_hash == case.text_hash, col(Signature.void).is_(False)
            )
        )
    }
    result = congress.certified(db, case.text_hash or "", (NEGOTIATION, str(case.id)))
    item = db.get(Item, result.item_id) if result else None
    meeting = db.get(CongressMeeting, item.meeting_id) if item else None
    covered = db.exec(
        select(Organisation.name)
        .join(CoveredEnterprise, CoveredEnterprise.organisation_id == Organisation.id)  # type: ignore[arg-type]
        .where(CoveredEnterprise.negotiation_id == case.id)
    ).all()
    prefix = "" if case.level == ContractLevel.ENTERPRISE else LEVEL_LABELS[ContractLevel(case.level)]
    title = TITLES[ContractKind(case.kind)]
    if case.kind == ContractKind.SPECIAL:
        title = f"{case.special_subject}专项集体合同"
    return ContractText(
        unit=organisation.name,
        title=prefix + title,
        is_draft=is_draft,
        employer=_party(db, case, Side.EMPLOYER, on),
        workers=_party(db, case, Side.WORKERS, on),
        basis=_contract_basis(case, rules, on),
        chapters=chapters,
        text_hash=case.text_hash or "",
        number=case.number,
        adopted_by=meeting.title if meeting and not is_draft else "",
        adopted_on=result.certified_on if result and not is_draft else None,
        wage_table=_wage_table(current_wages(db, case.id)),
        wage_table_after=next((a.number for a in found if a.clause.head in ("wage_level", "wage_system", "remuneration")), None),
        employer_signed_on=signed.get(Side.EMPLOYER),
        workers_signed_on=signed.get(Side.WORKERS),
        covered=tuple(covered),
    )


def _contract_basis(case: Negotiation, rules: Rulebook, on: date) -> tuple[str, ...]:
    """The laws, and the local regulation that the talks went by."""
    basis = ["《中华人民共和国劳动法》", "《中华人民共和国劳动合同法》", "《中华人民共和国工会法》", "《集体合同规定》"]
    if case.kind == ContractKind.WAGE:
        basis.append("《工资集体协商试行办法》")
    if case.kind == ContractKind.WOMEN:
        basis.append("《女职工劳动保护特别规定》")
    local = (rules.find(rule, on) for rule in ("NEG-RESPONSE-DAYS", "FILE-DAYS", "CONG-APPROVE"))
    basis += [f"《{r.citations[0].law}》" for r in local if r is not None and r.is_local and r.citations]
    return tuple(dict.fromkeys(basis))


def _wage_table(rows: Iterable[WageRow]) -> WageTable | None:
    lines = tuple((r.post, str(r.persons), _yuan(r.before_fen), _yuan(r.after_fen), _raise(r)) for r in rows)
    if not lines:
        return None
    return WageTable(
        caption="工资调整表",
        columns=(
            Column("岗位（职级）", 32),
            Column("人数", 12, is_number=True),
            Column("调整前月工资（元）", 20, is_number=True),
            Column("调整后月工资（元）", 20, is_number=True),
            Column("增幅", 16, is_number=True),
        ),
        rows=lines,
    )


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"


def _raise(row: WageRow) -> str:
    """Percent to two places, halves rounded away from zero; exact integers throughout."""
    if not row.before_fen:
        return "—"
    basis_points = ((row.after_fen - row.before_fen) * 20_000 + row.before_fen) // (2 * row.before_fen)
    sign, basis_points = ("-", -basis_points) if basis_points < 0 else ("", basis_points)
    return f"{sign}{basis_points // 100}.{basis_points % 100:02d}%"


def _party(db: Session, case: Negotiation, side: Side, on: date) -> Party:
    body = _body(db, case, side)
    office = Office.UNION_CHAIR if side is Side.WORKERS else Office.LEGAL_REPRESENTATIVE
    principals = holders(db, body.id or 0, {office}, on) if body else []
    chief = db.exec(
        select(Representative).where(
            Representative.negotiation_id == case.id,
            Representative.side == side,
            Representative.chief,
            Representative.until.is_(None),  # type: ignore[union-attr]
        )
    ).first()
    return Party(
        name=body.name if body else "全体职工",
        address=body.address if body else "",
        code=body.credit_code if body else "",
        principal=principals[0].name if principals else "",
        chief=chief.name if chief else "",
        chief_post=chief.post if chief else "",
    )


def _body(db: Session, case: Negotiation, side: Side) -> Organisation | None:
    number = case.organisation_id if side is Side.EMPLOYER else case.union_id
    return db.get(Organisation, number) if number is not None else None


def _when(case: Negotiation) -> str:
    if case.proposed_on is None:
        return ""
    day = f"{case.proposed_on.year}年{case.proposed_on.month}月{case.proposed_on.day}日"
    at = case.proposed_time
    return day + (f"{at.hour}时{f'{at.minute}分' if at.minute else ''}" if at else "")


def _named(row: Representative) -> Named:
    return Named(row.name, "女" if row.female else "男", row.post, row.chief, row.outsider)


def _articles(rules: Iterable[Rule]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(c) for rule in rules for c in rule.citations))


def _length(rule: Rule) -> str:
    return f"{rule.value}{UNITS[rule.unit]}" if rule.unit else str(rule.value)


def _number(now: "Now", issuer: Organisation | None) -> str | None:
    if issuer is None or issuer.id is None or not issuer.document_code:
        return None
    return next_number(now.db, issuer.id, issuer.document_code, now.on.year)


def _issue(
    now: "Now",
    kind: str,
    form: str,
    title: str,
    template: str,
    context: "DataclassInstance",
    number: str | None,
    issuer: Organisation | None,
) -> Document:
    assert now.entry is not None and now.case.id is not None
    try:
        return issue(
            now.db,
            case_kind=now.proceedings.procedure.name,
            case_id=now.case.id,
            organisation_id=(issuer.id if issuer else None) or now.case.organisation_id,
            kind=kind,
            form=form,
            title=title,
            template=template,
            context=context,
            on=now.on,
            at=now.at,
            by=now.by.person_id or 0,
            act=now.act.name,
            entry_seq=now.entry.seq,
            number=number,
        )
    except MissingGlyph as error:
        raise Invalid({"": [error.sentence]}) from None
