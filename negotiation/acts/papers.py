"""文书: documents issued when asked for, and the signed papers that come back."""

from negotiation import disclosure
from negotiation.acts.registry import Now, does
from negotiation.documents import CATALOGUE
from negotiation.queries import side_of, sight
from workflow.documents import asked
from workflow.documents.asked import IssueDocument, KeepScan
from workflow.journal import entries


@does("issue_document")
def issue_document(now: Now, form: IssueDocument) -> None:
    asked.issue_document(now, form, CATALOGUE)


@does("keep_scan")
def keep_scan(now: Now, form: KeepScan) -> None:
    seen = sight(now.db, now.case, now.by.person_id or 0, now.on)
    journal = entries(now.db, now.proceedings.procedure.name, now.case.id or 0)
    found = disclosure.documents(now.db, now.case, journal, seen, side_of(now.by.seats)) if seen else []
    asked.keep_scan(now, form, {document.id for document in found})
