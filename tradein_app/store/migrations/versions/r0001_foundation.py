"""Lay the foundations: phones, inspections, readings, answers, grades, quotes, decisions, and the audit chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "audit_entry",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(length=200), nullable=False),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_entry_hash")),
    )
    op.create_index(op.f("ix_audit_entry_action"), "audit_entry", ["action"], unique=False)
    op.create_table(
        "phone",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("platform", sa.String(length=40), nullable=False),
        sa.Column("device_id", sa.String(length=200), nullable=False),
        sa.Column("serial", sa.String(length=200), nullable=True),
        sa.Column("imei", sa.String(length=40), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone")),
    )
    op.create_index(op.f("ix_phone_imei"), "phone", ["imei"], unique=False)
    op.create_index(op.f("ix_phone_platform_device_id"), "phone", ["platform", "device_id"], unique=False)
    op.create_table(
        "workspace",
        sa.Column("actor_id", sa.String(length=200), nullable=False),
        sa.Column("inspection_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("panel", sa.String(length=40), nullable=False),
        sa.Column("slot", sa.String(length=200), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("actor_id", name=op.f("pk_workspace")),
    )
    op.create_table(
        "inspection",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("phone_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("open_phone_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("checklist", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["phone_id"], ["phone.id"], name=op.f("fk_inspection_phone_id_phone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
        sa.UniqueConstraint("open_phone_id", name=op.f("uq_inspection_open_phone_id")),
    )
    op.create_index(op.f("ix_inspection_phone_id"), "inspection", ["phone_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("actor_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inspection_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"], ["audit_entry.sequence"], name=op.f("fk_answer_entry_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_answer_inspection_id_inspection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_entry"), "answer", ["entry"], unique=False)
    op.create_index(op.f("ix_answer_inspection_id"), "answer", ["inspection_id"], unique=False)
    op.create_table(
        "grade",
        sa.Column("grade", sa.String(length=40), nullable=True),
        sa.Column("disposition", sa.String(length=40), nullable=False),
        sa.Column("rule_set", sa.String(length=200), nullable=False),
        sa.Column("inputs", sa.String(length=64), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("actor_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inspection_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["audit_entry.sequence"], name=op.f("fk_grade_entry_audit_entry")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_grade_inspection_id_inspection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade")),
    )
    op.create_index(op.f("ix_grade_entry"), "grade", ["entry"], unique=False)
    op.create_index(op.f("ix_grade_inspection_id"), "grade", ["inspection_id"], unique=False)
    op.create_table(
        "quote",
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("market", sa.String(length=40), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("model_version", sa.String(length=200), nullable=False),
        sa.Column("market_version", sa.String(length=200), nullable=False),
        sa.Column("rule_set", sa.String(length=200), nullable=False),
        sa.Column("inputs", sa.String(length=64), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("actor_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inspection_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["audit_entry.sequence"], name=op.f("fk_quote_entry_audit_entry")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_quote_inspection_id_inspection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
    )
    op.create_index(op.f("ix_quote_entry"), "quote", ["entry"], unique=False)
    op.create_index(op.f("ix_quote_inspection_id"), "quote", ["inspection_id"], unique=False)
    op.create_table(
        "reading",
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("actor_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inspection_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"], ["audit_entry.sequence"], name=op.f("fk_reading_entry_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_reading_inspection_id_inspection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    op.create_index(op.f("ix_reading_entry"), "reading", ["entry"], unique=False)
    op.create_index(op.f("ix_reading_inspection_id"), "reading", ["inspection_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("quote_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("paper", sa.String(length=4096), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("actor_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inspection_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"], ["audit_entry.sequence"], name=op.f("fk_decision_entry_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_decision_inspection_id_inspection")
        ),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_decision_quote_id_quote")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("inspection_id", name=op.f("uq_decision_inspection_id")),
    )
    op.create_index(op.f("ix_decision_entry"), "decision", ["entry"], unique=False)
    op.create_index(op.f("ix_decision_inspection_id"), "decision", ["inspection_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(op.f("ix_decision_inspection_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_entry"), table_name="decision")
    op.drop_table("decision")
    op.drop_index(op.f("ix_reading_inspection_id"), table_name="reading")
    op.drop_index(op.f("ix_reading_entry"), table_name="reading")
    op.drop_table("reading")
    op.drop_index(op.f("ix_quote_inspection_id"), table_name="quote")
    op.drop_index(op.f("ix_quote_entry"), table_name="quote")
    op.drop_table("quote")
    op.drop_index(op.f("ix_grade_inspection_id"), table_name="grade")
    op.drop_index(op.f("ix_grade_entry"), table_name="grade")
    op.drop_table("grade")
    op.drop_index(op.f("ix_answer_inspection_id"), table_name="answer")
    op.drop_index(op.f("ix_answer_entry"), table_name="answer")
    op.drop_table("answer")
    op.drop_index(op.f("ix_inspection_phone_id"), table_name="inspection")
    op.drop_table("inspection")
    op.drop_table("workspace")
    op.drop_index(op.f("ix_phone_platform_device_id"), table_name="phone")
    op.drop_index(op.f("ix_phone_imei"), table_name="phone")
    op.drop_table("phone")
    op.drop_index(op.f("ix_audit_entry_action"), table_name="audit_entry")
    op.drop_table("audit_entry")
