"""Wages owed and ratings"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mediation_rating",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("satisfaction", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.CheckConstraint("role IN ('applicant','respondent')", name=op.f("ck_mediation_rating_role")),
        sa.CheckConstraint("satisfaction IN ('satisfied','mostly','unsatisfied')", name=op.f("ck_mediation_rating_satisfaction")),
        sa.ForeignKeyConstraint(["case_id"], ["mediation.id"], name=op.f("fk_mediation_rating_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_rating")),
    )
    with op.batch_alter_table("mediation_rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_rating_case_id"), ["case_id"], unique=False)

    with op.batch_alter_table("mediation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("owes_wages", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(batch_op.f("ix_mediation_access_hash"), ["access_hash"], unique=False)

    with op.batch_alter_table("grievance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mediation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_grievance_mediation_id"), "mediation", ["mediation_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("grievance", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_grievance_mediation_id"), type_="foreignkey")
        batch_op.drop_column("mediation_id")

    with op.batch_alter_table("mediation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mediation_access_hash"))
        batch_op.drop_column("owes_wages")

    with op.batch_alter_table("mediation_rating", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mediation_rating_case_id"))

    op.drop_table("mediation_rating")
