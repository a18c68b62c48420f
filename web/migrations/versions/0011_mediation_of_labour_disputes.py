"""Mediation of labour disputes"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

from workflow.journal import append_only_ddl

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mediation",
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
        sa.Column("series", sa.String(length=60), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("entrusted_by", sa.String(length=200), nullable=False),
        sa.Column("is_joint", sa.Boolean(), nullable=False),
        sa.Column("matters", sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"), nullable=False),
        sa.Column("requests", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("claim_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=True),
        sa.Column("employment_ended_on", sa.Date(), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("access_hash", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("interruption", sa.String(length=40), nullable=True),
        sa.Column("route", sa.String(length=40), nullable=True),
        sa.Column("transferred_to", sa.String(length=200), nullable=False),
        sa.Column("file_number", sa.String(length=60), nullable=False),
        sa.CheckConstraint("(route IS NULL) = (outcome IS NULL OR outcome <> 'handed_on')", name=op.f("ck_mediation_handed_on")),
        sa.CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name=op.f("ck_mediation_closed")),
        sa.CheckConstraint(
            "channel IN ('counter','oral','online','hotline','visit','court','arbitration','superior_union','own_motion')",
            name=op.f("ck_mediation_channel"),
        ),
        sa.CheckConstraint(
            "interruption IN ('consultation_refused','consultation_stopped','consultation_failed','settlement_unperformed',"
            "'mediation_refused','mediation_stopped','mediation_failed','agreement_unperformed',"
            "'claimed','relief_sought','performance_agreed')",
            name=op.f("ck_mediation_interruption"),
        ),
        sa.CheckConstraint(
            "outcome IN ('performed','settled_between','not_accepted','refused','failed','lapsed','withdrawn','transferred','handed_on')",
            name=op.f("ck_mediation_outcome"),
        ),
        sa.CheckConstraint("route IN ('payment_order','arbitrate','direct_suit','enforce')", name=op.f("ck_mediation_route")),
        sa.CheckConstraint("state IN ('consulting','closed') OR received_on IS NOT NULL", name=op.f("ck_mediation_received")),
        sa.CheckConstraint(
            "state IN ('consulting','registered','consent_asked','accepted','mediating','agreed','performing','closed')",
            name=op.f("ck_mediation_state"),
        ),
        sa.CheckConstraint("claim_fen IS NULL OR claim_fen >= 0", name=op.f("ck_mediation_claim")),
        sa.CheckConstraint("persons >= 1", name=op.f("ck_mediation_persons")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_mediation_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation")),
        sa.UniqueConstraint("series", "serial", name=op.f("uq_mediation_series_serial")),
        sa.UniqueConstraint("token", name=op.f("uq_mediation_token")),
    )
    with op.batch_alter_table("mediation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mediation_received_on"), ["received_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_mediation_state"), ["state"], unique=False)

    op.create_table(
        "mediation_agreement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("liability", sa.Text(), nullable=False),
        sa.Column("closes_dispute", sa.Boolean(), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["mediation.id"], name=op.f("fk_mediation_agreement_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_agreement")),
    )
    with op.batch_alter_table("mediation_agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_agreement_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "uq_mediation_agreement", ["case_id"], unique=True, sqlite_where=sa.text("NOT void"), postgresql_where=sa.text("NOT void")
        )

    op.create_table(
        "mediation_assignment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("why", sa.String(length=40), nullable=True),
        sa.CheckConstraint("why IN ('challenged','recused','replaced')", name=op.f("ck_mediation_assignment_why")),
        sa.CheckConstraint("(until IS NULL) = (why IS NULL)", name=op.f("ck_mediation_assignment_left")),
        sa.ForeignKeyConstraint(["case_id"], ["mediation.id"], name=op.f("fk_mediation_assignment_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mediation_assignment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_assignment")),
    )
    with op.batch_alter_table("mediation_assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_assignment_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mediation_assignment_person_id"), ["person_id"], unique=False)

    op.create_table(
        "mediation_handed_in",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("proves", sa.Text(), nullable=False),
        sa.Column("circle", sa.String(length=40), nullable=False),
        sa.Column("handed_in_on", sa.Date(), nullable=False),
        sa.CheckConstraint("circle IN ('everybody','applicant','respondent','mediator')", name=op.f("ck_mediation_handed_in_circle")),
        sa.ForeignKeyConstraint(["case_id"], ["mediation.id"], name=op.f("fk_mediation_handed_in_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_handed_in")),
    )
    with op.batch_alter_table("mediation_handed_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_handed_in_case_id"), ["case_id"], unique=False)

    op.create_table(
        "mediation_party",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("is_worker", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id_number", sa.String(length=30), nullable=False),
        sa.Column("female", sa.Boolean(), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("head", sa.String(length=60), nullable=False),
        sa.Column("head_post", sa.String(length=60), nullable=False),
        sa.Column("agent", sa.String(length=60), nullable=False),
        sa.Column("agent_phone", sa.String(length=30), nullable=False),
        sa.Column("mandate", sa.String(length=200), nullable=False),
        sa.Column("agent_person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("is_representative", sa.Boolean(), nullable=False),
        sa.Column("consents", sa.Boolean(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint("role IN ('applicant','respondent')", name=op.f("ck_mediation_party_role")),
        sa.CheckConstraint("consents IS NULL OR answered_on IS NOT NULL", name=op.f("ck_mediation_party_answered")),
        sa.ForeignKeyConstraint(["agent_person_id"], ["person.id"], name=op.f("fk_mediation_party_agent_person_id")),
        sa.ForeignKeyConstraint(["case_id"], ["mediation.id"], name=op.f("fk_mediation_party_case_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_mediation_party_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mediation_party_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_party")),
        sa.UniqueConstraint("case_id", "role", "position", name=op.f("uq_mediation_party_case_id_role_position")),
    )
    with op.batch_alter_table("mediation_party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_party_agent_person_id"), ["agent_person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mediation_party_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mediation_party_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mediation_party_person_id"), ["person_id"], unique=False)

    op.create_table(
        "mediation_review",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("paper_number", sa.String(length=100), nullable=False),
        sa.CheckConstraint("kind IN ('arbitration_review','confirmation')", name=op.f("ck_mediation_review_kind")),
        sa.CheckConstraint("result IN ('confirmed','denied','taken_back')", name=op.f("ck_mediation_review_result")),
        sa.CheckConstraint("(result IS NULL) = (result_on IS NULL)", name=op.f("ck_mediation_review_decided")),
        sa.ForeignKeyConstraint(["case_id"], ["mediation.id"], name=op.f("fk_mediation_review_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_review")),
    )
    with op.batch_alter_table("mediation_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_review_case_id"), ["case_id"], unique=False)

    op.create_table(
        "mediation_settlement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["mediation.id"], name=op.f("fk_mediation_settlement_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_settlement")),
    )
    with op.batch_alter_table("mediation_settlement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_settlement_case_id"), ["case_id"], unique=False)

    op.create_table(
        "mediation_talk",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("began", sa.Time(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("rights_told", sa.Boolean(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["mediation.id"], name=op.f("fk_mediation_talk_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_talk")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_mediation_talk_case_id_number")),
    )
    with op.batch_alter_table("mediation_talk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_talk_case_id"), ["case_id"], unique=False)

    op.create_table(
        "mediation_agreement_term",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("debtor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("head", sa.String(length=40), nullable=False),
        sa.Column("amount_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("how", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.CheckConstraint("(head = 'no_money') = (amount_fen IS NULL)", name=op.f("ck_mediation_agreement_term_money")),
        sa.CheckConstraint(
            "head IN ('remuneration','injury_care','compensation','damages','other_money','no_money')",
            name=op.f("ck_mediation_agreement_term_head"),
        ),
        sa.CheckConstraint("state IN ('awaited','partly','performed','missed')", name=op.f("ck_mediation_agreement_term_state")),
        sa.CheckConstraint("amount_fen IS NULL OR amount_fen > 0", name=op.f("ck_mediation_agreement_term_amount")),
        sa.ForeignKeyConstraint(["agreement_id"], ["mediation_agreement.id"], name=op.f("fk_mediation_agreement_term_agreement_id")),
        sa.ForeignKeyConstraint(["debtor_id"], ["mediation_party.id"], name=op.f("fk_mediation_agreement_term_debtor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_agreement_term")),
        sa.UniqueConstraint("agreement_id", "position", name=op.f("uq_mediation_agreement_term_agreement_id_position")),
    )
    with op.batch_alter_table("mediation_agreement_term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_agreement_term_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "mediation_caucus_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("erase_after", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_mediation_caucus_note_author_id")),
        sa.ForeignKeyConstraint(["case_id"], ["mediation.id"], name=op.f("fk_mediation_caucus_note_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["mediation_party.id"], name=op.f("fk_mediation_caucus_note_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_caucus_note")),
    )
    with op.batch_alter_table("mediation_caucus_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_caucus_note_case_id"), ["case_id"], unique=False)

    op.create_table(
        "mediation_challenge",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("assignment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.CheckConstraint("decision IN ('granted','dismissed')", name=op.f("ck_mediation_challenge_decision")),
        sa.CheckConstraint("(decision IS NULL) = (decided_on IS NULL)", name=op.f("ck_mediation_challenge_decided")),
        sa.ForeignKeyConstraint(["assignment_id"], ["mediation_assignment.id"], name=op.f("fk_mediation_challenge_assignment_id")),
        sa.ForeignKeyConstraint(["case_id"], ["mediation.id"], name=op.f("fk_mediation_challenge_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_challenge")),
    )
    with op.batch_alter_table("mediation_challenge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_challenge_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "uq_mediation_challenge_open",
            ["assignment_id"],
            unique=True,
            sqlite_where=sa.text("decision IS NULL"),
            postgresql_where=sa.text("decision IS NULL"),
        )

    op.create_table(
        "mediation_proposal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["mediation.id"], name=op.f("fk_mediation_proposal_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["mediation_party.id"], name=op.f("fk_mediation_proposal_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_proposal")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_mediation_proposal_case_id_number")),
    )
    with op.batch_alter_table("mediation_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_proposal_case_id"), ["case_id"], unique=False)

    op.create_table(
        "mediation_service",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("means", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "means IN ('in_person','by_post','electronic','left_behind','at_the_door')", name=op.f("ck_mediation_service_means")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["mediation.id"], name=op.f("fk_mediation_service_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["mediation_party.id"], name=op.f("fk_mediation_service_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_service")),
    )
    with op.batch_alter_table("mediation_service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_service_case_id"), ["case_id"], unique=False)

    op.create_table(
        "mediation_signature",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.CheckConstraint("(mark = 'party') = (party_id IS NOT NULL)", name=op.f("ck_mediation_signature_party")),
        sa.CheckConstraint("mark IN ('party','mediator','seal')", name=op.f("ck_mediation_signature_mark")),
        sa.ForeignKeyConstraint(["agreement_id"], ["mediation_agreement.id"], name=op.f("fk_mediation_signature_agreement_id")),
        sa.ForeignKeyConstraint(["party_id"], ["mediation_party.id"], name=op.f("fk_mediation_signature_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mediation_signature_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_signature")),
    )
    with op.batch_alter_table("mediation_signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_signature_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "mediation_challenge_vote",
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["mediation_challenge.id"], name=op.f("fk_mediation_challenge_vote_challenge_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mediation_challenge_vote_person_id")),
        sa.PrimaryKeyConstraint("challenge_id", "person_id", name=op.f("pk_mediation_challenge_vote")),
    )
    op.create_table(
        "mediation_performance",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("term_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("performed_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("amount_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("told_by", sa.String(length=40), nullable=False),
        sa.CheckConstraint("state IN ('awaited','partly','performed','missed')", name=op.f("ck_mediation_performance_state")),
        sa.CheckConstraint("amount_fen IS NULL OR amount_fen > 0", name=op.f("ck_mediation_performance_amount")),
        sa.ForeignKeyConstraint(["case_id"], ["mediation.id"], name=op.f("fk_mediation_performance_case_id")),
        sa.ForeignKeyConstraint(["term_id"], ["mediation_agreement_term.id"], name=op.f("fk_mediation_performance_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_performance")),
    )
    with op.batch_alter_table("mediation_performance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_performance_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mediation_performance_term_id"), ["term_id"], unique=False)

    op.create_table(
        "mediation_proposal_answer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("accepts", sa.Boolean(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('applicant','respondent')", name=op.f("ck_mediation_proposal_answer_role")),
        sa.ForeignKeyConstraint(["proposal_id"], ["mediation_proposal.id"], name=op.f("fk_mediation_proposal_answer_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_proposal_answer")),
        sa.UniqueConstraint("proposal_id", "role", name=op.f("uq_mediation_proposal_answer_proposal_id_role")),
    )
    with op.batch_alter_table("mediation_proposal_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mediation_proposal_answer_proposal_id"), ["proposal_id"], unique=False)

    dialect = op.get_bind().dialect.name
    for statement in append_only_ddl(dialect, ("mediation_performance",)):
        op.get_bind().exec_driver_sql(statement.replace("%", "%%") if dialect == "postgresql" else statement)


def downgrade() -> None:
    with op.batch_alter_table("mediation_proposal_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mediation_proposal_answer_proposal_id"))

    op.drop_table("mediation_proposal_answer")
    with op.batch_alter_table("mediation_performance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mediation_performance_term_id"))
        batch_op.drop_index(batch_op.f("ix_mediation_performance_case_id"))

    op.drop_table("mediation_performance")
    op.drop_table("mediation_challenge_vote")
    with op.batch_alter_table("mediation_signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mediation_signature_agreement_id"))

    op.drop_table("mediation_signature")
    with op.batch_alter_table("mediation_service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mediation_service_case_id"))

    op.drop_table("mediation_service")
    with op.batch_alter_table("mediation_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mediation_proposal_case_id"))

    op.drop_table("mediation_proposal")
    with op.batch_alter_table("mediation_challenge", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_mediation_challenge_open", sqlite_where=sa.text("decision IS NULL"), postgresql_where=sa.text("decision IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_mediation_challenge_case_id"))

    op.drop_table("mediation_challenge")
    with op.batch_alter_table("mediation_caucus_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mediation_caucus_note_case_id"))

    op.drop_table("mediation_caucus_note")
    with op.batch_alter_table("mediation_agreement_term", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mediation_agreement_term_agreement_id"))

    op.drop_table("mediation_agreement_term")
    with op.batch_alter_table("mediation_talk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mediation_talk_case_id"))

    op.drop_table("mediation_talk")
    with op.batch_alter_table("mediation_settlement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mediation_settlement_case_id"))

    op.drop_table("mediation_settlement")
    with op.batch_alter_table("mediation_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mediation_review_case_id"))

    op.drop_table("mediation_review")
    with op.batch_alter_table("mediation_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mediation_party_person_id"))
        batch_op.drop_index(batch_op.f("ix_mediation_party_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_mediation_party_case_id"))
        batch_op.drop_index(batch_op.f("ix_mediation_party_agent_person_id"))

    op.drop_table("mediation_party")
    with op.batch_alter_table("mediation_handed_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mediation_handed_in_case_id"))

    op.drop_table("mediation_handed_in")
    with op.batch_alter_table("mediation_assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mediation_assignment_person_id"))
        batch_op.drop_index(batch_op.f("ix_mediation_assignment_case_id"))

    op.drop_table("mediation_assignment")
    with op.batch_alter_table("mediation_agreement", schema=None) as batch_op:
        batch_op.drop_index("uq_mediation_agreement", sqlite_where=sa.text("NOT void"), postgresql_where=sa.text("NOT void"))
        batch_op.drop_index(batch_op.f("ix_mediation_agreement_case_id"))

    op.drop_table("mediation_agreement")
    with op.batch_alter_table("mediation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mediation_state"))
        batch_op.drop_index(batch_op.f("ix_mediation_received_on"))
        batch_op.drop_index(batch_op.f("ix_mediation_organisation_id"))

    op.drop_table("mediation")
