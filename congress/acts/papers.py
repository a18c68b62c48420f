"""文书: documents issued when asked for, and the signed papers that come back."""

from congress import queries
from congress.acts.registry import Now, does
from congress.documents import BALLOT, CATALOGUE
from workflow.documents import asked
from workflow.documents.asked import IssueDocument, KeepScan
from workflow.forms import invalid
from workflow.words import N_


@does("issue_document")
def issue_document(now: Now, form: IssueDocument) -> None:
    asked.issue_document(now, form, CATALOGUE)


@does("keep_scan")
def keep_scan(now: Now, form: KeepScan) -> None:
    """Ballots that were filled in are sealed by the tellers and never come here (企业民主管理规定 Art. 20)."""
    issued = queries.documents(now.db, now.case)
    if any(d.token == form.document and d.kind == BALLOT for d in issued):
        raise invalid("document", N_("填写过的表决票由监票人封存，不存入系统。"))
    asked.keep_scan(now, form, {document.id for document in issued})
