"""What the bus knows of a device without opening it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UsbDevice:
    """One device on the bus.

    Attributes:
        vid: Vendor id, four hexadecimal digits.
        pid: Product id, four hexadecimal digits.
        interfaces: ``class/subclass/protocol`` of every interface, two hexadecimal digits each.
        slot: Bus and port chain, such as ``1-2.3``.
        address: The bus's number for it; changes with each replug.
        serial: Its serial string, where it can be had without opening it.
    """

    vid: str
    pid: str
    interfaces: frozenset[str]
    slot: str
    address: int
    serial: str | None = None
