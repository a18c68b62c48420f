"""Issued papers and their styles"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

from workflow.documents.issue import frozen_ddl

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FROZEN_BEFORE = [
    "id",
    "case_kind",
    "case_id",
    "organisation_id",
    "kind",
    "form",
    "title",
    "number",
    "template",
    "html",
    "sha256",
    "issued_on",
    "issued_at",
    "act",
    "entry_seq",
    "issued_by",
    "supersedes",
    "token",
]
FROZEN_NOW = ["subject", "facts"]
"""Columns of an issued document that the database keeps as they were written."""


def upgrade() -> None:
    op.create_table(
        "bundle",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("case_kind", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("wanted", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("asked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("faults", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("finished_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("form IN ('dossier','batch')", name=op.f("ck_bundle_form")),
        sa.CheckConstraint("made BETWEEN 0 AND total", name=op.f("ck_bundle_made")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_bundle_asked_by")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_bundle_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle")),
        sa.UniqueConstraint("token", name=op.f("uq_bundle_token")),
    )
    with op.batch_alter_table("bundle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bundle_case_id"), ["case_id"], unique=False)

    op.create_table(
        "document_style",
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("masthead", sa.String(length=60), nullable=False),
        sa.Column("han_dates", sa.Boolean(), nullable=False),
        sa.Column("seal", sa.String(length=20), nullable=False),
        sa.Column("paragraphs", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("codes", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.CheckConstraint("seal IN ('marked','over')", name=op.f("ck_document_style_seal")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_document_style_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_document_style")),
    )
    op.create_table(
        "own_template",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("uploaded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uploaded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_own_template_organisation_id")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_own_template_sha256")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["person.id"], name=op.f("fk_own_template_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_template")),
    )
    with op.batch_alter_table("own_template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_template_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(
            "uq_own_template_current",
            ["organisation_id", "kind"],
            unique=True,
            sqlite_where=sa.text("current"),
            postgresql_where=sa.text("current"),
        )

    op.create_table(
        "signed_scan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("entered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_signed_scan_document_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_signed_scan_entered_by")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_signed_scan_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_scan")),
        sa.UniqueConstraint("document_id", "sha256", name=op.f("uq_signed_scan_document_id_sha256")),
    )
    with op.batch_alter_table("signed_scan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signed_scan_document_id"), ["document_id"], unique=False)

    op.add_column("document", sa.Column("subject", sa.String(length=40), nullable=False, server_default=""))
    op.add_column(
        "document",
        sa.Column(
            "facts",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"),
            nullable=False,
            server_default="{}",
        ),
    )
    _freeze(FROZEN_BEFORE + FROZEN_NOW)


def downgrade() -> None:
    for statement in _thaw():
        op.get_bind().exec_driver_sql(statement)
    op.drop_column("document", "facts")
    op.drop_column("document", "subject")
    op.drop_table("signed_scan")
    op.drop_table("own_template")
    op.drop_table("document_style")
    op.drop_table("bundle")
    _freeze(FROZEN_BEFORE)


def _freeze(columns: list[str]) -> None:
    dialect = op.get_bind().dialect.name
    for statement in (*_thaw(), *frozen_ddl(dialect, columns)):
        op.get_bind().exec_driver_sql(statement.replace("%", "%%") if dialect == "postgresql" else statement)


def _thaw() -> list[str]:
    on = " ON document" if op.get_bind().dialect.name == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS document_frozen{on}", f"DROP TRIGGER IF EXISTS document_kept{on}"]
