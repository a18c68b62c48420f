"""The 文书 of a mediation. `CATALOGUE` names them all; acts issue by name."""

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from mediation.documents.agreeing import AGREEMENT
from mediation.documents.applying import APPLICATION
from mediation.documents.archiving import ARCHIVE
from mediation.documents.mediating import PROCEEDINGS
from mediation.documents.performing import PERFORMANCE
from mediation.documents.writing import COMMITTEE, CONDUCT, MEDIATION
from mediation.facts import ROLE_SEATS, Facts
from mediation.models import MediationCase
from mediation.terms import PartyRole
from workflow.documents.catalogue import Catalogue, issue_standard, latest
from workflow.documents.issue import Document
from workflow.procedure import Actor

if TYPE_CHECKING:
    from mediation.acts.registry import Now

CATALOGUE: Catalogue[MediationCase, Facts] = Catalogue((*APPLICATION, *PROCEEDINGS, *AGREEMENT, *PERFORMANCE, *ARCHIVE))
issue_with = CATALOGUE.issue_with

OF_ONE_SIDE = frozenset(
    {"payment_order", "arbitration_application", "payment_order_of_respondent", "arbitration_application_of_respondent"}
)
"""Kinds that a party draws up for itself alone."""
IN_THE_CASE = CONDUCT | {*ROLE_SEATS.values()}


def readable(db: Session, case: MediationCase, by: Actor) -> list[Document]:
    """The documents of a case that this reader may read, newest first."""
    query = select(Document).where(Document.case_kind == MEDIATION, Document.case_id == case.id)
    return [one for one in db.exec(query.order_by(col(Document.issued_on).desc(), col(Document.id).desc())) if _may_read(one, by)]


def _may_read(document: Document, by: Actor) -> bool:
    """What lies on the table is read by both sides and by the committee; the committee's own papers by it alone; the papers of one side
    by that side, and by whoever drew them up for it."""
    if document.side is None:
        return bool(by.seats & IN_THE_CASE)
    if document.side == COMMITTEE:
        return bool(by.seats & CONDUCT)
    return ROLE_SEATS[PartyRole(document.side)] in by.seats or (by.person_id is not None and document.issued_by == by.person_id)


def issue_anew(now: "Now", name: str) -> Document:
    """Issue it with the act under way, in the place of the one before."""
    before = latest(now.db, MEDIATION, now.case.id or 0, name)
    return issue_standard(now, CATALOGUE[name], supersedes=before.id if before else None)


__all__ = ["CATALOGUE", "OF_ONE_SIDE", "issue_anew", "issue_with", "readable"]
