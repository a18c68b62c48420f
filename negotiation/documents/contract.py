"""H01 and H10 to H13: the offer, the draft and the contract."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from sqlmodel import Session, col, select

from congress import queries as congress
from congress.models import CongressMeeting, Item
from negotiation.documents.writing import EITHER_SIDE, NEGOTIATION, Work, enterprise, initiator, name_of, named, party
from negotiation.facts import Facts
from negotiation.models import CoveredEnterprise, Negotiation, Signature, WageRow
from negotiation.terms import HEADS, LEVEL_LABELS, SIDE_LABELS, ContractKind, ContractLevel, Purpose, Side, State
from negotiation.text import Article as Clause
from negotiation.text import current_text, current_wages, stated_term
from templates.documents.contexts import Article, Chapter, Column, ContractText, OfferLetter, WageTable
from workflow.documents.catalogue import Standard
from workflow.documents.numerals import amount
from workflow.documents.phrases import articles, in_words, length, rules
from workflow.documents.render import lines
from workflow.law.rules import Rulebook
from workflow.organisations import Organisation, OrganisationKind
from workflow.seats import Seat
from workflow.words import N_

TITLES = {
    ContractKind.COMPREHENSIVE: N_("集体合同"),
    ContractKind.WAGE: N_("工资专项集体合同"),
    ContractKind.SAFETY: N_("劳动安全卫生专项集体合同"),
    ContractKind.WOMEN: N_("女职工权益保护专项集体合同"),
    ContractKind.SPECIAL: N_("专项集体合同"),
}
FORMS = {ContractKind.WAGE: "H11", ContractKind.WOMEN: "H12", ContractKind.SAFETY: "H13"}
WAGE_TABLE_UNDER = ("wage_level", "wage_system", "remuneration")
"""Heads whose first article the wage table follows, the nearest first."""
SETTLED = frozenset({State.SETTLED, State.BEFORE_CONGRESS, State.ADOPTED, State.SIGNED, State.FILED, State.OBJECTED, State.IN_FORCE})
SIGNED = frozenset({State.SIGNED, State.FILED, State.IN_FORCE})


def offer(w: Work) -> OfferLetter:
    """By the side that offers (集体合同规定 Art. 32, 工资集体协商试行办法 Art. 17)."""
    case, side = w.case, Side(w.case.initiator)
    reply = w.facts.rules.find("NEG-RESPONSE-DAYS", w.on)
    return OfferLetter(
        title="工资集体协商要约书" if case.kind == ContractKind.WAGE else "集体协商要约书",
        addressee=name_of(w, side.other),
        own_side=SIDE_LABELS[side],
        contract=case.title,
        basis=articles(rules(w, "NEG-REQUEST", "WAGE-LETTER", "NEG-RESPONSE-DAYS")),
        matters=w.need(lines(case.subject), N_("协商事项"), act="edit_offer"),
        time=in_words(case.proposed_on, case.proposed_time),
        place=case.proposed_place,
        representatives=tuple(named(r) for r in w.facts.team(side).members),
        reply_period=length(reply) if reply else "",
        reply_basis=str(reply.citations[0]) if reply and reply.citations else "",
        issuer=name_of(w, side),
        issued_on=w.on,
        number=w.number,
        data=lines(case.data_requested),
        data_by=case.proposed_on,
    )


def contract_text(db: Session, case: Negotiation, *, is_draft: bool, on: date, rules: Rulebook) -> ContractText:
    assert case.id is not None
    organisation = db.get_one(Organisation, case.organisation_id)
    found = current_text(db, case.id)
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
    ends = case.purpose == Purpose.TERMINATE
    term_from, term_until = stated_term(case, found) or (None, None)
    title = TITLES[ContractKind(case.kind)]
    if case.kind == ContractKind.SPECIAL:
        title = f"{case.special_subject}专项集体合同"
    return ContractText(
        unit=organisation.name,
        title=prefix + title,
        is_draft=is_draft,
        employer=party(db, case, Side.EMPLOYER, on),
        workers=party(db, case, Side.WORKERS, on),
        basis=_contract_basis(case, rules, on),
        chapters=_chapters(found, HEADS[case.kind]),
        text_hash=case.text_hash or "",
        number=case.number,
        adopted_by=meeting.title if meeting and not is_draft else "",
        adopted_on=result.certified_on if result and not is_draft else None,
        wage_table=_wage_table(current_wages(db, case.id)),
        wage_table_after=next((a.number for head in WAGE_TABLE_UNDER for a in found if a.clause.head == head), None),
        employer_signed_on=signed.get(Side.EMPLOYER),
        workers_signed_on=signed.get(Side.WORKERS),
        covered=tuple(covered),
        term_from=term_from,
        term_until=term_until,
        effect="" if ends or any("生效" in a.text for a in found) else _effect(case, rules, on),
        employer_label="甲方（用人单位方）" if case.level == ContractLevel.ENTERPRISE else "甲方（企业方）",
        employer_head="法定代表人" if organisation.kind == OrganisationKind.ENTERPRISE else "负责人",
    )


def _chapters(found: Sequence[Clause], heads: Mapping[str, str]) -> tuple[Chapter, ...]:
    """One for each head; articles whose heads alternate stand without chapters, since their order is what was voted on."""
    groups = [(head, tuple(Article(a.number, a.text) for a in group)) for head, group in groupby(found, key=lambda a: a.clause.head)]
    if len(groups) > len({head for head, _ in groups}):
        return (Chapter(tuple(article for _, group in groups for article in group)),)
    return tuple(Chapter(group, heads.get(head, "")) for head, group in groups)


def _effect(case: Negotiation, rules: Rulebook, on: date) -> str:
    """劳动合同法 Art. 54; of wages 工资集体协商试行办法 Art. 22, where an opinion without objection is enough."""
    review = rules.find("REVIEW-DAYS", on)
    if review is None:
        return ""
    served = "送达无异议的审查意见书，或者" if case.kind == ContractKind.WAGE else ""
    return (
        f"本合同签订后报送人力资源社会保障行政部门审查；该部门{served}自收到本合同文本之日起{length(review)}内未提出异议的，"
        f"本合同即行生效（{'、'.join(articles([review]))}）。"
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
    lines = tuple((r.post, str(r.persons), amount(r.before_fen), amount(r.after_fen), _raise(r)) for r in rows)
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


def _raise(row: WageRow) -> str:
    """Percent to two places, halves rounded away from zero; exact integers throughout."""
    if not row.before_fen:
        return "—"
    basis_points = ((row.after_fen - row.before_fen) * 20_000 + row.before_fen) // (2 * row.before_fen)
    sign, basis_points = ("-", -basis_points) if basis_points < 0 else ("", basis_points)
    return f"{sign}{basis_points // 100}.{basis_points % 100:02d}%"


def form_of(case: Negotiation) -> str:
    return FORMS.get(ContractKind(case.kind), "H10")


def draft(w: Work) -> ContractText:
    return contract_text(w.db, w.case, is_draft=True, on=w.on, rules=w.facts.rules)


def contract(w: Work) -> ContractText:
    return contract_text(w.db, w.case, is_draft=False, on=w.on, rules=w.facts.rules)


CONTRACT: tuple[Standard[Negotiation, Facts], ...] = (
    Standard(
        "offer", "H01", N_("集体协商要约书"), "negotiation/offer.html", frozenset({Seat.INITIATOR}), offer, initiator,
        ready=lambda facts: facts.case.state == State.DRAFTED, with_act="offer",
    ),
    Standard(
        "draft", "H10", N_("集体合同（草案）"), "negotiation/contract.html", EITHER_SIDE, draft, enterprise,
        numbered=False, form_of=form_of, titled=lambda record: f"{record.title}（草案）",
        ready=lambda facts: facts.case.state in SETTLED,
    ),
    Standard(
        "contract", "H10", N_("集体合同"), "negotiation/contract.html", EITHER_SIDE, contract, enterprise,
        numbered=False, form_of=form_of, ready=lambda facts: facts.case.state in SIGNED,
    ),
)  # fmt: skip
