"""Papers that come with the very act that opens a case of the congress."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from workflow import evidence
from workflow.forms import FileRef, invalid
from workflow.words import N_


def lay_in(db: Session, kind: str, case_id: int, files: Sequence[FileRef], *, act: str, by: int, at: datetime) -> None:
    """Raises `Invalid` where a file was not stored."""
    for file in files:
        if not evidence.is_kept(db, file.sha256):
            raise invalid("evidence", N_("文件“{name}”没有上传成功，请重新选择。"), name=file.name)
        db.add(
            evidence.Evidence(case_kind=kind, case_id=case_id, sha256=file.sha256, name=file.name, stage=act, entered_by=by, entered_at=at)
        )
