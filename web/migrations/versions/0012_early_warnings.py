"""Early warnings"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "early_warning",
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
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("matter", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "matter IN ('relation','contract','dismissal','conditions','payment','other_dispute')", name=op.f("ck_early_warning_matter")
        ),
        sa.CheckConstraint("state IN ('raised','handled','lifted')", name=op.f("ck_early_warning_state")),
        sa.CheckConstraint("trigger IN ('group','alike','arrears')", name=op.f("ck_early_warning_trigger")),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_early_warning_span")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_early_warning_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_early_warning")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_early_warning_organisation_id_number")),
    )
    with op.batch_alter_table("early_warning", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_early_warning_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_early_warning_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_early_warning_open",
            ["unit", "trigger", "matter"],
            unique=True,
            sqlite_where=sa.text("state <> 'lifted'"),
            postgresql_where=sa.text("state <> 'lifted'"),
        )

    op.create_table(
        "warning_sign",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_kind", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("keeper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("matter", sa.String(length=40), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("arrears", sa.Boolean(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "matter IN ('relation','contract','dismissal','conditions','payment','other_dispute')", name=op.f("ck_warning_sign_matter")
        ),
        sa.CheckConstraint("persons > 0", name=op.f("ck_warning_sign_persons")),
        sa.ForeignKeyConstraint(["keeper_id"], ["organisation.id"], name=op.f("fk_warning_sign_keeper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warning_sign")),
        sa.UniqueConstraint("case_kind", "case_id", "matter", name=op.f("uq_warning_sign_case_kind_case_id_matter")),
    )
    with op.batch_alter_table("warning_sign", schema=None) as batch_op:
        batch_op.create_index("ix_warning_sign_alike", ["unit", "matter", "on_day"], unique=False)
        batch_op.create_index("ix_warning_sign_on_day", ["on_day", "unit", "matter"], unique=False)

    op.create_table(
        "early_warning_sign",
        sa.Column("sign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("warning_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("trigger IN ('group','alike','arrears')", name=op.f("ck_early_warning_sign_trigger")),
        sa.ForeignKeyConstraint(["sign_id"], ["warning_sign.id"], name=op.f("fk_early_warning_sign_sign_id")),
        sa.ForeignKeyConstraint(["warning_id"], ["early_warning.id"], name=op.f("fk_early_warning_sign_warning_id")),
        sa.PrimaryKeyConstraint("sign_id", "trigger", name=op.f("pk_early_warning_sign")),
    )
    with op.batch_alter_table("early_warning_sign", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_early_warning_sign_warning_id"), ["warning_id"], unique=False)

    op.create_table(
        "early_warning_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("warning_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seat", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["warning_id"], ["early_warning.id"], name=op.f("fk_early_warning_step_warning_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_early_warning_step")),
        sa.UniqueConstraint("warning_id", "number", name=op.f("uq_early_warning_step_warning_id_number")),
    )
    with op.batch_alter_table("early_warning_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_early_warning_step_warning_id"), ["warning_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("early_warning_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_early_warning_step_warning_id"))

    op.drop_table("early_warning_step")
    with op.batch_alter_table("early_warning_sign", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_early_warning_sign_warning_id"))

    op.drop_table("early_warning_sign")
    with op.batch_alter_table("warning_sign", schema=None) as batch_op:
        batch_op.drop_index("ix_warning_sign_on_day")
        batch_op.drop_index("ix_warning_sign_alike")

    op.drop_table("warning_sign")
    with op.batch_alter_table("early_warning", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_early_warning_open", sqlite_where=sa.text("state <> 'lifted'"), postgresql_where=sa.text("state <> 'lifted'")
        )
        batch_op.drop_index(batch_op.f("ix_early_warning_state"))
        batch_op.drop_index(batch_op.f("ix_early_warning_organisation_id"))

    op.drop_table("early_warning")
