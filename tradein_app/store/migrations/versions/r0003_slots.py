"""Keep the numbers of the bench's slots, and what happened at each of them on a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "slot_number",
        sa.Column("slot", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("face", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("slot", name=op.f("pk_slot_number")),
    )
    op.create_table(
        "slot_day",
        sa.Column("slot", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("hung", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("hung_in_a_row", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("slot", "day", name=op.f("pk_slot_day")),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("slot_day")
    op.drop_table("slot_number")
