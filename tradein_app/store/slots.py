"""The repository of the bench's slots: their numbers, and what happened at each of them on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from diagnostics.usb.history import SlotDay
from tradein_app.store import tables


class SqlSlots:
    """Implements `tradein_app.services.ports.Slots`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def numbers(self) -> dict[int, tuple[str, ...]]:
        """Return the slots of each number, in the order in which they were learnt."""
        table = tables.SlotNumber
        rows = self._session.scalars(select(table).order_by(table.number, table.face))
        found: dict[int, tuple[str, ...]] = {}
        for row in rows:
            found[row.number] = (*found.get(row.number, ()), row.slot)
        return found

    def put_numbers(self, numbers: Mapping[int, Sequence[str]], at: datetime) -> None:
        """Keep the numbers in place of what was kept before."""
        self._session.execute(delete(tables.SlotNumber))
        self._session.add_all(
            tables.SlotNumber(slot=slot, number=number, face=face, updated_at=at)
            for number, slots in numbers.items()
            for face, slot in enumerate(slots)
        )
        self._session.flush()

    def days(self, day: date) -> tuple[SlotDay, ...]:
        """Return what happened on a day, by slot."""
        table = tables.SlotDay
        rows = self._session.scalars(select(table).filter_by(day=day).order_by(table.slot))
        return tuple(
            SlotDay(row.slot, row.day, row.lost, row.hung, row.read, row.hung_in_a_row) for row in rows
        )

    def put_days(self, days: Iterable[SlotDay]) -> None:
        """Keep each slot's day in place of what was kept of it before."""
        for each in days:
            self._session.merge(
                tables.SlotDay(
                    slot=each.slot,
                    day=each.day,
                    lost=each.lost,
                    hung=each.hung,
                    read=each.read,
                    hung_in_a_row=each.hung_in_a_row,
                )
            )
        self._session.flush()
