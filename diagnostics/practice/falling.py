"""A daemon of the bench that falls over and comes up again by itself, as one that its system restarts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

_AGAIN = 0.1
"""Seconds until the port is tried again, when somebody took it meanwhile."""

Step = Callable[[], Awaitable[None]]


class Falling:
    """Lets a daemon fall, and brings it up again.

    Args:
        stop: Stops the daemon.
        start: Starts it on the port that it had; may raise OSError.
    """

    def __init__(self, stop: Step, start: Step) -> None:
        self._stop = stop
        self._start = start
        self._task: asyncio.Task[None] | None = None

    def fall(self, until: Step) -> None:
        """Stop the daemon, and start it again when ``until`` returns; one that is down already stays so.

        Args:
            until: Waits for the end.
        """
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run(until), name="a daemon that fell")

    async def end(self) -> None:
        """Bring it up no more."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _run(self, until: Step) -> None:
        await self._stop()
        await until()
        while not await self._started():  # noqa: ASYNC110  another program has the port: nothing tells when it goes
            await asyncio.sleep(_AGAIN)

    async def _started(self) -> bool:
        try:
            await self._start()
        except OSError:
            return False
        return True
