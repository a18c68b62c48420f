"""Which function brings about which act of a meeting, and what these functions share."""

from collections.abc import Callable
from typing import Any, TypeAlias

from congress import notices
from congress.facts import Facts
from congress.models import CongressMeeting, Item
from congress.procedure import CONGRESS
from congress.terms import ItemState, Told
from workflow.forms import invalid
from workflow.procedure import Refused
from workflow.proceedings import Doing
from workflow.words import N_, Word

Now: TypeAlias = Doing[CongressMeeting, Facts]
DOES: dict[str, Callable[[Now, Any], None]] = {}


def does(name: str) -> Callable[[Callable[[Now, Any], None]], Callable[[Now, Any], None]]:
    def register(function: Callable[[Now, Any], None]) -> Callable[[Now, Any], None]:
        DOES[name] = function
        return function

    return register


def about(now: Now, item_id: int) -> Item:
    """The item of this meeting, and the act judged anew on it. Raises `Invalid` or `Refused`."""
    item = next((i for i in now.facts.items if i.id == item_id), None)
    if item is None:
        raise invalid("item", N_("请从列出的选项中选“{title}”。"), title=Word(N_("事项")))
    insist(now, now.facts.about(item))
    return item


def insist(now: Now, facts: Facts) -> None:
    """Judge the act on these facts before anything is written."""
    standing = CONGRESS.standing(now.act.name, now.case.state, facts, now.by, now.on)
    if not standing.open:
        raise Refused(now.act.name, now.act.label, standing.reasons)
    now.facts = facts


def take_off(now: Now, item: Item, reason: str) -> None:
    item.state = ItemState.WITHDRAWN
    item.reason = reason
    notices.tell(now.db, item, Told.VOID, now.on, now.at)
