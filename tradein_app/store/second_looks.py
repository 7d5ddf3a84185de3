"""The second looks at surfaces: who looked again, when, and at which answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from diagnostics.grading.second_look import SecondLook
from tradein_app.services.records import Actor, Answered, LookedAgain
from tradein_app.services.saved_rows import Entry
from tradein_app.services.shop import new_id
from tradein_app.store.tables import AuditEntry, Base, Recorded, ShortText

ACTION = "inspection.looked_again"


class SecondLookRow(Recorded, Base):
    """A surface that was looked at again, and the answers that were confirmed."""

    __tablename__ = "second_look"

    surface: Mapped[str] = mapped_column(ShortText)
    answers: Mapped[dict[str, Any]]


class SqlSecondLooks:
    """Implements `tradein_app.services.ports.SecondLooks`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, inspection_id: str, look: SecondLook, entry: Entry) -> None:
        """Add a look."""
        self._session.add(
            SecondLookRow(
                id=new_id(),
                inspection_id=inspection_id,
                entry=entry.sequence,
                actor_id=entry.actor.id,
                at=entry.at,
                surface=look.surface,
                answers=dict(look.answers),
            )
        )
        self._session.flush()

    def of(self, inspection_id: str) -> tuple[LookedAgain, ...]:
        """Return the looks at a phone, the oldest first."""
        chosen = (
            select(SecondLookRow, AuditEntry.actor_name)
            .join(AuditEntry, AuditEntry.sequence == SecondLookRow.entry)
            .where(SecondLookRow.inspection_id == inspection_id)
        )
        rows = self._session.execute(chosen.order_by(SecondLookRow.entry))
        return tuple(
            LookedAgain(SecondLook(row.surface, row.answers), Answered(Actor(row.actor_id, name), row.at))
            for row, name in rows
        )


def altered(session: Session) -> Iterator[str]:
    """Yield each look that is not as its audit entry says, and each that is gone."""
    joined = select(SecondLookRow, AuditEntry).join(AuditEntry, AuditEntry.sequence == SecondLookRow.entry)
    there: set[int] = set()
    for row, entry in session.execute(joined):
        there.add(row.entry)
        if not _is_said(row, entry):
            yield f"second_look {row.id}"
    entries = session.scalars(select(AuditEntry.sequence).where(AuditEntry.action == ACTION))
    yield from (f"second_look of entry {sequence}" for sequence in entries if sequence not in there)


def _is_said(row: SecondLookRow, entry: AuditEntry) -> bool:
    said: Mapping[str, Any] = entry.data
    wrote = (said.get("inspection"), said.get("surface"), said.get("confirmed"))
    same = (row.inspection_id, row.surface, row.answers) == wrote
    return same and (row.actor_id, row.at) == (entry.actor_id, entry.at) and entry.action == ACTION
