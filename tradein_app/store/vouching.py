"""Holds every row against the audit entry that it was written under: nothing changed, nothing gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from diagnostics.grading.defects import Mark, MarkChange, change_to_json
from tradein_app.services.digest import digest
from tradein_app.services.records import Stage
from tradein_app.store import calibration_vouching, second_looks, tables
from tradein_app.store.photos import as_photo
from tradein_app.store.sales import SaleRow

_Documented = tables.Reading | tables.LaterReading | tables.Grade | tables.Quote | SaleRow

_MIRRORED: Mapping[type[_Documented], tuple[str, ...]] = {
    tables.Reading: ("state",),
    tables.LaterReading: ("state",),
    tables.Grade: ("grade", "disposition", "rule_set"),
    tables.Quote: ("decision", "market", "as_of", "model_version", "market_version", "rule_set"),
    SaleRow: ("number", "sold_on"),
}
"""Columns that repeat a member of the row's document, so that they can be searched."""

_CLOSED = frozenset(stage.value for stage in Stage if stage.closed)
_CLOSINGS = frozenset(f"inspection.{stage}" for stage in _CLOSED)


def altered(session: Session) -> Iterator[str]:
    """Yield the table and key of each row that is not as its audit entry says, and of each that is gone."""
    for table, columns in _MIRRORED.items():
        for row, entry in _with_entries(session, table):
            if not (_recorded(row, entry) and _document(row, entry, columns)):
                yield f"{table.__tablename__} {row.id}"
    for row, entry in _with_entries(session, tables.Answer):
        if not (_recorded(row, entry) and _answer(row, entry)):
            yield f"answer {row.id}"
    for row, entry in _with_entries(session, tables.Mark):
        if not (_recorded(row, entry) and _members(entry, "marks").get(row.mark_id) == _mark(row)):
            yield f"mark {row.id}"
    yield from _altered_ends(session)
    yield from _altered_photos(session)
    yield from _gone(session)
    yield from calibration_vouching.altered(session)
    yield from second_looks.altered(session)


def _with_entries(session: Session, table: Any) -> Iterator[tuple[Any, tables.AuditEntry]]:
    rows = select(table, tables.AuditEntry).join(tables.AuditEntry, table.entry == tables.AuditEntry.sequence)
    return ((row, entry) for row, entry in session.execute(rows).yield_per(200))


def _recorded(row: tables.Recorded, entry: tables.AuditEntry) -> bool:
    said = (entry.actor_id, entry.at, _member(entry, "inspection"))
    return (row.actor_id, row.at, row.inspection_id) == said


def _document(row: _Documented, entry: tables.AuditEntry, columns: tuple[str, ...]) -> bool:
    if _members(entry, "saved").get(row.id) != digest(row.document):
        return False
    return all(str(getattr(row, name) or "") == str(row.document.get(name) or "") for name in columns)


def _answer(row: tables.Answer, entry: tables.AuditEntry) -> bool:
    said = _members(entry, "answers")
    return row.question in said and said[row.question] == row.value


def _mark(row: tables.Mark) -> dict[str, Any]:
    mark = Mark(row.mark_id, row.face, row.x, row.y, row.kind, row.severity, row.size_mm)
    return change_to_json(MarkChange(mark, row.removed))


def _altered_ends(session: Session) -> Iterator[str]:
    """Yield decisions that were changed, and inspections whose stage does not follow from one."""
    stages: dict[str, str] = {}
    for row, entry in _with_entries(session, tables.Decision):
        stages[row.inspection_id] = row.stage
        said = (entry.action, _member(entry, "quote"), _member(entry, "paper"))
        if (
            not _recorded(row, entry)
            or (f"inspection.{row.stage}", row.quote_id, row.paper is not None) != said
        ):
            yield f"decision {row.id}"
    for key, stage in session.execute(select(tables.Inspection.id, tables.Inspection.stage)):
        if stages.get(key, stage if stage not in _CLOSED else "") != stage:
            yield f"inspection {key}"


def _altered_photos(session: Session) -> Iterator[str]:
    """Yield the photos, and their removals, that are not as their audit entries say."""
    for row, entry in _with_entries(session, tables.Photo):
        facts = digest(as_photo(row).facts())
        if not (_recorded(row, entry) and _members(entry, "saved").get(row.id) == facts):
            yield f"photo {row.id}"
    for row, entry in _with_entries(session, tables.PhotoRemoval):
        said = (_member(entry, "photo"), _member(entry, "removal"))
        if not (_recorded(row, entry) and said == (row.photo_id, row.id)):
            yield f"photo_removal {row.id}"


def _gone(session: Session) -> Iterator[str]:
    """Yield what an entry says was written and is not there."""
    kept = (*_MIRRORED, tables.Decision, tables.Photo, tables.PhotoRemoval)
    there = {key for table in kept for key in session.scalars(select(table.id))}
    answers = select(tables.Answer.entry, tables.Answer.question)
    answered = {(entry, question) for entry, question in session.execute(answers)}
    marks = select(tables.Mark.entry, tables.Mark.mark_id)
    marked = {(entry, key) for entry, key in session.execute(marks)}
    for entry in session.scalars(select(tables.AuditEntry)).yield_per(500):
        missing = [key for key in _written(entry) if key not in there]
        missing += [name for name in _members(entry, "answers") if (entry.sequence, name) not in answered]
        missing += [key for key in _members(entry, "marks") if (entry.sequence, key) not in marked]
        yield from (f"entry {entry.sequence}: {name} is gone" for name in missing)


def _written(entry: tables.AuditEntry) -> Iterator[str]:
    """Yield the keys of the rows, answers aside, that were written under an entry."""
    yield from _members(entry, "saved")
    if entry.action in _CLOSINGS:
        yield str(_member(entry, "decision"))
    if entry.action == "photo.removed":
        yield str(_member(entry, "removal"))


def _member(entry: tables.AuditEntry, name: str) -> Any:
    data: object = entry.data
    return data.get(name) if isinstance(data, dict) else None


def _members(entry: tables.AuditEntry, name: str) -> dict[str, Any]:
    found = _member(entry, name)
    return found if isinstance(found, dict) else {}
