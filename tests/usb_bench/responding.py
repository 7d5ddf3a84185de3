"""What answers at a device's pipes on the USB bench; a test's own responders derive from `Responder`."""

from __future__ import annotations

import errno
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

GET_STATUS, GET_DESCRIPTOR, GET_CONFIGURATION = 0, 6, 8
_DEVICE, _CONFIGURATION, _STRING, _BOS = 1, 2, 3, 15
_LANGUAGE = 0x0409


@dataclass(frozen=True)
class Setup:
    """A control transfer's eight bytes."""

    request_type: int
    request: int
    value: int
    index: int
    length: int

    @property
    def is_in(self) -> bool:
        """Whether the device answers with data."""
        return bool(self.request_type & 0x80)

    @classmethod
    def of(cls, raw: bytes) -> Setup:
        """Return what the bytes say."""
        return cls(*struct.unpack("<BBHHH", raw[:8]))


class Responder:
    """A device that tells its descriptors and strings, and nothing else.

    Each method may raise ``OSError(errno.EIO)`` (or EPIPE, a stall; ENODEV, EPROTO …): the transfer ends with that
    error. Everything runs in one thread and must not wait: what is not ready yet is ``None``, and asked for again.

    Args:
        descriptors: The device descriptor and its configuration.
        strings: By index, from 1 on.
        options: The plugged-in device's own, for derived responders; for all ``held`` (another program has its
            interfaces), ``driver`` (a driver of that name has them) and ``changes`` (a file to which the number of each
            ioctl is added that changes a device).
    """

    def __init__(self, descriptors: bytes, strings: Sequence[str], **options: Any) -> None:
        self.descriptors = descriptors
        self.strings = strings
        self.options = options

    def control(self, setup: Setup, data: bytes) -> bytes | None:
        """Answer a control transfer; ``data`` is what the host sent along, the result what it gets (or ``b""``)."""
        if setup.request_type == 0x80 and setup.request == GET_DESCRIPTOR:
            return self.descriptor(setup.value >> 8, setup.value & 0xFF)[: setup.length]
        if setup.request_type & ~0x03 == 0x80 and setup.request in (GET_STATUS, GET_CONFIGURATION):
            return b"\x01\x00"[: setup.length]
        if setup.request_type in (0x00, 0x01) and not setup.is_in:
            return b""
        raise OSError(errno.EPIPE, "stall")

    def bulk_out(self, endpoint: int, data: bytes) -> None:
        """Take what the host sends to a pipe."""
        raise OSError(errno.EPIPE, "stall")

    def bulk_in(self, endpoint: int, length: int) -> bytes | None:
        """Return at most ``length`` bytes for the host, ``b""`` for a packet without any; ``None``: nothing yet."""
        return None

    def descriptor(self, kind: int, index: int) -> bytes:
        """Return a descriptor; one that is not there is a stall."""
        if kind == _DEVICE:
            return self.descriptors[:18]
        if kind == _CONFIGURATION and index == 0:
            return self.descriptors[18:]
        if kind == _STRING and index == 0:
            return struct.pack("<BBH", 4, _STRING, _LANGUAGE)
        if kind == _STRING and 0 < index <= len(self.strings) and self.strings[index - 1]:
            text = self.strings[index - 1].encode("utf-16-le")
            return struct.pack("<BB", 2 + len(text), _STRING) + text
        raise OSError(errno.EPIPE, "stall")


class Hanging(Responder):
    """A device that takes everything and never answers anything."""

    def control(self, setup: Setup, data: bytes) -> bytes | None:
        """Say nothing."""
        return None

    def bulk_out(self, endpoint: int, data: bytes) -> None:
        """Swallow it."""


class Failing(Responder):
    """A device each of whose transfers fails with ``errno`` (a name, such as ``EPROTO``), from the nth on."""

    def __init__(self, descriptors: bytes, strings: Sequence[str], **options: Any) -> None:
        super().__init__(descriptors, strings, **options)
        self._left = int(options.get("after", 0))

    def control(self, setup: Setup, data: bytes) -> bytes | None:
        """Fail."""
        self._fail()
        return super().control(setup, data)

    def bulk_out(self, endpoint: int, data: bytes) -> None:
        """Fail."""
        self._fail()

    def bulk_in(self, endpoint: int, length: int) -> bytes | None:
        """Fail."""
        self._fail()
        return None

    def _fail(self) -> None:
        if self._left <= 0:
            raise OSError(getattr(errno, self.options["errno"]), "fault")
        self._left -= 1


class Echo(Responder):
    """A device that says back at its in pipe what came at its out pipe."""

    def __init__(self, descriptors: bytes, strings: Sequence[str], **options: Any) -> None:
        super().__init__(descriptors, strings, **options)
        self._waiting: list[bytes] = []

    def bulk_out(self, endpoint: int, data: bytes) -> None:
        """Keep it."""
        self._waiting.append(data)

    def bulk_in(self, endpoint: int, length: int) -> bytes | None:
        """Say it back."""
        return self._waiting.pop(0)[:length] if self._waiting else None
