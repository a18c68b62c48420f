"""What each act of a mediation brings about. `MEDIATIONS` is how everything else does one."""

from mediation.acts import accepting, consulting, correcting, interrupting, mediating, papers, performing, rating, recording
from mediation.acts.opening import apply_for_mediation, demand_consultation, new_code
from mediation.acts.registry import MEDIATIONS

__all__ = [
    "MEDIATIONS",
    "accepting",
    "apply_for_mediation",
    "consulting",
    "correcting",
    "demand_consultation",
    "interrupting",
    "mediating",
    "new_code",
    "papers",
    "performing",
    "rating",
    "recording",
]
