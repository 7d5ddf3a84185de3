"""A slot's own name: the host controller and the ports on the way. It stays when the system numbers its buses anew."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

_NAME = re.compile(r"(\d+)-(\S+)")


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One place that a cable can be plugged into; both faces of a USB 3 port are one.

    Attributes:
        controller: The host controller, such as ``pci0000:00/0000:00:14.0``; ``bus 1`` where the system tells none.
        ports: From the computer to the phone, such as ``2.3``.
    """

    controller: str
    ports: str

    def __str__(self) -> str:
        """Return the form in which it is stored: ``pci0000:00/0000:00:14.0 2.3``."""
        return f"{self.controller} {self.ports}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the slot that was stored so; ``None`` for anything else, such as today's name of one."""
        controller, _, ports = text.rpartition(" ")
        return cls(controller, ports) if controller and ports else None


@dataclass(frozen=True, slots=True)
class Place:
    """A slot as the system calls it today.

    Attributes:
        slot: Its own name.
        name: Bus and port chain, such as ``1-2.3``: of the USB 2 face, where there are two.
    """

    slot: Slot
    name: str


PlaceOf = Callable[[str], Place]
"""Tells which place a bus means by a name such as ``1-2.3`` or, of the same port's other face, ``2-2.3``."""


def plain_place(name: str) -> Place:
    """Return a place by its name alone: what is known where no system tells more."""
    parts = _NAME.fullmatch(name)
    return Place(Slot(f"bus {parts[1]}", parts[2]) if parts else Slot("bus ?", name), name)


def is_name(text: str) -> bool:
    """Return whether a text is a name such as ``1-2.3``, by which slots were stored in earlier versions."""
    return _NAME.fullmatch(text) is not None


def name_at(location: int) -> str | None:
    """Return the name of a slot by Apple's LocationID: ``1-2.3`` for 0x01230000; ``None`` where it tells none.

    The bus is in the top byte, then one nibble for each port on the way (IOKit; libusb on macOS counts buses likewise).
    """
    ports = f"{location & 0xFFFFFF:06x}".rstrip("0")
    if not ports or "0" in ports:
        return None
    return f"{location >> 24}-" + ".".join(str(int(port, 16)) for port in ports)
