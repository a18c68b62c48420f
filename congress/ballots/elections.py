"""Elections of n seats: each candidate is an item, and those who reach what the rule asks are ranked by the votes for them."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from congress.models import Item, Result
from workflow.words import N_


class Standing(StrEnum):
    ELECTED = "elected"
    TIED = "tied"
    NOT_ELECTED = "not_elected"


STANDING_LABELS: Mapping[str, str] = {
    Standing.ELECTED: N_("当选"),
    Standing.TIED: N_("票数相同，待再次表决"),
    Standing.NOT_ELECTED: N_("未当选"),
}


def ranked(results: Sequence[tuple[Item, Result]], seats: int) -> dict[int, Standing]:
    """Number of the item → how its candidate stands. Where as many votes would fill one seat too many, none of those is elected yet."""
    passed = sorted((result.in_favour for _, result in results if result.passed), reverse=True)
    last_in = passed[seats - 1] if len(passed) >= seats else 0
    is_tied = len(passed) > seats and passed[seats] == last_in

    def standing(result: Result) -> Standing:
        if not result.passed or result.in_favour < last_in:
            return Standing.NOT_ELECTED
        return Standing.TIED if is_tied and result.in_favour == last_in else Standing.ELECTED

    return {item.number: standing(result) for item, result in results}
