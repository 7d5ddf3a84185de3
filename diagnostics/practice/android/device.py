"""The services of a practice phone: shell, exec and sync (AOSP adb, SERVICES.TXT, LOCAL SERVICES)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from diagnostics.practice.android.bus import Link, Refused
from diagnostics.practice.android.phone import Connection, PracticeAndroid
from diagnostics.practice.android.playing import (
    as_terminal,
    bare_frame,
    length,
    packet_frame,
    trimmed,
    until_left,
)
from diagnostics.practice.android.programs import shell_for
from diagnostics.practice.android.shell.interpreter import Mark, Outcome, Output
from diagnostics.practice.android.steps import Step, of_command, of_service
from diagnostics.practice.android.sync import serve_sync
from diagnostics.practice.android.terminal import Terminal
from diagnostics.practice.android.wire import CHUNK, OKAY, Packet, packet, packets, read_packet
from diagnostics.practice.frames import Frame
from diagnostics.practice.wires import Line

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
        step = of_service(service)
        if self._phone.state is not Connection.DEVICE:
            raise Refused("closed")  # a phone in recovery has no shell that answers
        if word := self._phone.troubles.refusal(step):
            raise Refused(word)
        name, _, command = service.partition(":")
        if step is Step.OPEN_OTHER and name != "exec":
            self._phone.log(name, service, service, changes=name != "sync")
        if name == "shell":
            await self._plain(command, step, through_terminal=self._through_terminal())
        elif name == "exec":
            await self._plain(command, step, through_terminal=False)
        elif name.startswith("shell,") and self._speaks_v2(name):
            await (self._packets(command) if command or ",raw" in name else self._typed_into())
        elif name == "sync":
            await self._accept(step)
            await serve_sync(self._phone, self._reader, self._writer)
        elif name == "root":
            await self._accept(step)
            self._writer.write(b"adbd cannot run as root in production builds\n")
        else:
            raise Refused("closed")

    def _speaks_v2(self, name: str) -> bool:
        options = name.split(",")[1:]
        known = all(o == "v2" or o in _MODES or o.startswith("TERM=") for o in options)
        return self._phone.shell_v2 and "v2" in options and known

    def _through_terminal(self) -> bool:
        return self._phone.character.sdk < _OLD_TERMINAL

    async def _accept(self, step: Step) -> None:
        await self._say(step, bare_frame(OKAY))

    async def _plain(self, command: str, step: Step, *, through_terminal: bool) -> None:
        await self._accept(step)
        outcome = await self._run(command or (await self._reader.read()).decode("utf-8", "surrogateescape"))
        carriage = through_terminal or self._carriage()
        await self._play(outcome, lambda out: [as_terminal(out.data) if carriage else out.data], bare_frame)
        await self._say(Step.SHELL_END, bare_frame(b""))

    async def _packets(self, command: str) -> None:
        await self._accept(Step.OPEN_SHELL)
        outcome = await self._run(command or await self._typed())
        carriage = self._carriage()

        def encode(out: Output) -> Iterable[bytes]:
            return packets(Packet(out.fd), as_terminal(out.data) if carriage else out.data)

        await self._play(outcome, encode, packet_frame)
        if not self._phone.drop:
            await self._say(Step.SHELL_END, bare_frame(packet(Packet.EXIT, bytes([outcome.status]))))

    def _carriage(self) -> bool:
        return self._phone.troubles.state.carriage

    async def _typed_into(self) -> None:
        await self._accept(Step.OPEN_SHELL)
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

    async def _play(self, outcome: Outcome, encode: Encode, frame: Callable[[bytes], Frame]) -> None:
        """Send an outcome's output as time passes, each command's as its fault wants it.

        A link that drops loses the second half.
        """
        events = trimmed(outcome.events, self._phone.troubles.trimmed())
        if self._phone.drop:
            events = trimmed(events, -(-length(events) // 2))
        held: list[bytes] | None = None
        step = Step.OTHER_COMMAND
        for event in events:
            if isinstance(event, Mark):
                if held is not None:
                    await self._say(step, frame(b"".join(held)))
                step = of_command(event.words) if event.words else Step.OTHER_COMMAND
                held = [] if event.words and self._phone.troubles.wired_at(step) else None
            elif not isinstance(event, Output):
                await asyncio.sleep(event.seconds)
            elif held is not None:
                held.append(event.data)
            else:
                for data in encode(event):
                    await self._send(data)

    async def _say(self, step: Step, frame: Frame) -> None:
        """Send a frame, or what a fault makes of it; whoever waits in vain may leave.

        Raises:
            ChannelClosed: The fault ended the connection, or the client left.
        """
        troubles = self._phone.troubles
        if not troubles.wired_at(step):
            await self._send(frame.whole())
            return
        await until_left(troubles.send(step, frame, Line(self._send, self._writer)), self._reader)

    async def _send(self, data: bytes) -> None:
        for start in range(0, len(data), CHUNK * 2):
            self._writer.write(data[start : start + CHUNK * 2])
            await self._writer.drain()
