"""What each act of a mediation brings about. `MEDIATIONS` is how everything else does one."""

from mediation.acts import accepting, consulting, mediating, papers, performing, rating, recording
from mediation.acts.opening import apply_for_mediation, demand_consultation, new_code
from mediation.acts.registry import MEDIATIONS

__all__ = [
    "MEDIATIONS",
    "accepting",
    "apply_for_mediation",
    "consulting",
    "demand_consultation",
    "mediating",
    "new_code",
    "papers",
    "performing",
    "rating",
    "recording",
]
