"""What happens at each slot is counted by the bench and kept by the desk, and neither waits for the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from diagnostics.errors import ServiceMissing
from diagnostics.usb.history import SlotDay, SlotEvent, SlotHistory
from tests.fakes.shops import PaperShop
from tradein_app.backroom import slot_days
from tradein_app.backroom.slot_days import KeptDays

TODAY = date(2026, 11, 22)
SLOT, OTHER = "pci0000:00/0000:00:14.0 2.3", "pci0000:00/0000:00:14.0 2.4"


class SlowDesk:
    """A desk on a real database, whose thread does nothing before a test lets it."""

    def __init__(self, *kept: SlotDay) -> None:
        self.shop = PaperShop()
        self.shop.desk.save_slot_days(kept)
        self.tasks: list[Callable[[], None]] = []
        self.down = False
        self.days = KeptDays(self._fetch, self._keep, self.tasks.append)
        self.history = SlotHistory(self.days)

    def _fetch(self, day: date) -> tuple[SlotDay, ...]:
        self._check()
        return self.shop.desk.slot_days(day)

    def _keep(self, days: tuple[SlotDay, ...]) -> None:
        self._check()
        self.shop.desk.save_slot_days(days)

    def _check(self) -> None:
        if self.down:
            raise ServiceMissing("The database is away.", "", "database_missing")

    async def work(self) -> None:
        while self.tasks:
            self.tasks.pop(0)()
        await asyncio.sleep(0)

    def lose(self, slot: str = SLOT, day: date = TODAY) -> int:
        return self.history.happened(SlotEvent.LOST, slot, day).lost

    def kept(self, day: date = TODAY) -> dict[str, int]:
        self.days.flush()
        return {entry.slot: entry.lost for entry in self.shop.desk.slot_days(day)}

    def close(self) -> None:
        if self.days._timer is not None:
            self.days._timer.cancel()
        self.shop.close()


def test_a_restart_goes_on_counting_where_the_day_stood():
    async def count() -> None:
        desk = SlowDesk(SlotDay(SLOT, TODAY, lost=4, hung=1, read=2, hung_in_a_row=1))
        assert desk.lose() == 1, "the desk has not told yet, and nobody waits for it"
        assert desk.kept() == {SLOT: 4}, "so little must not take the place of more"
        await desk.work()
        entry = desk.history.of(SLOT, TODAY)
        assert entry == SlotDay(SLOT, TODAY, lost=5, hung=1, read=2, hung_in_a_row=1)
        problem = desk.history.problem(SLOT, TODAY)
        assert problem is not None
        assert problem.params == {"times": "5"}
        desk.lose(OTHER)
        assert desk.kept() == {SLOT: 5, OTHER: 1}
        desk.close()

    asyncio.run(count())


def test_a_reading_since_the_start_ends_the_hangs_of_before():
    async def count() -> None:
        desk = SlowDesk(SlotDay(SLOT, TODAY, hung=2, hung_in_a_row=2))
        desk.history.happened(SlotEvent.READ, SLOT, TODAY)
        await desk.work()
        assert desk.history.of(SLOT, TODAY) == SlotDay(SLOT, TODAY, hung=2, read=1)
        desk.close()

    asyncio.run(count())


def test_midnight_begins_a_new_day_and_keeps_the_old_one():
    async def count() -> None:
        desk, tomorrow = SlowDesk(), TODAY + timedelta(days=1)
        desk.lose()
        await desk.work()
        desk.lose()
        assert desk.lose(day=tomorrow) == 1
        await desk.work()
        assert desk.kept() == {SLOT: 2}
        assert desk.kept(tomorrow) == {SLOT: 1}
        desk.close()

    asyncio.run(count())


def test_a_database_that_comes_back_gets_what_was_counted_meanwhile(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(slot_days, "ASK_AGAIN", 0.0)

    async def count() -> None:
        desk = SlowDesk(SlotDay(SLOT, TODAY, lost=1))
        desk.down = True
        desk.lose()
        await desk.work()
        desk.down = False
        desk.lose()
        await desk.work()
        desk.down = True
        desk.days.flush()
        desk.down = False
        assert desk.kept() == {SLOT: 3}
        desk.close()

    asyncio.run(count())


def test_many_counts_are_one_transaction(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(slot_days, "PAUSE", 0.0)

    async def count() -> None:
        desk = SlowDesk()
        desk.lose()
        await desk.work()
        for number in range(40):
            desk.history.happened(SlotEvent.READ, f"bus 1 {number}", TODAY)
        await asyncio.sleep(0.01)
        assert len(desk.tasks) == 1
        await desk.work()
        read = [entry for entry in desk.shop.desk.slot_days(TODAY) if entry.read]
        assert read == sorted((replace(entry, read=1) for entry in read), key=lambda entry: entry.slot)
        assert len(read) == 40
        desk.close()

    asyncio.run(count())
