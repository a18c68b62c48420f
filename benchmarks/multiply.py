"""Many contracts out of the few of the demonstration: whole enterprises are copied by SQL, with their people, cases and journals.

Copies keep the federations and authorities above them. Their journals are rows to read, not chains that verify: a case's number
is part of what its entries' hashes cover.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table

from benchmarks.figures import say
from web.tables import metadata
from workflow.database import sqlite_module
from workflow.organisations import OrganisationKind

STEP = 1_000_000
"""Apart from each other stand a row and its copy; no table of the demonstration has that many."""

ABOVE = (OrganisationKind.FEDERATION, OrganisationKind.AUTHORITY)
"""Bodies that stay as they are, and their people with them."""

ONCE = ("calendar_day", "calendar_year", "blob", "journal_checkpoint", "node", "practice_date", "rule_override", "rule_register", "upload")
"""Tables that are not copied: what all share."""

CASES = {"case_id", "item_id", "meeting_id", "clause_id", "text_id", "subject_id"}
"""Columns that refer to a copied row without saying so to the database."""
PEOPLE = {"actor_id", "person_id", "recorder_id"}

WRITTEN = {
    ("account", "login"): "login || '.' || n",
    ("negotiation", "token"): "lower(hex(randomblob(16)))",
    ("document", "token"): "lower(hex(randomblob(16)))",
    ("message", "once"): (
        "CASE WHEN once LIKE 'deadline-%' THEN 'deadline-' || (CAST(substr(once, 10) AS INTEGER) + n * {step})"
        " || substr(once, 9 + instr(substr(once, 10), '-')) ELSE once || '.' || n END"
    ),
    ("organisation", "name"): "name || n",
    ("congress_meeting", "number"): "CASE WHEN organisation_id IN (SELECT id FROM body) THEN number ELSE number + n END",
    ("document", "number"): "CASE WHEN organisation_id IN (SELECT id FROM body) THEN number ELSE number || '.' || n END",
    ("congress_item", "subject_id"): "CAST(subject_id + n * {step} AS TEXT)",
    ("congress_notice", "subject_id"): "CAST(subject_id + n * {step} AS TEXT)",
}
"""Columns that a copy has of its own."""


def multiply(path: str, copies: int, at: datetime) -> None:
    """Add `copies` of every enterprise. Messages are taken as sent, and as read after a fortnight."""
    db = sqlite_module().connect(path, isolation_level=None)
    for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-200000", "temp_store=MEMORY"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("BEGIN IMMEDIATE")
    db.execute("UPDATE message SET sent_at = created_at")
    db.execute("UPDATE message SET read_at = created_at WHERE created_at < ?", ((at - timedelta(days=14)).isoformat(" "),))
    db.execute("CREATE TEMP TABLE copy (n INTEGER PRIMARY KEY)")
    db.executemany("INSERT INTO copy VALUES (?)", [(n,) for n in range(1, copies + 1)])
    above = ", ".join(f"'{kind}'" for kind in ABOVE)
    db.execute(f"CREATE TEMP TABLE body AS SELECT id FROM organisation WHERE kind NOT IN ({above})")
    db.execute(
        "CREATE TEMP TABLE member AS SELECT id FROM person WHERE id NOT IN"
        " (SELECT person_id FROM appointment WHERE organisation_id NOT IN (SELECT id FROM body))"
    )
    tables = [table for table in metadata.sorted_tables if table.name not in ONCE]
    for number, table in enumerate(tables, start=1):
        db.execute(_copying(table))
        say(f"copying: {number}/{len(tables)} tables ({table.name})")
    db.execute("COMMIT")
    broken = db.execute("PRAGMA foreign_key_check").fetchall()
    assert not broken, broken[:5]
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def _copying(table: Table) -> str:
    columns = [column.name for column in table.columns]
    values = ", ".join(_value(table, name) for name in columns)
    return f"INSERT INTO {table.name} ({', '.join(_quoted(c) for c in columns)}) SELECT {values} FROM {table.name}, copy{_which(table)}"


def _value(table: Table, name: str) -> str:
    own: Mapping[tuple[str, str], str] = WRITTEN
    if (table.name, name) in own:
        return own[table.name, name].format(step=STEP)
    column = table.columns[name]
    to = next((key.column.table.name for key in column.foreign_keys), None)
    if name in PEOPLE or to == "person" or (table.name, name) == ("person", "id"):
        return _moved_if(name, "member")
    if to == "organisation":
        return _moved_if(name, "body")
    if to in ONCE:
        return _quoted(name)
    if to is not None or name in CASES or (name == "id" and column.primary_key):
        return f"{_quoted(name)} + n * {STEP}"
    return _quoted(name)


def _moved_if(name: str, group: str) -> str:
    return f"CASE WHEN {_quoted(name)} IN (SELECT id FROM {group}) THEN {_quoted(name)} + n * {STEP} ELSE {_quoted(name)} END"


def _which(table: Table) -> str:
    """What stands above is not copied, nor what belongs to it alone."""
    groups: dict[str, Any] = {
        "organisation": "id IN (SELECT id FROM body)",
        "person": "id IN (SELECT id FROM member)",
        "appointment": "organisation_id IN (SELECT id FROM body)",
        "account": "person_id IN (SELECT id FROM member)",
        "document_number": "organisation_id IN (SELECT id FROM body)",
        "message_setting": "person_id IN (SELECT id FROM member)",
        "robot": "organisation_id IN (SELECT id FROM body)",
    }
    return f" WHERE {groups[table.name]}" if table.name in groups else ""


def _quoted(name: str) -> str:
    return f'"{name}"'
