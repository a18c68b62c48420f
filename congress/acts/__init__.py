"""The acts of a congress meeting, and what another procedure may ask of one."""

from congress import queries
from congress.acts import agenda, confirming, deliveries, keys, opinions, papers, preparing, rounds, sitting, slips, voting
from congress.acts.registry import DOES
from congress.facts import Facts
from congress.models import CongressMeeting
from congress.procedure import CONGRESS
from workflow.proceedings import Proceedings

place = agenda.place
withdraw_item = agenda.take_back
plan = preparing.plan

PROCEEDINGS: Proceedings[CongressMeeting, Facts] = Proceedings(
    procedure=CONGRESS,
    model=CongressMeeting,
    facts=queries.facts,
    actor=queries.actor,
    people=queries.people,
    does=DOES,
    rules=queries.rules,
)

__all__ = [
    "PROCEEDINGS",
    "agenda",
    "confirming",
    "deliveries",
    "keys",
    "opinions",
    "papers",
    "place",
    "plan",
    "preparing",
    "rounds",
    "sitting",
    "slips",
    "voting",
    "withdraw_item",
]
