"""What members receive and say before a vote"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from workflow.journal import append_only_ddl

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


APPEND_ONLY = ("congress_receipt",)


def upgrade() -> None:
    op.create_table(
        "congress_receipt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("paper", sa.String(length=64), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("on_list", sa.Boolean(), nullable=False),
        sa.Column("entered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["delegate_id"], ["congress_delegate.id"], name=op.f("fk_congress_receipt_delegate_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_congress_receipt_entered_by")),
        sa.ForeignKeyConstraint(["meeting_id"], ["congress_meeting.id"], name=op.f("fk_congress_receipt_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_receipt")),
    )
    with op.batch_alter_table("congress_receipt", schema=None) as batch_op:
        batch_op.create_index("ix_congress_receipt_meeting", ["meeting_id", "delegate_id"], unique=False)

    op.create_table(
        "congress_opinion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("constituency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(answered_on IS NULL) = (answer = '') AND (answered_on IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_congress_opinion_answered"),
        ),
        sa.CheckConstraint("answered_by IS NULL OR answered_by IN ('union','employer')", name=op.f("ck_congress_opinion_answered_by")),
        sa.ForeignKeyConstraint(["constituency_id"], ["congress_constituency.id"], name=op.f("fk_congress_opinion_constituency_id")),
        sa.ForeignKeyConstraint(["delegate_id"], ["congress_delegate.id"], name=op.f("fk_congress_opinion_delegate_id")),
        sa.ForeignKeyConstraint(["item_id"], ["congress_item.id"], name=op.f("fk_congress_opinion_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["congress_meeting.id"], name=op.f("fk_congress_opinion_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_opinion")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_congress_opinion_meeting_id_number")),
    )
    with op.batch_alter_table("congress_opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_opinion_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_congress_opinion_meeting_id"), ["meeting_id"], unique=False)

    op.add_column("congress_delegate", sa.Column("leads", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in append_only_ddl(op.get_bind().dialect.name, APPEND_ONLY):
        op.get_bind().exec_driver_sql(statement if is_sqlite else statement.replace("%", "%%"))


def downgrade() -> None:
    op.drop_column("congress_delegate", "leads")
    with op.batch_alter_table("congress_opinion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_congress_opinion_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_congress_opinion_item_id"))

    op.drop_table("congress_opinion")
    with op.batch_alter_table("congress_receipt", schema=None) as batch_op:
        batch_op.drop_index("ix_congress_receipt_meeting")

    op.drop_table("congress_receipt")
