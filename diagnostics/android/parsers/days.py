"""Days as batteries tell them: ``20240630``, or seconds since 1970."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_DIGITS = re.compile(r"\d{8}")
_LONGEST = 11


def day_of(value: str) -> date | None:
    """Return the day of ``YYYYMMDD``; ``None`` where it is none."""
    if not _DIGITS.fullmatch(value):
        return None
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        return None


def day_of_seconds(seconds: int) -> date | None:
    """Return the day of a time in seconds since 1970, UTC; ``None`` where it is none."""
    if len(str(seconds)) > _LONGEST:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
