"""文书: documents issued when asked for, and the signed papers that come back."""

from mediation.acts.registry import Now, does
from mediation.documents import CATALOGUE, readable
from workflow.documents import asked
from workflow.documents.asked import IssueDocument, KeepScan


@does("issue_document")
def issue_document(now: Now, form: IssueDocument) -> None:
    asked.issue_document(now, form, CATALOGUE)


@does("keep_scan")
def keep_scan(now: Now, form: KeepScan) -> None:
    asked.keep_scan(now, form, {document.id for document in readable(now.db, now.case, now.by)})
