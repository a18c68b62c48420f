"""Grievances of workers"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "grievance",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("region", sa.String(length=6), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("procedure_version", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("journal_seq", sa.Integer(), nullable=False),
        sa.Column("journal_head", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("satisfaction", sa.String(length=40), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("why_ended", sa.Text(), nullable=False),
        sa.CheckConstraint("channel IN ('counter','hotline','letter','online')", name=op.f("ck_grievance_channel")),
        sa.CheckConstraint("satisfaction IN ('satisfied','mostly','unsatisfied','unsaid')", name=op.f("ck_grievance_satisfaction")),
        sa.CheckConstraint("state != 'closed' OR satisfaction IS NOT NULL OR why_ended != ''", name=op.f("ck_grievance_closed")),
        sa.CheckConstraint("state != 'withdrawn' OR why_ended != ''", name=op.f("ck_grievance_withdrawn")),
        sa.CheckConstraint("state IN ('registered','routed','answered','closed','withdrawn')", name=op.f("ck_grievance_state")),
        sa.CheckConstraint(
            "subject IN ('arrears','pay','contract','hours','safety','insurance','hardship','democracy','talks','other')",
            name=op.f("ck_grievance_subject"),
        ),
        sa.CheckConstraint("persons > 0", name=op.f("ck_grievance_persons")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_grievance_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_grievance_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["organisation.id"], name=op.f("fk_grievance_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grievance")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_grievance_organisation_id_number")),
    )
    with op.batch_alter_table("grievance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grievance_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grievance_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grievance_state"), ["state"], unique=False)
        batch_op.create_index("ix_grievance_unit", ["unit_id", "subject", "opened_on"], unique=False)

    op.create_table(
        "grievance_routing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("grievance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("handler", sa.String(length=100), nullable=False),
        sa.Column("handler_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("routed_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(answered_on IS NULL) = (answer = '')", name=op.f("ck_grievance_routing_answered")),
        sa.CheckConstraint(
            "route IN ('here','consultation','legal_aid','proposal','hardship','mediation','union','another')",
            name=op.f("ck_grievance_routing_route"),
        ),
        sa.ForeignKeyConstraint(["grievance_id"], ["grievance.id"], name=op.f("fk_grievance_routing_grievance_id")),
        sa.ForeignKeyConstraint(["handler_id"], ["organisation.id"], name=op.f("fk_grievance_routing_handler_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grievance_routing")),
        sa.UniqueConstraint("grievance_id", "round", name=op.f("uq_grievance_routing_grievance_id_round")),
    )
    with op.batch_alter_table("grievance_routing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grievance_routing_grievance_id"), ["grievance_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grievance_routing_handler_id"), ["handler_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("grievance_routing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grievance_routing_handler_id"))
        batch_op.drop_index(batch_op.f("ix_grievance_routing_grievance_id"))

    op.drop_table("grievance_routing")
    with op.batch_alter_table("grievance", schema=None) as batch_op:
        batch_op.drop_index("ix_grievance_unit")
        batch_op.drop_index(batch_op.f("ix_grievance_state"))
        batch_op.drop_index(batch_op.f("ix_grievance_person_id"))
        batch_op.drop_index(batch_op.f("ix_grievance_organisation_id"))

    op.drop_table("grievance")
