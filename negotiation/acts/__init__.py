"""What each act of a negotiation brings about. `NEGOTIATIONS` is how everything else does one."""

from negotiation import queries
from negotiation.acts import adopting, concluding, coordinating, offering, papers, performing, preparing, recording, talking
from negotiation.acts.opening import open_negotiation
from negotiation.acts.registry import DOES
from negotiation.facts import Facts
from negotiation.models import Negotiation
from negotiation.procedure import NEGOTIATION
from negotiation.text import current_hash
from workflow.proceedings import Proceedings

NEGOTIATIONS: Proceedings[Negotiation, Facts] = Proceedings(
    procedure=NEGOTIATION,
    model=Negotiation,
    facts=queries.facts,
    actor=queries.actor,
    people=queries.people,
    does=DOES,
    rules=queries.rules,
    basis=lambda db, case, act: current_hash(db, case.id or 0) if act == "settle" else "",
)

__all__ = [
    "NEGOTIATIONS",
    "adopting",
    "concluding",
    "coordinating",
    "offering",
    "open_negotiation",
    "papers",
    "performing",
    "preparing",
    "recording",
    "talking",
]
