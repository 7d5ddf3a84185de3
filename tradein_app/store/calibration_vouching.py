"""Holds every row of calibration against the audit entry that it was written under: nothing changed, nothing gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from diagnostics.grading.calibration import folded
from tradein_app.services.digest import digest
from tradein_app.store import calibration_tables as tables
from tradein_app.store.tables import AuditEntry

KEPT = "calibration"
"""The member of an audit entry that holds the digests of what was written under it, by row."""
GIVEN = "given"
"""The member of an audit entry that holds the answers of a round by question."""

_SIGNATURE = frozenset({"id", "entry", "actor_id", "at"})
_FOLDED = {"name_folded": "name", "code_folded": "code", "grader_folded": "grader"}
"""Columns that repeat another one, so that it can be searched whatever its capitals."""

_ROWS = (
    tables.CalibrationSet,
    tables.CalibrationReference,
    tables.CalibrationRound,
    tables.CalibrationResult,
)


def altered(session: Session) -> Iterator[str]:
    """Yield the table and key of each row that is not as its audit entry says, and of each that is gone."""
    there: set[str] = set()
    for table in _ROWS:
        for row, entry in _with_entries(session, table):
            there.add(row.id)
            if not (_signed(row, entry) and _kept(row, entry)):
                yield f"{table.__tablename__} {row.id}"
    answered: set[tuple[int, str]] = set()
    for row, entry in _with_entries(session, tables.CalibrationAnswer):
        answered.add((entry.sequence, row.question))
        if not (_signed(row, entry) and _is_given(row, entry)):
            yield f"calibration_answer {row.id}"
    yield from _gone(session, there, answered)


def content(row: Any) -> dict[str, Any]:
    """Return what a row says besides who wrote it when: what its digest is made of."""
    names = (column.key for column in row.__table__.columns)
    return {name: getattr(row, name) for name in names if name not in _SIGNATURE | _FOLDED.keys()}


def _with_entries(session: Session, table: Any) -> Iterator[tuple[Any, AuditEntry]]:
    rows = select(table, AuditEntry).join(AuditEntry, table.entry == AuditEntry.sequence)
    return ((row, entry) for row, entry in session.execute(rows).yield_per(200))


def _signed(row: tables.Entered, entry: AuditEntry) -> bool:
    return (row.actor_id, row.at) == (entry.actor_id, entry.at)


def _kept(row: Any, entry: AuditEntry) -> bool:
    copies = ((name, of) for name, of in _FOLDED.items() if hasattr(row, name))
    same = all(getattr(row, name) == folded(getattr(row, of)) for name, of in copies)
    return same and _members(entry, KEPT).get(row.id) == digest(content(row))


def _is_given(row: tables.CalibrationAnswer, entry: AuditEntry) -> bool:
    given = _members(entry, GIVEN)
    return (
        _member(entry, "round") == row.round_id and row.question in given and given[row.question] == row.value
    )


def _gone(session: Session, there: set[str], answered: set[tuple[int, str]]) -> Iterator[str]:
    entries = select(AuditEntry).where(AuditEntry.action.startswith("calibration."))
    for entry in session.scalars(entries).yield_per(500):
        missing = [key for key in _members(entry, KEPT) if key not in there]
        missing += [name for name in _members(entry, GIVEN) if (entry.sequence, name) not in answered]
        yield from (f"entry {entry.sequence}: {name} is gone" for name in missing)


def _member(entry: AuditEntry, name: str) -> Any:
    data: object = entry.data
    return data.get(name) if isinstance(data, dict) else None


def _members(entry: AuditEntry, name: str) -> dict[str, Any]:
    found = _member(entry, name)
    return found if isinstance(found, dict) else {}
