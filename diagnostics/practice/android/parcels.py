"""What ``service call`` prints: a Binder parcel as hexadecimal words with their characters beside them."""

from __future__ import annotations

import struct

_LINE = 16
_PRINTABLE = range(0x20, 0x7F)


def string_parcel(text: str) -> str:
    """Return the printed parcel of a call that answered with a text in UTF-16, as phones up to Android 9 do."""
    return printed(struct.pack("<i", 0) + _string16(text))


def exception_parcel(message: str) -> str:
    """Return the printed parcel of a call that was refused (a SecurityException, code -1)."""
    return printed(struct.pack("<i", -1) + _string16(message) + struct.pack("<ii", 0, 0))


def _string16(text: str) -> bytes:
    data = struct.pack("<i", len(text)) + text.encode("utf-16-le") + b"\0\0"
    return data + bytes(-len(data) % 4)


def printed(data: bytes) -> str:
    """Return a parcel as Android's Parcel::print shows it: four little-endian words a line."""
    if len(data) <= _LINE:
        return f"Result: Parcel({_words(data)}   '{_characters(data)}')\n"
    lines = (data[start : start + _LINE] for start in range(0, len(data), _LINE))
    rows = (
        f"  0x{number * _LINE:08x}: {_words(line):<35} '{_characters(line)}'"
        for number, line in enumerate(lines)
    )
    return "Result: Parcel(\n" + "\n".join(rows) + ")\n"


def _words(data: bytes) -> str:
    return " ".join(f"{word:08x}" for (word,) in struct.iter_unpack("<I", data))


def _characters(data: bytes) -> str:
    return "".join(chr(byte) if byte in _PRINTABLE else "." for byte in data)
