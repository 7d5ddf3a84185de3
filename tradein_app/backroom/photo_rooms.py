"""The backroom's side rooms: pictures and folders have threads of their own, so that no answer waits for a photo."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from tradein_app.bridge.worker import Worker

if TYPE_CHECKING:
    from tradein_app.backroom.wire import Call
    from tradein_app.config import Config

PICTURES, ARRIVALS = "pictures", "arrivals"
"""Two, because a folder on a network drive that is away may not answer for a minute."""
PATIENT = 15
"""How nice the threads are; the backroom itself is nicer than the window by 5."""
Reply = Callable[["Call", Callable[[], object]], None]


class PhotoRooms:
    """Takes the calls for pictures and for folders; a room's thread begins with its first call.

    Args:
        config: Where things are.
        reply: Does a call with what stands in the room, and sends what comes of it.
    """

    def __init__(self, config: Config, reply: Reply) -> None:
        self._config = config
        self._reply = reply
        self._rooms: dict[str, tuple[Worker, object]] = {}

    def take(self, call: Call) -> bool:
        """Begin what is asked; ``False`` when it is not for one of these rooms."""
        if call.room not in {PICTURES, ARRIVALS}:
            return False
        worker, inside = self._rooms.get(call.room) or self._open(call.room)
        worker.submit(lambda: self._reply(call, lambda: inside))
        return True

    def stop(self) -> None:
        """End the threads; what they were given is done first."""
        for worker, _ in self._rooms.values():
            worker.stop()

    def _open(self, name: str) -> tuple[Worker, object]:
        from tradein_app.bootstrap import open_pictures
        from tradein_app.services.photo_watching import Watching

        inside: object = open_pictures(self._config) if name == PICTURES else Watching()
        room = self._rooms[name] = Worker(name), inside
        room[0].submit(stand_back)
        room[0].start()
        return room


def stand_back() -> None:
    """Leave the processor to answers and phones first; only Linux knows threads that are more patient than others."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), PATIENT)
