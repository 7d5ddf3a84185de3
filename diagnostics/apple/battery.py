"""The battery, from the registry entry of its gauge and from lockdown's battery domain.

Health is the formula of Apple's own power daemon: ``ceil(NominalChargeCapacity / DesignCapacity * 100)``, not
determinable outside 1..150 (PowerManagement, pmconfigd/BatteryTimeRemaining.c). Settings keeps an older value that only
falls slowly, so one reading is an estimate of what it shows (libimobiledevice #1095, pymobiledevice3 #324).

``MaxCapacity`` and the gauge's ``FullChargeCapacity`` are never used: both are 100 since iOS 12.2 (libimobiledevice
#765, #1068). Newer systems keep the mAh in ``BatteryData`` only, so both levels are looked at, of each
entry that there is: two that contradict each other are both not believed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from diagnostics import text
from diagnostics.apple.values import NOT_A_NUMBER, Found, first_plausible, mapping, whole
from diagnostics.building import ReadingBuilder
from diagnostics.model import Quality

GAUGE_FIELDS = (
    "battery.health_percent",
    "battery.cycle_count",
    "battery.design_mah",
    "battery.full_mah",
    "battery.temperature_c",
)
DESIGN_RANGE = (500, 20_000)
"""mAh: an iPod touch has 1,043, the largest iPad 10,994."""
CAPACITY_RANGE = (100, 30_000)
"""mAh: no iPhone starts with less than that."""
HEALTH_RANGE = (1, 150)
TEMPERATURE_RANGE = (-2_000, 8_000)
"""Hundredths of a degree Celsius. Apple publishes no unit; phones on a table say 2,500 to 3,300 (py-ios-device #99:
3279 while charging), which in the tenths of a kelvin of some Macs would be up to 57 °C."""
CYCLE_RANGE = (0, 5_000)

APART = 0.05
"""How far the two levels may be apart before they contradict each other."""
_FULL = ("NominalChargeCapacity", "AppleRawMaxCapacity")
_CONTRADICTION = "contradiction"


class Misfit(Found):
    """A full capacity that does not fit the design capacity."""

    __slots__ = ()

    @property
    def why(self) -> str:
        """Why it is not used: both are told in one text."""
        return self.code


def is_gauge(entry: object) -> bool:
    """Return whether a registry answer holds anything of the battery, at either level."""
    return any(_said([entry], key, CAPACITY_RANGE) for key in ("DesignCapacity", *_FULL, "CycleCount"))


def read_gauge(entry: object, builder: ReadingBuilder, *more: object) -> None:
    """Read health, capacities, cycles and temperature.

    Args:
        entry: The registry entry of class ``IOPMPowerSource`` or its like.
        builder: What is filled.
        more: Further ones, which were asked for because the first did not tell everything.
    """
    entries = (entry, *more)
    design = _agreed(entries, "DesignCapacity", DESIGN_RANGE)
    full, not_believed = _full(entries, design)
    cycles = _agreed(entries, "CycleCount", CYCLE_RANGE)
    warmth = _agreed(entries, "Temperature", TEMPERATURE_RANGE)
    if design is not None and design.raw == 0:
        # A gauge without a battery to tell of tells zero for everything.
        cycles, warmth = _not_zero(cycles), _not_zero(warmth)
    if isinstance(full, Misfit) and design is not None:
        # One of both is wrong, and nothing tells which.
        design = dataclasses.replace(design, value=None)
    _put_number(builder, "battery.design_mah", design)
    _put_number(builder, "battery.cycle_count", cycles)
    _put_number(builder, "battery.full_mah", full)
    _put_health(builder, full, design, not_believed)
    _put_temperature(builder, warmth)


def read_level(domain: object, builder: ReadingBuilder) -> None:
    """Read the charge from lockdown's ``com.apple.mobile.battery``, which answers on a locked screen, too."""
    values = mapping(domain)
    if "BatteryCurrentCapacity" not in values:
        builder.problem("battery.level_percent", "absent")
        return
    raw = values["BatteryCurrentCapacity"]
    found = Found("com.apple.mobile.battery BatteryCurrentCapacity", raw, whole(raw, 0, 100))
    _put_number(builder, "battery.level_percent", found, prefix="")


