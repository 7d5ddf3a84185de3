"""The repositories of JSON documents (readings, grades, quotes) and of the audit chain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from diagnostics.model import State
from tradein_app.services.records import Actor
from tradein_app.services.saved_rows import Document, Entry, Saved
from tradein_app.store import tables
from tradein_app.store.chain import FIRST, entry_hash, last_entry

_Table = TypeVar("_Table", tables.Grade, tables.Quote)


class SqlReadings:
    """Implements `tradein_app.services.ports.Readings`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, inspection_id: str, saved: Saved, entry: Entry) -> None:
        """Add a reading."""
        state = saved.document["state"]
        self._session.add(tables.Reading(**_recorded(inspection_id, saved, entry), state=state))
        self._session.flush()

    def since_ready(self, inspection_id: str) -> Sequence[Saved]:
        """Return the last reading whose state is ``ready`` and all after it, the oldest first; all if none is."""
        table = tables.Reading
        last_ready = select(func.coalesce(func.max(table.entry), 0)).filter_by(
            inspection_id=inspection_id, state=State.READY.value
        )
        chosen = select(table).where(
            table.inspection_id == inspection_id, table.entry >= last_ready.scalar_subquery()
        )
        return [Saved(row.id, row.document) for row in self._session.scalars(chosen.order_by(table.entry))]


class SqlLaterReadings:
    """Implements `tradein_app.services.ports.LaterReadings`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, inspection_id: str, saved: Saved, entry: Entry) -> None:
        """Add a reading beside the closed inspection of its phone."""
        state = saved.document["state"]
        self._session.add(tables.LaterReading(**_recorded(inspection_id, saved, entry), state=state))
        self._session.flush()

    def last(self, inspection_id: str) -> Saved | None:
        """Return the one added last."""
        chosen = select(tables.LaterReading).filter_by(inspection_id=inspection_id)
        row = self._session.scalars(chosen.order_by(tables.LaterReading.entry.desc()).limit(1)).first()
        return Saved(row.id, row.document) if row else None


class SqlGrades:
    """Implements `tradein_app.services.ports.Results` for grades."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, inspection_id: str, saved: Saved, entry: Entry) -> None:
        """Add a grade."""
        row = tables.Grade(
            **_recorded(inspection_id, saved, entry),
            inputs=saved.inputs,
            grade=saved.document["grade"],
            disposition=saved.document["disposition"],
            rule_set=_text(saved.document, "rule_set"),
        )
        self._session.add(row)
        self._session.flush()

    def last(self, inspection_id: str) -> Saved | None:
        """Return the grade added last."""
        return _last(self._session, tables.Grade, inspection_id)


class SqlQuotes:
    """Implements `tradein_app.services.ports.Results` for quotes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, inspection_id: str, saved: Saved, entry: Entry) -> None:
        """Add a quote."""
        as_of = saved.document.get("as_of")
        row = tables.Quote(
            **_recorded(inspection_id, saved, entry),
            inputs=saved.inputs,
            decision=saved.document["decision"],
            market=saved.document["market"],
            as_of=date.fromisoformat(as_of) if as_of else None,
            model_version=_text(saved.document, "model_version"),
            market_version=_text(saved.document, "market_version"),
            rule_set=_text(saved.document, "rule_set"),
        )
        self._session.add(row)
        self._session.flush()

    def last(self, inspection_id: str) -> Saved | None:
        """Return the quote added last."""
        return _last(self._session, tables.Quote, inspection_id)


class SqlAudit:
    """Implements `tradein_app.services.ports.Audit`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def append(self, actor: Actor, action: str, data: Document, at: datetime) -> Entry:
        """Add an entry that holds the hash of the one before it."""
        last = last_entry(self._session)
        entry = tables.AuditEntry(
            sequence=last.sequence + 1 if last else 1,
            at=at,
            actor_id=actor.id,
            actor_name=actor.name,
            action=action,
            data=data,
            previous=last.hash if last else FIRST,
        )
        entry.hash = entry_hash(entry)
        self._session.add(entry)
        self._session.flush()
        return Entry(entry.sequence, actor, at)


def _recorded(inspection_id: str, saved: Saved, entry: Entry) -> dict[str, Any]:
    return {
        "id": saved.id,
        "inspection_id": inspection_id,
        "document": saved.document,
        "entry": entry.sequence,
        "actor_id": entry.actor.id,
        "at": entry.at,
    }


def _last(session: Session, table: type[_Table], inspection_id: str) -> Saved | None:
    chosen = select(table).filter_by(inspection_id=inspection_id).order_by(table.entry.desc()).limit(1)
    row = session.scalars(chosen).first()
    return Saved(row.id, row.document, row.inputs) if row else None


def _text(document: Document, name: str) -> str:
    return str(document.get(name) or "")
