"""``dumpsys batterystats``: capacities that Android learned or was told (AOSP BatteryStats)."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.android.parsers.numbers import integer


@dataclass(frozen=True, slots=True)
class BatteryStats:
    """Capacities in mAh.

    Attributes:
        estimated: What Android takes for the capacity: the power profile's on most phones.
        learned: What it last learned from a full charge.
    """

    estimated: int | None = None
    learned: int | None = None


def parse(text: str) -> BatteryStats:
    """Return the capacities; fractions of a mAh are dropped."""
    return BatteryStats(
        estimated=integer(text, r"^[ \t]*Estimated battery capacity:"),
        learned=integer(text, r"^[ \t]*Last learned battery capacity:"),
    )
