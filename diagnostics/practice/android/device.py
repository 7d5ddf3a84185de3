"""The services of a practice phone: shell, exec and sync (AOSP adb, SERVICES.TXT, LOCAL SERVICES)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence

from diagnostics.practice.android.bus import Link, Refused
from diagnostics.practice.android.phone import Connection, PracticeAndroid
from diagnostics.practice.android.programs import shell_for
from diagnostics.practice.android.shell.interpreter import Outcome, Output, Pause
from diagnostics.practice.android.sync import serve_sync
from diagnostics.practice.android.terminal import Terminal
from diagnostics.practice.android.wire import CHUNK, OKAY, Packet, packet, packets, read_packet

_OLD_TERMINAL = 24  # from Android 7 on, a command's output does not go through a terminal
_MODES = {"pty", "raw"}
Encode = Callable[[Output], Iterable[bytes]]


class Session:
    """One stream to a phone: from the request for a service to its end.

    Args:
        link: The phone.
        reader: What the client sends.
        writer: What the client gets.
    """

    def __init__(self, link: Link, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._phone: PracticeAndroid = link.phone
        self._reader = reader
        self._writer = writer

    async def serve(self, service: str) -> None:
        """Run one service to its end.

        Raises:
            Refused: The phone does not offer it, or refuses what would change it (reboot, remount, tcpip).
        """
        if self._phone.state is not Connection.DEVICE:
            raise Refused("closed")  # a phone in recovery has no shell that answers
        name, _, command = service.partition(":")
        if name == "shell":
            await self._plain(command, through_terminal=self._phone.character.sdk < _OLD_TERMINAL)
        elif name == "exec":
            await self._plain(command, through_terminal=False)
        elif name.startswith("shell,") and self._speaks_v2(name):
            await (self._packets(command) if command or ",raw" in name else self._typed_into())
        elif name == "sync":
            self._writer.write(OKAY)
            await serve_sync(self._phone, self._reader, self._writer)
        elif name == "root":
            self._writer.write(OKAY + b"adbd cannot run as root in production builds\n")
        else:
            raise Refused("closed")

    def _speaks_v2(self, name: str) -> bool:
        options = name.split(",")[1:]
        known = all(o == "v2" or o in _MODES or o.startswith("TERM=") for o in options)
        return self._phone.character.shell_v2 and "v2" in options and known

    async def _plain(self, command: str, *, through_terminal: bool) -> None:
        self._writer.write(OKAY)
        outcome = await self._run(command or (await self._reader.read()).decode("utf-8", "surrogateescape"))
        await self._play(outcome, lambda out: [_terminal(out.data) if through_terminal else out.data])

    async def _packets(self, command: str) -> None:
        self._writer.write(OKAY)
        outcome = await self._run(command or await self._typed())
        await self._play(outcome, lambda out: packets(Packet(out.fd), out.data))
        if not self._phone.drop:
            self._writer.write(packet(Packet.EXIT, bytes([outcome.status])))

    async def _typed_into(self) -> None:
        self._writer.write(OKAY)
        await Terminal(self._phone, self._reader, self._writer).run()

    async def _typed(self) -> str:
        """Return what the client sends until it closes its input: a script in a file or a pipe."""
        typed = bytearray()
        while (received := await read_packet(self._reader)) is not None and received[0] != Packet.CLOSE_STDIN:
            if received[0] == Packet.STDIN:
                typed += received[1]
        return typed.decode("utf-8", "surrogateescape")

    async def _run(self, command: str) -> Outcome:
        if self._phone.hang:
            while await self._reader.read(CHUNK):  # until whoever asked gives up, or the cable is pulled
                pass
        return shell_for(self._phone).run(command)

    async def _play(self, outcome: Outcome, encode: Encode) -> None:
        """Send an outcome's output as time passes; a link that drops loses the second half."""
        for event in _first_half(outcome.events) if self._phone.drop else outcome.events:
            if isinstance(event, Output):
                for data in encode(event):
                    await self._send(data)
            else:
                await asyncio.sleep(event.seconds)

    async def _send(self, data: bytes) -> None:
        for start in range(0, len(data), CHUNK * 2):
            self._writer.write(data[start : start + CHUNK * 2])
            await self._writer.drain()


def _terminal(data: bytes) -> bytes:
    """Return output as a terminal passes it on: every line end becomes CR LF."""
    return data.replace(b"\n", b"\r\n")


def _first_half(events: Sequence[Output | Pause]) -> Iterator[Output | Pause]:
    left = sum(len(event.data) for event in events if isinstance(event, Output)) // 2
    for event in events:
        if isinstance(event, Output):
            yield Output(event.fd, event.data[:left])
            left -= len(event.data)
            if left <= 0:
                return
        else:
            yield event
