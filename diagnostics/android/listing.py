"""The lines of ``host:devices-l`` (AOSP adb/transport.cpp, append_transport).

Cut by our own hand: states may hold blanks (``no permissions (user in plugdev group; …); see [http…]``), which a
split at blanks, adbutils' own included, takes apart wrongly.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from diagnostics import text
from diagnostics.model import DeviceId, Platform, State, Transport
from diagnostics.ports import Sighting
from diagnostics.slots.slot import name_at

_TAG = re.compile(r"\s(usb|product|model|device|transport_id|features):(\S*)")
_PORT_CHAIN = re.compile(r"\d+-\d+(?:\.\d+)*")
_LOCATION = re.compile(r"(\d{8,10})X")
_NO_PERMISSIONS = "no permissions"

_STATES: dict[str, State] = {
    "device": State.CONNECTING,
    "connecting": State.CONNECTING,
    "authorizing": State.CONNECTING,
    "unauthorized": State.UNAUTHORIZED,
    "offline": State.OFFLINE,
    "detached": State.OFFLINE,
    "recovery": State.RECOVERY,
    "sideload": State.RECOVERY,
    "rescue": State.RECOVERY,
    "bootloader": State.FASTBOOT,
    _NO_PERMISSIONS: State.ERROR,
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One phone as the adb server lists it.

    Attributes:
        serial: What the phone calls itself; two phones may carry the same.
        state: The server's word: ``device``, ``unauthorized``, ``offline``, ``no permissions`` …
        usb: The USB path without its prefix, such as ``1-2.3``; empty where the server tells none.
        transport_id: The server's own number for this plug-in; ``None`` before adb 1.0.40.
    """

    serial: str
    state: str
    usb: str = ""
    transport_id: int | None = None

    @property
    def key(self) -> str:
        """Unique while it is plugged in: where it is, and the server's number for this plug-in."""
        return f"{self.usb or self.serial}#{self.transport_id if self.transport_id is not None else '-'}"

    @property
    def slot(self) -> str | None:
        """The port chain; ``None`` where the path is none (Windows, over the network).

        On macOS the path is Apple's LocationID, decimal and with an X behind (AOSP, usb_osx.cpp).
        """
        if found := _LOCATION.fullmatch(self.usb):
            return name_at(int(found[1]))
        return self.usb if _PORT_CHAIN.fullmatch(self.usb) else None

    @property
    def transports(self) -> tuple[str, ...]:
        """The requests that join a connection to this phone, best first.

        The number tells phones with one serial apart; the serial alone is what servers of every age understand.
        """
        by_serial = f"host:transport:{self.serial}"
        return (
            (by_serial,)
            if self.transport_id is None
            else (f"host:transport-id:{self.transport_id}", by_serial)
        )

    def has_given_its_number_away(self, block: str) -> bool:
        """Return whether the server's number for this phone is another phone's in a later ``host:devices-l`` answer.

        Only the lines with that number are taken apart: forty phones ask at the end of forty readings.
        """
        if self.transport_id is None:
            return False
        number = f"transport_id:{self.transport_id}"
        now = parse("\n".join(line for line in block.splitlines() if number in line))
        same = (other for other in now if other.transport_id == self.transport_id)
        return any((other.serial, other.usb) != (self.serial, self.usb) for other in same)

    def sighting(self) -> Sighting:
        """Return what the bench needs to know.

        A phone that adb can talk to is ``connecting`` until it was heard. One that the computer may not open is an
        ``error``: neither the phone nor the cable is at fault, and nobody can cure it on the phone.
        """
        return Sighting(
            key=self.key,
            id=DeviceId(text.plain(self.serial)),
            platform=Platform.ANDROID,
            transport=Transport.ADB,
            slot=self.slot,
            state=_STATES.get(self.state, State.OFFLINE),
        )


def parse(block: str) -> tuple[Listed, ...]:
    """Return the phones of a ``host:devices-l`` answer, in its order; lines that are none are left out.

    Among those are the banners that some wrappers of adb put in front, such as ``* daemon started successfully``.
    """
    found: list[Listed] = []
    keys: Counter[str] = Counter()
    for line in block.splitlines():
        serial, _, rest = line.partition("\t") if "\t" in line else line.partition(" ")
        if serial.strip("*") and rest.strip():
            listed = _listed(serial, f" {rest.strip()}")
            found.append(_told_apart(listed, keys[listed.key]))
            keys[listed.key] += 1
    return tuple(found)


def _listed(serial: str, rest: str) -> Listed:
    tags = {match[1]: match[2] for match in _TAG.finditer(rest)}
    first = _TAG.search(rest)
    state = (rest[: first.start()] if first else rest).strip()
    number = tags.get("transport_id", "")
    return Listed(
        serial=serial,
        state=_NO_PERMISSIONS if state.startswith(_NO_PERMISSIONS) else state,
        usb=tags.get("usb", ""),
        transport_id=int(number) if re.fullmatch(r"\d{1,9}", number) else None,
    )


def _told_apart(listed: Listed, twins: int) -> Listed:
    """Give a phone that nothing tells from so many before it a path of its own."""
    if not twins:
        return listed
    return replace(listed, usb=f"{listed.usb or listed.serial}~{twins}")
