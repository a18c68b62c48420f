"""What the requirements of a term look at, and what its roll says on a day."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from congress.rolls.models import Attendee, Committee, CommitteeMember, CongressTerm, Constituency, Delegate
from congress.terms import WHOLE, Form
from workflow.journal import canonical
from workflow.law.rules import Rulebook
from workflow.organisations import Organisation
from workflow.seats import Seat


@dataclass(frozen=True)
class Facts:
    term: CongressTerm
    body: Organisation
    rules: Rulebook
    nation: Rulebook
    """What the nation says where the place says otherwise."""
    constituencies: tuple[Constituency, ...]
    delegates: tuple[Delegate, ...]
    """All there ever were, in the order of their constituencies."""
    attendees: tuple[Attendee, ...]
    serving: CongressTerm | None
    """Another term of the same body that is still in office."""
    committees: tuple[Committee, ...] = ()
    committee_members: tuple[CommitteeMember, ...] = ()
    without_account: frozenset[Seat] = frozenset()
    moved: Mapping[str, Seat] = field(default_factory=dict)

    @property
    def is_assembly(self) -> bool:
        return self.term.form == Form.ASSEMBLY

    @property
    def members(self) -> str:
        """职工代表 or 职工, as a msgid."""
        return WHOLE[Form(self.term.form)].removeprefix("全体")

    def roll(self, on: date) -> tuple[Delegate, ...]:
        return tuple(d for d in self.delegates if d.is_on_roll(on))

    def elected(self) -> tuple[Delegate, ...]:
        """Those whose seat has not ended, also before the term begins."""
        return tuple(d for d in self.delegates if d.until is None)

    def of(self, constituency: Constituency, delegates: Iterable[Delegate]) -> tuple[Delegate, ...]:
        return tuple(d for d in delegates if d.constituency_id == constituency.id)

    def free(self, constituency: Constituency) -> int:
        """Seats that nobody holds."""
        return constituency.seats - len(self.of(constituency, self.elected()))

    def members_of(self, committee: Committee) -> tuple[CommitteeMember, ...]:
        """Who sits in it now, the head first."""
        sitting = (m for m in self.committee_members if m.committee_id == committee.id and m.until is None)
        return tuple(sorted(sitting, key=lambda m: (not m.heads, m.id)))

    def constituency(self, constituency_id: int) -> Constituency | None:
        return next((c for c in self.constituencies if c.id == constituency_id), None)

    def vacancies(self) -> tuple[Delegate, ...]:
        """Delegates whose seat ended and was not filled, the latest first."""
        filled = {d.replaces_id for d in self.delegates}
        return tuple(
            sorted((d for d in self.delegates if d.until is not None and d.id not in filled), key=lambda d: (d.until, d.id), reverse=True)
        )


def fingerprint(delegates: Iterable[Delegate]) -> str:
    """SHA-256 (hex) of a roll, for the journal, which holds no names."""
    rows = [
        [d.constituency_id, d.name, d.staff_number, d.female, d.job, d.post, d.dispatched, d.young, d.manner, d.since] for d in delegates
    ]
    return hashlib.sha256(canonical(rows).encode()).hexdigest()
