"""What a meeting tells the procedure that put an item on its agenda. Written with the act; read and handled above."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from congress.models import CongressNotice, Item
from congress.terms import Told


def tell(db: Session, item: Item, what: Told, on: date, at: datetime) -> None:
    """Nothing where the item was put on the agenda by hand."""
    if not item.subject_kind or item.id is None:
        return
    db.add(
        CongressNotice(
            item_id=item.id,
            subject_kind=item.subject_kind,
            subject_id=item.subject_id,
            text_hash=item.text_hash,
            what=what,
            on=on,
            created_at=at,
        )
    )
    db.flush()


def pending_notices(db: Session) -> list[CongressNotice]:
    """Those that nobody has handled, in the order in which they were written."""
    return list(db.exec(select(CongressNotice).where(col(CongressNotice.handled_at).is_(None)).order_by(col(CongressNotice.id))).all())


def handled(db: Session, notice: CongressNotice, at: datetime) -> bool:
    """Take a notice as handled. False where another process was first: then nothing is to be done."""
    row = db.exec(
        select(CongressNotice).where(CongressNotice.id == notice.id).with_for_update().execution_options(populate_existing=True)
    ).one()
    if row.handled_at is not None:
        return False
    row.handled_at = at
    db.flush()
    return True
