"""What requirements ask of a rule and of a deadline."""

from datetime import date, timedelta
from typing import Any

from negotiation.facts import Facts
from workflow.clock import NEVER
from workflow.deadlines import Deadline


def value(facts: Facts, rule: str, on: date) -> Any:
    """What the rule says here, or None where there is none."""
    found = facts.rules.find(rule, on)
    return found.value if found else None


def allows(facts: Facts, rule: str, parameter: str, on: date) -> bool:
    """Whether the rule leaves it open: it does unless it says no."""
    found = facts.rules.find(rule, on)
    return found is None or found.parameters.get(parameter) is not False


def after(deadline: Deadline) -> date | None:
    """The day after its last day; none while it stands still."""
    return deadline.due + timedelta(days=1) if deadline.due < NEVER else None
