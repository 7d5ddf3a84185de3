"""Walks through all inspections that are stored, a page at a time, with as little work for each as there can be.

What takes the time is the number of rows and of documents that are opened. So an inspection's answers come as one row,
and of its reading only what grading looks at; whole documents are opened where several tell of a phone together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, literal, select, type_coerce
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.types import NullType

from diagnostics.grading.defects import Mark as Marked
from tradein_app.services.regrading import StoredGrade, StoredInspection, StoredPhone, ToldParts
from tradein_app.store.tables import Answer, Grade, Inspection, Mark, Phone, Reading

PAGE = 1000
"""Inspections that are in memory at a time."""
_LINE = "\n"
_CLEARED = "null"
_Answers = dict[str, str]
_Key = Any
"""An inspection's key as the engine hands it out: making text of each would take a tenth of the whole time."""


class SqlBrowser:
    """Reads what `tradein_app.services.regrading` needs.

    Args:
        engine: The database.
        page: Inspections that are read at a time.
    """

    def __init__(self, engine: Engine, page: int = PAGE) -> None:
        self._engine = engine
        self._page = page
        self._pairs = _Pairs()

    def count(self, since: datetime | None = None) -> int:
        """Return how many inspections there are, opened at that time or after."""
        with self._engine.connect() as connection:
            chosen = select(func.count()).select_from(Inspection).where(*_since(since))
            return int(connection.execute(chosen).scalar_one())

    def inspections(self, since: datetime | None = None) -> Iterator[StoredInspection]:
        """Yield every inspection, opened at that time or after, by its key."""
        last: str | None = None
        with self._engine.connect() as connection:
            while rows := connection.execute(self._chosen(last, since)).all():
                yield from self._opened(connection, rows)
                last = rows[-1].id

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _chosen(self, last: str | None, since: datetime | None) -> Any:
        columns = (Inspection.id, Inspection.checklist, Inspection.opened_at)
        chosen = (
            select(_raw(Inspection.id), *columns, Phone.platform, Phone.serial, Phone.imei)
            .join(Phone, Phone.id == Inspection.phone_id)
            .where(*_since(since))
            .order_by(Inspection.id)
            .limit(self._page)
        )
        return chosen if last is None else chosen.where(Inspection.id > last)

    def _opened(self, connection: Connection, rows: Sequence[Any]) -> list[StoredInspection]:
        span = (rows[0].id, rows[-1].id)
        answers = self._answers(connection, *span)
        told, readings = _told(connection, *span), _readings(connection, *span)
        grades, marks = _grades(connection, *span), _marks(connection, *span)
        return [
            StoredInspection(
                id=name,
                phone=StoredPhone(platform, serial, imei),
                checklist=checklist,
                opened_at=opened_at,
                answers=answers.get(key, {}),
                told=told[key],
                readings=tuple(readings.get(key, ())),
                marks=marks.get(key, ()),
                grade=grades.get(key),
            )
            for key, name, checklist, opened_at, platform, serial, imei in rows
        ]

    def _answers(self, connection: Connection, first: str, last: str) -> dict[_Key, _Answers]:
        """Return the last answer to each question as JSON text, by inspection."""
        line = Answer.question + literal(" ") + func.coalesce(cast(Answer.value, String), literal(_CLEARED))
        chosen = (
            select(_raw(Answer.inspection_id), func.aggregate_strings(line, _LINE))
            .where(Answer.inspection_id.between(first, last))
            .group_by(Answer.inspection_id)
        )
        found: dict[_Key, _Answers] = {}
        twice: set[_Key] = set()
        for key, text in connection.execute(chosen):
            lines = text.split(_LINE)
            answers = dict(map(self._pairs.__getitem__, lines))
            # No engine says in which order it joins lines: where a question has several, they are asked for in order.
            (found.__setitem__(key, answers) if len(answers) == len(lines) else twice.add(key))
        if twice:
            found |= _answers_in_order(connection, first, last, twice)
        return found


