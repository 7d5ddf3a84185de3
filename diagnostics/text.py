"""Texts that come from phones: hostile until they went through here."""

from __future__ import annotations

import unicodedata

RAW_LIMIT = 200
NAME_LIMIT = 120
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def plain(value: object, limit: int = NAME_LIMIT) -> str:
    """Return a value as one line of printable text.

    Control characters, line breaks and invisible direction marks become blanks, runs of blanks are joined, and what is
    longer than ``limit`` characters is cut with an ellipsis. HTML and formulas stay as they are: whoever shows a text
    shows it as plain text.
    """
    text = value.decode("utf-8", "replace") if isinstance(value, bytes | bytearray) else str(value)
    text = text[: limit * 8]
    harmless = (
        text.isascii() and text.isprintable()
    )  # nearly every text: the long way costs a hundred times as much
    cleaned = text if harmless else "".join(" " if unicodedata.category(c) in _DROPPED else c for c in text)
    joined = " ".join(cleaned.split())
    return joined if len(joined) <= limit else joined[: limit - 1] + "…"


def raw(value: object) -> str:
    """Return a value as it stands under evidence: one plain line of at most 200 characters."""
    return plain(value, RAW_LIMIT)
