"""Where the page of prices asks, once that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tradein_app.bridge.worker import Worker
    from tradein_app.services.price_page_door import PriceDoor


class PriceAccess:
    """The door for prices, and the threads that wait for it."""

    def __init__(self) -> None:
        self.door: PriceDoor | None = None
        self.worker: Worker | None = None
        self.fetcher: Worker | None = None

    def open(self, door: PriceDoor, worker: Worker, fetcher: Worker) -> None:
        """Begin to answer.

        Args:
            door: Only used on the worker's thread.
            worker: Not the desk's: a file of prices may take seconds to be read, and no answer waits for that.
            fetcher: Waits for servers, which may take minutes: the page goes on meanwhile.
        """
        self.door, self.worker, self.fetcher = door, worker, fetcher
