"""Fetching in the backroom: a room with a thread of its own, so that a slow server holds up nobody.

While the program runs it looks once an hour whether a feed is due; the first time a while after the start.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from tradein_app.backroom.photo_rooms import stand_back
from tradein_app.services.price_fetching import Stops

if TYPE_CHECKING:
    from pathlib import Path

    from tradein_app.backroom.wire import Call
    from tradein_app.services.price_fetching import FetchNews

ROOM = "fetching"
FIRST_LOOK = 60.0
"""Seconds after the bench is watched: until then phones, papers and windows have the computer and its network."""
EACH = 3600.0
_GRACE = 1.0
"""Seconds that a fetch may go on when everything ends; what it leaves half done is never taken for a copy."""
_BY_ITSELF = -1
"""What stands for a fetch that no person asked for, where those have numbers."""
Reply = Callable[["Call", Callable[[], object]], None]


class FetchRoom:
    """Takes the calls for fetching; its thread begins with the first one, or with `begin_looking`.

    Args:
        home: The data folder.
        reply: Does a call with what stands in the room, and sends what comes of it.
        first: Seconds until it first looks what is due, ``each`` until it looks again.
    """

    def __init__(self, home: Path, reply: Reply, *, first: float = FIRST_LOOK, each: float = EACH) -> None:
        self._home = home
        self._reply = reply
        self._first = first
        self._each = each
        self._looking = False
        self._fetching = Fetching(home)
        self._calls: queue.SimpleQueue[Call | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def take(self, call: Call) -> bool:
        """Begin what is asked; ``False`` when it is not for this room."""
        if call.room != ROOM:
            return False
        if call.name == "cancel":
            # At once: the thread is busy with what is to end.
            self._reply(call, lambda: self._fetching)
            return True
        self._begin()
        self._calls.put(call)
        return True

    def begin_looking(self) -> None:
        """Look from now on whether feeds are due; a second time changes nothing."""
        self._looking = True
        self._begin()

    def stop(self) -> None:
        """End the thread; one that waits for a server does not hold the program, for it is a daemon."""
        self._fetching.end()
        if self._thread is not None:
            self._calls.put(None)
            self._thread.join(_GRACE)

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name=ROOM, daemon=True)
            self._thread.start()

    def _serve(self) -> None:
        stand_back()
        wait = self._first
        while True:
            try:
                call = self._calls.get(timeout=wait)
            except queue.Empty:
                self._look()
                wait = self._each
                continue
            if call is None:
                return
            self._reply(call, lambda: self._fetching)

    def _look(self) -> None:
        if not self._looking:
            return
        try:
            self._fetching.fetch_what_is_due()
        except Exception as error:  # noqa: BLE001 - handed to the one place for crashes; it looks again in an hour
            args = threading.ExceptHookArgs((type(error), error, error.__traceback__, self._thread))
            threading.excepthook(args)


class Fetching:
    """What stands in the room.

    Args:
        home: The data folder.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._stops = Stops()

    def fetch(self, number: int = 0) -> FetchNews:
        """Fetch all feeds and the exchange rates; the number is what `cancel` names it by."""
        from tradein_app.services.price_fetching import fetch_prices

        try:
            return fetch_prices(self._home, self._stops.of(number))
        finally:
            self._stops.forget(number)

    def cancel(self, number: int) -> None:
        """Have a fetch end, also one that waits, and what it waits for: what is fetched because its time has come."""
        self._stops.of(_BY_ITSELF).ask()
        self._stops.of(number).ask()

    def fetch_what_is_due(self) -> None:
        """Fetch what says how often, and whose time has come."""
        from tradein_app.services.price_fetching import fetch_what_is_due

        self._stops.forget(_BY_ITSELF)
        fetch_what_is_due(self._home, self._stops.of(_BY_ITSELF))

    def end(self) -> None:
        """Have all of it end, because the program does."""
        self._stops.ask_all()
