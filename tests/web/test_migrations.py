"""The database that migrations make is the one that the models describe, with the refusals that Alembic cannot see."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from web.migrations import migrate
from web.tables import metadata
from workflow.database import Database


def test_nothing_is_left_to_migrate(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences: list[Any] = compare_metadata(context, metadata)
    assert [d for d in differences if d[0] != "remove_table" or d[1].name != "alembic_version"] == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    migrate(database)
    migrate(database)


def test_the_database_itself_refuses_to_change_or_remove_a_journal_entry(database: Database) -> None:
    columns = "case_kind, case_id, seq, act, seat, done_on, entered_at, rules, state_from, state_to, on_paper, particulars, previous, hash"
    values = (
        "'negotiation', 1, 1, 'open', 'union', '2026-03-01', '2026-03-01 08:00:00+00:00', '[]', 'drafted', 'drafted', false, '{}', '0', '1'"
    )
    with database.writer.connect() as connection, connection.begin():
        connection.execute(text(f"INSERT INTO journal ({columns}) VALUES ({values})"))
    for statement in ("UPDATE journal SET act = 'other'", "DELETE FROM journal"):
        with database.writer.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(statement))
