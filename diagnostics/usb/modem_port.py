"""The serial port of a Samsung phone's modem (CDC ACM), and the one question that is asked there."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable, Iterable
from typing import Protocol

from diagnostics.usb.device import UsbDevice
from diagnostics.usb.modem import COMMAND, VENDOR
from diagnostics.usb.pipe import PipeForbidden, PipeHeld, PipeLost, PipeMissing, PipeSilent, PipeStopped

STEP = 3.0
"""Seconds for the whole answer."""
_SLICE = 0.2
_LONGEST = 4096
_ENDS = (b"\r\nOK\r\n", b"ERROR\r\n")


class Port(Protocol):
    """What pyserial tells of a serial port: its name, and for a USB device the vendor, place and serial."""

    device: str
    vid: int | None
    location: str | None
    serial_number: str | None


Ports = Callable[[], Iterable[Port]]
"""Lists the serial ports of this computer."""


def list_ports() -> Iterable[Port]:
    """Return the serial ports of this computer."""
    import serial.tools.list_ports

    ports: Iterable[Port] = serial.tools.list_ports.comports()
    return ports


def ask(device: UsbDevice, stop: threading.Event, ports: Ports = list_ports) -> bytes:
    """Return what the modem of a phone answers; blocks.

    Args:
        device: A Samsung phone; the port must be this device's own, so that no other modem is ever written to.
        stop: Set when nobody wants the answer any more.
        ports: Lists the serial ports.

    Raises:
        PipeError: It has no port, somebody has it, or it does not answer.
    """
    import serial

    name = _port_of(device, ports())
    try:
        with serial.Serial(name, 115200, timeout=_SLICE, write_timeout=1.0, exclusive=True) as line:
            line.reset_input_buffer()
            line.write(COMMAND)
            return _answer(line.read, stop)
    except serial.SerialTimeoutException as error:
        raise PipeSilent from error
    except OSError as error:
        number = getattr(error, "errno", None)
        if number in (errno.EBUSY, errno.EAGAIN):
            raise PipeHeld("another program") from error
        raise (PipeForbidden if number in (errno.EACCES, errno.EPERM) else PipeLost) from error


def _port_of(device: UsbDevice, ports: Iterable[Port]) -> str:
    """Return the port of this very device.

    Its place on the bus tells it, and only a port without a place is told by its serial: two phones can carry one. On
    Windows the places of both lists were not compared with real phones; where they differ nothing is asked.
    """
    for port in ports:
        if device.vid != VENDOR or port.vid != int(VENDOR, 16):
            continue
        if port.location and port.location.partition(":")[0] == device.slot:
            return port.device
        if not port.location and device.serial and port.serial_number == device.serial:
            return port.device
    raise PipeMissing


def _answer(read: Callable[[int], bytes], stop: threading.Event) -> bytes:
    come, until = b"", time.monotonic() + STEP
    while not come.endswith(_ENDS):
        if stop.is_set():
            raise PipeStopped
        if time.monotonic() > until or len(come) > _LONGEST:
            raise PipeSilent
        come += read(1)
    return come
