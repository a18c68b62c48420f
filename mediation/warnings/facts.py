"""What the requirements of a warning look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mediation.warnings.models import EarlyWarning, WarningStep
from workflow.law.rules import Rulebook
from workflow.seats import Seat


@dataclass(frozen=True)
class Facts:
    warning: EarlyWarning
    rules: Rulebook
    steps: tuple[WarningStep, ...]
    without_account: frozenset[Seat] = frozenset()
    moved: Mapping[str, Seat] = field(default_factory=dict)
