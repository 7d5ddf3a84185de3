"""Counts of the slots' days, between the bench that counts and the desk that keeps; neither waits for the other."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from diagnostics.errors import UserError
from diagnostics.usb.history import SlotDay

PAUSE = 2.0
"""Seconds that counts wait to be kept: forty phones that are read at once are one transaction. A process that is
killed loses the counts of as long."""
ASK_AGAIN = 10.0
"""Seconds until the desk is asked once more for the day so far, where it could not tell."""
Days = tuple[SlotDay, ...]


class KeptDays:
    """A `diagnostics.usb.history.SlotDays` for the loop of the devices.

    The first question of a day has the desk asked what it kept of it; until it has told, only what was counted since
    the start is known, and nothing is written that would take the place of more.

    Args:
        fetch: Returns what was kept of a day; may block, called on the desk's thread.
        keep: Keeps what was counted; likewise.
        submit: Has something done on the desk's thread.
    """

    def __init__(
        self,
        fetch: Callable[[date], Days],
        keep: Callable[[Days], None],
        submit: Callable[[Callable[[], None]], None],
    ) -> None:
        self._fetch = fetch
        self._keep = keep
        self._submit = submit
        self._day: date | None = None
        self._known: dict[str, SlotDay] = {}
        self._whole = False
        self._asked_at: float | None = None
        self._waiting: dict[tuple[date, str], SlotDay] = {}
        self._lock = threading.Lock()
        self._timer: asyncio.TimerHandle | None = None

    def load(self, day: date) -> Mapping[str, SlotDay]:
        """Return the slots of one day by name, as far as they are known by now."""
        if day != self._day:
            self._day, self._known, self._whole, self._asked_at = day, {}, False, None
        if not self._whole:
            self._ask(day)
        return self._known

    def save(self, entry: SlotDay) -> None:
        """Keep a slot's day, in a moment."""
        self._known[entry.slot] = entry
        if self._whole:
            self._note((entry,))

    def flush(self) -> None:
        """Have kept what waits; on the desk's thread. Where the desk cannot, it waits on."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        try:
            if waiting:
                self._keep(tuple(waiting.values()))
        except UserError:
            with self._lock:
                self._waiting = waiting | self._waiting

    def _note(self, entries: Iterable[SlotDay]) -> None:
        with self._lock:
            self._waiting |= {(entry.day, entry.slot): entry for entry in entries}
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PAUSE, self._hand_over)

    def _hand_over(self) -> None:
        self._timer = None
        self._submit(self.flush)

    def _ask(self, day: date) -> None:
        loop = asyncio.get_running_loop()
        if self._asked_at is None or loop.time() >= self._asked_at + ASK_AGAIN:
            self._asked_at = loop.time()
            self._submit(lambda: self._tell(loop, day))

    def _tell(self, loop: asyncio.AbstractEventLoop, day: date) -> None:
        """Fetch a day on the desk's thread; what comes when the devices have ended is dropped."""
        with contextlib.suppress(UserError, RuntimeError):
            kept = self._fetch(day)
            loop.call_soon_threadsafe(self._adopt, day, kept)

    def _adopt(self, day: date, kept: Days) -> None:
        if day != self._day or self._whole:
            return
        counted, self._whole = dict(self._known), True
        self._known |= {entry.slot: _sum(entry, counted.get(entry.slot)) for entry in kept}
        if counted:
            self._note(self._known[slot] for slot in counted)


def _sum(kept: SlotDay, counted: SlotDay | None) -> SlotDay:
    """Return a day of which a part was kept and the rest was counted since."""
    if counted is None:
        return kept
    before = 0 if counted.read else kept.hung_in_a_row
    return replace(
        kept,
        lost=kept.lost + counted.lost,
        hung=kept.hung + counted.hung,
        read=kept.read + counted.read,
        hung_in_a_row=before + counted.hung_in_a_row,
    )
