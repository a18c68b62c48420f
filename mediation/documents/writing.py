"""What the documents of a mediation share: who is against whom, by which articles, in whose name, and what can still be done."""

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from mediation.facts import RESTARTED, Facts
from mediation.limitation import INTERRUPTION_LABELS, Interruption, Limitation, Standing, interrupts
from mediation.models import AgreementTerm, MediationCase, Party
from mediation.terms import MONEY_HEAD_LABELS, TERM_STATE_LABELS, Matter, MoneyHead, PartyRole
from templates.documents.mediation import Case, Disputant, Limit, Recourse, Sides
from templates.documents.settlements import Duty
from workflow.deadlines import Deadline
from workflow.documents.catalogue import Writing, latest
from workflow.documents.numerals import amount, date_in_figures
from workflow.documents.phrases import length, rules
from workflow.law.rules import Citation
from workflow.law.texts import law_named
from workflow.organisations import Organisation
from workflow.people import Office, holders
from workflow.procedure import F
from workflow.proceedings import C
from workflow.seats import Seat
from workflow.words import N_

Work: TypeAlias = Writing[MediationCase, Facts]

MEDIATION = "mediation"
COMMITTEE = "committee"
"""Side of a document that the committee keeps to itself; the others are of one party (`PartyRole`), or lie before both."""
APPLYING = frozenset({Seat.APPLICANT, Seat.COMMITTEE_CLERK})
OFFICE = frozenset({Seat.COMMITTEE_CLERK, Seat.COMMITTEE_CHAIR})
CONDUCT = OFFICE | {Seat.MEDIATOR}
EVERYBODY = CONDUCT | {Seat.APPLICANT, Seat.RESPONDENT}

DISPUTES: dict[str, str] = {
    Matter.RELATION: "确认劳动关系",
    Matter.CONTRACT: "劳动合同",
    Matter.DISMISSAL: "辞退、离职",
    Matter.CONDITIONS: "工时、休假、社会保险和劳动保护",
    Matter.PAYMENT: "劳动报酬和经济补偿",
    Matter.OTHER_DISPUTE: "其他劳动权利义务",
}
"""案由: what stands before 争议."""
FEW = 3


def committee(w: Work) -> Organisation:
    return w.facts.committee


def no_body(w: Work) -> None:
    """The paper of a party, who has no organisation of its own here."""


def cite(citation: Citation) -> str:
    """An article under the whole name of its law, as letters have it, down to the paragraph."""
    law = law_named(citation.law)
    full = law.full.replace("《", "〈").replace("》", "〉") if law else citation.law
    return f"《{full}》{citation.article}{citation.paragraph or ''}"


def cited(w: Writing[C, F], *ids: str) -> tuple[str, ...]:
    """The articles of these rules, as they stand for this place and day."""
    return tuple(dict.fromkeys(cite(one) for rule in rules(w, *ids) for one in rule.citations))


def first(w: Writing[C, F], rule: str) -> str:
    return next(iter(cited(w, rule)), "")


def period(w: Work, rule: str) -> str:
    """15日; empty where no rule stands."""
    return next((length(one) for one in rules(w, rule)), "")


def figures(day: date | None) -> str:
    return date_in_figures(day) if day else ""


# ---- who


def disputant(party: Party) -> Disputant:
    return Disputant(
        name=party.name,
        is_person=party.is_worker,
        sex={True: "女", False: "男", None: ""}[party.female] if party.is_worker else "",
        born_on=party.born_on,
        identity=party.id_number,
        address=party.address,
        phone=party.phone,
        head=party.head,
        head_post=party.head_post,
        agent="，".join(one for one in (party.agent, party.mandate, party.agent_phone and f"联系电话{party.agent_phone}") if one),
    )


def sides(w: Work, first_role: PartyRole = PartyRole.APPLICANT) -> Sides:
    """`first_role` is the side that applies with this paper."""
    own, others = w.facts.side(first_role), w.facts.side(first_role.other)
    chosen = tuple(p.name for p in w.facts.parties if p.is_representative and p.is_worker)
    return Sides(tuple(map(disputant, own)), tuple(map(disputant, others)), chosen)


def called(w: Work, role: PartyRole) -> str:
    """王建国; of many 王建国等12人."""
    side = w.facts.side(role)
    count = max(len(side), w.case.persons) if side and side[0].is_worker else len(side)
    return "、".join(p.name for p in side) if count <= FEW and count == len(side) else f"{w.facts.name_of(role)}等{count}人"


