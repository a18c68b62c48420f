"""What the requirements of a mediation look at: one frozen record of the case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from mediation.limitation import Claim, Interruption, Limitation, derive
from mediation.limitation import Event as Restart
from mediation.models import (
    AgreementSignature,
    AgreementTerm,
    Assignment,
    Challenge,
    ChallengeVote,
    HandedIn,
    MediationAgreement,
    MediationCase,
    MediationProposal,
    Party,
    PerformanceRecord,
    ProposalAnswer,
    ReviewApplication,
    ServiceRecord,
    Settlement,
    Talk,
)
from mediation.terms import FOUR_HEADS, Mark, Matter, MoneyHead, Outcome, PartyRole, ReviewResult, TermState
from workflow.deadlines import Deadline, Event, Status
from workflow.law.rules import Rulebook
from workflow.organisations import Organisation
from workflow.seats import Seat

RESTARTED = "LIMITATION_RESTARTED"
"""Event whose subject is an `Interruption`."""
ROLE_SEATS: Mapping[PartyRole, Seat] = {PartyRole.APPLICANT: Seat.APPLICANT, PartyRole.RESPONDENT: Seat.RESPONDENT}


@dataclass(frozen=True)
class Facts:
    case: MediationCase
    rules: Rulebook
    committee: Organisation
    parties: tuple[Party, ...]
    assignments: tuple[Assignment, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    votes: tuple[ChallengeVote, ...] = ()
    talks: tuple[Talk, ...] = ()
    handed_in: tuple[HandedIn, ...] = ()
    proposals: tuple[MediationProposal, ...] = ()
    answers: tuple[ProposalAnswer, ...] = ()
    agreement: MediationAgreement | None = None
    terms: tuple[AgreementTerm, ...] = ()
    signatures: tuple[AgreementSignature, ...] = ()
    performances: tuple[PerformanceRecord, ...] = ()
    reviews: tuple[ReviewApplication, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    services: tuple[ServiceRecord, ...] = ()
    events: tuple[Event, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    chairs: frozenset[int] = frozenset()
    """Who decides for the committee on the day: its chair, or the members in the place of one who is himself concerned."""
    members: frozenset[int] = frozenset()
    """Chair and members who are not parties."""
    barred: frozenset[int] = frozenset()
    """Chairs who may not decide on the challenge that is open: they mediate in the case themselves, or are in conflict."""
    names: Mapping[int, str] = field(default_factory=dict)
    """Of mediators and members, by person."""
    absent: frozenset[int] = frozenset()
    """Parties for whom nobody can act here himself."""
    moved: Mapping[str, Seat] = field(default_factory=dict)
    has_signed_record: bool = True
    """Of what was told orally the record is kept with the applicant's signature."""

    # ---- parties

    def side(self, role: PartyRole) -> tuple[Party, ...]:
        return tuple(p for p in self.parties if p.role == role)

    def acting(self, role: PartyRole) -> tuple[Party, ...]:
        """Who acts on a side: the representatives of a group where it has chosen some, otherwise everybody."""
        side = self.side(role)
        return tuple(p for p in side if p.is_representative) or side

    @property
    def without_account(self) -> frozenset[Seat]:
        """Sides on which somebody has to sign on paper, whoever else of them acts here himself."""
        return frozenset(ROLE_SEATS[role] for role in PartyRole if any(p.id in self.absent for p in self.acting(role)))

    @property
    def silent(self) -> frozenset[Seat]:
        """Sides of which nobody acts here himself: only these leave to a paper what one can do for all."""
        return frozenset(ROLE_SEATS[role] for role in PartyRole if all(p.id in self.absent for p in self.acting(role)))

    def party(self, number: int | None) -> Party | None:
        return next((p for p in self.parties if p.id == number), None)

    def name_of(self, role: PartyRole) -> str:
        """First of a side, as lists show it."""
        return next((p.name for p in self.side(role)), "")

    def is_group(self, on: date) -> bool:
        rule = self.rules.find("DISP-GROUP", on)
        return rule is not None and isinstance(rule.value, int) and self.case.persons >= rule.value

    @property
    def workers(self) -> PartyRole:
        """Side on which the workers are: the applicants', unless an employer applies."""
        return max(PartyRole, key=lambda role: sum(p.is_worker for p in self.side(role)))

    @property
    def asked(self) -> tuple[Party, ...]:
        """Whose consent is needed: the other side's; nobody's where all came together."""
        return () if self.case.is_joint else self.acting(PartyRole.RESPONDENT)

    @property
    def has_refused(self) -> bool:
        return any(p.consents is False for p in self.asked) or self.day_of("CONSENT_FAILED") is not None

    # ---- mediators

    def mediating(self, on: date) -> tuple[Assignment, ...]:
        return tuple(a for a in self.assignments if a.since <= on and (a.until is None or a.until > on))

    @property
    def open_challenge(self) -> Challenge | None:
        return next((c for c in self.challenges if c.decision is None), None)

    @property
    def challenged(self) -> int | None:
        """Person who is challenged now."""
        found = self.open_challenge
        return next((a.person_id for a in self.assignments if found and a.id == found.assignment_id), None)

    @property
    def deciders(self) -> frozenset[int]:
        """Members who decide on a challenge in the chair's place."""
        return self.members - self.barred - {self.challenged or 0}

    @property
    def chair_is_barred(self) -> bool:
        """From deciding on the challenge. One whom it does not concern decides where nobody else is left."""
        return self.challenged in self.chairs or bool(self.barred and self.deciders)

    # ---- days

    def day_of(self, event: str) -> date | None:
        return next((e.on for e in reversed(self.events) if e.name == event), None)

    def event(self, name: str) -> Event | None:
        return next((e for e in reversed(self.events) if e.name == name), None)

    def running(self, *rules: str) -> tuple[Deadline, ...]:
        return tuple(d for d in self.deadlines if d.rule in rules and d.status == Status.RUNNING)

    def latest(self, rule: str) -> Deadline | None:
        return max((d for d in self.deadlines if d.rule == rule), key=lambda d: d.id or 0, default=None)

    @property
    def lapsed_rule(self) -> str | None:
        """Rule of the period of mediation that time itself has ended."""
        return next((d.rule for d in self.deadlines if d.rule in ("MED-END", "ARB-ENTRUST") and d.status == Status.LAPSED), None)

    def was_silent(self, rule: str) -> bool:
        """Time itself has acted on the latest period under a rule."""
        latest = self.latest(rule)
        return latest is not None and latest.status == Status.LAPSED

    @property
    def end(self) -> Deadline | None:
        """The period in which mediation has to end."""
        return next(iter(self.running("MED-END", "ARB-ENTRUST")), None)

    # ---- the proposals

    @property
    def open_proposals(self) -> tuple[MediationProposal, ...]:
        return tuple(p for p in self.proposals if self.unanswered(p))

    def unanswered(self, proposal: MediationProposal) -> frozenset[PartyRole]:
        """Sides that have still to answer; nobody answers his own."""
        maker = self.party(proposal.party_id)
        answered = {a.role for a in self.answers if a.proposal_id == proposal.id}
        return frozenset(r for r in PartyRole if r not in answered and not (maker and maker.role == r))

    # ---- the agreement

    @property
    def missing_marks(self) -> tuple[tuple[Mark, int | None], ...]:
        """What the agreement still lacks to be effective: (mark, party)."""
        there = {(Mark(s.mark), s.party_id) for s in self.signatures}
        signing = [p for role in PartyRole for p in self.acting(role)]
        wanted = [*((Mark.PARTY, p.id) for p in signing), (Mark.MEDIATOR, None), (Mark.SEAL, None)]
        return tuple(one for one in wanted if one not in there)

    def paid(self, term: AgreementTerm) -> int:
        """Fen. That it was paid in full counts no longer once it was said later that nothing was performed."""
        told = [p for p in self.performances if p.term_id == term.id]
        denied = max((p.id or 0 for p in told if p.state == TermState.MISSED), default=0)
        return sum(p.amount_fen or 0 for p in told if p.state != TermState.PERFORMED or (p.id or 0) > denied)

    @property
    def missed(self) -> tuple[AgreementTerm, ...]:
        return tuple(t for t in self.terms if t.state == TermState.MISSED)

    @property
    def is_confirmed(self) -> bool:
        return any(r.result == ReviewResult.CONFIRMED for r in self.reviews)

    @property
    def pending_review(self) -> ReviewApplication | None:
        return next((r for r in self.reviews if r.result is None), None)

    @property
    def only_payments(self) -> bool:
        return bool(self.terms) and all(t.head != MoneyHead.NO_MONEY for t in self.terms)

    @property
    def settled_by(self) -> date | None:
        """Last day of what the parties settled between themselves, where that ended the case."""
        return self.settlements[-1].due if self.settlements and self.case.outcome == Outcome.SETTLED_BETWEEN else None

    @property
    def for_payment_order(self) -> tuple[AgreementTerm, ...]:
        """Missed payments that an employer owes under the four heads (劳动争议调解仲裁法 Art. 16)."""
        return self.of_employer(self.missed)

    @property
    def only_remuneration(self) -> bool:
        """Interpretation I Art. 51 ¶2: the agreement is about remuneration and nothing else."""
        return bool(self.terms) and all(t.head == MoneyHead.REMUNERATION for t in self.terms)

    def of_employer(self, terms: Iterable[AgreementTerm]) -> tuple[AgreementTerm, ...]:
        """Those of the four heads of 劳动争议调解仲裁法 Art. 16 that an employer has to pay."""
        employers = {p.id for p in self.parties if not p.is_worker}
        return tuple(t for t in terms if t.head in FOUR_HEADS and t.debtor_id in employers)

    # ---- limitation

    def limitations(self, on: date, more: Iterable[Restart] = ()) -> tuple[Limitation, ...]:
        """Until when arbitration may be applied for: of wages owed where the dispute is about payments, and of every other claim."""
        events = [Restart(Interruption(e.subject), e.on) for e in self.events if e.name == RESTARTED]
        kinds = (True, False) if Matter.PAYMENT in self.case.matters else (False,)
        return tuple(
            derive(self.rules, Claim(self.case.known_on, self.case.employment_ended_on, wages, (*events, *more)), on) for wages in kinds
        )
