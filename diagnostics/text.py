"""Texts that come from phones: hostile until they went through here."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

RAW_LIMIT = 200
NAME_LIMIT = 120
_LONGEST_NUMBER = 128
"""Bits: no protocol in use has longer integers, and Python refuses to write out very long ones."""
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def plain(value: object, limit: int = NAME_LIMIT) -> str:
    """Return a value as one line of printable text.

    Control characters, line breaks and invisible direction marks become blanks, runs of blanks are joined, and what is
    longer than ``limit`` characters is cut with an ellipsis. HTML and formulas stay as they are: whoever shows a text
    shows it as plain text. A container is named by its kind and length, and so is a number that is too long: a short
    answer of a phone can hold so much of both that writing it out takes seconds.
    """
    text = _written(value, limit * 8)
    harmless = (
        text.isascii() and text.isprintable()
    )  # nearly every text: the long way costs a hundred times as much
    cleaned = text if harmless else "".join(" " if unicodedata.category(c) in _DROPPED else c for c in text)
    joined = " ".join(cleaned.split())
    return joined if len(joined) <= limit else joined[: limit - 1] + "…"


def raw(value: object) -> str:
    """Return a value as it stands under evidence: one plain line of at most 200 characters."""
    return plain(value, RAW_LIMIT)


def _written(value: object, limit: int) -> str:
    """Return a value in at most so many characters; nothing that is longer is ever made."""
    if isinstance(value, str):  # first, because nearly all are
        return str(value[:limit])
    if isinstance(value, bytes | bytearray):
        return bytes(value[:limit]).decode("utf-8", "replace")
    if isinstance(value, Mapping | list | tuple | set | frozenset):
        return f"{type(value).__name__} of {len(value)}"
    if isinstance(value, int) and value.bit_length() > _LONGEST_NUMBER:
        return f"integer of {value.bit_length()} bits"
    return str(value)[:limit]
