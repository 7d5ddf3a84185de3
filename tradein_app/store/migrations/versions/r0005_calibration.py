"""Keep reference phones, and the rounds in which graders re-grade them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _entered(
        "calibration_set",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_folded", sa.String(length=200), nullable=False),
        sa.UniqueConstraint("name_folded", name=op.f("uq_calibration_set_name_folded")),
    )
    _entered(
        "calibration_reference",
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("code_folded", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.UniqueConstraint(
            "code_folded", "version", name=op.f("uq_calibration_reference_code_folded_version")
        ),
        set_id="calibration_set",
    )
    _entered(
        "calibration_round",
        sa.Column("grader", sa.String(length=200), nullable=False),
        sa.Column("grader_folded", sa.String(length=200), nullable=False),
        reference_id="calibration_reference",
    )
    _entered(
        "calibration_answer",
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        round_id="calibration_round",
    )
    _entered(
        "calibration_result",
        sa.Column("document", sa.JSON(), nullable=False),
        sa.UniqueConstraint("round_id", name=op.f("uq_calibration_result_round_id")),
        indexed=False,
        round_id="calibration_round",
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("result", "answer", "round", "reference", "set"):
        op.drop_table(f"calibration_{table}")


def _entered(table: str, *parts: sa.schema.SchemaItem, indexed: bool = True, **points: str) -> None:
    """Make a table whose rows are written under an audit entry; ``points`` are its columns with a key of another."""
    op.create_table(
        table,
        *(part for part in parts if isinstance(part, sa.Column)),
        *(sa.Column(name, sa.Uuid(as_uuid=False), nullable=False) for name in points),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"], ["audit_entry.sequence"], name=op.f(f"fk_{table}_entry_audit_entry")
        ),
        *(
            sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}_{other}"))
            for name, other in points.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(part for part in parts if not isinstance(part, sa.Column)),
    )
    for name in ("entry", *(points if indexed else ())):
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name], unique=False)
