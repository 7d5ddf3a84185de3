"""One connection to the adb server, as a protocol of the loop: the task that waits is woken once, not for each piece.

A phone's shell prints its answers in dozens of small pieces; waking a task for each costs more than all else.
"""

from __future__ import annotations

import asyncio
import re
from typing import Protocol

from diagnostics.android.errors import ServerRefused, ServerSilent

_LENGTH = re.compile(rb"[0-9a-fA-F]{4}")


def length_of(digits: bytes) -> int:
    """Return the length that adb writes before a text: four hexadecimal digits, no sign and no blank among them.

    Raises:
        ServerSilent: This is not adb's language.
    """
    if not _LENGTH.fullmatch(digits):
        raise ServerSilent(f"not adb: {digits!r}")
    return int(digits, 16)


class Feed(Protocol):
    """What takes an answer apart, see `diagnostics.android.packets`."""

    output: bytearray

    def take(self, chunk: bytes) -> bool:
        """Add received bytes; returns whether that was all."""
        ...


class Line(asyncio.Protocol):
    """A conversation of requests and statuses that ends in one long answer."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._heard = bytearray()
        self._ended = False
        self._waiting: asyncio.Future[None] | None = None
        self._feed: Feed | None = None
        self._until = b""
        self._most = 0
        self.full = False
        """Whether the answer was longer than it may be."""
        self.complete = False
        """Whether the answer said that it is over, and did not merely stop."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Wake who waits."""
        del exc
        self._end()

    def data_received(self, data: bytes) -> None:
        """Take a piece; the task is woken only when there is something for it to do."""
        if self._feed is None:
            self._heard += data
            self._wake()
        elif not self._ended:
            self._take(self._feed, data)

    def close(self) -> None:
        """End the connection at once."""
        if self._transport is not None:
            self._transport.abort()

    async def ask(self, service: str) -> None:
        """Send a request and hear its OKAY.

        Raises:
            ServerRefused: The server said FAIL.
            ServerSilent: The connection ended, or this is not adb's language.
        """
        assert self._transport is not None
        self._transport.write(b"%04x%s" % (len(service.encode()), service.encode()))
        status = await self._exactly(4)
        if status == b"FAIL":
            raise ServerRefused((await self._words()).decode("utf-8", "replace"))
        if status != b"OKAY":
            raise ServerSilent(f"not adb: {status!r}")

    async def listen(self, feed: Feed, until: bytes, most: int) -> None:
        """Give all that comes to a feed, until that is all, ``until`` comes, the connection ends, or it is too much."""
        self._feed, self._until, self._most = feed, until, most
        ended, self._ended = self._ended, False
        self._take(feed, bytes(self._heard))
        if ended:
            self._end()
        while not self._ended:
            await self._news()

    def _take(self, feed: Feed, data: bytes) -> None:
        seen = max(0, len(feed.output) - len(self._until))
        if feed.take(data) or feed.output.find(self._until, seen) >= 0:
            self.complete = True
            self._end()
        elif len(feed.output) > self._most:
            self.full = True
            self._end()

    async def _words(self) -> bytes:
        return await self._exactly(length_of(await self._exactly(4)))

    async def _exactly(self, count: int) -> bytes:
        while len(self._heard) < count:
            if self._ended:
                raise ServerSilent("the connection ended")
            await self._news()
        data = bytes(self._heard[:count])
        del self._heard[:count]
        return data

    async def _news(self) -> None:
        self._waiting = asyncio.get_running_loop().create_future()
        try:
            await self._waiting
        finally:
            self._waiting = None

    def _end(self) -> None:
        self._ended = True
        self._wake()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
