"""A usbmuxd with one iPhone that behaves as badly as a test wants: a script answers in place of lockdownd."""

from __future__ import annotations

import asyncio
import plistlib
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Self

UDID = "00008110-001A2C3E0A42801E"
Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class RoughMux:
    """Use it as an asynchronous context manager; ``address`` is where it listens.

    Attributes:
        ignored: Set when it left something unanswered.
    """

    def __init__(
        self,
        script: Script | None = None,
        rows: list[dict[str, Any]] | None = None,
        record: dict[str, Any] | None = None,
        silent_on: str = "",
    ) -> None:
        self._script = script
        self._record = {} if record is None else record
        self._silent_on = silent_on
        self.rows = rows if rows is not None else [row(1, UDID)]
        self.listeners: list[asyncio.StreamWriter] = []
        self.address = ""
        self.connections = 0
        self.ignored = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = f"127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def show(self, rows: list[dict[str, Any]]) -> None:
        """Change what is attached, and tell the listeners that something did."""
        self.rows = rows
        for writer in self.listeners:
            writer.write(packet({"MessageType": "Paired", "DeviceID": 1}, 0))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
                await self._answer(reader, writer)
        finally:
            self.connections -= 1
            self._tasks.discard(task)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            length, _, _, tag = struct.unpack("<IIII", await reader.readexactly(16))
            message = plistlib.loads(await reader.readexactly(length - 16))
            kind = message["MessageType"]
            if kind == self._silent_on:
                self.ignored.set()
                continue
            if kind == "Connect":
                writer.write(packet({"MessageType": "Result", "Number": 0}, tag))
                if self._script is not None:
                    await self._script(reader, writer)
                await reader.read()
                return
            if kind == "Listen":
                self.listeners.append(writer)
            answers: dict[str, dict[str, Any]] = {
                "ListDevices": {"DeviceList": self.rows},
                "ReadBUID": {"BUID": "BUID"},
                "ReadPairRecord": self._record,
            }
            writer.write(packet(answers.get(kind, {"MessageType": "Result", "Number": 0}), tag))


def row(number: int, serial: str, connection: str = "USB") -> dict[str, Any]:
    """Return a row of usbmuxd's list."""
    properties = {"SerialNumber": serial, "ConnectionType": connection}
    return {"MessageType": "Attached", "DeviceID": number, "Properties": properties}


def packet(message: dict[str, Any], tag: int) -> bytes:
    """Return a packet as usbmuxd sends it."""
    body = plistlib.dumps(message)
    return struct.pack("<IIII", 16 + len(body), 1, 8, tag) + body


def frame(message: Any) -> bytes:
    """Return a message as lockdownd sends it."""
    body = plistlib.dumps(message)
    return struct.pack(">I", len(body)) + body


def lockdownd(answers: dict[str, Any]) -> Script:
    """Return a script that answers each request by its word: with a dict as a plist, or with bytes as they are.

    A word that it has no answer for fails the test.
    """

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            (length,) = struct.unpack(">I", await reader.readexactly(4))
            word = plistlib.loads(await reader.readexactly(length))["Request"]
            answer = answers[word]
            writer.write(answer if isinstance(answer, bytes) else frame({"Request": word, **answer}))

    return talk
