"""``service call``: a parcel in hexadecimal words (AOSP frameworks/native, Parcel::print)."""

from __future__ import annotations

import re

_LINE = re.compile(r"0x[0-9a-f]{8}: ((?:[0-9a-f]{8} ?){1,4})|Parcel\(((?:[0-9a-f]{8} ?){1,4})", re.IGNORECASE)
_LONGEST = 4096


def text_of(text: str) -> str | None:
    """Return the string in a parcel, or ``None`` where it holds an exception or none.

    A parcel begins with the exception code (0 for none), then the length in UTF-16 units, then the units,
    little-endian.
    """
    words = [w for line in _LINE.findall(text[:_LONGEST]) for w in (line[0] or line[1]).split()]
    data = b"".join(int(word, 16).to_bytes(4, "little") for word in words)
    if len(data) < 8 or int.from_bytes(data[:4], "little"):  # noqa: PLR2004 - two words of four bytes
        return None
    units = data[8 : 8 + 2 * min(int.from_bytes(data[4:8], "little"), _LONGEST)]
    return units.decode("utf-16-le", "replace")
