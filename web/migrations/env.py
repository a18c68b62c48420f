"""Alembic's entry: it works on the connection that `migrate` or a command hands over, in that connection's transaction."""

from typing import Any

from alembic import context
from sqlalchemy import Connection

from web.settings import Settings
from web.tables import metadata
from workflow.database import Database

NOT_OURS = frozenset(
    {
        "application_versions",
        "notifications",
        "operation_outputs",
        "queues",
        "streams",
        "workflow_events",
        "workflow_events_history",
        "workflow_input",
        "workflow_output",
        "workflow_schedules",
        "workflow_status",
    }
)
"""Tables of the job engine, which keeps its own."""


def is_ours(_object: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    return not (kind == "table" and reflected and compare_to is None and (name in NOT_OURS or (name or "").startswith("dbos")))


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        include_object=is_ours,
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with Database(Settings.load().database).writer.connect() as opened, opened.begin():
        run(opened)
