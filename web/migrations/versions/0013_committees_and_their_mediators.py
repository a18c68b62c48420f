"""Committees and their mediators"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mediator_absence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.CheckConstraint("until >= since", name=op.f("ck_mediator_absence_order")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_mediator_absence_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mediator_absence_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediator_absence")),
    )
    with op.batch_alter_table("mediator_absence", schema=None) as batch_op:
        batch_op.create_index("ix_mediator_absence", ["organisation_id", "person_id"], unique=False)

    op.create_table(
        "mediator_skills",
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("matters", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_mediator_skills_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mediator_skills_person_id")),
        sa.PrimaryKeyConstraint("organisation_id", "person_id", name=op.f("pk_mediator_skills")),
    )
    op.create_table(
        "mediator_tie",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tie", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("tie IN ('kin','interest','employed','dispute','other_tie')", name=op.f("ck_mediator_tie_tie")),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= declared_on", name=op.f("ck_mediator_tie_order")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_mediator_tie_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mediator_tie_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediator_tie")),
    )
    with op.batch_alter_table("mediator_tie", schema=None) as batch_op:
        batch_op.create_index("ix_mediator_tie", ["organisation_id", "person_id"], unique=False)

    op.create_table(
        "mediation_committee_seat",
        sa.Column("appointment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("produced", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "produced IN ('union_committee','elected','named','jointly')", name=op.f("ck_mediation_committee_seat_produced")
        ),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_mediation_committee_seat_appointment_id")),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_mediation_committee_seat")),
    )


def downgrade() -> None:
    op.drop_table("mediation_committee_seat")
    with op.batch_alter_table("mediator_tie", schema=None) as batch_op:
        batch_op.drop_index("ix_mediator_tie")

    op.drop_table("mediator_tie")
    op.drop_table("mediator_skills")
    with op.batch_alter_table("mediator_absence", schema=None) as batch_op:
        batch_op.drop_index("ix_mediator_absence")

    op.drop_table("mediator_absence")
