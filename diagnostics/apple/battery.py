"""The battery, from the registry entry of its gauge and from lockdown's battery domain.

Health is the formula of Apple's own power daemon: ``ceil(NominalChargeCapacity / DesignCapacity * 100)``, not
determinable outside 1..150 (PowerManagement, pmconfigd/BatteryTimeRemaining.c). Settings keeps an older value that only
falls slowly, so one reading is an estimate of what it shows (libimobiledevice #1095, pymobiledevice3 #324).

``MaxCapacity`` and the gauge's ``FullChargeCapacity`` are never used: both are 100 since iOS 12.2 (libimobiledevice
#765, #1068). Newer systems keep the mAh in ``BatteryData`` only, so both levels are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from diagnostics.apple.values import Found, first_plausible, mapping, whole
from diagnostics.building import ReadingBuilder
from diagnostics.model import Quality

DESIGN_RANGE = (500, 20_000)
"""mAh: an iPod touch has 1,043, the largest iPad 10,994."""
CAPACITY_RANGE = (1, 30_000)
HEALTH_RANGE = (1, 150)
TEMPERATURE_RANGE = (-2_000, 8_000)
"""Hundredths of a degree Celsius. Apple publishes no unit; phones on a table say 2,500 to 3,300 (py-ios-device #99:
3279 while charging), which in the tenths of a kelvin of some Macs would be up to 57 °C."""
CYCLE_RANGE = (0, 5_000)

_DESIGN = ("DesignCapacity",)
_FULL = ("NominalChargeCapacity", "AppleRawMaxCapacity")
_CYCLES = ("CycleCount",)
_WARMTH = ("Temperature",)


def is_gauge(entry: object) -> bool:
    """Return whether a registry answer holds anything of the battery, at either level."""
    return any(True for _ in _candidates(entry, (*_DESIGN, *_FULL, *_CYCLES), CAPACITY_RANGE))


def read_gauge(entry: object, builder: ReadingBuilder) -> None:
    """Read health, capacities and cycles from the entry of class ``IOPMPowerSource`` or its like."""
    design = first_plausible(_candidates(entry, _DESIGN, DESIGN_RANGE))
    _put_number(builder, "battery.design_mah", design)
    _put_number(builder, "battery.cycle_count", first_plausible(_candidates(entry, _CYCLES, CYCLE_RANGE)))
    candidates = list(_full_candidates(entry, design.value if design else None))
    full = first_plausible(candidates)
    _put_number(builder, "battery.full_mah", full)
    _put_health(builder, full, design, _not_believed(candidates, full))
    _put_temperature(builder, first_plausible(_candidates(entry, _WARMTH, TEMPERATURE_RANGE)))


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


def _candidates(entry: object, keys: Sequence[str], limits: tuple[int, int]) -> Iterator[Found]:
    top = mapping(entry)
    deeper = mapping(top.get("BatteryData"))
    for key in keys:
        for level, source in ((top, key), (deeper, f"BatteryData.{key}")):
            if key in level:
                yield Found(source, level[key], whole(level[key], *limits))


def _full_candidates(entry: object, design: int | None) -> Iterator[Found]:
    for found in _candidates(entry, _FULL, CAPACITY_RANGE):
        low, high = HEALTH_RANGE
        fits = found.value is None or design is None or low <= health_percent(found.value, design) <= high
        yield found if fits else Found(found.source, f"{found.raw}/{design}", None)


def _put_number(
    builder: ReadingBuilder, field: str, found: Found | None, prefix: str = "IORegistry "
) -> None:
    if found is None:
        builder.problem(field, "absent")
    elif found.value is None:
        builder.reject(field, prefix + found.source, raw=found.raw)
    else:
        builder.put(field, found.value, prefix + found.source, raw=found.raw)


def _put_temperature(builder: ReadingBuilder, found: Found | None) -> None:
    field = "battery.temperature_c"
    if found is None or found.value is None:
        _put_number(builder, field, found)
        return
    source = f"IORegistry {found.source} / 100"
    builder.put(field, round(found.value / 100, 1), source, raw=found.raw, quality=Quality.ESTIMATE)


def _not_believed(candidates: Sequence[Found], taken: Found | None) -> str:
    """Return what stood before the value that was taken, and cannot be right: whoever looks at it should know."""
    wrong = takewhile(lambda found: found is not taken, candidates)
    return "".join(f"; not believed: {found.source} {found.raw}" for found in wrong)


def _put_health(builder: ReadingBuilder, full: Found | None, design: Found | None, not_believed: str) -> None:
    field = "battery.health_percent"
    if full is None or design is None:
        builder.problem(field, "absent")
        return
    source, raw = f"IORegistry {full.source}/{design.source}", f"{full.raw}/{design.raw}"
    if full.value is None or design.value is None:
        builder.reject(field, source, raw=full.raw if full.value is None else raw)
        return
    percent = min(health_percent(full.value, design.value), 100)
    builder.put(field, percent, source, raw=raw + not_believed, quality=Quality.ESTIMATE)
