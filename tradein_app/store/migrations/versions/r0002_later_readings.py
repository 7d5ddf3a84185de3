"""Keep what a phone says after its inspection was closed, beside that inspection."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "later_reading",
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("actor_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inspection_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"], ["audit_entry.sequence"], name=op.f("fk_later_reading_entry_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_later_reading_inspection_id_inspection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_later_reading")),
    )
    op.create_index(op.f("ix_later_reading_entry"), "later_reading", ["entry"], unique=False)
    op.create_index(op.f("ix_later_reading_inspection_id"), "later_reading", ["inspection_id"], unique=False)


def downgrade() -> None:
    """Drop the table."""
    op.drop_index(op.f("ix_later_reading_inspection_id"), table_name="later_reading")
    op.drop_index(op.f("ix_later_reading_entry"), table_name="later_reading")
    op.drop_table("later_reading")
