"""``dumpsys activity broadcasts``, the lines of ``ACTION_BATTERY_CHANGED`` (AOSP BatteryManager.EXTRA_CYCLE_COUNT)."""

from __future__ import annotations

from diagnostics.android.parsers.numbers import integer


def cycles(text: str) -> int | None:
    """Return the cycles of the last broadcast that is listed: the one that stays (sticky) stands after the history."""
    return integer(text, r"\bandroid\.os\.extra\.CYCLE_COUNT=", last=True)
