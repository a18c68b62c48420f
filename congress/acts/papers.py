"""文书: documents issued when asked for, and the signed papers that come back."""

from congress import queries
from congress.acts.registry import Now, does
from congress.documents import CATALOGUE
from workflow.documents import asked
from workflow.documents.asked import IssueDocument, KeepScan


@does("issue_document")
def issue_document(now: Now, form: IssueDocument) -> None:
    asked.issue_document(now, form, CATALOGUE)


@does("keep_scan")
def keep_scan(now: Now, form: KeepScan) -> None:
    asked.keep_scan(now, form, {document.id for document in queries.documents(now.db, now.case)})
