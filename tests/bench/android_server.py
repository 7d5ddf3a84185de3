"""A practice adb server for one test, and a client that speaks the raw protocol."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from diagnostics.practice.android.server import PracticeAdbServer, load_androids


@asynccontextmanager
async def practice_adb(count: int = 12) -> AsyncIterator[PracticeAdbServer]:
    """Run the first characters behind a server on a free port."""
    server = PracticeAdbServer(load_androids(count))
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


class RawClient:
    """One connection, byte for byte."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    def send(self, request: str) -> None:
        data = request.encode()
        self.writer.write(f"{len(data):04x}".encode() + data)

    async def status(self) -> bytes:
        return await asyncio.wait_for(self.reader.readexactly(4), 30)

    async def block(self) -> str:
        length = int(await self.status(), 16)
        return (await asyncio.wait_for(self.reader.readexactly(length), 30)).decode()

    async def rest(self) -> bytes:
        return await asyncio.wait_for(self.reader.read(), 30)

    async def ask(self, request: str) -> tuple[bytes, str]:
        """Send a request that is answered by a status and a text."""
        self.send(request)
        return await self.status(), await self.block()

    async def open(self, serial: str, service: str) -> bytes:
        """Open a service on a phone and return its status."""
        self.send(f"host:transport:{serial}")
        assert await self.status() == b"OKAY"
        self.send(service)
        return await self.status()


@asynccontextmanager
async def raw_client(server: PracticeAdbServer) -> AsyncIterator[RawClient]:
    """Connect once; the connection ends with the block."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    try:
        yield RawClient(reader, writer)
    finally:
        writer.close()
        await writer.wait_closed()
