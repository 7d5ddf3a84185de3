"""Lists what is on the bus through libusb, without opening anything.

Enumeration, descriptors and port chains need no permission; strings do, so on Linux the serial comes from sysfs: no
permission, and no traffic to the phone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cache
from typing import Any

from diagnostics.errors import ServiceMissing
from diagnostics.sysfs import text_of
from diagnostics.usb.device import UsbDevice


def list_devices() -> tuple[UsbDevice, ...]:
    """Return every device on the bus that is not a root hub.

    Raises:
        ServiceMissing: libusb cannot be used here.
    """
    import usb.core

    backend = _backend()
    try:
        found = list(usb.core.find(find_all=True, backend=backend))
    except (usb.core.USBError, NotImplementedError) as error:
        raise ServiceMissing("The USB bus cannot be listed.", str(error), "usb_unavailable") from error
    return tuple(_described(found))


@cache
def _backend() -> Any:
    import libusb_package
    import usb.backend.libusb1

    backend = usb.backend.libusb1.get_backend(find_library=lambda _: str(libusb_package.get_library_path()))
    if backend is None:
        raise ServiceMissing("libusb cannot be loaded.", "Install libusb 1.0.", "usb_unavailable")
    return backend


def _described(found: list[Any]) -> Iterator[UsbDevice]:
    for device in found:
        # A device that goes away while it is described is simply not there any more.
        with contextlib.suppress(OSError, ValueError):
            ports = device.port_numbers
            if ports:
                yield _device(device, f"{device.bus}-{'.'.join(str(port) for port in ports)}")


def _device(device: Any, slot: str) -> UsbDevice:
    triples = {
        f"{i.bInterfaceClass:02x}/{i.bInterfaceSubClass:02x}/{i.bInterfaceProtocol:02x}"
        for configuration in device
        for i in configuration
    }
    ids = (f"{device.idVendor:04x}", f"{device.idProduct:04x}")
    return UsbDevice(*ids, frozenset(triples), slot, device.address, text_of(slot, "serial"))
