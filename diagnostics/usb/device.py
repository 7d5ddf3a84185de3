"""What the bus knows of a device without opening it."""

from __future__ import annotations

from dataclasses import dataclass

HUB_CLASS = "09"


@dataclass(frozen=True, slots=True)
class UsbInterface:
    """One interface as the system set it up.

    Attributes:
        number: ``bInterfaceNumber``.
        triple: ``class/subclass/protocol``, two hexadecimal digits each.
        name: Its ``iInterface`` string, such as ``MTP``; ``None`` where it has none or it cannot be had.
    """

    number: int
    triple: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class UsbDevice:
    """One device on the bus.

    Attributes:
        vid: Vendor id, four hexadecimal digits.
        pid: Product id, four hexadecimal digits.
        interfaces: ``class/subclass/protocol`` of every interface of every configuration; empty where its
            descriptors make no sense.
        slot: Bus and port chain, such as ``1-2.3``. The bus's number may change at the next start of the computer.
        address: The bus's number for it; changes with each replug.
        serial: Its serial string, where it can be had without opening it.
        serial_source: Whose word the serial is, where it is not sysfs's.
        product: Its product string, likewise.
        manufacturer: Its manufacturer string, likewise.
        bcd_usb: ``bcdUSB``, such as 0x0210; ``None`` where it is not known.
        speed: The negotiated speed in Mbit/s (1.5, 12, 480, 5000, 10000, 20000); ``None`` where it is not known.
        superspeed: Whether it can do SuperSpeed: by its speed, ``bcdUSB`` or BOS; ``None`` where nothing tells. A USB 3
            device on USB 2 wires says 2.10, as USB 2 devices with power saving do: that alone proves nothing.
        port_superspeed: Whether the port that it is in has SuperSpeed wires; ``None`` where the system does not tell.
        over_currents: How often the port was switched off for over-current; ``None`` where the system does not tell.
        configuration: ``bConfigurationValue``; 0 for not configured, ``None`` where it is not known.
        max_power_ma: What it asks for at most, which is no measurement; ``None`` where it is not known.
        controller: The host controller, such as ``pci0000:00/0000:00:14.0``: stays over restarts, and is the same
            for the USB 2 and the USB 3 bus of one controller.
        openable: Whether this user may open it; ``None`` where only trying would tell.
        named: The interfaces of the present configuration with their names, where the system tells them.
        device_class: ``bDeviceClass``, two hexadecimal digits.
    """

    vid: str
    pid: str
    interfaces: frozenset[str]
    slot: str
    address: int
    serial: str | None = None
    product: str | None = None
    manufacturer: str | None = None
    bcd_usb: int | None = None
    speed: float | None = None
    superspeed: bool | None = None
    port_superspeed: bool | None = None
    over_currents: int | None = None
    configuration: int | None = None
    max_power_ma: int | None = None
    controller: str | None = None
    openable: bool | None = None
    named: tuple[UsbInterface, ...] = ()
    device_class: str = "00"
    serial_source: str = ""

    @property
    def bus(self) -> int:
        """The number of the bus."""
        return int(self.slot.partition("-")[0])

    @property
    def chain(self) -> tuple[int, ...]:
        """The ports from the computer to the device, such as ``(2, 3)``."""
        return tuple(int(port) for port in self.slot.partition("-")[2].split("."))

    @property
    def place(self) -> str:
        """Where it is plugged in, in words that hold over restarts; both faces of a USB 3 port are one place."""
        chain = ".".join(str(port) for port in self.chain)
        return f"{self.controller or f'bus {self.bus}'} {chain}"

    @property
    def is_hub(self) -> bool:
        """Whether other devices hang on it."""
        return self.device_class == HUB_CLASS or any(i.startswith(HUB_CLASS) for i in self.interfaces)

    @property
    def key(self) -> str:
        """Unique while it is plugged in; a replug and a change of mode make another one."""
        return f"{self.slot}@{self.address}:{self.vid}:{self.pid}"

    def name_of(self, triple: str) -> str | None:
        """Return the name of the first interface of this kind that has one."""
        return next((i.name for i in self.named if i.triple == triple and i.name), None)
