"""Sends what happens on the bench to the window, at a pace that a window can show."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tradein_app.backroom.wire import News

if TYPE_CHECKING:
    from diagnostics.bench import BenchEvent

PAUSE = 0.05
"""Seconds between two sendings: of what happens to a phone in between, only the newest is told."""


class Teller:
    """Keeps the newest event of each phone and bus until its thread has sent it.

    Args:
        send: Sends one message.
    """

    def __init__(self, send: Callable[[object], None]) -> None:
        self._send = send
        self._waiting: dict[str, BenchEvent] = {}
        self._changed = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._serve, name="telling", daemon=True)
        self._thread.start()

    def tell(self, event: BenchEvent) -> None:
        """Take an event, from any thread."""
        key = f"phone {event.phone.key}" if event.phone is not None else f"source {event.source}"
        with self._changed:
            self._waiting.pop(key, None)
            self._waiting[key] = event
            self._changed.notify()

    def stop(self) -> None:
        """End the thread; what was not sent is dropped."""
        with self._changed:
            self._ended = True
            self._changed.notify()
        self._thread.join()

    def _serve(self) -> None:
        while events := self._next():
            # One phone a message: each is taken apart by itself, and the window's thread comes in between.
            for event in events:
                self._tell_one(event)
            time.sleep(PAUSE)

    def _tell_one(self, event: BenchEvent) -> None:
        try:
            self._send(News((event,)))
        except Exception as error:  # noqa: BLE001 - handed to the one place for crashes; the others are still told
            args = threading.ExceptHookArgs((type(error), error, error.__traceback__, self._thread))
            threading.excepthook(args)

    def _next(self) -> tuple[BenchEvent, ...]:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._ended)
            events, self._waiting = tuple(self._waiting.values()), {}
            return () if self._ended else events
