"""The presence book and the screen of a hall"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from workflow.journal import append_only_ddl

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "check_in_officer",
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["congress_meeting.id"], name=op.f("fk_check_in_officer_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_check_in_officer_person_id")),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_check_in_officer")),
    )
    op.create_table(
        "hall_screen",
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("screen", sa.String(length=20), nullable=False),
        sa.CheckConstraint("screen IN ('check_in','voting','result')", name=op.f("ck_hall_screen_screen")),
        sa.ForeignKeyConstraint(["meeting_id"], ["congress_meeting.id"], name=op.f("fk_hall_screen_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_hall_screen")),
    )
    op.create_table(
        "presence_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(length=20), nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("attendee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("move IN ('arrive','late','leave','undo')", name=op.f("ck_presence_entry_move")),
        sa.CheckConstraint("(delegate_id IS NULL) != (attendee_id IS NULL)", name=op.f("ck_presence_entry_whom")),
        sa.ForeignKeyConstraint(["attendee_id"], ["congress_attendee.id"], name=op.f("fk_presence_entry_attendee_id")),
        sa.ForeignKeyConstraint(["delegate_id"], ["congress_delegate.id"], name=op.f("fk_presence_entry_delegate_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_presence_entry_entered_by")),
        sa.ForeignKeyConstraint(["meeting_id"], ["congress_meeting.id"], name=op.f("fk_presence_entry_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence_entry")),
        sa.UniqueConstraint("meeting_id", "seq", name=op.f("uq_presence_entry_meeting_id_seq")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("presence_entry", schema=None) as batch_op:
        batch_op.create_index("ix_presence_entry_day", ["meeting_id", "on"], unique=False)

    dialect = op.get_bind().dialect.name
    for statement in append_only_ddl(dialect, ("presence_entry",)):
        op.get_bind().exec_driver_sql(statement.replace("%", "%%") if dialect == "postgresql" else statement)


def downgrade() -> None:
    with op.batch_alter_table("presence_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_presence_entry_day")

    op.drop_table("presence_entry")
    op.drop_table("hall_screen")
    op.drop_table("check_in_officer")
