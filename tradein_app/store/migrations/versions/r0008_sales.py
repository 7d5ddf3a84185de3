"""Keep what bought phones were sold for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sale",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sold_on", sa.Date(), nullable=True),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("actor_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inspection_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["audit_entry.sequence"], name=op.f("fk_sale_entry_audit_entry")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_sale_inspection_id_inspection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale")),
        sa.UniqueConstraint("inspection_id", "number", name=op.f("uq_sale_inspection_id_number")),
    )
    op.create_index(op.f("ix_sale_entry"), "sale", ["entry"], unique=False)
    op.create_index(op.f("ix_sale_inspection_id"), "sale", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_sale_sold_on"), "sale", ["sold_on"], unique=False)
    # A phone is found by its serial number when it is sold, as it is by its IMEI.
    op.create_index(op.f("ix_phone_serial"), "phone", ["serial"], unique=False)


def downgrade() -> None:
    """Drop the table."""
    op.drop_index(op.f("ix_phone_serial"), table_name="phone")
    op.drop_table("sale")
