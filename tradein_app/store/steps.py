"""The repositories of marks, and of the steps in which an inspection was answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from diagnostics.grading.defects import Mark, MarkChange
from tradein_app.services.records import Actor, How, Step
from tradein_app.services.saved_rows import Entry
from tradein_app.services.shop import new_id
from tradein_app.store import tables
from tradein_app.store.when import GIVEN, when


class SqlMarks:
    """Implements `tradein_app.services.ports.Marks`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, inspection_id: str, changes: Iterable[MarkChange], entry: Entry) -> None:
        """Add marks that were put or taken away."""
        for change in changes:
            mark = change.mark
            self._session.add(
                tables.Mark(
                    id=new_id(),
                    inspection_id=inspection_id,
                    entry=entry.sequence,
                    actor_id=entry.actor.id,
                    at=entry.at,
                    mark_id=mark.id,
                    face=mark.face,
                    x=mark.x,
                    y=mark.y,
                    kind=mark.kind,
                    severity=mark.severity,
                    size_mm=mark.size_mm,
                    removed=change.removed,
                )
            )
        self._session.flush()

    def current(self, inspection_id: str) -> tuple[Mark, ...]:
        """Return the marks that are there, in the order in which they were put first."""
        chosen = select(tables.Mark).filter_by(inspection_id=inspection_id).order_by(tables.Mark.entry)
        there: dict[str, Mark] = {}
        for row in self._session.scalars(chosen):
            if row.removed:
                there.pop(row.mark_id, None)
            else:
                there[row.mark_id] = _mark(row)
        return tuple(there.values())

    def times(self, inspection_id: str) -> dict[str, datetime]:
        """Return when each mark was put, or taken away, last, by its id; however late that was saved."""
        mark, entry = tables.Mark, tables.AuditEntry
        chosen = select(mark.mark_id, mark.at, GIVEN).join(entry, entry.sequence == mark.entry)
        rows = self._session.execute(chosen.where(mark.inspection_id == inspection_id).order_by(mark.entry))
        return {key: when(at, given) for key, at, given in rows}


class SqlSteps:
    """Implements `tradein_app.services.ports.Steps`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, inspection_id: str) -> Sequence[Step]:
        """Return every step in which something was answered, marked or taken back, the oldest first."""
        answers: dict[int, dict[str, str | int | None]] = {}
        marks: dict[int, list[MarkChange]] = {}
        entries: dict[int, tuple[Actor, Any, str]] = {}
        for row, *entry in self._rows(tables.Answer, inspection_id):
            answers.setdefault(row.entry, {})[row.question] = row.value
            entries[row.entry] = _entry(row, *entry)
        for row, *entry in self._rows(tables.Mark, inspection_id):
            marks.setdefault(row.entry, []).append(MarkChange(_mark(row), row.removed))
            entries[row.entry] = _entry(row, *entry)
        return [
            Step(actor, at, _how(action), answers.get(key, {}), tuple(marks.get(key, ())))
            for key, (actor, at, action) in sorted(entries.items())
        ]

    def _rows(self, table: Any, inspection_id: str) -> Iterable[Any]:
        entry = tables.AuditEntry
        chosen = select(table, entry.actor_name, entry.action).join(entry, entry.sequence == table.entry)
        return self._session.execute(chosen.where(table.inspection_id == inspection_id))


def _entry(row: Any, name: str, action: str) -> tuple[Actor, Any, str]:
    return Actor(row.actor_id, name), row.at, action


def _how(action: str) -> How:
    """Return how a step came about; whatever is not known gave an answer."""
    word = action.rpartition(".")[2]
    return How(word) if word in set(How) else How.ANSWERED


def _mark(row: tables.Mark) -> Mark:
    return Mark(row.mark_id, row.face, row.x, row.y, row.kind, row.severity, row.size_mm)