def health_percent(full: int, design: int) -> int:
    """Return ``ceil(full / design * 100)``, exactly (both in mAh, above 0)."""
    return -(-full * 100 // design)


def _said(entries: Sequence[object], key: str, limits: tuple[int, int]) -> list[Found]:
    """Return what each level of each entry says of one key."""
    return [
        Found(source, level[key], whole(level[key], *limits))
        for entry in entries
        for level, source in _levels(mapping(entry), key)
        if key in level
    ]


def _levels(entry: Mapping[str, object], key: str) -> Iterator[tuple[Mapping[str, object], str]]:
    yield entry, key
    yield mapping(entry.get("BatteryData")), f"BatteryData.{key}"


def _agreed(entries: Sequence[object], key: str, limits: tuple[int, int]) -> Found | None:
    """Return what is said of one key; two that contradict each other are both not believed."""
    said = _said(entries, key, limits)
    believed = [(found.source, found.value) for found in said if found.value is not None]
    numbers = [number for _, number in believed]
    if numbers and max(numbers) - min(numbers) > max(2, APART * max(map(abs, numbers))):
        told = " and ".join(map(str, numbers))
        return Found(" and ".join(source for source, _ in believed), told, None, _CONTRADICTION)
    return first_plausible(said)


def _full(entries: Sequence[object], design: Found | None) -> tuple[Found | None, str]:
    """Return the full capacity by the first source that can be right, and what stood before it and cannot be."""
    wrong: list[Found] = []
    for key in _FULL:
        found = _agreed(entries, key, CAPACITY_RANGE)
        if found is None:
            continue
        found = _fitting(found, design)
        wrong += [f for f in _said(entries, key, CAPACITY_RANGE) if f.value is None]
        if found.value is not None or found.code == _CONTRADICTION:
            return found, "".join(f"; not believed: {f.source} {text.plain(f.raw, 40)}" for f in wrong)
        wrong = wrong or [found]
    return (wrong[0] if wrong else None), ""


def _fitting(full: Found, design: Found | None) -> Found:
    """Return a full capacity, not believed where the health would be outside of what Apple's daemon takes."""
    if full.value is None or design is None or design.value is None:
        return full
    low, high = HEALTH_RANGE
    if full.value * 100 >= low * design.value and health_percent(full.value, design.value) <= high:
        return full
    return Misfit(full.source, f"{full.raw}/{design.value}", None)


def _not_zero(found: Found | None) -> Found | None:
    return dataclasses.replace(found, value=None) if found is not None and found.value == 0 else found


def _put_number(
    builder: ReadingBuilder, field: str, found: Found | None, prefix: str = "IORegistry "
) -> None:
    if found is None:
        builder.problem(field, "absent")
    elif found.value is None:
        builder.reject(field, prefix + found.source, raw=found.raw, code=found.why)
    else:
        builder.put(field, found.value, prefix + found.source, raw=found.raw)


def _put_temperature(builder: ReadingBuilder, found: Found | None) -> None:
    field = "battery.temperature_c"
    if found is None or found.value is None:
        _put_number(builder, field, found)
        return
    source = f"IORegistry {found.source} / 100"
    builder.put(field, round(found.value / 100, 1), source, raw=found.raw, quality=Quality.ESTIMATE)


def _put_health(builder: ReadingBuilder, full: Found | None, design: Found | None, not_believed: str) -> None:
    field = "battery.health_percent"
    if full is None or design is None:
        builder.problem(field, "absent")
        return
    source, raw = (
        f"IORegistry {full.source}/{design.source}",
        f"{text.plain(full.raw)}/{text.plain(design.raw)}",
    )
    if full.value is None or design.value is None:
        bad = full if full.value is None else design
        alone = bad is full or bad.why == NOT_A_NUMBER
        builder.reject(field, source, raw=bad.raw if alone else raw, code=bad.why)
        return
    percent = min(health_percent(full.value, design.value), 100)
    builder.put(field, percent, source, raw=raw + not_believed, quality=Quality.ESTIMATE)
