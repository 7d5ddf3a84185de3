"""Bulk pipes over pyusb: claims one interface while it is talked to, if nobody else has it, and changes nothing else.

Never sent: a reset, a configuration, an alternate setting, the cleared halt of a pipe. A driver of the system and
another program keep what they have.
"""

from __future__ import annotations

import contextlib
import errno
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from diagnostics.usb import library
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.pipe import (
    PipeError,
    PipeForbidden,
    PipeHeld,
    PipeLost,
    PipeMissing,
    PipeSilent,
)

T = TypeVar("T")
MTP, OLD_MTP, FASTBOOT = "06/01/01", "ff/ff/00", "ff/42/03"
_APPLE = 0x05AC
_BULK = 2
_GONE = {errno.EIO, errno.ENODEV, errno.ENOENT, errno.EPROTO, errno.ENXIO, errno.ESHUTDOWN}


class PyusbPipe:
    """A `Pipe` over a claimed interface.

    Args:
        device: pyusb's device; the interface is claimed on it.
        number: The interface's number.
        into: The address of the pipe to the phone.
        out: The address of the pipe from it.
    """

    def __init__(self, device: Any, number: int, into: int, out: int) -> None:
        self._device = device
        self._number = number
        self._into, self._out = into, out

    def write(self, data: bytes, timeout: float) -> None:
        """Send all bytes in one transfer; see `Pipe`."""
        sent = _said(lambda: self._device.write(self._into, data, _milliseconds(timeout)))
        if sent != len(data):
            raise PipeSilent

    def read(self, length: int, timeout: float) -> bytes:
        """Return what one transfer brings; see `Pipe`."""
        return bytes(_said(lambda: self._device.read(self._out, length, _milliseconds(timeout))))

    def close(self) -> None:
        """Give the interface back and close the device."""
        _let_go(self._device)


def open_pipe(device: UsbDevice, *triples: str) -> PyusbPipe:
    """Return the pipes of the first interface of a kind that has them; blocks.

    Args:
        device: As the bus shows it; only a device with the same place, address and ids is opened.
        triples: ``class/subclass/protocol`` of the interfaces that will do. `OLD_MTP` must also be called MTP.

    Raises:
        PipeError: There is none, somebody has it, or it may not be opened.
    """
    return open_on(library.backend(), device, *triples)


def open_on(backend: Any, device: UsbDevice, *triples: str) -> PyusbPipe:
    """Return the pipes over a libusb of one's own; otherwise `open_pipe`."""
    import usb.core

    found = _said(lambda: usb.core.find(backend=backend, custom_match=lambda one: _is(one, device)))
    if found is None:
        raise PipeLost
    if found.idVendor == _APPLE:
        raise PipeMissing("Apple's is PTP")  # opening it costs five seconds, and tells nothing
    try:
        return _said(lambda: _claimed(found, triples))
    except BaseException:
        _let_go(found)
        raise


def _is(one: Any, device: UsbDevice) -> bool:
    ports = one.port_numbers or ()
    place = f"{one.bus}-{'.'.join(str(port) for port in ports)}"
    ids = (f"{one.idVendor:04x}", f"{one.idProduct:04x}")
    return (place, one.address, ids) == (device.slot, device.address, (device.vid, device.pid))


def _claimed(device: Any, triples: tuple[str, ...]) -> PyusbPipe:
    import usb.util

    interface = _interface(device, triples)
    number = interface.bInterfaceNumber
    pipes = _pipes(interface)
    if _has_driver(device, number):
        raise PipeHeld("a driver of the system")
    try:
        usb.util.claim_interface(device, number)
    except usb.core.USBError as error:
        # macOS says "no permission" of what its own services hold.
        if error.errno == errno.EBUSY or (error.errno == errno.EACCES and sys.platform == "darwin"):
            raise PipeHeld("another program") from error
        raise
    return PyusbPipe(device, number, *pipes)


def _interface(device: Any, triples: tuple[str, ...]) -> Any:
    for one in device.get_active_configuration():
        triple = f"{one.bInterfaceClass:02x}/{one.bInterfaceSubClass:02x}/{one.bInterfaceProtocol:02x}"
        if triple in triples and (triple != OLD_MTP or _called_mtp(device, one)):
            return one
    raise PipeMissing


def _called_mtp(device: Any, interface: Any) -> bool:
    """Return whether an interface without a class of its own says that it is MTP."""
    import usb.util

    try:
        return "mtp" in (usb.util.get_string(device, interface.iInterface) or "").lower()
    except ValueError:  # it has no strings
        return False


def _pipes(interface: Any) -> tuple[int, int]:
    """Return the addresses of the bulk pipes, out and in."""
    bulk = [one.bEndpointAddress for one in interface if one.bmAttributes & 3 == _BULK]
    into = next((address for address in bulk if not address & 0x80), None)
    out = next((address for address in bulk if address & 0x80), None)
    if into is None or out is None:
        raise PipeMissing
    return into, out


def _has_driver(device: Any, number: int) -> bool:
    try:
        return bool(device.is_kernel_driver_active(number))
    except NotImplementedError:
        return False  # where libusb cannot tell, claiming does


def _let_go(device: Any) -> None:
    import usb.core
    import usb.util

    # A phone that is gone has nothing to be given back.
    with contextlib.suppress(usb.core.USBError, NotImplementedError):
        usb.util.dispose_resources(device)


def _milliseconds(seconds: float) -> int:
    # libusb takes 0 for "for ever".
    return max(1, int(seconds * 1000))


def _said(ask: Callable[[], T]) -> T:
    """Return what pyusb returns, with what went wrong in our words.

    Raises:
        PipeError: By the error's number; a number that is not known is a fault of the talk.
    """
    import usb.core

    try:
        return ask()
    except usb.core.USBTimeoutError as error:
        raise PipeSilent from error
    except usb.core.USBError as error:
        if error.errno in _GONE:
            raise PipeLost from error
        if error.errno in (errno.EACCES, errno.EPERM):
            raise PipeForbidden from error
        raise PipeError(f"USB: {error.strerror or error}") from error
    except (NotImplementedError, ValueError) as error:
        raise PipeError(f"USB: {error.args[0] if error.args else 'not supported here'}") from error
