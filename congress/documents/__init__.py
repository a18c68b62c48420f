"""The 文书 of a congress meeting. `CATALOGUE` names them all; acts issue by name."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from congress.documents.meeting import MEETING, is_notice_of
from congress.documents.voting import BALLOT, ON_A_RESULT, RESOLUTION, VOTING, resolution
from congress.facts import Facts
from congress.models import CongressMeeting, Item
from congress.terms import Matter
from workflow.documents.asked import ISSUE
from workflow.documents.catalogue import Catalogue, latest

if TYPE_CHECKING:
    from congress.acts.registry import Now

CATALOGUE: Catalogue[CongressMeeting, Facts] = Catalogue((*MEETING, *VOTING))
issue = CATALOGUE.issue
issue_with = CATALOGUE.issue_with


def issue_with_notice(now: "Now", items: Iterable[Item]) -> None:
    """The notice, and the bill on each contract draft among the items whose text goes out with it. Those that the union issued beforehand,
    of this very day and these texts, stand."""
    told = _asked_for(now, "notice")
    if told is None or not is_notice_of(told, now.case, now.facts):
        issue_with(now, "notice")
    for item in items:
        if item.matter == Matter.CONTRACT and (_asked_for(now, "bill", str(item.id)) or {}).get("text_hash") != item.text_hash:
            issue_with(now, "bill", str(item.id))


def _asked_for(now: "Now", name: str, subject: str = "") -> Mapping[str, Any] | None:
    """What the last of this kind was told, if somebody asked for it; none if it went out with a notice before."""
    last = latest(now.db, now.proceedings.procedure.name, now.case.id or 0, name, subject)
    return last.facts if last is not None and last.act == ISSUE else None


__all__ = ["BALLOT", "CATALOGUE", "ON_A_RESULT", "RESOLUTION", "issue", "issue_with", "issue_with_notice", "resolution"]
