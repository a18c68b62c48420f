"""Ballots of a congress"""

import secrets
from base64 import b32encode

import sqlalchemy as sa
from alembic import op

from workflow.journal import append_only_ddl

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

APPEND_ONLY = ("ceremony_entry", "board_entry")
MATTERS, MORE_MATTERS = (f"matter IN ('contract','rules','welfare','placement',{rest})" for rest in ("'other'", "'election','other'"))


def upgrade() -> None:
    op.create_table(
        "ballot_pin",
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slip", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["congress_meeting.id"], name=op.f("fk_ballot_pin_meeting_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_ballot_pin")),
        sa.UniqueConstraint("slip", name=op.f("uq_ballot_pin_slip")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("ballot_pin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_pin_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "ballot_slip",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("box", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.CheckConstraint("box IN ('e2e','plain')", name=op.f("ck_ballot_slip_box")),
        sa.CheckConstraint("state IN ('printed','void','paper')", name=op.f("ck_ballot_slip_state")),
        sa.ForeignKeyConstraint(["meeting_id"], ["congress_meeting.id"], name=op.f("fk_ballot_slip_meeting_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ballot_slip")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("ballot_slip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_slip_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "key_ceremony",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("server_key", sa.String(length=120), nullable=False),
        sa.Column("rehearsed", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("state != 'abandoned' OR reason != ''", name=op.f("ck_key_ceremony_reason")),
        sa.CheckConstraint(
            "state IN ('gathering','committed','revealed','shared','ready','abandoned')", name=op.f("ck_key_ceremony_state")
        ),
        sa.CheckConstraint("k >= 1 AND k <= n AND 2 * k > n", name=op.f("ck_key_ceremony_quorum")),
        sa.ForeignKeyConstraint(["meeting_id"], ["congress_meeting.id"], name=op.f("fk_key_ceremony_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_ceremony")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_key_ceremony_meeting_id_number")),
    )
    with op.batch_alter_table("key_ceremony", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_key_ceremony_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(
            "uq_key_ceremony_live",
            ["meeting_id"],
            unique=True,
            sqlite_where=sa.text("state != 'abandoned'"),
            postgresql_where=sa.text("state != 'abandoned'"),
        )

    op.create_table(
        "ballot_round",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("box", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("revote", sa.String(length=40), nullable=False),
        sa.Column("min_ballots", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("ceremony_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("hall_code", sa.String(length=6), nullable=False),
        sa.Column("roll", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("quorum_needed", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("manifest", sa.LargeBinary(), nullable=True),
        sa.Column("unused", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "box != 'e2e' OR state IN ('prepared','void') OR (manifest IS NOT NULL AND ceremony_id IS NOT NULL)",
            name=op.f("ck_ballot_round_sealed"),
        ),
        sa.CheckConstraint("box IN ('e2e','plain','paper','hands')", name=op.f("ck_ballot_round_box")),
        sa.CheckConstraint("revote IN ('last','first')", name=op.f("ck_ballot_round_revote")),
        sa.CheckConstraint("state != 'void' OR reason != ''", name=op.f("ck_ballot_round_reason")),
        sa.CheckConstraint("state IN ('prepared','open','closed','counted','certified','void')", name=op.f("ck_ballot_round_state")),
        sa.CheckConstraint(
            "state IN ('prepared','void') OR (roll IS NOT NULL AND present IS NOT NULL AND quorum_needed IS NOT NULL AND present >= quorum_needed AND opened_on IS NOT NULL)",
            name=op.f("ck_ballot_round_frozen"),
        ),
        sa.CheckConstraint("min_ballots >= 5", name=op.f("ck_ballot_round_min_ballots")),
        sa.CheckConstraint("seats IS NULL OR seats >= 1", name=op.f("ck_ballot_round_seats")),
        sa.ForeignKeyConstraint(["ceremony_id"], ["key_ceremony.id"], name=op.f("fk_ballot_round_ceremony_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["congress_meeting.id"], name=op.f("fk_ballot_round_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_round")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_ballot_round_meeting_id_number")),
    )
    with op.batch_alter_table("ballot_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_round_ceremony_id"), ["ceremony_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ballot_round_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "ceremony_entry",
        sa.Column("ceremony_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("teller", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('manifest','commit','reveal','shares','dummy','part')", name=op.f("ck_ceremony_entry_kind")),
        sa.ForeignKeyConstraint(["ceremony_id"], ["key_ceremony.id"], name=op.f("fk_ceremony_entry_ceremony_id")),
        sa.PrimaryKeyConstraint("ceremony_id", "seq", name=op.f("pk_ceremony_entry")),
    )
    op.create_table(
        "ceremony_teller",
        sa.Column("ceremony_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["ceremony_id"], ["key_ceremony.id"], name=op.f("fk_ceremony_teller_ceremony_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["meeting_officer.id"], name=op.f("fk_ceremony_teller_officer_id")),
        sa.PrimaryKeyConstraint("ceremony_id", "number", name=op.f("pk_ceremony_teller")),
        sa.UniqueConstraint("ceremony_id", "officer_id", name=op.f("uq_ceremony_teller_ceremony_id_officer_id")),
    )
    op.create_table(
        "board_entry",
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("head", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint(
            "kind IN ('ceremony','creds','round','ballot','spoil','close','share','result','void')", name=op.f("ck_board_entry_kind")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["ballot_round.id"], name=op.f("fk_board_entry_round_id")),
        sa.PrimaryKeyConstraint("round_id", "seq", name=op.f("pk_board_entry")),
    )
    op.create_table(
        "board_point",
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("point", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["ballot_round.id"], name=op.f("fk_board_point_round_id")),
        sa.PrimaryKeyConstraint("round_id", "point", name=op.f("pk_board_point")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cast_mark",
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slip", sa.LargeBinary(length=32), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.CheckConstraint("counter >= 0", name=op.f("ck_cast_mark_counter")),
        sa.ForeignKeyConstraint(["round_id"], ["ballot_round.id"], name=op.f("fk_cast_mark_round_id")),
        sa.PrimaryKeyConstraint("round_id", "slip", name=op.f("pk_cast_mark")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paper_ballot",
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slip", sa.LargeBinary(length=32), nullable=False),
        sa.Column("officer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["meeting_officer.id"], name=op.f("fk_paper_ballot_officer_id")),
        sa.ForeignKeyConstraint(["round_id"], ["ballot_round.id"], name=op.f("fk_paper_ballot_round_id")),
        sa.PrimaryKeyConstraint("round_id", "slip", name=op.f("pk_paper_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballot_total",
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.CheckConstraint("choice BETWEEN 0 AND 2", name=op.f("ck_ballot_total_choice")),
        sa.CheckConstraint("votes >= 0", name=op.f("ck_ballot_total_votes")),
        sa.ForeignKeyConstraint(["item_id"], ["congress_item.id"], name=op.f("fk_ballot_total_item_id")),
        sa.PrimaryKeyConstraint("item_id", "choice", name=op.f("pk_ballot_total")),
    )
    op.create_table(
        "item_tally",
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("valid", sa.Integer(), nullable=False),
        sa.Column("invalid", sa.Integer(), nullable=False),
        sa.Column("in_favour", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "in_favour >= 0 AND against >= 0 AND abstained >= 0 AND invalid = 0 AND valid = in_favour + against + abstained AND returned = valid AND returned <= issued",
            name=op.f("ck_item_tally_balance"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["congress_item.id"], name=op.f("fk_item_tally_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_tally")),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    kind = "INTEGER" if is_sqlite else "BIGINT"
    op.execute(
        f"ALTER TABLE congress_item ADD COLUMN ballot_round_id {kind} "
        "CONSTRAINT fk_congress_item_ballot_round_id REFERENCES ballot_round (id)"
    )
    op.create_index(op.f("ix_congress_item_ballot_round_id"), "congress_item", ["ballot_round_id"])
    _allow(MATTERS, MORE_MATTERS)

    op.add_column("congress_meeting", sa.Column("hall_token", sa.String(length=26), nullable=False, server_default=""))
    meeting = sa.table("congress_meeting", sa.column("id"), sa.column("hall_token"))
    for row in op.get_bind().execute(sa.select(meeting.c.id)).all():
        token = b32encode(secrets.token_bytes(16)).decode().rstrip("=")
        op.get_bind().execute(sa.update(meeting).where(meeting.c.id == row.id).values(hall_token=token))
    op.create_index(op.f("ix_congress_meeting_hall_token"), "congress_meeting", ["hall_token"], unique=True)

    for statement in append_only_ddl(op.get_bind().dialect.name, APPEND_ONLY):
        op.get_bind().exec_driver_sql(statement if is_sqlite else statement.replace("%", "%%"))


def _allow(before: str, after: str) -> None:
    """Another list of values in a CHECK. SQLite would otherwise make the table anew, which the keys that point to it do not bear."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA writable_schema=ON")
        op.get_bind().execute(
            sa.text("UPDATE sqlite_master SET sql = replace(sql, :before, :after) WHERE name = 'congress_item'"),
            {"before": before, "after": after},
        )
        op.execute("PRAGMA writable_schema=RESET")
    else:
        op.drop_constraint(op.f("ck_congress_item_matter"), "congress_item", type_="check")
        op.create_check_constraint(op.f("ck_congress_item_matter"), "congress_item", after)


def downgrade() -> None:
    op.drop_index(op.f("ix_congress_meeting_hall_token"), table_name="congress_meeting")
    op.drop_column("congress_meeting", "hall_token")
    op.drop_index(op.f("ix_congress_item_ballot_round_id"), table_name="congress_item")
    op.drop_column("congress_item", "ballot_round_id")
    _allow(MORE_MATTERS, MATTERS)
    for table in (
        "item_tally",
        "ballot_total",
        "paper_ballot",
        "cast_mark",
        "board_point",
        "board_entry",
        "ceremony_teller",
        "ceremony_entry",
        "ballot_round",
        "key_ceremony",
        "ballot_slip",
        "ballot_pin",
    ):
        op.drop_table(table)
