"""Walks through all inspections that are stored, a page at a time, with as little work for each as there can be.

What takes the time is the number of rows and of documents that are opened. So an inspection's answers come as one row,
and of its reading only what grading looks at; whole documents are opened where several tell of a phone together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache, partial
from itertools import zip_longest
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, select, type_coerce
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import NullType

from diagnostics.grading.defects import Mark as Marked
from tradein_app.services.regrading_records import (
    CLEARED,
    NO_ANSWERS,
    SEPARATOR,
    StoredAnswers,
    StoredGrade,
    StoredInspection,
    ToldParts,
    joined,
)
from tradein_app.store.engines import is_file, make_engine, parse_url
from tradein_app.store.failures import in_words
from tradein_app.store.tables import Answer, Grade, Inspection, Mark, Phone, Reading

PAGE = 1000
"""Inspections that are in memory at a time."""
_Key = Any
"""An inspection's key as the engine hands it out: making text of each would take a tenth of the whole time."""
_Span = tuple[_Key, _Key]
Span = tuple[_Key | None, _Key | None]
"""From the first key on up to the second, without it; ``None`` is an open end."""
EVERYTHING: Span = (None, None)


def browse(url: str) -> SqlBrowser:
    """Open a database whose tables are up to date already."""
    return SqlBrowser(make_engine(parse_url(url)))


class SqlBrowser:
    """Reads what `tradein_app.services.regrading` needs.

    Args:
        engine: The database.
        page: Inspections that are read at a time.
    """

    def __init__(self, engine: Engine, page: int = PAGE) -> None:
        self._engine = engine
        self._page = page
        self._twice = lru_cache(PAGE)(_names_twice)
        self._grade = lru_cache(PAGE)(StoredGrade)

    def count(self, since: datetime | None = None) -> int:
        """Return how many inspections there are, opened at that time or after."""
        with self._engine.connect() as connection:
            chosen = select(func.count()).select_from(Inspection).where(*_since(since))
            return int(connection.execute(chosen).scalar_one())

    @property
    def elsewhere(self) -> Callable[[], SqlBrowser] | None:
        """What opens this database in another process; ``None`` where it is in the memory of this one."""
        url = self._engine.url
        if url.get_backend_name() == "sqlite" and not is_file(url):
            return None
        return partial(browse, url.render_as_string(hide_password=False))

    def spans(self, size: int, since: datetime | None = None) -> list[Span]:
        """Return ranges of keys that hold so many inspections each, in their order; the last one is open."""
        place = func.row_number().over(order_by=Inspection.id).label("place")
        numbered = select(_raw(Inspection.id).label("key"), place).where(*_since(since)).subquery()
        chosen = (
            select(_raw(numbered.c.key)).where((numbered.c.place - 1) % size == 0).order_by(numbered.c.place)
        )
        with self._engine.connect() as connection:
            firsts = connection.execute(chosen).scalars().all()
        return list(zip_longest(firsts, firsts[1:]))

    def inspections(
        self, since: datetime | None = None, span: Span = EVERYTHING
    ) -> Iterator[StoredInspection]:
        """Yield every inspection of a range, opened at that time or after, by its key.

        Raises:
            ServiceMissing: The database cannot be read any more; the message says why.
        """
        last: _Key | None = None
        with self._engine.connect() as connection:
            while rows := self._page_of(connection, self._chosen(last, since, span)):
                yield from rows
                last = rows[-1].key

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _chosen(self, last: _Key | None, since: datetime | None, span: Span) -> Select[Any]:
        columns = (Inspection.checklist, Inspection.opened_at, Phone.platform, Phone.serial, Phone.imei)
        chosen = (
            select(_raw(Inspection.id).label("key"), *columns)
            .join(Phone, Phone.id == Inspection.phone_id)
            .where(*_since(since), *_from(span))
            .order_by(Inspection.id)
            .limit(self._page)
        )
        return chosen if last is None else chosen.where(_raw(Inspection.id) > last)

    def _page_of(self, connection: Connection, chosen: Select[Any]) -> list[StoredInspection]:
        try:
            rows = connection.execute(chosen).all()
            return self._opened(connection, rows) if rows else []
        except DBAPIError as error:
            said = in_words(error, self._engine.url)
            if said is None:
                raise
            raise said from error

    def _opened(self, connection: Connection, rows: Sequence[Any]) -> list[StoredInspection]:
        span = (rows[0].key, rows[-1].key)
        answers = self._answers(connection, span)
        told = _told(connection, span)
        readings = _readings(connection, span, least=2 if told else 1)
        grades, marks = self._grades(connection, span), _marks(connection, span)
        return [
            StoredInspection(
                *(key, checklist, opened_at, platform, serial, imei),
                answers=answers.get(key, NO_ANSWERS),
                told=told.get(key, ()),
                readings=readings.get(key, ()),
                marks=marks.get(key, ()),
                grade=grades.get(key),
            )
            for key, checklist, opened_at, platform, serial, imei in rows
        ]

    def _answers(self, connection: Connection, span: _Span) -> dict[_Key, StoredAnswers]:
        """Return the last answer to each question, by inspection."""
        # Both are joined in one pass over the same rows, so they are in the same order, whichever that is.
        parts = (
            func.aggregate_strings(Answer.question, SEPARATOR),
            func.aggregate_strings(_VALUE, SEPARATOR),
        )
        chosen = select(_raw(Answer.inspection_id), *parts).where(_within(Answer.inspection_id, span))
        rows = connection.execute(chosen.group_by(Answer.inspection_id)).all()
        # No engine says in which order it joins: where a question was answered twice, answers are asked for in order.
        twice = [key for key, questions, _ in rows if self._twice(questions)]
        found = {key: StoredAnswers(questions, values) for key, questions, values in rows}
        return found | _answers_in_order(connection, twice) if twice else found

    def _grades(self, connection: Connection, span: _Span) -> dict[_Key, StoredGrade]:
        chosen = (
            select(_raw(Grade.inspection_id), Grade.rule_set, Grade.grade, Grade.disposition)
            .where(_within(Grade.inspection_id, span))
            .order_by(Grade.entry)
        )
        return {key: self._grade(*said) for key, *said in connection.execute(chosen).all()}


