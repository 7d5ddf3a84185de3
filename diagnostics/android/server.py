"""The adb server's smart-socket protocol, as far as watching needs it (AOSP packages/modules/adb, SERVICES.TXT).

Plain asyncio: a watch is a connection that waits for hours, which needs no thread here and one for ever in adbutils.
What goes to a phone's shell is in `diagnostics.android.shell`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass

from diagnostics.android.errors import ServerAbsent, ServerRefused, ServerSilent
from diagnostics.android.lines import Line, length_of

DEFAULT_PORT = 5037


@dataclass(frozen=True, slots=True)
class AdbServer:
    """Where the adb server is.

    Attributes:
        host: Name or address.
        port: TCP port.
        patience: Seconds to wait for one answer.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    patience: float = 5.0

    async def request(self, service: str) -> str:
        """Return the text that answers one ``host`` request.

        Raises:
            ServerAbsent: Nothing listens there.
            ServerSilent: No answer in time, or not in adb's language.
            ServerRefused: The server said FAIL.
        """
        try:
            async with asyncio.timeout(self.patience), self._asked(service) as reader:
                return await _block(reader)
        except TimeoutError as error:
            raise ServerSilent(service) from error

    async def connect(self) -> Line:
        """Return a connection to the server, for the caller to close.

        Raises:
            ServerAbsent: Nothing listens there.
        """
        try:
            _, line = await asyncio.get_running_loop().create_connection(Line, self.host, self.port)
        except OSError as error:
            raise ServerAbsent(f"{self.host}:{self.port}") from error
        return line

    async def devices(self) -> str:
        """Return the device list, in the short form where the server does not know the long one.

        Raises:
            ServerAbsent: Nothing listens there.
            ServerSilent: No answer in time, or not in adb's language.
            ServerRefused: The server said FAIL.
        """
        try:
            return await self.request("host:devices-l")
        except ServerRefused:
            return await self.request("host:devices")

    async def track(self) -> AsyncGenerator[str, None]:
        """Yield the device list at once and after each change, until the server goes away.

        Servers that know no long form (adb 1.0.31 and older) are asked for the short one.

        Raises:
            ServerAbsent: Nothing listens there.
            ServerSilent: It went away, or does not speak adb's language.
            ServerRefused: The server said FAIL.
        """
        try:
            async with aclosing(self._tracked("host:track-devices-l")) as blocks:
                async for block in blocks:
                    yield block
        except ServerRefused:
            async with aclosing(self._tracked("host:track-devices")) as blocks:
                async for block in blocks:
                    yield block

    async def _tracked(self, service: str) -> AsyncGenerator[str, None]:
        async with self._asked(service) as reader:
            while True:
                yield await _block(reader)

    @asynccontextmanager
    async def _asked(self, service: str) -> AsyncIterator[asyncio.StreamReader]:
        reader, writer = await self._connected()
        try:
            writer.write(b"%04x%s" % (len(service.encode()), service.encode()))
            await _expect_okay(reader)
            yield reader
        finally:
            writer.close()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            async with asyncio.timeout(self.patience):
                return await asyncio.open_connection(self.host, self.port)
        except (OSError, TimeoutError) as error:
            raise ServerAbsent(f"{self.host}:{self.port}") from error


async def _expect_okay(reader: asyncio.StreamReader) -> None:
    status = await _exactly(reader, 4)
    if status == b"FAIL":
        raise ServerRefused(await _block(reader))
    if status != b"OKAY":
        raise ServerSilent(f"not adb: {status!r}")


async def _block(reader: asyncio.StreamReader) -> str:
    return (await _exactly(reader, length_of(await _exactly(reader, 4)))).decode("utf-8", "replace")


async def _exactly(reader: asyncio.StreamReader, count: int) -> bytes:
    try:
        return await reader.readexactly(count)
    except (asyncio.IncompleteReadError, OSError) as error:
        raise ServerSilent("the connection ended") from error
