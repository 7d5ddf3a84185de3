"""One call to a phone's shell through adbutils: with a deadline for the whole call, a cap on its output, and a way out.

adbutils blocks, so each call runs in a thread of the runtime's pool. Its own ``shell2`` would do but for three
things: its timeout counts anew with each piece that arrives, its output has no limit, and its connection starts an
adb server of its own accord. So the connection, the request and its errors are adbutils'; the reading loop is here.
Shell v2 packets: AOSP adb/shell_protocol.h.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from diagnostics.android.errors import PhoneLost, lost
from diagnostics.android.listing import Listed
from diagnostics.android.server import AdbServer
from diagnostics.model import State

CALL_SECONDS = 10.0
CALL_BYTES = 8 * 1024 * 1024
_CHUNK = 256 * 1024
_CONNECT_SECONDS = 3.0
UNKNOWN_SERVICE = "unknown host service"
"""What a server says to a request that it does not know (AOSP adb/adb.cpp)."""
_HEADER = 5
_STDOUT, _STDERR, _EXIT = 1, 2, 3


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


@dataclass(frozen=True, slots=True)
class Shell:
    """The shell of one phone.

    Attributes:
        server: The adb server.
        phone: Which phone.
        v2: Whether it speaks shell v2 (exit codes, and an end that can be told from a break).
    """

    server: AdbServer
    phone: Listed
    v2: bool

    async def run(
        self, line: str, until: bytes, *, seconds: float = CALL_SECONDS, most: int = CALL_BYTES
    ) -> Heard:
        """Run one line and return its output, up to ``until`` where that comes.

        Raises:
            PhoneLost: The server would not connect us to the phone.
        """
        service = f"shell,v2:{line}" if self.v2 else f"shell:{line}"
        call = _Call(self.server, self.phone, service, until, seconds=seconds, most=most)
        try:
            return await asyncio.to_thread(call.run)
        except asyncio.CancelledError:
            call.abort()
            raise


class _Call:
    """One connection, from a pool thread; `abort` may be called from any other."""

    def __init__(
        self, server: AdbServer, phone: Listed, service: str, until: bytes, *, seconds: float, most: int
    ) -> None:
        self._server = server
        self._phone = phone
        self._service = service
        self._until = until
        self._deadline = time.monotonic() + seconds
        self._most = most
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._aborted = False

    def run(self) -> Heard:
        try:
            return self._listen(self._opened())
        finally:
            with self._lock:
                for connected in self._sockets:
                    connected.close()

    def abort(self) -> None:
        with self._lock:
            self._aborted = True
            for connected in self._sockets:
                _shut(connected)

    def _opened(self) -> socket.socket:
        from adbutils import AdbError

        try:
            connection = self._joined(*self._phone.transports)
            connection.send_command(self._service)
            connection.check_okay()
        except AdbError as error:
            raise _translated(error) from error
        except (OSError, ValueError) as error:
            raise PhoneLost(State.OFFLINE, "service_lost") from error
        opened: socket.socket = connection.conn
        return opened

    def _joined(self, request: str, *others: str) -> Any:
        """Return a connection that the server has joined to the phone."""
        from adbutils import AdbError

        connection = _connection_class()(self._server.host, self._server.port)
        self._keep(connection.conn)
        connection.conn.settimeout(self._left())
        try:
            connection.send_command(request)
            connection.check_okay()
        except AdbError as error:
            if others and UNKNOWN_SERVICE in str(error):
                return self._joined(*others)
            raise
        return connection

    def _keep(self, connected: socket.socket) -> None:
        with self._lock:
            self._sockets.append(connected)
            if self._aborted:
                _shut(connected)

    def _left(self) -> float:
        return max(self._deadline - time.monotonic(), 0.001)

    def _listen(self, connected: socket.socket) -> Heard:
        feed = _Unpacker() if self._service.startswith("shell,v2:") else _Plain()
        while time.monotonic() < self._deadline:
            connected.settimeout(self._left())
            try:
                chunk = connected.recv(_CHUNK)
            except TimeoutError:
                break
            except OSError:
                chunk = b""
            seen = max(0, len(feed.output) - len(self._until))
            if not chunk or feed.take(chunk) or self._until in feed.output[seen:]:
                return Heard(bytes(feed.output), Cause.CLOSED)
            if len(feed.output) > self._most:
                return Heard(bytes(feed.output[: self._most]), Cause.CAP)
        return Heard(bytes(feed.output), Cause.DEADLINE)


class _Plain:
    """Shell v1: stdout and stderr in one, ended by the close of the connection."""

    def __init__(self) -> None:
        self.output = bytearray()

    def take(self, chunk: bytes) -> bool:
        self.output += chunk
        return False


class _Unpacker:
    """Shell v2: packets of an id byte, a little-endian length and data."""

    def __init__(self) -> None:
        self.output = bytearray()
        self._pending = bytearray()

    def take(self, chunk: bytes) -> bool:
        """Add received bytes; returns whether the exit packet was among them."""
        self._pending += chunk
        at, ended = 0, False
        while len(self._pending) - at >= _HEADER and not ended:
            length = int.from_bytes(self._pending[at + 1 : at + _HEADER], "little")
            if len(self._pending) - at < _HEADER + length:
                # A huge packet counts towards the cap while it arrives.
                if length > CALL_BYTES:
                    self.output += self._pending[at + _HEADER :]
                    at = len(self._pending)
                break
            if self._pending[at] in {_STDOUT, _STDERR}:
                self.output += self._pending[at + _HEADER : at + _HEADER + length]
            ended = self._pending[at] == _EXIT
            at += _HEADER + length
        del self._pending[:at]
        return ended


def _shut(connected: socket.socket) -> None:
    # Closing alone does not wake a thread that waits in recv. The other end may have closed it already.
    with contextlib.suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)


def _translated(error: Exception) -> PhoneLost:
    from adbutils.errors import AdbConnectionError, AdbTimeout

    if isinstance(error, AdbConnectionError):
        return PhoneLost(State.OFFLINE, "service_lost")
    if isinstance(error, AdbTimeout):
        return PhoneLost(State.TIMEOUT, "timeout")
    words = str(error)
    if words == "connection closed" or words.startswith("Unknown data"):
        return PhoneLost(State.OFFLINE, "service_lost")
    return lost(words)


@cache
def _connection_class() -> Any:
    from adbutils import AdbConnection

    class Connection(AdbConnection):  # type: ignore[misc]  # adbutils is not typed
        """Never starts a server: adbutils runs ``adb start-server`` where nothing listens, and forgets the socket."""

        def __init__(self, host: str, port: int) -> None:
            self._where = (host, port)
            super().__init__(host, port)

        def _safe_connect(self) -> socket.socket:
            return socket.create_connection(self._where, timeout=_CONNECT_SECONDS)

    return Connection


def warm_up() -> None:
    """Import adbutils, which takes a quarter of a second, before the first phone needs it."""
    _connection_class()
