"""``/proc/meminfo`` (Linux Documentation/filesystems/proc): the memory that the kernel was left with."""

from __future__ import annotations

from diagnostics.android.parsers.numbers import integer


def total(text: str) -> int | None:
    """Return ``MemTotal`` in bytes; swap and what makers call additional RAM are lines of their own."""
    kibibytes = integer(text, r"^MemTotal:")
    return kibibytes * 1024 if kibibytes is not None and kibibytes > 0 else None