_MALFORMED = "malformed JSON"
"""What SQLite says of all rows that are asked for where the document of one is none."""
_VALUE = func.coalesce(cast(Answer.value, String), CLEARED)


def _raw(column: Any) -> Any:
    return type_coerce(column, NullType())


def _since(since: datetime | None) -> list[ColumnElement[bool]]:
    return [] if since is None else [Inspection.opened_at >= since]


def _from(span: Span) -> list[ColumnElement[bool]]:
    key, (first, end) = _raw(Inspection.id), span
    return ([] if first is None else [key >= first]) + ([] if end is None else [key < end])


def _within(column: Any, span: _Span) -> ColumnElement[bool]:
    inside: ColumnElement[bool] = _raw(column).between(*span)
    return inside


def _names_twice(questions: str) -> bool:
    names = questions.split(SEPARATOR)
    return len(set(names)) < len(names)


def _answers_in_order(connection: Connection, wanted: Sequence[_Key]) -> dict[_Key, StoredAnswers]:
    """Return the last answer to each question; put in order here, for thirty rows an inspection take far longer."""
    texts = (Answer.question, _VALUE, cast(Answer.entry, String))
    parts = (func.aggregate_strings(text, SEPARATOR) for text in texts)
    chosen = select(_raw(Answer.inspection_id), *parts).where(_raw(Answer.inspection_id).in_(wanted))
    rows = connection.execute(chosen.group_by(Answer.inspection_id)).all()
    return {key: _last(*(part.split(SEPARATOR) for part in said)) for key, *said in rows}


def _last(questions: list[str], values: list[str], entries: list[str]) -> StoredAnswers:
    in_order = sorted(zip(map(int, entries), questions, values, strict=True))
    return joined({question: value for _, question, value in in_order}.items())


def _told(connection: Connection, span: _Span) -> dict[_Key, ToldParts]:
    """Return what each inspection's reading tells of what grading looks at, as JSON text.

    Nothing where the database cannot open one of their documents: then each has to be opened by itself.
    """
    document = Reading.document
    parts = (
        document["platform"],
        document["battery", "health_percent"],
        document["locks"],
        document["evidence", "locks.sim", "quality"],
        document["evidence", "battery.health_percent", "quality"],
    )
    chosen = select(_raw(Reading.inspection_id), *(cast(part, String) for part in parts))
    try:
        rows = connection.execute(chosen.where(_within(Reading.inspection_id, span))).all()
    except DBAPIError as error:
        if _MALFORMED not in str(error.orig):
            raise
        return {}
    return {row[0]: row[1:] for row in rows}


def _readings(connection: Connection, span: _Span, *, least: int) -> dict[_Key, tuple[tuple[str, str], ...]]:
    """Return state and document of the readings of those inspections that have so many."""
    counted = (
        select(_raw(Reading.inspection_id))
        .where(_within(Reading.inspection_id, span))
        .group_by(Reading.inspection_id)
        .having(func.count() >= least)
    )
    several = connection.execute(counted).scalars().all()
    chosen = (
        select(_raw(Reading.inspection_id), Reading.state, cast(Reading.document, String))
        .where(_raw(Reading.inspection_id).in_(several))
        .order_by(Reading.entry)
    )
    found: dict[_Key, list[tuple[str, str]]] = {}
    for key, state, text in connection.execute(chosen).all() if several else ():
        found.setdefault(key, []).append((state, text))
    return {key: tuple(readings) for key, readings in found.items()}


def _marks(connection: Connection, span: _Span) -> dict[_Key, tuple[Marked, ...]]:
    """Return the marks that are there, as `SqlMarks.current` does for one inspection."""
    columns = (Mark.face, Mark.x, Mark.y, Mark.kind, Mark.severity, Mark.size_mm)
    chosen = (
        select(_raw(Mark.inspection_id), Mark.removed, Mark.mark_id, *columns)
        .where(_within(Mark.inspection_id, span))
        .order_by(Mark.entry)
    )
    there: dict[_Key, dict[str, Marked]] = {}
    for key, removed, name, *rest in connection.execute(chosen):
        if removed:
            there.get(key, {}).pop(name, None)
        else:
            there.setdefault(key, {})[name] = Marked(name, *rest)
    return {key: tuple(marks.values()) for key, marks in there.items()}
