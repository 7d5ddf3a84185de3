"""The audit chain: how an entry's hash is made and how the chain is checked."""

from __future__ import annotations

from datetime import UTC

from sqlalchemy import select
from sqlalchemy.orm import Session

from tradein_app.services.digest import digest
from tradein_app.store.tables import AuditEntry

FIRST = "0" * 64
"""What the first entry holds in place of a previous hash."""


def entry_hash(entry: AuditEntry) -> str:
    """Return the SHA-256 of everything that an entry says, the previous entry's hash included."""
    return digest(
        {
            "sequence": entry.sequence,
            "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": [entry.actor_id, entry.actor_name],
            "action": entry.action,
            "data": entry.data,
            "previous": entry.previous,
        }
    )


def last_entry(session: Session) -> AuditEntry | None:
    """Return the end of the chain."""
    return session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(1)).first()


def broken_at(session: Session) -> int | None:
    """Return the sequence at which the chain does not hold: an entry missing, changed or moved; ``None`` if it does."""
    previous, expected = FIRST, 1
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)).yield_per(500):
        if entry.sequence != expected or entry.previous != previous or entry_hash(entry) != entry.hash:
            return expected
        previous, expected = entry.hash, expected + 1
    return None