class _Pairs(dict[str, tuple[str, str]]):
    """Questions and answers by the line that they come in; there are a few hundred, and each is taken apart once."""

    def __missing__(self, line: str) -> tuple[str, str]:
        question, _, value = line.partition(" ")
        self[line] = question, value
        return question, value


def _raw(column: Any) -> Any:
    return type_coerce(column, NullType())


def _since(since: datetime | None) -> list[ColumnElement[bool]]:
    return [] if since is None else [Inspection.opened_at >= since]


def _answers_in_order(
    connection: Connection, first: str, last: str, wanted: set[_Key]
) -> dict[_Key, _Answers]:
    value = func.coalesce(cast(Answer.value, String), literal(_CLEARED))
    chosen = (
        select(_raw(Answer.inspection_id), Answer.question, value)
        .where(Answer.inspection_id.between(first, last))
        .order_by(Answer.entry)
    )
    found: dict[_Key, _Answers] = {key: {} for key in wanted}
    for key, question, text in connection.execute(chosen):
        if key in wanted:
            found[key][question] = text
    return found


def _told(connection: Connection, first: str, last: str) -> dict[_Key, ToldParts]:
    """Return what each inspection's reading tells of what grading looks at, as JSON text."""
    document = Reading.document
    parts = (
        document["platform"],
        document["battery", "health_percent"],
        document["locks"],
        document["evidence", "locks.sim", "quality"],
        document["evidence", "battery.health_percent", "quality"],
    )
    chosen = select(_raw(Reading.inspection_id), *(cast(part, String) for part in parts))
    rows = connection.execute(chosen.where(Reading.inspection_id.between(first, last)))
    return {key: tuple(told) for key, *told in rows}


def _readings(connection: Connection, first: str, last: str) -> dict[_Key, list[tuple[str, str]]]:
    """Return state and document of the readings of those inspections that have several."""
    counted = (
        select(_raw(Reading.inspection_id))
        .where(Reading.inspection_id.between(first, last))
        .group_by(Reading.inspection_id)
        .having(func.count() > 1)
    )
    several = Counter(key for (key,) in connection.execute(counted))
    found: dict[_Key, list[tuple[str, str]]] = {}
    if not several:
        return found
    chosen = (
        select(_raw(Reading.inspection_id), Reading.state, cast(Reading.document, String))
        .where(Reading.inspection_id.between(first, last))
        .order_by(Reading.entry)
    )
    for key, state, text in connection.execute(chosen):
        if key in several:
            found.setdefault(key, []).append((state, text))
    return found


def _marks(connection: Connection, first: str, last: str) -> dict[_Key, tuple[Marked, ...]]:
    """Return the marks that are there, as `SqlMarks.current` does for one inspection."""
    columns = (Mark.face, Mark.x, Mark.y, Mark.kind, Mark.severity, Mark.size_mm)
    chosen = (
        select(_raw(Mark.inspection_id), Mark.removed, Mark.mark_id, *columns)
        .where(Mark.inspection_id.between(first, last))
        .order_by(Mark.entry)
    )
    there: dict[_Key, dict[str, Marked]] = {}
    for key, removed, name, *rest in connection.execute(chosen):
        if removed:
            there.get(key, {}).pop(name, None)
        else:
            there.setdefault(key, {})[name] = Marked(name, *rest)
    return {key: tuple(marks.values()) for key, marks in there.items()}


def _grades(connection: Connection, first: str, last: str) -> dict[_Key, StoredGrade]:
    chosen = (
        select(_raw(Grade.inspection_id), Grade.rule_set, Grade.grade, Grade.disposition)
        .where(Grade.inspection_id.between(first, last))
        .order_by(Grade.entry)
    )
    return {key: StoredGrade(rules, grade, what) for key, rules, grade, what in connection.execute(chosen)}
