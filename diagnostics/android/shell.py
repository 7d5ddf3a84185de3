"""One call to a phone's shell: with a deadline for the whole call, a cap on its output, and a way out at any moment.

The requests are the adb server's smart-socket protocol (AOSP packages/modules/adb, SERVICES.TXT), spoken from the loop:
adbutils blocks a thread for each phone, so that 36 phones that hang held up the healthy ones for their whole deadline,
starts a server of its own accord, and limits neither the time nor the size of an answer. Shell v2 packets: AOSP
adb/shell_protocol.h.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from enum import StrEnum

from diagnostics.android.errors import AdbProblem, PhoneLost, ServerRefused, ServerSilent, lost
from diagnostics.android.listing import Listed
from diagnostics.android.packets import Packets, Plain
from diagnostics.android.server import AdbServer
from diagnostics.model import State

CALL_SECONDS = 10.0
CALL_BYTES = 8 * 1024 * 1024
_CHUNK = 256 * 1024
UNKNOWN_SERVICE = "unknown host service"
"""What a server says to a request that it does not know (AOSP adb/adb.cpp)."""


class Cause(StrEnum):
    """Why reading stopped."""

    CLOSED = "closed"
    DEADLINE = "deadline"
    CAP = "cap"


@dataclass(frozen=True, slots=True)
class Heard:
    """What a call printed, and why it ended."""

    data: bytes
    cause: Cause


class Shell:
    """The shell of one phone.

    Args:
        server: The adb server.
        phone: Which phone.
        v2: Whether it speaks shell v2 (exit codes, and an end that can be told from a break). Phones before Android 7
            do not, and are found out by their refusal: asking each phone for its features first would cost all others a
            connection.
    """

    def __init__(self, server: AdbServer, phone: Listed, v2: bool = True) -> None:
        self._server = server
        self._phone = phone
        self._v2 = v2

    async def run(
        self, line: str, until: bytes, *, seconds: float = CALL_SECONDS, most: int = CALL_BYTES
    ) -> Heard:
        """Run one line and return its output, up to ``until`` where that comes.

        Raises:
            PhoneLost: The server would not connect us to the phone.
        """
        deadline = asyncio.get_running_loop().time() + seconds
        try:
            async with asyncio.timeout_at(deadline):
                connected = await self._opened(line)
        except TimeoutError as error:
            raise PhoneLost(State.TIMEOUT, "timeout") from error
        with connected:
            feed = Packets(most) if self._v2 else Plain()
            try:
                async with asyncio.timeout_at(deadline):
                    cause = await _listen(connected, feed, until, most)
            except TimeoutError:
                cause = Cause.DEADLINE
            return Heard(bytes(feed.output[:most] if cause is Cause.CAP else feed.output), cause)

    async def _opened(self, line: str) -> socket.socket:
        """Return a connection on which the phone runs the line."""
        try:
            return await self._service(line)
        except ServerRefused as error:
            raise lost(str(error)) from error
        except (AdbProblem, OSError) as error:
            raise PhoneLost(State.OFFLINE, "service_lost") from error

    async def _service(self, line: str) -> socket.socket:
        if self._v2:
            try:
                return await self._started(f"shell,v2:{line}")
            except _ServiceRefused:
                self._v2 = False
        return await self._started(f"shell:{line}")

    async def _started(self, service: str) -> socket.socket:
        connected = await self._joined(*self._phone.transports)
        try:
            await _ask(connected, service)
        except ServerRefused as error:
            connected.close()
            raise _ServiceRefused(str(error)) from error
        except BaseException:
            connected.close()
            raise
        return connected

    async def _joined(self, request: str, *others: str) -> socket.socket:
        """Return a connection that the server has joined to the phone."""
        connected = await self._server.connect()
        try:
            await _ask(connected, request)
        except BaseException as error:
            connected.close()
            if others and isinstance(error, ServerRefused) and UNKNOWN_SERVICE in str(error):
                return await self._joined(*others)
            raise
        return connected


class _ServiceRefused(ServerRefused):
    """The phone itself would not run the service, as phones do that do not know it."""


async def _listen(connected: socket.socket, feed: Packets | Plain, until: bytes, most: int) -> Cause:
    loop = asyncio.get_running_loop()
    while True:
        try:
            chunk = await loop.sock_recv(connected, _CHUNK)
        except OSError:
            chunk = b""
        seen = max(0, len(feed.output) - len(until))
        if not chunk or feed.take(chunk) or feed.output.find(until, seen) >= 0:
            return Cause.CLOSED
        if len(feed.output) > most:
            return Cause.CAP
        # A phone that prints without end is heard without waiting: the others get their turn all the same.
        await asyncio.sleep(0)


async def _ask(connected: socket.socket, service: str) -> None:
    """Send a request and hear its OKAY."""
    await asyncio.get_running_loop().sock_sendall(
        connected, b"%04x%s" % (len(service.encode()), service.encode())
    )
    status = await _exactly(connected, 4)
    if status == b"FAIL":
        raise ServerRefused((await _words(connected)).decode("utf-8", "replace"))
    if status != b"OKAY":
        raise ServerSilent(f"not adb: {status!r}")


async def _words(connected: socket.socket) -> bytes:
    size = await _exactly(connected, 4)
    try:
        return await _exactly(connected, int(size, 16))
    except ValueError as error:
        raise ServerSilent(f"not adb: {size!r}") from error


async def _exactly(connected: socket.socket, count: int) -> bytes:
    loop, data = asyncio.get_running_loop(), b""
    while len(data) < count:
        more = await loop.sock_recv(connected, count - len(data))
        if not more:
            raise ServerSilent("the connection ended")
        data += more
    return data
