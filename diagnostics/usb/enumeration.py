"""Lists what is on the bus, without opening anything.

libusb lists, in one way on every system; on Linux sysfs adds what it knows without permission and without traffic to
the phone: strings, the controller, the interfaces' names. What does not change while a device is plugged in is read
once. A device whose descriptors are short or lie is shown by what sysfs says, or by its ids; it costs no other.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from diagnostics.errors import ServiceMissing
from diagnostics.usb import library, linux
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.modes import mode_of
from diagnostics.usb.strings import Question, Strings, ways

_SPEEDS = {1: 1.5, 2: 12.0, 3: 480.0, 4: 5000.0, 5: 10000.0, 6: 20000.0}
"""libusb's ``enum libusb_speed`` in Mbit/s."""
_USB3, _SUPERSPEED = 0x0300, 5000.0
_MILLIAMPERE_STEPS = {True: 8, False: 2}
"""What one step of ``bMaxPower`` is, by whether the device runs at SuperSpeed (USB 3.2, 9.6.3)."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """What libusb says of a device at each look."""

    handle: Any
    descriptor: Any
    slot: str

    @property
    def key(self) -> tuple[Any, ...]:
        told = self.descriptor
        return (self.slot, told.address, told.idVendor, told.idProduct, told.bDeviceClass)


class Enumerator:
    """Lists the bus again and again; used by one thread at a time.

    Args:
        backend: Gives pyusb's backend; raises `ServiceMissing` where there is none.
        strings: Has serials told that no sysfs tells; as this system does when left out.
    """

    def __init__(self, backend: Callable[[], Any] = library.backend, strings: Strings | None = None) -> None:
        self._backend = backend
        self._strings = strings or Strings(ways())
        self._known: dict[tuple[Any, ...], UsbDevice] = {}
        self._by_system: dict[str, UsbDevice] = {}

    def __call__(self) -> tuple[UsbDevice, ...]:
        """Return every device on the bus that is not a root hub, in the order of their ports.

        Raises:
            ServiceMissing: libusb cannot be used here.
        """
        listed = {one.key: one for one in self._listed()}
        self._known = {key: self._current(key, one) for key, one in listed.items()}
        self._name(listed)
        seen = {device.slot for device in self._known.values()}
        # libusb leaves out what it cannot make sense of; the system shows it all the same.
        left_out = linux.names() - seen
        self._by_system = {slot: self._as_system_says(slot) for slot in left_out}
        found = (*self._known.values(), *self._by_system.values())
        return tuple(sorted(found, key=lambda device: (device.bus, device.chain)))

    def _listed(self) -> Iterator[_Listed]:
        from usb.core import USBError

        backend = self._backend()
        try:
            handles = list(backend.enumerate_devices())
        except (USBError, NotImplementedError) as error:
            raise ServiceMissing("The USB bus cannot be listed.", str(error), "usb_unavailable") from error
        for handle in handles:
            # A device that goes away while it is described is simply not there any more.
            with contextlib.suppress(USBError, ValueError):
                told = backend.get_device_descriptor(handle)
                if told.port_numbers:
                    chain = ".".join(str(port) for port in told.port_numbers)
                    yield _Listed(handle, told, f"{told.bus}-{chain}")

    def _name(self, listed: Mapping[tuple[Any, ...], _Listed]) -> None:
        """Put in the serials of phones that no sysfs tells; each is asked once, and the first look waits a moment."""
        backend, beside = self._backend(), tuple(self._known.values())
        questions = {
            key: Question(backend, one.handle, one.descriptor, self._known[key], beside)
            for key, one in listed.items()
            if _could_tell(one.descriptor, self._known[key])
        }
        for key, told in self._strings(questions).items():
            self._known[key] = replace(self._known[key], serial=told.serial, serial_source=told.source)

    def _current(self, key: tuple[Any, ...], one: _Listed) -> UsbDevice:
        known = self._known.get(key) or self._described(one)
        return _refreshed(known)

    def _described(self, one: _Listed) -> UsbDevice:
        told = one.descriptor
        triples, power = _configurations(self._backend(), one)
        speed = _SPEEDS.get(told.speed)
        device = UsbDevice(
            f"{told.idVendor:04x}",
            f"{told.idProduct:04x}",
            frozenset(triples),
            one.slot,
            told.address,
            bcd_usb=told.bcdUSB,
            speed=speed,
            max_power_ma=power,
            device_class=f"{told.bDeviceClass:02x}",
        )
        return _with_system(device)

    def _as_system_says(self, slot: str) -> UsbDevice:
        address = linux.number(slot, "devnum")
        known = self._by_system.get(slot)
        if known and known.address == address and known.configuration == linux.configuration(slot):
            return _refreshed(known)
        ids = (linux.number(slot, "idVendor", 16), linux.number(slot, "idProduct", 16))
        vid, pid = (f"{number or 0:04x}" for number in ids)
        triples = frozenset(one.triple for one in linux.interfaces(slot))
        kind = linux.number(slot, "bDeviceClass", 16) or 0
        power = linux.number(slot, "bMaxPower")
        device = UsbDevice(
            vid,
            pid,
            triples,
            slot,
            address or 0,
            speed=linux.speed(slot),
            max_power_ma=power,
            device_class=f"{kind:02x}",
        )
        return _refreshed(_with_system(device))


def list_devices() -> tuple[UsbDevice, ...]:
    """Return every device on the bus that is not a root hub.

    Raises:
        ServiceMissing: libusb cannot be used here.
    """
    return _default()


_default = Enumerator()


def _could_tell(descriptor: Any, device: UsbDevice) -> bool:
    """Return whether a device is a phone that has a serial, which the system's own files do not tell."""
    named_here = device.serial is not None and not device.serial_source
    return bool(descriptor.iSerialNumber) and not named_here and mode_of(device) is not None


