"""Pieces handed in and what acts issue"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

from workflow.journal import append_only_ddl

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("evidence", sa.Column("piece", sa.String(length=40), nullable=False, server_default=""))
    op.create_table(
        "journal_addendum",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_kind", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("particulars", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_addendum")),
        sa.UniqueConstraint("case_kind", "case_id", "seq", "number", name=op.f("uq_journal_addendum_case_kind_case_id_seq_number")),
        sqlite_autoincrement=True,
    )
    dialect = op.get_bind().dialect.name
    for statement in append_only_ddl(dialect, ["journal_addendum"]):
        op.get_bind().exec_driver_sql(statement.replace("%", "%%") if dialect == "postgresql" else statement)


def downgrade() -> None:
    op.drop_table("journal_addendum")
    op.drop_column("evidence", "piece")
