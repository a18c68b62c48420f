"""Which function brings about which act of a term, and what these functions share."""

from collections.abc import Callable
from typing import Any, TypeAlias

from congress.rolls.facts import Facts
from congress.rolls.models import CongressTerm, Delegate
from workflow.forms import invalid
from workflow.proceedings import Doing
from workflow.words import N_, Word

Now: TypeAlias = Doing[CongressTerm, Facts]
DOES: dict[str, Callable[[Now, Any], None]] = {}


def does(name: str) -> Callable[[Callable[[Now, Any], None]], Callable[[Now, Any], None]]:
    def register(function: Callable[[Now, Any], None]) -> Callable[[Now, Any], None]:
        DOES[name] = function
        return function

    return register


def holder(now: Now, field: str, delegate_id: int) -> Delegate:
    """Who holds a seat now. Raises `Invalid`."""
    found = next((d for d in now.facts.elected() if d.id == delegate_id), None)
    if found is None:
        raise invalid(field, N_("请从列出的选项中选“{title}”。"), title=Word(N_("代表")))
    return found
