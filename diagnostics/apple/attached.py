"""A row of usbmuxd's list, and how rows become phones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from diagnostics.apple.udid import normal_udid
from diagnostics.model import DeviceId, Platform, State, Transport
from diagnostics.ports import Sighting
from diagnostics.slots.slot import name_at
from diagnostics.sysfs import slot_at

USB = "USB"
_LEAST_LOCATION, _MOST_LOCATION = 1 << 24, 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Attached:
    """One way to one phone.

    Attributes:
        number: usbmuxd's DeviceID; a replug gives a new one.
        serial: The UDID as usbmuxd writes it, and the name of the pair record.
        connection: ``USB`` or ``Network`` (Wi-Fi sync).
        location: usbmuxd's LocationID, see `port_chain`.
    """

    number: int
    serial: str
    connection: str
    location: int | None = None

    @property
    def key(self) -> str:
        """A sighting's key: new with each replug."""
        return f"{normal_udid(self.serial)}/{self.number}"


def phones(rows: Iterable[Attached]) -> tuple[Attached, ...]:
    """Return one way to each phone: a phone that is there over USB and network is one phone, on USB."""
    kept: dict[str, Attached] = {}
    by_cable = [row for row in rows if row.connection == USB]
    cabled = {normal_udid(row.serial) for row in by_cable}
    by_air = {normal_udid(row.serial): row for row in rows if row.connection != USB}
    for row in (*by_cable, *(row for udid, row in by_air.items() if udid not in cabled)):
        kept[row.key] = row
    return tuple(kept.values())


def port_chain(location: int | None) -> str | None:
    """Return the port chain that a LocationID tells: ``1-2.3`` for 0x01230000.

    That is Apple's form: the bus in the top byte, then one nibble for each port on the way. Linux's usbmuxd sends
    (bus << 16) | address instead (libimobiledevice/usbmuxd, usb.c), for which sysfs knows the port.
    """
    if location is None or not 0 <= location <= _MOST_LOCATION:
        return None
    if location < _LEAST_LOCATION:
        return slot_at(location >> 16, location & 0xFFFF)
    return name_at(location)


def sighting(row: Attached) -> Sighting:
    """Return a phone as the bench sees it."""
    return Sighting(
        key=row.key,
        id=DeviceId(normal_udid(row.serial)),
        slot=port_chain(row.location),
        platform=Platform.IOS,
        transport=Transport.USBMUX,
        state=State.CONNECTING,
        by_air=row.connection != USB,
    )
