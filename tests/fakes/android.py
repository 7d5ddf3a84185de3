"""Stand-ins for a phone's shell and for an adb server that misbehaves."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

from diagnostics.android.batch import Answer
from diagnostics.android.shell import Cause, Heard
from diagnostics.building import ReadingBuilder
from diagnostics.model import DeviceId, Platform, State, Transport
from diagnostics.ports import Sighting

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class FrozenClock:
    """A clock that stands still."""

    def now(self) -> datetime:
        """Return one moment."""
        return datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


def builder(state: State = State.CONNECTING) -> ReadingBuilder:
    """Return the builder of one Android phone's reading."""
    sighting = Sighting("1-1#1", DeviceId("A"), Platform.ANDROID, Transport.ADB, "1-1", state)
    return ReadingBuilder(sighting, FrozenClock())


def answers(**texts: str) -> dict[str, Answer]:
    """Return whole answers by command id."""
    return {name: Answer(text, 0) for name, text in texts.items()}


class ScriptedShell:
    """A phone's shell that answers scripts made by `diagnostics.android.batch`.

    Args:
        texts: Answer by command; a command that is not here prints nothing.
        breaks: Commands that end the connection while they run.
        hangs: Commands that never answer.
        floods: Commands that print without end.
        silent: Whether nothing is ever heard.
    """

    def __init__(
        self,
        texts: Mapping[str, str] | None = None,
        *,
        breaks: frozenset[str] = frozenset(),
        hangs: frozenset[str] = frozenset(),
        floods: frozenset[str] = frozenset(),
        silent: bool = False,
    ) -> None:
        self._texts = texts or {}
        self._faults = {Cause.CLOSED: breaks, Cause.DEADLINE: hangs, Cause.CAP: floods}
        self._silent = silent
        self.calls: list[tuple[str, ...]] = []

    async def run(self, line: str, until: bytes, *, seconds: float, most: int) -> Heard:
        """Print what a shell would have printed before the fault."""
        del seconds, most
        word = until.decode().strip("@.")
        asked = re.findall(rf"@@{word}:([a-z_]+)@@; (.+?) 2>&1;", line)
        self.calls.append(tuple(name for name, _ in asked))
        if self._silent:
            return Heard(b"", Cause.DEADLINE)
        printed = ""
        for name, command in asked:
            printed += f"@@{word}:{name}@@\n"
            for cause, commands in self._faults.items():
                if command in commands:
                    return Heard(printed.encode() + b"cut off", cause)
            printed += f"{self._texts.get(command, '')}@@{word}=0@@\n"
        return Heard(printed.encode() + until, Cause.ENDED)


def request_block(text: str) -> bytes:
    """Return a text as adb sends it: its length in four hexadecimal digits in front."""
    return f"{len(text.encode()):04x}{text}".encode()


async def asked(reader: asyncio.StreamReader) -> str:
    """Return the next request of a client."""
    return (await reader.readexactly(int(await reader.readexactly(4), 16))).decode()


@asynccontextmanager
async def adb_like(handler: Handler, port: int = 0) -> AsyncIterator[int]:
    """Listen on a port of this computer, a free one without a number; yields the port."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await handler(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client left, or the test is over
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await asyncio.sleep(
            0.02
        )  # a connection that was just accepted gets into its handler, and can be ended there
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()
