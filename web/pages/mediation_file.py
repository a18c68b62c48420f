"""The file of one mediation: what its page shows to whoever reads it, from facts to plain records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from mediation import disclosure, queries
from mediation.documents.archiving import kept_until, lacks
from mediation.documents.writing import CONDUCT, OFFICE
from mediation.facts import Facts
from mediation.grievances import queries as grievances
from mediation.limitation import INTERRUPTION_LABELS, STANDING_LABELS, Interruption, Limitation, Standing
from mediation.models import AgreementTerm, HandedIn, MediationCase, MediationProposal, MediationRating, Party, PerformanceRecord, Talk
from mediation.procedure import MEDIATION
from mediation.telling import tell
from mediation.terms import (
    CHANNEL_LABELS,
    CIRCLE_LABELS,
    DECISION_LABELS,
    LEAVING_LABELS,
    MARK_LABELS,
    MATTER_LABELS,
    MONEY_HEAD_LABELS,
    OUTCOME_LABELS,
    PARTY_ROLE_LABELS,
    RATING_LABELS,
    ROUTE_LABELS,
    TERM_STATE_LABELS,
    Mark,
    PartyRole,
)
from web import casefile
from web.casework import Casework
from web.render import translate
from workflow import joint
from workflow.evidence import Evidence
from workflow.people import appointments
from workflow.procedure import Actor
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_, Sentence, Word, say

SELDOM = frozenset(
    {
        "hand_in", "name_agent", "name_representatives", "record_service", "withdraw", "settle_between", "transfer", "challenge", "recuse",
        "open_talks", "extend", "keep_note", "decline", "follow_up", "request_consultation", "stop_consultation", "extend_consultation",
        "record_default", "record_interruption", "correct_application", "correct_date", "give_code", "sign_belatedly",
    }
)  # fmt: skip
"""Acts that stand under 其他事项, so that the usual next step is seen first."""
ANSWERS = frozenset({"decline_motion", "withdraw_motion"})
SAID_LABELS: Mapping[str, str] = {"reason": N_("理由"), "words": N_("情况"), "was": N_("原来的名称")}


@dataclass(frozen=True)
class Motion:
    who: str
    on: date
    act: str
    mine: bool
    answers: bool
    agree: str
    decline: str
    withdraw: str


@dataclass(frozen=True)
class Member:
    """A party as the file shows it."""

    party: Party
    role: str
    answer: object


@dataclass(frozen=True)
class Piece:
    one: HandedIn
    who: str
    files: list[Evidence]


@dataclass(frozen=True)
class Offered:
    proposal: MediationProposal
    by: str
    answers: list[tuple[str, bool, str]]
    waiting: list[str]


@dataclass(frozen=True)
class Promised:
    term: AgreementTerm
    debtor: str
    head: str
    state: str
    paid: int
    records: list[tuple[PerformanceRecord, str]]


@dataclass(frozen=True)
class Until:
    """Until when arbitration may be applied for."""

    of: str
    status: str
    limitation: Limitation
    derivation: str
    is_over: bool


@dataclass(frozen=True)
class Shelf:
    """The file of a closed case: until when it is kept, and what it still lacks."""

    until: date
    lacks: list[Sentence]


@dataclass(frozen=True)
class Said:
    on: date
    who: object
    what: object
    more: object
    seq: int
    said: list[tuple[str, str]]


def view(work: Casework[MediationCase, Facts], db: Session, case: MediationCase, facts: Facts, by: Actor, on: date) -> dict[str, Any]:
    person = by.person_id or 0
    shown = casefile.view(work, db, case, facts, by, on, tell)
    files = disclosure.files(db, case, by.seats)
    can = [o for o in shown["can"] if o.name not in ANSWERS]
    seldom = SELDOM - ({"give_code"} if Seat.APPLICANT in facts.without_account and not case.access_hash else set())
    return {
        **shown,
        "usual": [o for o in can if o.name not in seldom],
        "seldom": [o for o in can if o.name in seldom],
        "cannot_yet": [c for c in shown["cannot"] if c.name not in SELDOM | ANSWERS],
        "entries": _entries(shown["entries"], disclosure.said(db, case, by.seats)),
        "motions": _motions(work, db, case, by),
        "facts": facts,
        "members_of": [_member(p, facts) for p in facts.parties],
        "matters": [MATTER_LABELS[m] for m in case.matters],
        "channel": CHANNEL_LABELS[case.channel],
        "outcome": OUTCOME_LABELS.get(case.outcome or ""),
        "interruption": INTERRUPTION_LABELS[Interruption(case.interruption)] if case.interruption else None,
        "route": ROUTE_LABELS.get(case.route or ""),
        "until": [_until(one, on) for one in facts.limitations(on)],
        "may_arbitrate": _may_arbitrate(facts, on),
        "mediators": [(facts.names[a.person_id], a, LEAVING_LABELS.get(a.why or "")) for a in facts.assignments],
        "challenges": [(c, PARTY_ROLE_LABELS[c.role], DECISION_LABELS.get(c.decision or "")) for c in facts.challenges],
        "notes": [(n, facts.party(n.party_id)) for n in disclosure.notes(db, case, facts, person, by.seats, on)],
        "pieces": _pieces(facts, by, files),
        "files": [f for f in files if f.stage != "hand_in"],
        "offered": [_offered(p, facts) for p in facts.proposals],
        "promised": [_promised(t, facts) for t in facts.terms],
        "marks": _marks(facts),
        "stands_for": {p.id for p in queries.standing_for(facts.parties, person, appointments(db, person, on))},
        "circle_label": CIRCLE_LABELS,
        "talks": sorted(facts.talks, key=_number, reverse=True),
        "shelf": _shelf(db, case, facts) if case.closed_on is not None and by.seats & CONDUCT else None,
        "ratings": _ratings(db, case) if by.seats & OFFICE else [],
        "grievances": [one for one in grievances.before(db, case.id or 0) if grievances.visible_to(db, one, person, on)],
    }


def _shelf(db: Session, case: MediationCase, facts: Facts) -> Shelf:
    return Shelf(kept_until(facts), lacks(db, case, facts))


def _ratings(db: Session, case: MediationCase) -> list[tuple[MediationRating, str, str]]:
    found = db.exec(select(MediationRating).where(MediationRating.case_id == case.id).order_by(col(MediationRating.id).desc())).all()
    return [(one, PARTY_ROLE_LABELS[one.role], RATING_LABELS[one.satisfaction]) for one in found]


def _number(talk: Talk) -> int:
    return talk.number


def _member(party: Party, facts: Facts) -> Member:
    answer: object = ""
    if party in facts.asked and facts.day_of("CONSENT_ASKED"):
        if party.consents is None:
            answer = N_("没有答复是否同意调解") if facts.has_refused else N_("等待答复是否同意调解")
        else:
            answer = say(N_("{day}同意调解") if party.consents else N_("{day}不同意调解"), day=party.answered_on)
    return Member(party, PARTY_ROLE_LABELS[party.role], answer)


def _entries(told: Sequence[Any], said: Mapping[int, Mapping[str, str]]) -> list[Said]:
    return [
        Said(e.on, e.who, e.what, e.more, e.seq, [(SAID_LABELS.get(name, name), text) for name, text in said.get(e.seq, {}).items()])
        for e in told
    ]


def _motions(work: Casework[MediationCase, Facts], db: Session, case: MediationCase, by: Actor) -> list[Motion]:
    found = []
    for motion in joint.open_motions(db, MEDIATION.name, case.id or 0):
        mine = motion.seat in by.seats
        act = MEDIATION.acts[motion.act]
        found.append(
            Motion(
                SEAT_LABELS[Seat(motion.seat)],
                motion.on,
                act.label,
                mine,
                not mine and bool(act.by & by.seats),
                work.href(case, motion.act),
                work.href(case, "decline_motion"),
                work.href(case, "withdraw_motion"),
            )
        )
    return found


def _pieces(facts: Facts, by: Actor, files: Sequence[Evidence]) -> list[Piece]:
    """What was handed in, with the files that came in the same act."""
    return [
        Piece(one, SEAT_LABELS[Seat(one.role)], [f for f in files if f.stage == "hand_in" and f.piece == str(one.seq)])
        for one in disclosure.handed_in(facts, by.seats)
    ]


def _offered(proposal: MediationProposal, facts: Facts) -> Offered:
    maker = facts.party(proposal.party_id)
    answers = [(PARTY_ROLE_LABELS[a.role], a.accepts, a.words) for a in facts.answers if a.proposal_id == proposal.id]
    waiting = [PARTY_ROLE_LABELS[r] for r in PartyRole if r in facts.unanswered(proposal)]
    return Offered(proposal, PARTY_ROLE_LABELS[maker.role] if maker else SEAT_LABELS[Seat.MEDIATOR], answers, waiting)


def _promised(term: AgreementTerm, facts: Facts) -> Promised:
    debtor = facts.party(term.debtor_id)
    return Promised(
        term,
        debtor.name if debtor else "",
        MONEY_HEAD_LABELS[term.head],
        TERM_STATE_LABELS[term.state],
        facts.paid(term),
        [(r, SEAT_LABELS[Seat(r.told_by)]) for r in facts.performances if r.term_id == term.id],
    )


def _marks(facts: Facts) -> list[tuple[object, date | None]]:
    """Who has signed and who has not, in the order of the form."""
    if facts.agreement is None:
        return []
    found: list[tuple[object, date | None]] = []
    for one in facts.signatures:
        found.append((_mark(facts, Mark(one.mark), one.party_id), one.on))
    return found + [(_mark(facts, mark, party), None) for mark, party in facts.missing_marks]


def _mark(facts: Facts, mark: Mark, number: int | None) -> object:
    party = facts.party(number)
    return say(N_("{role}{name}"), role=Word(PARTY_ROLE_LABELS[party.role]), name=party.name) if party else MARK_LABELS[mark]


def _until(one: Limitation, on: date) -> Until:
    of = N_("追索劳动报酬") if one.rule.id == "ARB-LIMIT-WAGE" else N_("其他请求")
    return Until(of, STANDING_LABELS[Standing(one.standing)], one, "；".join(s.read(translate) for s in one.steps), one.is_over(on))


def _may_arbitrate(facts: Facts, on: date) -> Sentence | None:
    """Once fifteen days have passed without an agreement, both parties are told (劳动争议调解仲裁法 Art. 14 ¶3)."""
    period = facts.latest("MED-15")
    if period is None or facts.case.closed_on is not None or facts.day_of("AGREEMENT_EFFECTIVE") or on <= period.due:
        return None
    return say(N_("收到申请已满15日（{day}），还没有达成调解协议，双方都可以申请仲裁；调解可以继续。"), day=period.due)
