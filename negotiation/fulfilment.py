"""履约率 of a round."""

from collections.abc import Iterable

from negotiation.models import Finding
from negotiation.terms import Performance


def standing(findings: Iterable[Finding], round_id: int) -> list[Finding]:
    """What a round found in the end of each obligation."""
    return [f for f in findings if f.round_id == round_id and not f.superseded]


def fulfilment(findings: Iterable[Finding], round_id: int) -> tuple[int, int]:
    """Obligations fulfilled, obligations due. Partly fulfilled and disputed ones count as due only."""
    found = standing(findings, round_id)
    return sum(f.result == Performance.FULFILLED for f in found), len(found)
