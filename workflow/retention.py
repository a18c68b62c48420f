"""Personal words are kept no longer than they may be: a row says in `erase_after` until which day."""

from datetime import date

from sqlalchemy import delete
from sqlmodel import Session

from workflow.database import metadata


def erase(db: Session, on: date) -> int:
    """Remove every row whose last day lies before `on`; gives how many."""
    return sum(
        db.connection().execute(delete(table).where(table.c.erase_after < on)).rowcount
        for table in reversed(metadata.sorted_tables)
        if "erase_after" in table.c
    )
