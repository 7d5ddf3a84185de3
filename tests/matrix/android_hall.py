"""A hall of practice Android phones, and the program's own bench that reads them."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from diagnostics.android.source import AndroidSource
from diagnostics.bench import Phone
from diagnostics.practice.android_side import AndroidSide
from diagnostics.practice.bench import PracticeBench
from tests.matrix.sending import Sent
from tests.matrix.watching import Watching, tried_again_at_once

CALL_SECONDS = 1.0
"""A tenth of the program's own, so that what hangs is over soon."""


class AndroidHall(Watching):
    """So many phones of each character, and the program's own bench that reads them.

    Args:
        characters: Which are plugged in.

    Attributes:
        sent: What is sent to the server and the phones, for as long as this hall is open.
    """

    NO_MORE = 45.0

    def __init__(self, characters: Sequence[str]) -> None:
        super().__init__(PracticeBench(iphones=0, androids=28), characters)
        self._slots: dict[str, str] = {}
        self.sent = Sent()

    async def open(self) -> None:
        """Start everything, and learn what each phone says when nothing is wrong."""
        await self.practice.start()
        side = next(each for each in self.practice._sides.values() if isinstance(each, AndroidSide))
        side.server.requests = self.sent
        for info in self.practice.phones():
            self._slots[info.slot] = info.id
            (self.practice.trust if info.id in self.names else self.practice.unplug)(info.id)
        await self.start_bench()
        await self.all_ready()
        self.learn()

    async def start_bench(self) -> None:
        """Let the program watch."""
        source = AndroidSource(port=self.port, call_seconds=CALL_SECONDS)
        quick = dataclasses.replace(source._server, patience=CALL_SECONDS)
        source._server = source._watcher._server = quick
        self.watch_with(source)

    @property
    def port(self) -> int:
        """The adb server's."""
        return int(self.practice.environment()["ANDROID_ADB_SERVER_PORT"])

    def name_of(self, phone: Phone) -> str | None:
        """Return the character of a phone on the bench, by its port."""
        return self._slots.get(phone.sighting.slot or "")

    def _is_done(self, name: str) -> bool:
        """Return whether it is ready; any other state of an Android phone may go on by itself."""
        return self._is_ready(name)


@asynccontextmanager
async def open_hall(characters: Sequence[str]) -> AsyncIterator[AndroidHall]:
    """Give a hall in which phones that failed are tried again at once."""
    hall = AndroidHall(characters)
    with tried_again_at_once():
        try:
            await hall.open()
            yield hall
        finally:
            await hall.close()
