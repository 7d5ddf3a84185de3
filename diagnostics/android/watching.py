"""Watches an adb server: told by it, and asking again, because it does not tell everything.

The server pushes a block at each change; a phone on the network that vanishes stays listed without one, so the list
is asked for every three seconds, too. A change of state may be pushed as a going and a coming within some ten
milliseconds: after a push 300 ms pass before the list is asked for, unless it brings good news alone. A phone that
somebody has just allowed, or that came ready or to be allowed, is shown as it was pushed, for a person waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from diagnostics.android.errors import AdbProblem, ServerAbsent
from diagnostics.android.listing import Listed, parse
from diagnostics.android.server import AdbServer
from diagnostics.errors import ServiceMissing

POLL_SECONDS = 3.0
SETTLE_SECONDS = 0.3
RETRY_SECONDS = 0.7
_START_AGAIN_SECONDS = 60.0
_WELCOME = frozenset({"device", "unauthorized"})

Starter = Callable[[int], Awaitable[None]]
Picture = tuple[Listed, ...] | ServiceMissing


class _Pushed:
    """The last list that the server pushed, until it is taken."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._block = ""

    def put(self, block: str) -> None:
        self._block = block
        self._event.set()

    def forget(self) -> None:
        self._event.clear()

    async def take(self) -> str:
        await self._event.wait()
        self._event.clear()
        return self._block


class Watcher:
    """Yields what one adb server lists.

    Args:
        server: The adb server.
        starter: Starts a server on a port; ``None`` where none may be started.
    """

    def __init__(self, server: AdbServer, starter: Starter | None) -> None:
        self._server = server
        self._starter = starter
        self._started: float | None = None

    async def pictures(self) -> AsyncGenerator[Picture, None]:
        """Yield the whole list at once and after each change, or why it cannot be had, for ever."""
        pushed = _Pushed()
        tracker = asyncio.create_task(self._track(pushed), name="track adb devices")
        shown: object = None
        try:
            picture = await self._look()
            while True:
                told = picture.code if isinstance(picture, ServiceMissing) else picture
                if told != shown:
                    shown = told
                    yield picture
                picture = await self._next(pushed, picture)
        finally:
            tracker.cancel()
            await asyncio.gather(tracker, return_exceptions=True)

    async def _next(self, pushed: _Pushed, picture: Picture) -> Picture:
        try:
            async with asyncio.timeout(
                RETRY_SECONDS if isinstance(picture, ServiceMissing) else POLL_SECONDS
            ):
                block = await pushed.take()
        except TimeoutError:
            return await self._look()
        now = parse(block) if block else ()
        if not isinstance(picture, ServiceMissing) and _is_good_news(picture, now):
            return now
        await asyncio.sleep(SETTLE_SECONDS)
        pushed.forget()
        return await self._look()

    async def _track(self, pushed: _Pushed) -> None:
        while True:
            try:
                async with aclosing(self._server.track()) as blocks:
                    async for block in blocks:
                        pushed.put(block)
            except AdbProblem:
                pushed.put("")
            await asyncio.sleep(RETRY_SECONDS)

    async def _look(self) -> Picture:
        try:
            return parse(await self._server.devices())
        except ServerAbsent:
            return await self._look_after_start()
        except AdbProblem:
            return _silent(self._server)

    async def _look_after_start(self) -> Picture:
        now = asyncio.get_running_loop().time()
        if self._starter is None or (
            self._started is not None and now - self._started < _START_AGAIN_SECONDS
        ):
            return _missing(self._server, may_start=self._starter is not None)
        self._started = now
        try:
            await self._starter(self._server.port)
            return parse(await self._server.devices())
        except AdbProblem:
            return _missing(self._server, may_start=True)


def _missing(server: AdbServer, *, may_start: bool) -> ServiceMissing:
    hint = (
        "It could not be started either: install adb (Android platform tools) and run “adb start-server”."
        if may_start
        else "Start one there (“adb -P PORT start-server”), or unset ANDROID_ADB_SERVER_PORT."
    )
    code = "adb_missing" if may_start else "adb_missing_there"
    return ServiceMissing(f"No adb server answers on {server.host}:{server.port}.", hint, code)


def _silent(server: AdbServer) -> ServiceMissing:
    return ServiceMissing(
        f"What listens on {server.host}:{server.port} does not answer as an adb server does.",
        "See which program holds the port, end it, and plug in again.",
        "adb_silent",
    )


def _is_good_news(before: tuple[Listed, ...], now: tuple[Listed, ...]) -> bool:
    """Return whether no phone went, and each that came or changed is ready, or waits to be allowed.

    What an old server pushes lacks the numbers by which its full list tells phones apart, so it is no news by itself.
    """
    if any(listed.transport_id is None for listed in now):
        return False
    known = {listed.key: listed.state for listed in before}
    changed = [listed for listed in now if known.pop(listed.key, None) != listed.state]
    return not known and bool(changed) and all(listed.state in _WELCOME for listed in changed)
