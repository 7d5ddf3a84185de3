"""Answers of usbmuxd and of the phone in the frames in which they go over the wire."""

from __future__ import annotations

import plistlib
import struct
from collections.abc import Mapping
from typing import Any

from diagnostics.practice.frames import Frame

TLS_HEADER = 5
_LONGEST_RECORD = 0xFFFF


def lockdown_frame(answer: object) -> Frame:
    """Return a property list as lockdown and most services send it: u32 big-endian length, then the list."""
    body = property_list(answer)
    return Frame(lambda length: struct.pack(">I", length), body, len(body))


def flight_frame(data: bytes) -> Frame:
    """Return what one side of a TLS handshake sends at a time; the header is its first record's."""
    (length,) = struct.unpack(">H", data[3:TLS_HEADER])
    kind = data[:3]
    return Frame(
        lambda length: kind + struct.pack(">H", min(length, _LONGEST_RECORD)), data[TLS_HEADER:], length
    )


def property_list(value: Any) -> bytes:
    """Return a property list: XML, or binary when a text has signs that XML cannot hold."""
    plain = dict(value) if isinstance(value, Mapping) else value
    try:
        return plistlib.dumps(plain)
    except ValueError:
        return plistlib.dumps(plain, fmt=plistlib.FMT_BINARY)
