"""What the requirements of a proposal look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from congress.proposals.models import DelegateProposal, Handling, Seconder
from congress.rolls.models import CongressTerm, Delegate
from workflow.law.rules import Rulebook
from workflow.seats import Seat


@dataclass(frozen=True)
class Facts:
    proposal: DelegateProposal
    term: CongressTerm
    rules: Rulebook
    proposer: Delegate
    seconders: tuple[Seconder, ...]
    handlings: tuple[Handling, ...]
    names: Mapping[int, str]
    """Of the proposer and the seconders, by delegate."""
    without_account: frozenset[Seat] = frozenset()
    moved: Mapping[str, Seat] = field(default_factory=dict)

    @property
    def current(self) -> Handling | None:
        return self.handlings[-1] if self.handlings else None

    def seconders_needed(self, on: date) -> int:
        rule = self.rules.find("CONG-PROPOSAL", on)
        return int(rule.value) if rule is not None and isinstance(rule.value, int) else 0
