"""Holds rows that change, and what no document's digest covers, against the seals of their audit entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tradein_app.services.records import Stage
from tradein_app.services.saved_rows import SEALS, SavedDecision
from tradein_app.store import tables
from tradein_app.store.repositories import as_inspection, as_phone

ADOPTED = "store.sealed"
"""The action of the entries by which revision 0009 sealed the rows that were there before it."""


@dataclass(slots=True)
class Found:
    """What came of holding rows against their seals.

    Attributes:
        rows: How many there are.
        altered: The table and key of each that is not as it was written, that nobody wrote, or that is gone.
        adopted: How many were sealed only when the database was brought to revision 0009.
        since: The day of that, UTC.
    """

    rows: int = 0
    altered: list[str] = field(default_factory=list)
    adopted: int = 0
    since: date | None = None


@dataclass(slots=True)
class _Seals:
    """The seals of the chain: the last one of each row, which rows were adopted, and when."""

    last: dict[str, str] = field(default_factory=dict)
    adopted: set[str] = field(default_factory=set)
    since: date | None = None


def against_seals(session: Session) -> Found:
    """Hold phones, inspections, decisions, and the inputs of grades and quotes against the seals of the chain."""
    seals = _seals(session)
    found = Found(adopted=len(seals.adopted), since=seals.since)
    for name, key, seal in _rows(session):
        found.rows += 1
        if seals.last.pop(key, None) != seal:
            found.altered.append(f"{name} {key}")
    found.altered += [f"{key} is gone" for key in seals.last]
    return found


def _seals(session: Session) -> _Seals:
    found = _Seals()
    entry = tables.AuditEntry
    chosen = select(entry.at, entry.action, entry.data).order_by(entry.sequence)
    for at, action, data in session.execute(chosen).yield_per(500):
        fresh = data.get(SEALS) if isinstance(data, dict) else None
        if not isinstance(fresh, dict):
            continue
        if action == ADOPTED:
            found.adopted |= fresh.keys() - found.last.keys()
            found.since = at.date()
        found.last.update(fresh)
    return found


def _rows(session: Session) -> Iterator[tuple[str, str, str | None]]:
    """Yield the table, the key and the seal of each row as it is now; ``None`` for one that cannot be ours."""
    kinds: tuple[tuple[Any, Callable[[Any], str]], ...] = (
        (tables.Phone, lambda row: as_phone(row).seal),
        (tables.Inspection, _inspection_seal),
        (tables.Decision, _decision_seal),
    )
    for table, seal in kinds:
        # Columns, not objects: a shop has many, and nothing is changed here.
        for row in session.execute(select(*table.__table__.columns)).yield_per(500):
            yield table.__tablename__, row.id, _sealed(seal, row)
    for result in (tables.Grade, tables.Quote):
        for key, inputs in session.execute(select(result.id, result.inputs)).yield_per(500):
            yield result.__tablename__, key, inputs


def _sealed(seal: Callable[[Any], str], row: Any) -> str | None:
    try:
        return seal(row)
    except ValueError:
        return None  # a stage that there is not


def _inspection_seal(row: tables.Inspection) -> str:
    saved = as_inspection(row)
    if row.open_phone_id != (None if saved.stage.closed else saved.phone_id):
        raise ValueError("it holds its phone, or has let it go, against its stage")
    return saved.seal


def _decision_seal(row: tables.Decision) -> str:
    return SavedDecision(row.id, Stage(row.stage), row.quote_id, row.paper, row.at).seal
