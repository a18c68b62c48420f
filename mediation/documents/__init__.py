"""The 文书 of a mediation. `CATALOGUE` names them all; acts issue by name."""

from mediation.documents.agreeing import AGREEMENT
from mediation.documents.applying import APPLICATION
from mediation.documents.mediating import PROCEEDINGS
from mediation.documents.performing import PERFORMANCE
from mediation.documents.writing import COMMITTEE, OFFICE
from mediation.facts import ROLE_SEATS, Facts
from mediation.models import MediationCase
from mediation.terms import PartyRole
from workflow.documents.catalogue import Catalogue
from workflow.documents.issue import Document
from workflow.procedure import Actor
from workflow.seats import Seat

CATALOGUE: Catalogue[MediationCase, Facts] = Catalogue((*APPLICATION, *PROCEEDINGS, *AGREEMENT, *PERFORMANCE))
issue = CATALOGUE.issue
issue_with = CATALOGUE.issue_with

OF_THE_CASE = OFFICE | {Seat.MEDIATOR, *ROLE_SEATS.values()}


def may_read(document: Document, by: Actor) -> bool:
    """What lies on the table is read by both sides and by the committee; the committee's own papers by it alone; the papers of one side
    by that side, and by whoever drew them up for it."""
    if document.side is None:
        return bool(by.seats & OF_THE_CASE)
    if document.side == COMMITTEE:
        return bool(by.seats & (OFFICE | {Seat.MEDIATOR}))
    return ROLE_SEATS[PartyRole(document.side)] in by.seats or (document.issued_by is not None and document.issued_by == by.person_id)


__all__ = ["CATALOGUE", "issue", "issue_with", "may_read"]
