"""Has the serials of devices told where there is no sysfs: on macOS and on Windows.

On macOS: what libusb takes from the system's registry of devices without opening one (`libusb_get_device_string`, from
1.0.30 on); with an older one the device's own string descriptor, for which it is opened and nothing else is done with
it. On Windows: the registry (`diagnostics.usb.windows`), which costs no traffic; where that is not clear, libusb, which
has the hub ask the device for its strings (libusb, pull requests 1532 and 1796). None of it was tried on a Mac or on
Windows.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
import threading
import time
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from diagnostics.text import plain
from diagnostics.usb import windows
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.modes import APPLE, mode_of

STRING = "USB serial string"
PATIENCE = 0.05
"""Seconds that a look waits for the serials of new devices, all together; who is slower is listed without for once."""
STEP = 0.2
"""Seconds for one control transfer."""
TRIES = 3
"""How often a device is asked that does not tell: one that starts may not answer at first."""
_LONGEST = 384
_SERIAL_NUMBER = 2
_GET_DESCRIPTOR, _STRING_DESCRIPTOR, _FROM_DEVICE, _ENGLISH = 6, 3, 0x80, 0x0409


@dataclass(frozen=True, slots=True)
class Told:
    """A serial, and whose word it is."""

    serial: str
    source: str = STRING


@dataclass(frozen=True, slots=True)
class Question:
    """One device on the bus, as libusb and we see it.

    Attributes:
        backend: pyusb's.
        handle: The backend's own of the device.
        descriptor: Its device descriptor.
        device: The same device.
        beside: Everything on the bus.
    """

    backend: Any
    handle: Any
    descriptor: Any
    device: UsbDevice
    beside: Sequence[UsbDevice]


Way = Callable[[Question], Told | None]
"""How a serial may be had; blocks for a moment, and raises nothing that `_errors` does not name."""


def ways(platform: str = sys.platform) -> tuple[Way, ...]:
    """Return how serials are had on a system, the best way first; none where sysfs tells them all."""
    if platform.startswith("linux"):
        return ()
    return (by_registry, by_library) if platform == "win32" else (by_library, by_opening)


def by_library(question: Question) -> Told | None:
    """Return what libusb knows without opening the device; ``None`` for one before 1.0.30."""
    ask = getattr(question.backend.lib, "libusb_get_device_string", None)
    if ask is None:
        return None
    ask.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
    buffer = ctypes.create_string_buffer(_LONGEST)
    if ask(question.handle.devid, _SERIAL_NUMBER, buffer, _LONGEST) <= 0:
        return None
    return _told(buffer.value.decode("utf-8", "replace"))


def by_registry(question: Question) -> Told | None:
    """Return what Windows calls the device."""
    found = windows.serial_of(question.device, question.beside)
    return Told(found, windows.SOURCE) if found else None


def by_opening(question: Question) -> Told | None:
    """Return the device's string descriptor. It is opened and closed: nothing is claimed, configured or detached.

    An iPhone in its usual mode is left alone: Apple's own service has it, and tells where it is.
    """
    mode = mode_of(question.device)
    if question.device.vid == APPLE and mode is not None and mode.state is None:
        return None
    opened = question.backend.open_device(question.handle)
    try:
        ask = partial(_string, question.backend, opened)
        languages = ask(0, 0)
        language = int.from_bytes(languages[:2], "little") if languages else _ENGLISH
        return _told(ask(question.descriptor.iSerialNumber, language).decode("utf-16-le", "replace"))
    finally:
        question.backend.close_device(opened)


def _string(backend: Any, opened: Any, index: int, language: int) -> bytes:
    """Return what a string descriptor holds; ``b""`` where it is none."""
    data, limit = array("B", bytes(255)), int(STEP * 1000)
    wanted = _STRING_DESCRIPTOR << 8 | index
    got = backend.ctrl_transfer(opened, _FROM_DEVICE, _GET_DESCRIPTOR, wanted, language, data, limit)
    raw = data.tobytes()[:got]
    whole = len(raw) > 1 and raw[1] == _STRING_DESCRIPTOR
    return raw[2 : raw[0] - raw[0] % 2] if whole else b""


def _told(text: str) -> Told | None:
    serial = plain(text, 255)
    return Told(serial) if serial else None


class Strings:
    """Asks each device for its serial once, in a thread of its own: one that hangs holds nobody up.

    Args:
        ways: How serials may be had, the best way first.
        patience: Seconds that a look waits for new ones.
    """

    def __init__(self, ways: Sequence[Way], *, patience: float = PATIENCE) -> None:
        self._ways = ways
        self._patience = patience
        self._asked: dict[Any, _Asked] = {}

    def __call__(self, questions: Mapping[Any, Question]) -> dict[Any, Told]:
        """Return the serials that are known, by the questions' keys; what is not asked any more is forgotten."""
        self._asked = {key: self._asked.get(key) or _Asked() for key in questions} if self._ways else {}
        due = [(one, questions[key]) for key, one in self._asked.items() if one.is_due]
        for one, question in due:
            one.start(self._ways, question)
        until = time.monotonic() + self._patience
        for one, _ in due:
            one.wait(until)
        return {key: one.told for key, one in self._asked.items() if one.told}


class _Asked:
    """One device that is asked, or was."""

    def __init__(self) -> None:
        self.told: Told | None = None
        self._tries = 0
        self._thread: threading.Thread | None = None

    @property
    def is_due(self) -> bool:
        running = self._thread is not None and self._thread.is_alive()
        return not running and self.told is None and self._tries < TRIES

    def start(self, ways: Sequence[Way], question: Question) -> None:
        self._tries += 1
        self._thread = threading.Thread(
            target=self._work, args=(ways, question), name="usb-talk", daemon=True
        )
        self._thread.start()

    def wait(self, until: float) -> None:
        if self._thread is not None and (left := until - time.monotonic()) > 0:
            self._thread.join(left)

    def _work(self, ways: Sequence[Way], question: Question) -> None:
        self.told = next(_answers(ways, question), None)


def _answers(ways: Sequence[Way], question: Question) -> Iterator[Told]:
    for way in ways:
        with contextlib.suppress(*_errors()):
            if found := way(question):
                yield found


def _errors() -> tuple[type[Exception], ...]:
    """Return what asking may raise: the device went, may not be opened, hangs, or answers nonsense."""
    from usb.core import USBError

    return (USBError, NotImplementedError, OSError, ValueError)
