"""Seal what no audit entry vouched for: phones, inspections, decisions, and what grades and quotes were made of.

From now on each entry holds the digests of such rows that were written under it. Those that are there already are
sealed as they are, in entries of their own: nobody can say what they were before.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from tradein_app.store.types import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_AT_ONCE = 500
_KEY = sa.Uuid(as_uuid=False)

_PHONE = sa.table(
    "phone",
    sa.column("id", _KEY),
    *(sa.column(name, sa.String()) for name in ("platform", "device_id", "serial", "imei", "salt")),
    sa.column("added_at", UtcDateTime()),
)
_INSPECTION = sa.table(
    "inspection",
    sa.column("id", _KEY),
    sa.column("phone_id", _KEY),
    sa.column("stage", sa.String()),
    sa.column("checklist", sa.String()),
    sa.column("opened_at", UtcDateTime()),
    sa.column("updated_at", UtcDateTime()),
)
_DECISION = sa.table(
    "decision",
    sa.column("id", _KEY),
    sa.column("stage", sa.String()),
    sa.column("quote_id", _KEY),
    sa.column("paper", sa.String()),
)
_RESULTS = [
    sa.table(name, sa.column("id", _KEY), sa.column("inputs", sa.String())) for name in ("grade", "quote")
]
_ENTRY = sa.table(
    "audit_entry",
    sa.column("sequence", sa.Integer()),
    sa.column("at", UtcDateTime()),
    *(sa.column(name, sa.String()) for name in ("actor_id", "actor_name", "action")),
    sa.column("data", sa.JSON()),
    *(sa.column(name, sa.String()) for name in ("previous", "hash")),
)


def upgrade() -> None:
    """Add the salt of phones, and seal every row that is there."""
    op.add_column("phone", sa.Column("salt", sa.String(length=40), nullable=False, server_default=""))
    connection = op.get_bind()
    _salt(connection)
    seals = _seals(connection)
    while some := dict(islice(seals, _AT_ONCE)):
        _append(connection, some)


def downgrade() -> None:
    """Drop the salt; the entries stay, as entries do."""
    op.execute("ALTER TABLE phone DROP COLUMN salt")


def _salt(connection: sa.Connection) -> None:
    keys = list(connection.scalars(sa.select(_PHONE.c.id)))
    if keys:
        by_key = sa.update(_PHONE).where(_PHONE.c.id == sa.bindparam("key")).values(salt=sa.bindparam("new"))
        connection.execute(by_key, [{"key": key, "new": secrets.token_hex(16)} for key in keys])


def _seals(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """Yield the key and the seal of each row; read table by table, as the entries are written in between."""
    for row in connection.execute(sa.select(_PHONE)).mappings().all():
        yield row["id"], _digest({**row, "added_at": _moment(row["added_at"])})
    for row in connection.execute(sa.select(_INSPECTION)).mappings().all():
        times = {name: _moment(row[name]) for name in ("opened_at", "updated_at")}
        said = {"id": row["id"], "phone": row["phone_id"], "stage": row["stage"]}
        yield row["id"], _digest({**said, "checklist": row["checklist"], **times})
    for row in connection.execute(sa.select(_DECISION)).mappings().all():
        yield (
            row["id"],
            _digest({"stage": row["stage"], "quote": row["quote_id"], "paper": row["paper"]}),
        )
    for table in _RESULTS:
        yield from (tuple(row) for row in connection.execute(sa.select(table.c.id, table.c.inputs)).all())


def _append(connection: sa.Connection, seals: dict[str, str]) -> None:
    newest = sa.select(_ENTRY.c.sequence, _ENTRY.c.hash).order_by(_ENTRY.c.sequence.desc()).limit(1)
    last = connection.execute(newest).first()
    entry: dict[str, Any] = {
        "sequence": last.sequence + 1 if last else 1,
        "at": datetime.now(UTC),
        "actor_id": "tradein",
        "actor_name": "tradein",
        "action": "store.sealed",
        "data": {"revision": revision, "seals": seals},
        "previous": last.hash if last else "0" * 64,
    }
    hashed = {name: entry[name] for name in ("sequence", "action", "data", "previous")}
    entry["hash"] = _digest(
        {**hashed, "at": _moment(entry["at"]), "actor": [entry["actor_id"], entry["actor_name"]]}
    )
    connection.execute(sa.insert(_ENTRY), entry)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _digest(value: object) -> str:
    # Written out once more: what later versions of the program hash must not change what this revision did.
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
