"""The first shape"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

from workflow.documents.issue import frozen_ddl
from workflow.journal import append_only_ddl

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("journal", "journal_checkpoint")
FROZEN = [
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
"""Columns of an issued document at this state."""


def upgrade() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_blob_size")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.CheckConstraint("kind IN ('workday','make_up','weekend','holiday')", name=op.f("ck_calendar_day_kind")),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "case_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_kind", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["replaces_id"], ["case_event.id"], name=op.f("fk_case_event_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
    )
    with op.batch_alter_table("case_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_event_case_id"), ["case_id"], unique=False)

    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_kind", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("seat", sa.String(length=40), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("rules", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("state_from", sa.String(length=40), nullable=False),
        sa.Column("state_to", sa.String(length=40), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("particulars", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("case_kind", "case_id", "seq", name=op.f("uq_journal_case_kind_case_id_seq")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_case_id"), ["case_id"], unique=False)

    op.create_table(
        "journal_checkpoint",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("last_entry", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("heads", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_checkpoint")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "motion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_kind", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("seat", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("moved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("form", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("basis", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("status IN ('open','agreed','declined','withdrawn','void')", name=op.f("ck_motion_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motion")),
    )
    with op.batch_alter_table("motion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_motion_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "uq_motion_open",
            ["case_kind", "case_id", "act"],
            unique=True,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )

    op.create_table(
        "node",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("started_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_node")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.Column("region", sa.String(length=6), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("of_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("authority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("credit_code", sa.String(length=18), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("industry", sa.String(length=60), nullable=False),
        sa.Column("workforce", sa.Integer(), nullable=False),
        sa.Column("female", sa.Integer(), nullable=False),
        sa.Column("dispatched", sa.Integer(), nullable=False),
        sa.Column("above_scale", sa.Boolean(), nullable=False),
        sa.Column("document_code", sa.String(length=30), nullable=False),
        sa.CheckConstraint(
            "kind IN ('enterprise','union','federation','authority','employers','committee')", name=op.f("ck_organisation_kind")
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["organisation.id"], name=op.f("fk_organisation_authority_id")),
        sa.ForeignKeyConstraint(["of_id"], ["organisation.id"], name=op.f("fk_organisation_of_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_of_id"), ["of_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_region"), ["region"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("female", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_failure_address"), ["address"], unique=False)

    op.create_table(
        "statement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_kind", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("case_kind", "case_id", "seq", "name", name=op.f("uq_statement_case_kind_case_id_seq_name")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("totp_secret", sa.String(length=64), nullable=False),
        sa.Column("totp_step", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
        sa.UniqueConstraint("person_id", name=op.f("uq_account_person_id")),
    )
    op.create_table(
        "appointment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_appointment_order")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_appointment_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appointment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_person_id"), ["person_id"], unique=False)

    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("entered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("entered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_calendar_year_entered_by")),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "congress_meeting",
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
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("held_time", sa.Time(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("roll", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("presidium", sa.Boolean(), nullable=False),
        sa.Column("notice_sent_on", sa.Date(), nullable=True),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_by", sa.String(length=40), nullable=False),
        sa.Column("published_at", sa.String(length=200), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.CheckConstraint("form IN ('congress','assembly','regional','sectoral')", name=op.f("ck_congress_meeting_form")),
        sa.CheckConstraint("mode IN ('onsite','online','hybrid')", name=op.f("ck_congress_meeting_mode")),
        sa.CheckConstraint("state != 'published' OR published_on IS NOT NULL", name=op.f("ck_congress_meeting_published")),
        sa.CheckConstraint("state IN ('planned','cancelled') OR notice_sent_on IS NOT NULL", name=op.f("ck_congress_meeting_notice")),
        sa.CheckConstraint("state IN ('planned','convened','cancelled') OR began_on IS NOT NULL", name=op.f("ck_congress_meeting_began")),
        sa.CheckConstraint(
            "state IN ('planned','convened','open','adjourned','closed','certified','published','cancelled')",
            name=op.f("ck_congress_meeting_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('open','closed','certified','published') OR present IS NOT NULL", name=op.f("ck_congress_meeting_attendance")
        ),
        sa.CheckConstraint("present IS NULL OR present BETWEEN 0 AND roll", name=op.f("ck_congress_meeting_present")),
        sa.CheckConstraint("roll > 0", name=op.f("ck_congress_meeting_roll")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_congress_meeting_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_meeting")),
    )
    with op.batch_alter_table("congress_meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_meeting_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_congress_meeting_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_congress_meeting_number",
            ["organisation_id", "form", "term", "number"],
            unique=True,
            sqlite_where=sa.text("state != 'cancelled'"),
            postgresql_where=sa.text("state != 'cancelled'"),
        )

    op.create_table(
        "deadline",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_kind", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("start_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("end_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("steps", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("extra_days", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.CheckConstraint("status IN ('running','met','late','lapsed','stopped')", name=op.f("ck_deadline_status")),
        sa.ForeignKeyConstraint(["end_id"], ["case_event.id"], name=op.f("fk_deadline_end_id")),
        sa.ForeignKeyConstraint(["start_id"], ["case_event.id"], name=op.f("fk_deadline_start_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_deadline_running",
            ["due"],
            unique=False,
            sqlite_where=sa.text("status = 'running'"),
            postgresql_where=sa.text("status = 'running'"),
        )

    op.create_table(
        "document",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_kind", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("form", sa.String(length=4), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("entry_seq", sa.Integer(), nullable=False),
        sa.Column("issued_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("side", sa.String(length=40), nullable=True),
        sa.Column("supersedes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_document_sha256")),
        sa.CheckConstraint("length(token) = 32", name=op.f("ck_document_token")),
        sa.ForeignKeyConstraint(["issued_by"], ["person.id"], name=op.f("fk_document_issued_by")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_document_organisation_id")),
        sa.ForeignKeyConstraint(["supersedes"], ["document.id"], name=op.f("fk_document_supersedes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_document_organisation_id_number")),
        sa.UniqueConstraint("token", name=op.f("uq_document_token")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_case_kind"), ["case_kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_sha256"), ["sha256"], unique=False)

    op.create_table(
        "document_number",
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_document_number_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "code", "year", name=op.f("pk_document_number")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_kind", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=True),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("entered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_evidence_entered_by")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_evidence_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_case_kind"), ["case_kind"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("used_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "message",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_kind", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("words", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("read_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("sent_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("once", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("person_id", "once", name=op.f("uq_message_person_id_once")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "ix_message_unread",
            ["person_id"],
            unique=False,
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )
        batch_op.create_index(
            "ix_message_unsent", ["id"], unique=False, sqlite_where=sa.text("sent_at IS NULL"), postgresql_where=sa.text("sent_at IS NULL")
        )

    op.create_table(
        "message_setting",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.Boolean(), nullable=False),
        sa.Column("robots", sa.Boolean(), nullable=False),
        sa.Column("days_before", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_setting_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_message_setting")),
    )
    op.create_table(
        "negotiation",
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
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("special_subject", sa.String(length=100), nullable=False),
        sa.Column("adoption", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("predecessor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("initiator", sa.String(length=40), nullable=False),
        sa.Column("union_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("proposed_time", sa.Time(), nullable=True),
        sa.Column("proposed_place", sa.String(length=200), nullable=False),
        sa.Column("data_requested", sa.Text(), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("refusal_lawful", sa.Boolean(), nullable=True),
        sa.Column("recorder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("recorder_name", sa.String(length=60), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=True),
        sa.Column("resume_on", sa.Date(), nullable=True),
        sa.Column("force_majeure", sa.Boolean(), nullable=False),
        sa.Column("term_from", sa.Date(), nullable=True),
        sa.Column("term_until", sa.Date(), nullable=True),
        sa.Column("text_hash", sa.String(length=64), nullable=True),
        sa.Column("effective_by", sa.String(length=20), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.CheckConstraint("initiator IN ('workers','employer')", name=op.f("ck_negotiation_initiator")),
        sa.CheckConstraint("kind IN ('comprehensive','wage','safety','women','special')", name=op.f("ck_negotiation_kind")),
        sa.CheckConstraint("level IN ('enterprise','regional','sectoral')", name=op.f("ck_negotiation_level")),
        sa.CheckConstraint(
            "state NOT IN ('settled','before_congress','adopted','signed','filed','in_force') OR text_hash IS NOT NULL",
            name=op.f("ck_negotiation_settled_text"),
        ),
        sa.CheckConstraint("term_until IS NULL OR term_until > term_from", name=op.f("ck_negotiation_term")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_negotiation_organisation_id")),
        sa.ForeignKeyConstraint(["predecessor_id"], ["negotiation.id"], name=op.f("fk_negotiation_predecessor_id")),
        sa.ForeignKeyConstraint(["recorder_id"], ["person.id"], name=op.f("fk_negotiation_recorder_id")),
        sa.ForeignKeyConstraint(["union_id"], ["organisation.id"], name=op.f("fk_negotiation_union_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_negotiation")),
        sa.UniqueConstraint("token", name=op.f("uq_negotiation_token")),
    )
    with op.batch_alter_table("negotiation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_negotiation_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_negotiation_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_negotiation_union_id"), ["union_id"], unique=False)
        batch_op.create_index(
            "uq_negotiation_in_force",
            ["organisation_id", "level", "kind", "special_subject"],
            unique=True,
            sqlite_where=sa.text("state = 'in_force'"),
            postgresql_where=sa.text("state = 'in_force'"),
        )

    op.create_table(
        "practice_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("set_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_practice_date_single")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_practice_date_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_date")),
    )
    op.create_table(
        "robot",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("secret", sa.String(length=200), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("channel IN ('wecom','dingtalk')", name=op.f("ck_robot_channel")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_robot_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_robot")),
    )
    with op.batch_alter_table("robot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_robot_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "rule_override",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("region", sa.String(length=6), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("unit", sa.String(length=2), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("citation", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(citation) > 0", name=op.f("ck_rule_override_citation")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_rule_override_reason")),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_rule_override_order")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_rule_override_entered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_override")),
    )
    with op.batch_alter_table("rule_override", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rule_override_region"), ["region"], unique=False)
        batch_op.create_index(batch_op.f("ix_rule_override_rule"), ["rule"], unique=False)

    op.create_table(
        "rule_register",
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
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_rule_register_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_register")),
    )
    with op.batch_alter_table("rule_register", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rule_register_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rule_register_state"), ["state"], unique=False)

    op.create_table(
        "upload",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uploaded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_upload_person_id")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_upload_sha256")),
        sa.PrimaryKeyConstraint("sha256", "person_id", name=op.f("pk_upload")),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_api_token_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_token_account_id"), ["account_id"], unique=False)

    op.create_table(
        "clause",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=40), nullable=False),
        sa.Column("heading", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("carried", sa.Boolean(), nullable=False),
        sa.CheckConstraint("state IN ('open','agreed','dropped','deferred')", name=op.f("ck_clause_state")),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_clause_negotiation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
    )
    with op.batch_alter_table("clause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clause_negotiation_id"), ["negotiation_id"], unique=False)

    op.create_table(
        "congress_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("matter", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("rule_kind", sa.String(length=40), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("noticed_on", sa.Date(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("roll", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("quorum_needed", sa.Integer(), nullable=True),
        sa.Column("operator", sa.String(length=20), nullable=True),
        sa.Column("needed", sa.Integer(), nullable=True),
        sa.Column("counting", sa.Integer(), nullable=False),
        sa.Column("half_passed", sa.Boolean(), nullable=True),
        sa.Column("half_body", sa.String(length=40), nullable=True),
        sa.Column("half_reason", sa.Text(), nullable=False),
        sa.Column("half_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("half_body IN ('presidium','chair')", name=op.f("ck_congress_item_half_body")),
        sa.CheckConstraint(
            "half_passed IS NULL OR (half_reason != '' AND half_on IS NOT NULL AND half_body IS NOT NULL)",
            name=op.f("ck_congress_item_half"),
        ),
        sa.CheckConstraint("matter IN ('contract','rules','welfare','placement','other')", name=op.f("ck_congress_item_matter")),
        sa.CheckConstraint(
            "state IN ('prepared','open','closed','counted','certified','void','withdrawn','annulled')", name=op.f("ck_congress_item_state")
        ),
        sa.CheckConstraint(
            "state IN ('prepared','withdrawn') OR (roll IS NOT NULL AND present IS NOT NULL AND quorum_needed IS NOT NULL AND operator IS NOT NULL AND needed IS NOT NULL AND opened_on IS NOT NULL)",
            name=op.f("ck_congress_item_frozen"),
        ),
        sa.CheckConstraint("state NOT IN ('void','annulled') OR reason != ''", name=op.f("ck_congress_item_reason")),
        sa.CheckConstraint("operator IS NULL OR present >= quorum_needed", name=op.f("ck_congress_item_quorum")),
        sa.ForeignKeyConstraint(["meeting_id"], ["congress_meeting.id"], name=op.f("fk_congress_item_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_item")),
        sa.UniqueConstraint("meeting_id", "number", "round", name=op.f("uq_congress_item_meeting_id_number_round")),
    )
    with op.batch_alter_table("congress_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_item_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index("ix_congress_item_subject", ["subject_kind", "subject_id"], unique=False)
        batch_op.create_index("ix_congress_item_text_hash", ["text_hash"], unique=False)
        batch_op.create_index(
            "uq_congress_item_subject",
            ["meeting_id", "subject_kind", "subject_id"],
            unique=True,
            sqlite_where=sa.text("subject_kind != '' AND state IN ('prepared','open','closed','counted')"),
            postgresql_where=sa.text("subject_kind != '' AND state IN ('prepared','open','closed','counted')"),
        )

    op.create_table(
        "coordination",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("applicant", sa.String(length=40), nullable=False),
        sa.Column("open_items", sa.Text(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=False),
        sa.Column("left_open", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_how", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_coordination_negotiation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordination")),
    )
    with op.batch_alter_table("coordination", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coordination_negotiation_id"), ["negotiation_id"], unique=False)

    op.create_table(
        "covered_enterprise",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("recognised_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_covered_enterprise_negotiation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_covered_enterprise_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_covered_enterprise")),
        sa.UniqueConstraint("negotiation_id", "organisation_id", name=op.f("uq_covered_enterprise_negotiation_id_organisation_id")),
    )
    with op.batch_alter_table("covered_enterprise", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_covered_enterprise_negotiation_id"), ["negotiation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_covered_enterprise_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("means", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_delivery_negotiation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_negotiation_id"), ["negotiation_id"], unique=False)

    op.create_table(
        "document_file",
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_file_document_id")),
        sa.PrimaryKeyConstraint("document_id", "format", name=op.f("pk_document_file")),
    )
    op.create_table(
        "filing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("receipt_number", sa.String(length=60), nullable=False),
        sa.Column("supplement_what", sa.Text(), nullable=False),
        sa.Column("supplement_by", sa.Date(), nullable=True),
        sa.Column("supplemented_on", sa.Date(), nullable=True),
        sa.Column("opinion", sa.String(length=20), nullable=True),
        sa.Column("opinion_on", sa.Date(), nullable=True),
        sa.Column("opinion_number", sa.String(length=60), nullable=False),
        sa.Column("opinion_text", sa.Text(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_filing_negotiation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing")),
    )
    with op.batch_alter_table("filing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_filing_negotiation_id"), ["negotiation_id"], unique=False)

    op.create_table(
        "information_request",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("disclosed_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_information_request_negotiation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_request")),
    )
    with op.batch_alter_table("information_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_information_request_negotiation_id"), ["negotiation_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("addressee", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_letter_negotiation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_negotiation_id"), ["negotiation_id"], unique=False)

    op.create_table(
        "meeting_officer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seat", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.CheckConstraint("seat IN ('chair','teller','counter')", name=op.f("ck_meeting_officer_seat")),
        sa.ForeignKeyConstraint(["meeting_id"], ["congress_meeting.id"], name=op.f("fk_meeting_officer_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_meeting_officer_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_officer")),
    )
    with op.batch_alter_table("meeting_officer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_officer_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_officer_person_id"), ["person_id"], unique=False)

    op.create_table(
        "message_sending",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("robot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("sent_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("given_up", sa.Boolean(), nullable=False),
        sa.Column("last_error", sa.String(length=300), nullable=False),
        sa.CheckConstraint("channel IN ('email','wecom','dingtalk')", name=op.f("ck_message_sending_channel")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_sending_message_id")),
        sa.ForeignKeyConstraint(["robot_id"], ["robot.id"], name=op.f("fk_message_sending_robot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_sending")),
        sa.UniqueConstraint("key", name=op.f("uq_message_sending_key")),
    )
    with op.batch_alter_table("message_sending", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_sending_message_id"), ["message_id"], unique=False)

    op.create_table(
        "publication",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("photo_sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_publication_negotiation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publication_negotiation_id"), ["negotiation_id"], unique=False)

    op.create_table(
        "read_receipt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reader", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_read_receipt_negotiation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_receipt")),
        sa.UniqueConstraint("negotiation_id", "reader", name=op.f("uq_read_receipt_negotiation_id_reader")),
    )
    with op.batch_alter_table("read_receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_read_receipt_negotiation_id"), ["negotiation_id"], unique=False)

    op.create_table(
        "replay",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("taken_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_replay_account_id")),
        sa.PrimaryKeyConstraint("account_id", "key", name=op.f("pk_replay")),
    )
    op.create_table(
        "representative",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("post", sa.String(length=100), nullable=False),
        sa.Column("female", sa.Boolean(), nullable=False),
        sa.Column("frontline", sa.Boolean(), nullable=False),
        sa.Column("dispatched", sa.Boolean(), nullable=False),
        sa.Column("outsider", sa.Boolean(), nullable=False),
        sa.Column("kin", sa.Boolean(), nullable=False),
        sa.Column("produced", sa.String(length=40), nullable=False),
        sa.Column("produced_on", sa.Date(), nullable=False),
        sa.Column("chief", sa.Boolean(), nullable=False),
        sa.Column("chief_as", sa.String(length=40), nullable=True),
        sa.Column("mandate_sha256", sa.String(length=64), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended_why", sa.String(length=200), nullable=False),
        sa.CheckConstraint("side IN ('workers','employer')", name=op.f("ck_representative_side")),
        sa.CheckConstraint("NOT chief OR chief_as IS NOT NULL", name=op.f("ck_representative_chief_as")),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_representative_negotiation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_representative_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representative")),
    )
    with op.batch_alter_table("representative", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_representative_negotiation_id"), ["negotiation_id"], unique=False)
        batch_op.create_index(
            "uq_representative_chief",
            ["negotiation_id", "side"],
            unique=True,
            sqlite_where=sa.text("chief AND until IS NULL"),
            postgresql_where=sa.text("chief AND until IS NULL"),
        )

    op.create_table(
        "review_round",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_until", sa.Date(), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("method", sa.String(length=200), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_review_round_negotiation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_round")),
        sa.UniqueConstraint("negotiation_id", "number", name=op.f("uq_review_round_negotiation_id_number")),
    )
    with op.batch_alter_table("review_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_round_negotiation_id"), ["negotiation_id"], unique=False)

    op.create_table(
        "submission",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_submission_negotiation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_negotiation_id"), ["negotiation_id"], unique=False)

    op.create_table(
        "talk_meeting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("held_time", sa.Time(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("chair", sa.String(length=40), nullable=False),
        sa.Column("minuted_on", sa.Date(), nullable=True),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=False),
        sa.Column("open_points", sa.Text(), nullable=False),
        sa.Column("signed_workers", sa.Boolean(), nullable=True),
        sa.Column("signed_employer", sa.Boolean(), nullable=True),
        sa.Column("refusal_note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_talk_meeting_negotiation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_meeting")),
        sa.UniqueConstraint("negotiation_id", "number", name=op.f("uq_talk_meeting_negotiation_id_number")),
    )
    with op.batch_alter_table("talk_meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_talk_meeting_negotiation_id"), ["negotiation_id"], unique=False)

    op.create_table(
        "terms",
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lowest_wage_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("local_minimum_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("local_minimum_source", sa.String(length=200), nullable=False),
        sa.Column("daily_hours", sa.Integer(), nullable=True),
        sa.Column("weekly_hours", sa.Integer(), nullable=True),
        sa.Column("average_raise_ppm", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_terms_negotiation_id")),
        sa.PrimaryKeyConstraint("negotiation_id", name=op.f("pk_terms")),
    )
    op.create_table(
        "wage_row",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=100), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("before_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("after_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_wage_row_negotiation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wage_row")),
    )
    with op.batch_alter_table("wage_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wage_row_negotiation_id"), ["negotiation_id"], unique=False)

    op.create_table(
        "web_session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_web_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_web_session_token_hash")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "clause_text",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("clause_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_clause_text_author_id")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_clause_text_clause_id")),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_clause_text_negotiation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_text")),
        sa.UniqueConstraint("clause_id", "seq", name=op.f("uq_clause_text_clause_id_seq")),
    )
    with op.batch_alter_table("clause_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clause_text_clause_id"), ["clause_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clause_text_negotiation_id"), ["negotiation_id"], unique=False)

    op.create_table(
        "congress_notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("handled_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("what IN ('certified','void','annulled')", name=op.f("ck_congress_notice_what")),
        sa.ForeignKeyConstraint(["item_id"], ["congress_item.id"], name=op.f("fk_congress_notice_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_notice")),
    )
    with op.batch_alter_table("congress_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_notice_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            "ix_congress_notice_pending",
            ["id"],
            unique=False,
            sqlite_where=sa.text("handled_at IS NULL"),
            postgresql_where=sa.text("handled_at IS NULL"),
        )

    op.create_table(
        "congress_result",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("roll", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("quorum_needed", sa.Integer(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("valid", sa.Integer(), nullable=False),
        sa.Column("invalid", sa.Integer(), nullable=False),
        sa.Column("in_favour", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column("operator", sa.String(length=20), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("by_decision", sa.Boolean(), nullable=False),
        sa.Column("certified_on", sa.Date(), nullable=False),
        sa.Column("certified_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("annulled_on", sa.Date(), nullable=True),
        sa.Column("annulled_why", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN by_decision THEN 2 * in_favour = roll AND operator = 'ASK_AT_HALF' ELSE passed = (in_favour >= needed) END",
            name=op.f("ck_congress_result_majority"),
        ),
        sa.CheckConstraint("annulled_on IS NULL OR annulled_why != ''", name=op.f("ck_congress_result_annulled")),
        sa.CheckConstraint("operator IN ('GE_HALF','GT_HALF','ASK_AT_HALF')", name=op.f("ck_congress_result_operator")),
        sa.CheckConstraint(
            "in_favour >= 0 AND against >= 0 AND abstained >= 0 AND invalid >= 0 AND valid = in_favour + against + abstained AND returned = valid + invalid AND returned <= issued",
            name=op.f("ck_congress_result_balance"),
        ),
        sa.CheckConstraint(
            "issued <= present AND present <= roll AND present >= quorum_needed", name=op.f("ck_congress_result_attendance")
        ),
        sa.ForeignKeyConstraint(["certified_by"], ["person.id"], name=op.f("fk_congress_result_certified_by")),
        sa.ForeignKeyConstraint(["item_id"], ["congress_item.id"], name=op.f("fk_congress_result_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_result")),
        sa.UniqueConstraint("item_id", name=op.f("uq_congress_result_item_id")),
    )
    with op.batch_alter_table("congress_result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_result_text_hash"), ["text_hash"], unique=False)

    op.create_table(
        "obligation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("clause_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("every_months", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_obligation_clause_id")),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_obligation_negotiation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
    )
    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_obligation_clause_id"), ["clause_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_obligation_negotiation_id"), ["negotiation_id"], unique=False)

    op.create_table(
        "paper_count",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("counting", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("valid", sa.Integer(), nullable=False),
        sa.Column("invalid", sa.Integer(), nullable=False),
        sa.Column("in_favour", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "in_favour >= 0 AND against >= 0 AND abstained >= 0 AND invalid >= 0 AND valid = in_favour + against + abstained AND returned = valid + invalid AND returned <= issued",
            name=op.f("ck_paper_count_balance"),
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_paper_count_entered_by")),
        sa.ForeignKeyConstraint(["item_id"], ["congress_item.id"], name=op.f("fk_paper_count_item_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["meeting_officer.id"], name=op.f("fk_paper_count_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_count")),
        sa.UniqueConstraint("item_id", "counting", "officer_id", name=op.f("uq_paper_count_item_id_counting_officer_id")),
    )
    with op.batch_alter_table("paper_count", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_count_item_id"), ["item_id"], unique=False)

    op.create_table(
        "room_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("clause_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("heading", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("erase_after", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_room_note_author_id")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_room_note_clause_id")),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_room_note_negotiation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_note")),
    )
    with op.batch_alter_table("room_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_note_negotiation_id"), ["negotiation_id"], unique=False)

    op.create_table(
        "signature",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("representative_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("means", sa.String(length=20), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_signature_negotiation_id")),
        sa.ForeignKeyConstraint(["representative_id"], ["representative.id"], name=op.f("fk_signature_representative_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signature_negotiation_id"), ["negotiation_id"], unique=False)
        batch_op.create_index(
            "uq_signature_standing",
            ["negotiation_id", "side", "text_hash"],
            unique=True,
            sqlite_where=sa.text("NOT void"),
            postgresql_where=sa.text("NOT void"),
        )

    op.create_table(
        "clause_consent",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("clause_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("representative_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_clause_consent_clause_id")),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_clause_consent_negotiation_id")),
        sa.ForeignKeyConstraint(["representative_id"], ["representative.id"], name=op.f("fk_clause_consent_representative_id")),
        sa.ForeignKeyConstraint(["text_id"], ["clause_text.id"], name=op.f("fk_clause_consent_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_consent")),
    )
    with op.batch_alter_table("clause_consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clause_consent_clause_id"), ["clause_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clause_consent_negotiation_id"), ["negotiation_id"], unique=False)

    op.create_table(
        "finding",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("negotiation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("obligation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("correct_by", sa.Date(), nullable=True),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["negotiation_id"], ["negotiation.id"], name=op.f("fk_finding_negotiation_id")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_finding_obligation_id")),
        sa.ForeignKeyConstraint(["round_id"], ["review_round.id"], name=op.f("fk_finding_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_negotiation_id"), ["negotiation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_obligation_id"), ["obligation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_round_id"), ["round_id"], unique=False)

    for statement in (*append_only_ddl(op.get_bind().dialect.name, APPEND_ONLY), *frozen_ddl(op.get_bind().dialect.name, FROZEN)):
        op.get_bind().exec_driver_sql(statement.replace("%", "%%") if op.get_bind().dialect.name == "postgresql" else statement)


def downgrade() -> None:
    raise RuntimeError("The first shape has nothing before it: restore a backup instead.")
