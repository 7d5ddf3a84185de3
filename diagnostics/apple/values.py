"""Small looks at plist values, whatever type a phone sent them in; none of them raises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

NOTHING: Final[Mapping[str, Any]] = {}
NOT_A_NUMBER = "not_a_number"
"""Why a value is not used that came as a text."""


def mapping(value: object) -> Mapping[str, Any]:
    """Return a dict as it is, and an empty one for everything else."""
    return value if isinstance(value, Mapping) else NOTHING


def whole(value: object, low: int, high: int) -> int | None:
    """Return an integer within ``low`` .. ``high``; ``None`` for anything else, truth values and texts too.

    A negative number that was sent unsigned (2^64 - n) is above every ``high`` in use.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if low <= value <= high else None


def text_of(value: object) -> str | None:
    """Return a text without the blanks and NULs around it; ``None`` for other types and for an empty one."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    return value.strip("\0 \t\r\n") or None


def is_yes(value: object) -> bool:
    """Return whether a value is a plain yes; truth values come as numbers, too (AllowPairing as 1: go-ios #655)."""
    return isinstance(value, int) and value == 1


def is_no(value: object) -> bool:
    """Return whether a value is a plain no. What is neither yes nor no, such as a text, proves nothing."""
    return isinstance(value, int) and value == 0


@dataclass(frozen=True, slots=True)
class Found:
    """What was found under one of several keys.

    Attributes:
        source: The key, dotted where it lies deeper.
        raw: The value as the phone sent it.
        value: The number, or ``None`` where the raw value cannot be right.
        code: Why it cannot.
    """

    source: str
    raw: object
    value: int | None
    code: str = "implausible"

    @property
    def why(self) -> str:
        """Why it cannot be right: a number that came as a text may look right, and proves nothing of its sender."""
        is_text = isinstance(self.raw, str) and self.code == "implausible"
        return NOT_A_NUMBER if is_text else self.code


def first_plausible(candidates: Iterable[Found]) -> Found | None:
    """Return the first candidate that can be right, else the first that was there at all, else ``None``."""
    rejected: Found | None = None
    for found in candidates:
        if found.value is not None:
            return found
        rejected = rejected or found
    return rejected
