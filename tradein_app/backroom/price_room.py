"""Prices in the backroom: a room with a thread of its own, so that no answer waits for a file of prices to be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from diagnostics.errors import ServiceMissing
from tradein_app.backroom.fetch_room import ROOM as FETCHING
from tradein_app.backroom.photo_rooms import stand_back
from tradein_app.bridge.worker import Worker

if TYPE_CHECKING:
    from pathlib import Path

    from tradein_app.backroom.process import Backroom
    from tradein_app.backroom.wire import Call
    from tradein_app.config import Config
    from tradein_app.services.price_fetching import FetchNews
    from tradein_app.services.price_page import PricePage
    from tradein_app.services.price_page_records import Asked, Choices, Overview, PriceCurve, Source

ROOM = "prices"
PATIENCE = 15.0
"""Seconds that the next backroom may take to come up."""
Reply = Callable[["Call", Callable[[], object]], None]


class PriceRoom:
    """Takes the calls for prices; its thread begins with the first one.

    Args:
        config: Where things are.
        reply: Does a call with what stands in the room, and sends what comes of it.
    """

    def __init__(self, config: Config, reply: Reply) -> None:
        self._config = config
        self._reply = reply
        self._worker: Worker | None = None
        self._page: PricePage | None = None

    def take(self, call: Call) -> bool:
        """Begin what is asked; ``False`` when it is not for this room."""
        if call.room != ROOM:
            return False
        if self._worker is None:
            self._worker = Worker(ROOM)
            self._worker.submit(stand_back)
            self._worker.start()
        self._worker.submit(lambda: self._reply(call, self._opened))
        return True

    def stop(self) -> None:
        """End the thread; what it was given is done first."""
        if self._worker is not None:
            self._worker.stop()

    def _opened(self) -> PricePage:
        if self._page is None:
            from tradein_app.services.price_page import PricePage

            self._page = PricePage(self._config.home)
        return self._page


class RemotePrices:
    """Implements `tradein_app.services.price_page_door.PriceDoor`; all of it may be asked twice.

    Args:
        backroom: Where it is done.
    """

    def __init__(self, backroom: Backroom) -> None:
        self._backroom = backroom

    def choices(self) -> Choices:
        """Return what can be chosen."""
        return cast("Choices", self._call("choices"))

    def curve(self, asked: Asked) -> PriceCurve:
        """Return a phone model's price along an axis."""
        return cast("PriceCurve", self._call("curve", asked))

    def overview(self) -> Overview:
        """Return how good the models are, and what the data is like."""
        return cast("Overview", self._call("overview"))

    def take_out(self, name: str) -> None:
        """Take a loaded file out of the shop's data."""
        self._call("take_out", name)

    def load(self, path: Path) -> Source:
        """Copy a file of prices into the shop's data."""
        return cast("Source", self._call("load", path))

    def fetch(self, number: int) -> FetchNews:
        """Fetch all feeds and the exchange rates, in a thread of their own: a slow server holds up nobody."""
        return cast("FetchNews", self._backroom.call(FETCHING, "fetch", number))

    def cancel_fetch(self, number: int) -> None:
        """Have a fetch end; does not wait."""
        self._backroom.tell(FETCHING, "cancel", number)

    def _call(self, name: str, *arguments: object) -> object:
        # The process begins with this room's module: at the top the two would wait for each other.
        from tradein_app.backroom.process import ENDED

        try:
            return self._backroom.call(ROOM, name, *arguments)
        except ServiceMissing as error:
            if error.code != ENDED or not self._backroom.wait_until_up(PATIENCE):
                raise
        return self._backroom.call(ROOM, name, *arguments)
