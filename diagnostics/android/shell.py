"""One call to a phone's shell: with a deadline for the whole call, a cap on its output, and a way out at any moment.

The requests are the adb server's smart-socket protocol (AOSP packages/modules/adb, SERVICES.TXT), spoken from the loop:
adbutils blocks a thread for each phone, so that 36 phones that hang held up the healthy ones for their whole deadline,
starts a server of its own accord, and limits neither the time nor the size of an answer. Shell v2 packets: AOSP
adb/shell_protocol.h.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from diagnostics.android.errors import AdbProblem, PhoneLost, ServerRefused, lost
from diagnostics.android.lines import Line
from diagnostics.android.listing import Listed
from diagnostics.android.packets import Packets, Plain
from diagnostics.android.server import AdbServer
from diagnostics.model import State

CALL_SECONDS = 10.0
CALL_BYTES = 8 * 1024 * 1024
UNKNOWN_SERVICE = "unknown host service"
"""What a server says to a request that it does not know (AOSP adb/adb.cpp)."""


class Cause(StrEnum):
    """Why reading stopped: the shell said that it is done, the connection ended before, or a limit of ours came."""

    ENDED = "ended"
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
                opened = await self._opened(line)
        except TimeoutError as error:
            raise PhoneLost(State.TIMEOUT, "timeout") from error
        feed = Packets(most) if self._v2 else Plain()
        try:
            async with asyncio.timeout_at(deadline):
                await opened.listen(feed, until, most)
        except TimeoutError:
            return Heard(bytes(feed.output), Cause.DEADLINE)
        finally:
            opened.close()
        if opened.full:
            return Heard(bytes(feed.output[:most]), Cause.CAP)
        return Heard(bytes(feed.output), Cause.ENDED if opened.complete else Cause.CLOSED)

    async def _opened(self, line: str) -> Line:
        """Return a connection on which the phone runs the line."""
        try:
            return await self._service(line)
        except ServerRefused as error:
            raise lost(str(error)) from error
        except (AdbProblem, OSError) as error:
            raise PhoneLost(State.OFFLINE, "service_lost") from error

    async def _service(self, line: str) -> Line:
        if self._v2:
            try:
                return await self._started(f"shell,v2:{line}")
            except _ServiceRefused:
                self._v2 = False
        return await self._started(f"shell:{line}")

    async def _started(self, service: str) -> Line:
        opened = await self._joined(*self._phone.transports)
        try:
            await opened.ask(service)
        except ServerRefused as error:
            opened.close()
            raise _ServiceRefused(str(error)) from error
        except BaseException:
            opened.close()
            raise
        return opened

    async def _joined(self, request: str, *others: str) -> Line:
        """Return a connection that the server has joined to the phone."""
        opened = await self._server.connect()
        try:
            await opened.ask(request)
        except BaseException as error:
            opened.close()
            if others and isinstance(error, ServerRefused) and UNKNOWN_SERVICE in str(error):
                return await self._joined(*others)
            raise
        return opened


class _ServiceRefused(ServerRefused):
    """The phone itself would not run the service, as phones do that do not know it."""
