"""What is plugged into the USB bench: ids, descriptors and strings, as data that crosses a socket.

Only the standard library is used here: the bench runs in the system's own Python, the tests in the project's.
"""

from __future__ import annotations

import struct
from dataclasses import asdict, dataclass, field
from typing import Any

BULK, INTERRUPT = 2, 3
HUB_CLASS = 0x09
_HIGH_SPEED_PACKET = 512


@dataclass(frozen=True)
class Endpoint:
    """A pipe: its address (0x80 is in), and whether it is bulk or interrupt."""

    address: int
    kind: int = BULK


@dataclass(frozen=True)
class Interface:
    """One interface: ``class/sub/proto`` as two hexadecimal digits each, its string, and its pipes."""

    triple: str
    name: str = ""
    endpoints: tuple[Endpoint, ...] = ()


@dataclass(frozen=True)
class Device:
    """A device as it is plugged in.

    Attributes:
        port: Bus and port chain, ``1-2.3``; bus 2 is the USB 3 face of bus 1, bus 3 another controller's.
        speed: Mbit/s, as sysfs says it.
        configuration: ``bConfigurationValue``; 0 when the host did not configure it.
        hub_ports: How many ports it has, when it is a hub.
        descriptors: In place of those that the other fields make, hexadecimal: short, or lying.
        responder: ``module:Class`` of what answers at its pipes, made with ``options``; see `responding.Responder`.
    """

    port: str
    vid: str
    pid: str
    interfaces: tuple[Interface, ...] = ()
    manufacturer: str = ""
    product: str = ""
    serial: str = ""
    bcd_usb: str = "0200"
    speed: str = "480"
    configuration: int = 1
    max_power_ma: int = 500
    device_class: int = 0
    hub_ports: int = 0
    descriptors: str | None = None
    responder: str = "tests.usb_bench.responding:Responder"
    options: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Device:
        """Return what `to_json` wrote."""
        interfaces = tuple(
            Interface(i["triple"], i["name"], tuple(Endpoint(**e) for e in i["endpoints"]))
            for i in document["interfaces"]
        )
        return cls(**{**document, "interfaces": interfaces})

    def strings(self) -> tuple[str, ...]:
        """Return its strings by index, from 1 on: maker, product, serial, then the interfaces' names."""
        return (self.manufacturer, self.product, self.serial, *(i.name for i in self.interfaces))

    def blob(self) -> bytes:
        """Return what the kernel keeps in ``descriptors``: the device descriptor, then its configuration."""
        if self.descriptors is not None:
            return bytes.fromhex(self.descriptors)
        return self._device_descriptor() + self._configuration()

    def _device_descriptor(self) -> bytes:
        at = [number if text else 0 for number, text in enumerate(self.strings()[:3], 1)]
        ids = (int(self.vid, 16), int(self.pid, 16), 0x0100)
        usb = int(self.bcd_usb, 16)
        return struct.pack("<BBHBBBBHHHBBBB", 18, 1, usb, self.device_class, 0, 0, 64, *ids, *at, 1)

    def _configuration(self) -> bytes:
        body = b"".join(self._interface(number, one) for number, one in enumerate(self.interfaces))
        counts = (9 + len(body), len(self.interfaces), 1, 0)
        return struct.pack("<BBHBBBBB", 9, 2, *counts, 0x80, self.max_power_ma // 2) + body

    def _interface(self, number: int, one: Interface) -> bytes:
        triple = [int(part, 16) for part in one.triple.split("/")]
        name = number + 4 if one.name else 0
        head = struct.pack("<BBBBBBBBB", 9, 4, number, 0, len(one.endpoints), *triple, name)
        pipes = (
            struct.pack("<BBBBHB", 7, 5, e.address, e.kind, _HIGH_SPEED_PACKET, 0) for e in one.endpoints
        )
        return head + b"".join(pipes)


def hub(port: str, *, ports: int = 10, speed: str = "480", bcd_usb: str = "0210") -> Device:
    """Return a hub; what is on it is plugged in at ``port`` and one more number."""
    pipe = Endpoint(0x81, INTERRUPT)
    return Device(
        port,
        "2109",
        "2813",
        (Interface("09/00/00", endpoints=(pipe,)),),
        "VIA Labs, Inc.",
        "USB2.0 Hub",
        speed=speed,
        bcd_usb=bcd_usb,
        device_class=HUB_CLASS,
        hub_ports=ports,
    )


PIPES = (Endpoint(0x81), Endpoint(0x01))
MTP_PIPES = (*PIPES, Endpoint(0x82, INTERRUPT))
