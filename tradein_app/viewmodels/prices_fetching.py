"""Fetching prices and exchange rates as the window of prices works with it: it runs, and what came of it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from tradein_app.bridge.job import Job

if TYPE_CHECKING:
    from diagnostics.errors import UserError
    from tradein_app.services.price_fetching import FetchNews
    from tradein_app.viewmodels.price_access import PriceAccess

_TICK_MS = 1000


class Fetching(QObject):
    """Fetches on a thread of its own: a server that hangs holds up neither the page nor the desk.

    Args:
        access: Where prices are asked for.
    """

    changed = Signal()
    """It began, goes on for a second more, or ended."""
    done = Signal(object)
    """The `tradein_app.services.price_fetching.FetchNews`."""
    failed = Signal(object)
    """The `diagnostics.errors.UserError` that says why nothing could be fetched at all."""
    not_open = Signal()
    """Nobody answers yet."""

    def __init__(self, access: PriceAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.news: FetchNews | None = None
        self.ended: datetime | None = None
        self._access = access
        self._job: Job | None = None
        self._seconds = 0
        self._number = 0
        self._cancelling = False
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._on_tick)

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self._job is not None and self._job.running

    @property
    def cancelling(self) -> bool:
        """Whether it was asked to end, and has not ended yet."""
        return self.running and self._cancelling

    @property
    def seconds(self) -> int:
        """How long it has been under way."""
        return self._seconds

    def begin(self) -> None:
        """Fetch all feeds and the exchange rates; asked again meanwhile it changes nothing."""
        door, worker = self._access.door, self._access.fetcher
        if door is None or worker is None:
            self.not_open.emit()
            return
        if self.running:
            return
        if self._job is None:
            self._job = Job(worker, self, must_happen=True)
            self._job.done.connect(self._on_done)
            self._job.failed.connect(self._on_failed)
        self._seconds, self._cancelling = 0, False
        # From the clock, for another window's numbers may still be known.
        number = self._number = time.monotonic_ns()
        self._tick.start()
        self._job.run(lambda _report: door.fetch(number))
        self.changed.emit()

    def cancel(self) -> None:
        """End it: what has come whole by now is kept, of the rest nothing; `done` follows within seconds."""
        door = self._access.door
        if door is None or not self.running or self._cancelling:
            return
        self._cancelling = True
        door.cancel_fetch(self._number)
        self.changed.emit()

    def _on_tick(self) -> None:
        if self.running:
            self._seconds += 1
        else:  # it met an error that nobody expected, which the one place for crashes says
            self._tick.stop()
        self.changed.emit()

    def _on_done(self, news: FetchNews) -> None:
        self._tick.stop()
        self.news, self.ended = news, datetime.now(UTC)
        self.changed.emit()
        self.done.emit(news)

    def _on_failed(self, error: UserError) -> None:
        self._tick.stop()
        self.news = None
        self.changed.emit()
        self.failed.emit(error)
