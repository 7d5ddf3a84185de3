"""Keep which photos belong to an inspection, and which of them a person took away again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _recorded(
        "photo",
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("original", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index(op.f("ix_photo_digest"), "photo", ["digest"], unique=False)
    _recorded(
        "photo_removal",
        sa.Column("photo_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_photo_removal_photo_id_photo")),
        sa.UniqueConstraint("photo_id", name=op.f("uq_photo_removal_photo_id")),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("photo_removal")
    op.drop_table("photo")


def _recorded(table: str, *parts: sa.schema.SchemaItem) -> None:
    """Make a table whose rows are written under an audit entry."""
    op.create_table(
        table,
        *(part for part in parts if isinstance(part, sa.Column)),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("actor_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inspection_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"], ["audit_entry.sequence"], name=op.f(f"fk_{table}_entry_audit_entry")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f(f"fk_{table}_inspection_id_inspection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(part for part in parts if not isinstance(part, sa.Column)),
    )
    op.create_index(op.f(f"ix_{table}_entry"), table, ["entry"], unique=False)
    op.create_index(op.f(f"ix_{table}_inspection_id"), table, ["inspection_id"], unique=False)
