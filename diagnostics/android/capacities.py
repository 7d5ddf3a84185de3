"""In which unit a phone prints a battery's capacity; light, so that a window can ask."""

from __future__ import annotations

LEAST_MAH, MOST_MAH = 500, 25_000
_MICRO = 100_000


def milliampere_hours(value: int | None) -> int | None:
    """Return a capacity in mAh; what is below 100 000 is mAh already (HyperOS 3), and an impossible one is ``None``."""
    if value is None:
        return None
    capacity = round(value / 1000) if value >= _MICRO else value
    return capacity if LEAST_MAH <= capacity <= MOST_MAH else None
