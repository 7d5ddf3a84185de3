"""A phone in fastboot: what stands at the other end of its pipes. Only the standard library is used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.usb_bench.responding import Responder

PIXEL = {
    "product": "oriole",
    "serialno": "1A051FDF6000ZZ",
    "unlocked": "no",
    "variant": "MSM UFS",
    "is-userspace": "no",
    "battery-voltage": "4123",
}


class FastbootPhone(Responder):
    """Answers ``getvar``, and counts everything else that it is sent as said.

    Options:
        variables: By name.
        lines: What it says before each answer, packet by packet.
        answers: By variable, the packet itself, hexadecimal, in place of an answer.
        silent: The variable at which it stops answering.
    """

    def __init__(self, descriptors: bytes = b"", strings: Sequence[str] = (), **options: Any) -> None:
        super().__init__(descriptors, strings, **options)
        self.sent: list[bytes] = []
        self._come: list[bytes] = []

    def bulk_out(self, endpoint: int, data: bytes) -> None:
        """Take a command."""
        self.sent.append(data)
        word, _, name = data.decode("ascii").partition(":")
        assert word == "getvar", "a reader asks for variables only"
        if name == self.options.get("silent"):
            return
        self._come += [line.encode() for line in self.options.get("lines", ())]
        if raw := self.options.get("answers", {}).get(name):
            self._come.append(bytes.fromhex(raw))
            return
        value = self.options.get("variables", PIXEL).get(name)
        said = "FAILGetVar Variable Not found" if value is None else f"OKAY{value}"
        self._come.append(said.encode())

    def bulk_in(self, endpoint: int, length: int) -> bytes | None:
        """Say the next packet."""
        return self._come.pop(0)[:length] if self._come else None
