"""The 文书 of a negotiation. `CATALOGUE` names them all; acts issue by name."""

from typing import TYPE_CHECKING

from negotiation.documents.account import ACCOUNT
from negotiation.documents.contract import CONTRACT, contract_text
from negotiation.documents.coordination import COORDINATION
from negotiation.documents.filing import FILING
from negotiation.documents.fulfilment import FULFILMENT
from negotiation.documents.letters import LETTERS
from negotiation.documents.mandates import MANDATES
from negotiation.documents.meetings import MEETINGS
from negotiation.documents.publication import PASSAGE, PUBLICATION
from negotiation.documents.review import REVIEW
from negotiation.documents.talks import TALKS
from negotiation.facts import Facts
from negotiation.models import Negotiation
from workflow.documents.catalogue import Catalogue, latest
from workflow.documents.issue import Document

if TYPE_CHECKING:
    from negotiation.acts.registry import Now

CATALOGUE: Catalogue[Negotiation, Facts] = Catalogue(
    (*CONTRACT, *TALKS, *MANDATES, *MEETINGS, *COORDINATION, *LETTERS, *PASSAGE, *FILING, *ACCOUNT, *REVIEW, *PUBLICATION, *FULFILMENT)
)
issue = CATALOGUE.issue
issue_with = CATALOGUE.issue_with


def issue_once(now: "Now", name: str, since: str) -> Document | None:
    """Issue it beside the act under way, unless it was prepared on the day of the event `since` or after it."""
    day = now.facts.day_of(since)
    prepared = latest(now.db, now.proceedings.procedure.name, now.case.id or 0, name)
    if prepared is not None and day is not None and prepared.issued_on >= day:
        return None
    return issue_with(now, name)


__all__ = ["CATALOGUE", "contract_text", "issue", "issue_once", "issue_with"]
