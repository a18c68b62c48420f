"""Terms and rolls of a congress"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "congress_term",
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
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("first_until", sa.Date(), nullable=False),
        sa.CheckConstraint("form IN ('congress','assembly','regional','sectoral')", name=op.f("ck_congress_term_form")),
        sa.CheckConstraint("state IN ('electing','serving','ended')", name=op.f("ck_congress_term_state")),
        sa.CheckConstraint("until > since AND until >= first_until", name=op.f("ck_congress_term_order")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_congress_term_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_term")),
        sa.UniqueConstraint("organisation_id", "form", "number", name=op.f("uq_congress_term_organisation_id_form_number")),
    )
    with op.batch_alter_table("congress_term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_term_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_congress_term_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_congress_term_serving",
            ["organisation_id", "form"],
            unique=True,
            sqlite_where=sa.text("state = 'serving'"),
            postgresql_where=sa.text("state = 'serving'"),
        )

    op.create_table(
        "congress_attendee",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("term_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("job", sa.String(length=100), nullable=False),
        sa.Column("dispatched", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_congress_attendee_order")),
        sa.ForeignKeyConstraint(["term_id"], ["congress_term.id"], name=op.f("fk_congress_attendee_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_attendee")),
    )
    with op.batch_alter_table("congress_attendee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_attendee_term_id"), ["term_id"], unique=False)

    op.create_table(
        "congress_constituency",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("term_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats > 0", name=op.f("ck_congress_constituency_seats")),
        sa.ForeignKeyConstraint(["term_id"], ["congress_term.id"], name=op.f("fk_congress_constituency_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_constituency")),
        sa.UniqueConstraint("term_id", "name", name=op.f("uq_congress_constituency_term_id_name")),
    )
    with op.batch_alter_table("congress_constituency", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_constituency_term_id"), ["term_id"], unique=False)

    op.create_table(
        "congress_delegate",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("term_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("constituency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("staff_number", sa.String(length=30), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("female", sa.Boolean(), nullable=False),
        sa.Column("job", sa.String(length=100), nullable=False),
        sa.Column("post", sa.String(length=20), nullable=False),
        sa.Column("dispatched", sa.Boolean(), nullable=False),
        sa.Column("young", sa.Boolean(), nullable=False),
        sa.Column("manner", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("why_left", sa.String(length=20), nullable=True),
        sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("manner IN ('direct','lower')", name=op.f("ck_congress_delegate_manner")),
        sa.CheckConstraint("post IN ('frontline','technical','manager')", name=op.f("ck_congress_delegate_post")),
        sa.CheckConstraint(
            "why_left IN ('employment','moved','resigned','other_reason','recalled')", name=op.f("ck_congress_delegate_why_left")
        ),
        sa.CheckConstraint("(until IS NULL) = (why_left IS NULL)", name=op.f("ck_congress_delegate_left")),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_congress_delegate_order")),
        sa.ForeignKeyConstraint(["constituency_id"], ["congress_constituency.id"], name=op.f("fk_congress_delegate_constituency_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_congress_delegate_person_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["congress_delegate.id"], name=op.f("fk_congress_delegate_replaces_id")),
        sa.ForeignKeyConstraint(["term_id"], ["congress_term.id"], name=op.f("fk_congress_delegate_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_delegate")),
    )
    with op.batch_alter_table("congress_delegate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_delegate_constituency_id"), ["constituency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_congress_delegate_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_congress_delegate_term_id"), ["term_id"], unique=False)

    op.create_table(
        "congress_roll_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("constituency", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["delegate_id"], ["congress_delegate.id"], name=op.f("fk_congress_roll_entry_delegate_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["congress_meeting.id"], name=op.f("fk_congress_roll_entry_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_roll_entry")),
        sa.UniqueConstraint("meeting_id", "delegate_id", name=op.f("uq_congress_roll_entry_meeting_id_delegate_id")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_congress_roll_entry_meeting_id_number")),
    )
    with op.batch_alter_table("congress_roll_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_roll_entry_delegate_id"), ["delegate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_congress_roll_entry_meeting_id"), ["meeting_id"], unique=False)


def downgrade() -> None:
    op.drop_table("congress_roll_entry")
    op.drop_table("congress_delegate")
    op.drop_table("congress_constituency")
    op.drop_table("congress_attendee")
    op.drop_table("congress_term")