def _errors() -> tuple[type[Exception], ...]:
    """Return what describing one bad device may raise: libusb's refusals, and numbers that make no sense."""
    from usb.core import USBError

    return (USBError, ValueError, IndexError, TypeError, OverflowError)


def _configurations(backend: Any, one: _Listed) -> tuple[set[str], int | None]:
    """Return the interfaces of all configurations, and what the first one asks for, in mA."""
    triples: set[str] = set()
    power = None
    for at in range(one.descriptor.bNumConfigurations):
        # One bad configuration does not hide the others.
        with contextlib.suppress(*_errors()):
            configuration = backend.get_configuration_descriptor(one.handle, at)
            fast = (_SPEEDS.get(one.descriptor.speed) or 0) >= _SUPERSPEED
            power = configuration.bMaxPower * _MILLIAMPERE_STEPS[fast] if power is None else power
            triples |= set(_triples(backend, one.handle, at, configuration.bNumInterfaces))
    return triples, power


def _triples(backend: Any, handle: Any, configuration: int, count: int) -> Iterator[str]:
    for number in range(count):
        for alternate in range(_ALTERNATES):
            try:
                told = backend.get_interface_descriptor(handle, number, alternate, configuration)
            except IndexError:
                break
            yield f"{told.bInterfaceClass:02x}/{told.bInterfaceSubClass:02x}/{told.bInterfaceProtocol:02x}"


_ALTERNATES = 32
"""More alternate settings than any phone has: a lying descriptor must not cost a second."""


def _with_system(device: UsbDevice) -> UsbDevice:
    told = linux.view(device.slot)
    # Another phone may have come into the place since it was listed: its serial must not become this one's.
    if linux.number(device.slot, "devnum") != device.address:
        told = linux.SystemView()
    fast = (device.speed or 0) >= _SUPERSPEED or (device.bcd_usb or 0) >= _USB3
    return replace(
        device,
        serial=told.serial,
        product=told.product,
        manufacturer=told.manufacturer,
        controller=told.controller,
        superspeed=True if fast else told.bos_superspeed,
        port_superspeed=told.port_superspeed,
        over_currents=linux.over_currents(device.slot),
    )


def _refreshed(device: UsbDevice) -> UsbDevice:
    """Return a device with what may change while it is plugged in: its configuration, and who may open it."""
    now = linux.configuration(device.slot)
    if now == device.configuration and (device.openable or device.openable is None) and device.named:
        return device
    return replace(
        device,
        configuration=now,
        named=linux.interfaces(device.slot) if now else (),
        openable=linux.may_open(device.bus, device.address),
    )
