"""Committees, joint meetings, delegates' proposals and disclosure"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "congress_committee",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("term_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("approved_at", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_congress_committee_order")),
        sa.ForeignKeyConstraint(["term_id"], ["congress_term.id"], name=op.f("fk_congress_committee_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_committee")),
    )
    with op.batch_alter_table("congress_committee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_committee_term_id"), ["term_id"], unique=False)

    op.create_table(
        "congress_disclosure",
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
        sa.Column("term_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("affair", sa.String(length=40), nullable=False),
        sa.Column("means", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "affair IN ('operation','employment_contracts','collective_contract','discipline','safety_matters','insurance',"
            "'training_funds','disputes','state_owned','other_affair')",
            name=op.f("ck_congress_disclosure_affair"),
        ),
        sa.CheckConstraint(
            "means IN ('to_the_congress','briefing','notice_board','network','other_means')", name=op.f("ck_congress_disclosure_means")
        ),
        sa.CheckConstraint("state IN ('disclosed','filed_away')", name=op.f("ck_congress_disclosure_state")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_congress_disclosure_organisation_id")),
        sa.ForeignKeyConstraint(["term_id"], ["congress_term.id"], name=op.f("fk_congress_disclosure_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_disclosure")),
    )
    with op.batch_alter_table("congress_disclosure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_disclosure_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_congress_disclosure_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_congress_disclosure_term_id"), ["term_id"], unique=False)

    op.create_table(
        "congress_joint_meeting",
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
        sa.Column("term_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("matter", sa.String(length=40), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("put_to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("put_on", sa.Date(), nullable=True),
        sa.Column("roll", sa.Integer(), nullable=True),
        sa.Column("in_favour", sa.Integer(), nullable=True),
        sa.Column("against", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Integer(), nullable=True),
        sa.Column("needed", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "matter IN ('contract','rules','welfare','placement','election','other')", name=op.f("ck_congress_joint_meeting_matter")
        ),
        sa.CheckConstraint(
            "state IN ('called','called_off') OR (decision != '' AND decided_on IS NOT NULL AND attended > 0)",
            name=op.f("ck_congress_joint_meeting_decided"),
        ),
        sa.CheckConstraint(
            "state IN ('called','decided','confirmed','refused','called_off')", name=op.f("ck_congress_joint_meeting_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('confirmed','refused') OR (put_to_id IS NOT NULL AND in_favour IS NOT NULL)",
            name=op.f("ck_congress_joint_meeting_confirmed"),
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_congress_joint_meeting_organisation_id")),
        sa.ForeignKeyConstraint(["put_to_id"], ["congress_meeting.id"], name=op.f("fk_congress_joint_meeting_put_to_id")),
        sa.ForeignKeyConstraint(["term_id"], ["congress_term.id"], name=op.f("fk_congress_joint_meeting_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_joint_meeting")),
    )
    with op.batch_alter_table("congress_joint_meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_joint_meeting_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_congress_joint_meeting_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_congress_joint_meeting_term_id"), ["term_id"], unique=False)

    op.create_table(
        "congress_disclosure_remark",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("disclosure_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_union", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(answered_on IS NULL) = (answer = '')", name=op.f("ck_congress_disclosure_remark_answered")),
        sa.ForeignKeyConstraint(["disclosure_id"], ["congress_disclosure.id"], name=op.f("fk_congress_disclosure_remark_disclosure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_disclosure_remark")),
        sa.UniqueConstraint("disclosure_id", "number", name=op.f("uq_congress_disclosure_remark_disclosure_id_number")),
    )
    with op.batch_alter_table("congress_disclosure_remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_disclosure_remark_disclosure_id"), ["disclosure_id"], unique=False)

    op.create_table(
        "congress_committee_member",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("heads", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_congress_committee_member_order")),
        sa.ForeignKeyConstraint(["committee_id"], ["congress_committee.id"], name=op.f("fk_congress_committee_member_committee_id")),
        sa.ForeignKeyConstraint(["delegate_id"], ["congress_delegate.id"], name=op.f("fk_congress_committee_member_delegate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_committee_member")),
    )
    with op.batch_alter_table("congress_committee_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_committee_member_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "congress_proposal",
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
        sa.Column("term_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("why_ended", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('submitted','filed','assigned','answered','concluded','not_filed','taken_back')",
            name=op.f("ck_congress_proposal_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('filed','assigned','answered','concluded') OR number IS NOT NULL", name=op.f("ck_congress_proposal_number")
        ),
        sa.CheckConstraint(
            "subject IN ('pay','hours','safety','welfare','training','management','other_subject')",
            name=op.f("ck_congress_proposal_subject"),
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_congress_proposal_organisation_id")),
        sa.ForeignKeyConstraint(["proposer_id"], ["congress_delegate.id"], name=op.f("fk_congress_proposal_proposer_id")),
        sa.ForeignKeyConstraint(["term_id"], ["congress_term.id"], name=op.f("fk_congress_proposal_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_proposal")),
        sa.UniqueConstraint("term_id", "number", name=op.f("uq_congress_proposal_term_id_number")),
    )
    with op.batch_alter_table("congress_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_proposal_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_congress_proposal_proposer_id"), ["proposer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_congress_proposal_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_congress_proposal_term_id"), ["term_id"], unique=False)

    op.create_table(
        "congress_proposal_handling",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("handler", sa.String(length=100), nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("satisfaction", sa.String(length=40), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.CheckConstraint("(answered_on IS NULL) = (answer = '')", name=op.f("ck_congress_proposal_handling_answered")),
        sa.CheckConstraint("satisfaction IN ('satisfied','mostly','unsatisfied')", name=op.f("ck_congress_proposal_handling_satisfaction")),
        sa.CheckConstraint("satisfaction IS NULL OR answered_on IS NOT NULL", name=op.f("ck_congress_proposal_handling_rated")),
        sa.ForeignKeyConstraint(["proposal_id"], ["congress_proposal.id"], name=op.f("fk_congress_proposal_handling_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_proposal_handling")),
        sa.UniqueConstraint("proposal_id", "round", name=op.f("uq_congress_proposal_handling_proposal_id_round")),
    )
    with op.batch_alter_table("congress_proposal_handling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_congress_proposal_handling_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "congress_seconder",
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delegate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["delegate_id"], ["congress_delegate.id"], name=op.f("fk_congress_seconder_delegate_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["congress_proposal.id"], name=op.f("fk_congress_seconder_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", "delegate_id", name=op.f("pk_congress_seconder")),
    )


def downgrade() -> None:
    op.drop_table("congress_seconder")
    with op.batch_alter_table("congress_proposal_handling", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_congress_proposal_handling_proposal_id"))

    op.drop_table("congress_proposal_handling")
    with op.batch_alter_table("congress_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_congress_proposal_term_id"))
        batch_op.drop_index(batch_op.f("ix_congress_proposal_state"))
        batch_op.drop_index(batch_op.f("ix_congress_proposal_proposer_id"))
        batch_op.drop_index(batch_op.f("ix_congress_proposal_organisation_id"))

    op.drop_table("congress_proposal")
    with op.batch_alter_table("congress_committee_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_congress_committee_member_committee_id"))

    op.drop_table("congress_committee_member")
    with op.batch_alter_table("congress_disclosure_remark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_congress_disclosure_remark_disclosure_id"))

    op.drop_table("congress_disclosure_remark")
    with op.batch_alter_table("congress_joint_meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_congress_joint_meeting_term_id"))
        batch_op.drop_index(batch_op.f("ix_congress_joint_meeting_state"))
        batch_op.drop_index(batch_op.f("ix_congress_joint_meeting_organisation_id"))

    op.drop_table("congress_joint_meeting")
    with op.batch_alter_table("congress_disclosure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_congress_disclosure_term_id"))
        batch_op.drop_index(batch_op.f("ix_congress_disclosure_state"))
        batch_op.drop_index(batch_op.f("ix_congress_disclosure_organisation_id"))

    op.drop_table("congress_disclosure")
    with op.batch_alter_table("congress_committee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_congress_committee_term_id"))

    op.drop_table("congress_committee")
