"""A practice phone's shell that a person types into (``adb shell`` without a command)."""

from __future__ import annotations

import asyncio

from diagnostics.practice.android.phone import PracticeAndroid
from diagnostics.practice.android.programs import shell_for
from diagnostics.practice.android.wire import Packet, packet, packets, read_packet

_END_OF_INPUT, _INTERRUPT, _ERASE = 0x04, 0x03, {0x08, 0x7F}
_LINE_ENDS = {0x0A, 0x0D}
_LINE_LIMIT = 4096


class Terminal:
    """Echoes what is typed, runs each line, and ends with ``exit`` or Ctrl-D.

    Args:
        phone: The phone.
        reader: Where the client's packets come from.
        writer: Where the shell's packets go.
    """

    def __init__(
        self, phone: PracticeAndroid, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._phone = phone
        self._reader = reader
        self._writer = writer
        self._line = bytearray()
        self._status: int | None = None
        self._last = 0

    async def run(self) -> None:
        """Serve the person until they leave; the last packet is the exit status."""
        self._prompt()
        while self._status is None and (received := await read_packet(self._reader)) is not None:
            if received[0] == Packet.CLOSE_STDIN:
                break
            if received[0] == Packet.STDIN:
                for byte in received[1]:
                    self._type(byte)
            await self._writer.drain()
        self._writer.write(packet(Packet.EXIT, bytes([self._status or 0])))

    def _type(self, byte: int) -> None:
        if byte in _LINE_ENDS:
            self._say(b"\r\n")
            self._enter()
        elif byte == _END_OF_INPUT:
            self._status = self._last
        elif byte == _INTERRUPT:
            self._line.clear()
            self._say(b"^C\r\n")
            self._prompt()
        elif byte in _ERASE:
            self._say(b"\b \b" if self._line else b"")
            del self._line[-1:]
        elif len(self._line) < _LINE_LIMIT:
            self._line.append(byte)
            self._say(bytes([byte]))

    def _enter(self) -> None:
        text = self._line.decode("utf-8", "surrogateescape")
        self._line.clear()
        outcome = shell_for(self._phone).run(text)
        self._last = outcome.status
        self._say(outcome.text().replace("\n", "\r\n").encode("utf-8", "replace"))
        if text.split()[:1] == ["exit"]:
            self._status = outcome.status
        elif self._status is None:
            self._prompt()

    def _prompt(self) -> None:
        self._say(f"{self._phone.character.build.codename}:/ $ ".encode())

    def _say(self, data: bytes) -> None:
        for piece in packets(Packet.STDOUT, data):
            self._writer.write(piece)
