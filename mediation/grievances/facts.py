"""What the requirements of a grievance look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mediation.grievances.models import Grievance, Routing
from workflow.law.rules import Rulebook
from workflow.organisations import Organisation
from workflow.seats import Seat


@dataclass(frozen=True)
class Facts:
    grievance: Grievance
    body: Organisation
    rules: Rulebook
    routings: tuple[Routing, ...]
    without_account: frozenset[Seat] = frozenset()
    moved: Mapping[str, Seat] = field(default_factory=dict)

    @property
    def current(self) -> Routing | None:
        return self.routings[-1] if self.routings else None
