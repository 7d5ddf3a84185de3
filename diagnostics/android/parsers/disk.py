"""``df -k /data``: toybox's table, and the older toolbox's (Android 6)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOUNTS = re.compile(r"/data(/user/0)?")
_LETTERS = {"K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}
_FEWEST = 5


@dataclass(frozen=True, slots=True)
class Disk:
    """One file system, in bytes.

    Attributes:
        raw: The line it comes from.
        exact: Whether the numbers are exact; toolbox rounds to a tenth of its letter.
    """

    total: int
    free: int
    raw: str
    exact: bool = True


def parse(text: str) -> Disk | None:
    """Return the data partition, or ``None``.

    The line is known by where it is mounted (``/data/user/0`` on some phones), which is its last word; a device
    name that is too long for its column stands on a line of its own and is not needed.
    """
    for line in text.splitlines():
        words = line.split()
        disk = _toybox(words, line) or _toolbox(words, line)
        if disk:
            return disk
    return None


def _toybox(words: list[str], line: str) -> Disk | None:
    if len(words) < _FEWEST or not _MOUNTS.fullmatch(words[-1]) or not words[-2].endswith("%"):
        return None
    if not all(re.fullmatch(r"\d{1,15}", word) for word in words[-5:-2]):
        return None
    return Disk(int(words[-5]) * 1024, int(words[-3]) * 1024, line.strip())


def _toolbox(words: list[str], line: str) -> Disk | None:
    if len(words) != _FEWEST or not _MOUNTS.fullmatch(words[0]):
        return None
    total, free = _rounded(words[1]), _rounded(words[3])
    return Disk(total, free, line.strip(), exact=False) if total is not None and free is not None else None


def _rounded(word: str) -> int | None:
    match = re.fullmatch(r"(\d{1,9}(?:\.\d{1,3})?)([KMGT])", word)
    return int(float(match[1]) * _LETTERS[match[2]]) if match else None
