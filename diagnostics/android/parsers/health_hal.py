"""The dump of the health HAL (AOSP hardware/interfaces/health: HealthInfo, BatteryHealthData; healthd)."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.android.parsers.numbers import integer


@dataclass(frozen=True, slots=True)
class HealthHal:
    """What the HAL fills; 0, -1 and ``(null)`` all stand for not filled, and are given as they stand.

    Attributes:
        full: Full charge, µAh.
        design: Full charge when new, µAh.
        cycles: Charge cycles.
        state_of_health: Percent, as the phone's own settings show it (Android 14 and later).
        made: When the cell was made, seconds since 1970.
        first_used: When it was first used, seconds since 1970.
    """

    full: int | None = None
    design: int | None = None
    cycles: int | None = None
    state_of_health: int | None = None
    made: int | None = None
    first_used: int | None = None


def parse(text: str) -> HealthHal:
    """Return what the HAL says, from its AIDL form or from the older HIDL and healthd ones."""
    if not text:
        return HealthHal()
    return HealthHal(
        full=_first(
            text, r"\bbatteryFullChargeUah[:=]", r"\bbatteryFullCharge ?[:=]", r"^[ \t]*Full charge:"
        ),
        design=_first(
            text, r"\bbatteryFullChargeDesignCapacityUah ?[:=]", r"\bbatteryFullChargeDesignCapacity ?[:=]"
        ),
        cycles=_first(text, r"\bbatteryCycleCount ?[:=]", r"^[ \t]*cycle count:"),
        state_of_health=_first(text, r"\bbatteryStateOfHealth ?[:=]"),
        made=_first(text, r"\bbatteryManufacturingDateSeconds ?[:=]"),
        first_used=_first(text, r"\bbatteryFirstUsageSeconds ?[:=]"),
    )


def _first(text: str, *labels: str) -> int | None:
    return next((value for label in labels if (value := integer(text, label)) is not None), None)