def workers_apply(w: Work) -> bool:
    return all(p.is_worker for p in w.facts.side(PartyRole.APPLICANT))


def head(w: Work) -> Case:
    """What every letter on the case says first. What was done before an application counts from the day the case was opened."""
    return Case(
        number=w.case.number,
        applicant=called(w, PartyRole.APPLICANT),
        respondent=called(w, PartyRole.RESPONDENT),
        matters=disputes(w),
        received_on=w.case.received_on or w.case.opened_on,
        committee=w.facts.committee.name,
        unit_applies=not workers_apply(w),
    )


def disputes(w: Work) -> tuple[str, ...]:
    return tuple(DISPUTES[one] for one in w.case.matters)


def mediators(w: Work) -> tuple[str, ...]:
    """Those who conduct the case, or did to the end; the first to sign first."""
    current = sorted((a for a in w.facts.assignments if a.until is None), key=lambda a: not a.leads)
    return tuple(w.facts.names[a.person_id] for a in current if a.person_id in w.facts.names)


def contact(w: Work, asked: str = "") -> str:
    """What was typed; else the clerk, or the chair, with a telephone number: 林晓，电话021-5555 0200."""
    offices = (Office.COMMITTEE_CLERK, Office.COMMITTEE_CHAIR)
    keepers = [one for office in offices for one in holders(w.db, w.facts.committee.id or 0, {office}, w.on)]
    return asked or next((f"{one.name}，电话{one.phone}" for one in keepers if one.phone), "")


def statutory_end(w: Work) -> Deadline | None:
    """The period as it began, whatever the parties agreed on afterwards."""
    found = (one for one in w.facts.deadlines if one.rule in ("MED-END", "ARB-ENTRUST") and not one.agreed)
    return max(found, key=lambda one: one.id or 0, default=None)


# ---- what can still be done


def recourse(w: Work) -> Recourse:
    """Arbitration as it stays open, with the last day of every claim."""
    return Recourse(
        basis=cited(w, "ARB-APPLY"),
        limits=tuple(limit(w, one) for one in w.facts.limitations(w.on)),
        fee_basis=first(w, "ARB-FEE"),
    )


def limit(w: Work, found: Limitation) -> Limit:
    restarts = [e for e in w.facts.events if e.name == RESTARTED and found.until and e.on <= found.until]
    reason = ""
    if restarts:
        last = restarts[-1]
        what = Interruption(last.subject)
        reason = f"{figures(last.on)}{INTERRUPTION_LABELS[what]}（{interrupts(w.facts.rules, what, w.on)}）"
    return Limit(
        claim="拖欠的劳动报酬" if found.rule.id == "ARB-LIMIT-WAGE" else "其他请求",
        period=length(found.rule),
        basis=cite(found.rule.citations[0]),
        reason=reason,
        until=found.until,
        is_unlimited=found.standing is Standing.UNLIMITED,
    )


# ---- the agreement


def duty(w: Work, term: AgreementTerm) -> Duty:
    debtor = w.facts.party(term.debtor_id)
    paid = w.facts.paid(term)
    state = TERM_STATE_LABELS[term.state]
    return Duty(
        what=term.what,
        by=debtor.name if debtor else "",
        how=term.how,
        due=term.due,
        amount=term.amount_fen,
        head="" if term.head in (MoneyHead.NO_MONEY, MoneyHead.OTHER_MONEY) else MONEY_HEAD_LABELS[term.head],
        state=f"{state}，已付{amount(paid)}元" if paid and paid != term.amount_fen else state,
    )


def duties(w: Work, terms: Iterable[AgreementTerm] | None = None) -> tuple[Duty, ...]:
    return tuple(duty(w, one) for one in (w.facts.terms if terms is None else terms))


def owed(w: Work, terms: Iterable[AgreementTerm]) -> int:
    """Fen of these that are not paid."""
    return sum(max(0, (one.amount_fen or 0) - w.facts.paid(one)) for one in terms)


def agreement_number(w: Work) -> str:
    """Of the agreement as it was issued here; of one drawn up on paper, the case's own."""
    issued = latest(w.db, MEDIATION, w.case.id or 0, "agreement")
    return issued.number if issued and issued.number else f"案号{w.case.number}"


def effective_on(w: Work) -> date:
    return w.insist(w.facts.day_of("AGREEMENT_EFFECTIVE"), N_("协议生效日期"), act="sign")
