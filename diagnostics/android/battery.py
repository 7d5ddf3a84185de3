"""Puts the battery into a reading: health, cycles, capacities, level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from diagnostics.android import battery_days
from diagnostics.android.asking import Answers
from diagnostics.android.capacities import milliampere_hours
from diagnostics.android.commands import CYCLES, SLOW, Command
from diagnostics.android.health import (
    HALS,
    Candidate,
    Sources,
    candidates,
    is_filled,
    sources,
)
from diagnostics.android.parsers.battery_dump import BatteryDump
from diagnostics.android.refusals import explain
from diagnostics.building import ReadingBuilder
from diagnostics.model import FieldName, Quality

_MOST_CYCLES = 10_000
_FULL_HEALTH = 100
_ASKED = {
    "battery.health_percent": ("battery", *HALS, "sys_full", "batterystats"),
    "battery.cycle_count": ("battery", *HALS, "sys_cycles", "broadcast"),
    "battery.design_mah": (*HALS, "sys_design"),
    "battery.full_mah": (*HALS, "sys_full"),
    "battery.manufactured_on": ("battery", *HALS),
    "battery.first_used_on": ("battery", *HALS),
    "battery.level_percent": ("battery",),
    "battery.temperature_c": ("battery",),
}
_DEGREES = (-30, 90)


def fill(builder: ReadingBuilder, answers: Answers, *, final: bool, said: Sources | None = None) -> None:
    """Put what is known by now.

    Args:
        builder: The reading.
        answers: All answers so far.
        said: What `diagnostics.android.health.sources` makes of them, where that is there already.
        final: Whether nothing more will come, so that gaps are explained and what cannot be right is rejected.
    """
    said = said or sources(answers)
    found = candidates(said)
    _fill_health(builder, found, final=final)
    _fill_capacities(builder, said, found, final=final)
    _fill_cycles(builder, said, final=final)
    _fill_level(builder, said.dump, final=final)
    _fill_temperature(builder, said.dump, final=final)
    if final:
        battery_days.fill(builder, said)
        _explain(builder, said, answers)


def left_to_ask(said: Sources | None) -> tuple[Command, ...]:
    """Return the slow questions that are worth asking: where no plausible health was found, and where nothing counted.

    A HAL that counts 0 cycles is what Android tells its apps, too, so those need not be asked as well.
    """
    if said is None:
        return (*SLOW, *CYCLES)
    healthy = any(candidate.plausible for candidate in candidates(said))
    counted = any(True for _ in _cycles(said)) or any(hal.cycles is not None for hal in said.hals.values())
    return (*(() if healthy else SLOW), *(() if counted else CYCLES))


def _fill_health(builder: ReadingBuilder, found: Sequence[Candidate], *, final: bool) -> None:
    best = next((candidate for candidate in found if candidate.plausible), None)
    if best and best.percent is not None:
        percent = max(1, min(_FULL_HEALTH, round(best.percent)))
        builder.put("battery.health_percent", percent, best.source, raw=best.raw, quality=best.quality)
    elif final and found:
        builder.reject("battery.health_percent", found[0].source, raw=found[0].raw)
    if final:
        for other in (one for one in found if one is not (best or found[0])):
            quality = other.quality if other.plausible else Quality.REJECTED
            builder.witness("battery.health_percent", other.key, other.source, raw=other.raw, quality=quality)


def _fill_capacities(
    builder: ReadingBuilder, said: Sources, found: Sequence[Candidate], *, final: bool
) -> None:
    measured = next((candidate for candidate in found if candidate.full and candidate.plausible), None)
    if measured and measured.full and measured.design:
        kept = (("battery.full_mah", measured.full), ("battery.design_mah", measured.design))
        for field, value in kept:
            builder.put(field, value, measured.source, raw=measured.raw, quality=measured.quality)
    else:
        _fill_single_capacities(builder, said, final=final)
        if final:
            _fill_estimated_design(builder, said, found)
    if final:
        _reject_capacities(builder, said, found)


def _fill_single_capacities(builder: ReadingBuilder, said: Sources, *, final: bool) -> None:
    """Put what stands alone; a full capacity only where no design capacity came that it does not fit."""
    full, design = said.capacity("battery.full_mah"), said.capacity("battery.design_mah")
    kept = design or (full if final else None)
    if kept:
        builder.put(kept.field, kept.mah, kept.source, raw=kept.raw)


def _fill_estimated_design(builder: ReadingBuilder, said: Sources, found: Sequence[Candidate]) -> None:
    """Put Android's own figure where the phone states none: the power profile of its model."""
    field, source = "battery.design_mah", "dumpsys batterystats Estimated battery capacity"
    told = milliampere_hours(said.stats.estimated)
    if not told or _stated(said, field):
        return
    misfit = next((one for one in found if one.key == "learned" and one.full and not one.plausible), None)
    if misfit:
        builder.reject(field, misfit.source, raw=misfit.raw, code="contradiction")
    else:
        builder.put(field, told, source, raw=said.stats.estimated, quality=Quality.ESTIMATE)


def _stated(said: Sources, field: FieldName) -> bool:
    return any(one.field == field for one in said.capacities)


def _reject_capacities(builder: ReadingBuilder, said: Sources, found: Sequence[Candidate]) -> None:
    """Withhold what cannot be right; a design beside which the full charge is impossible is no better than that."""
    wrong = [
        (one.field, one.source, one.raw, "contradiction" if one.rival else "implausible")
        for one in said.capacities
        if not one.mah
    ]
    misfits = [
        ("battery.full_mah", one.source, one.raw, "implausible")
        for one in found
        if one.full and not one.plausible
    ]
    for field, source, raw, code in (*wrong, *misfits):
        if not builder.explained(field):
            builder.reject(field, source, raw=raw, code=code)


def _fill_cycles(builder: ReadingBuilder, said: Sources, *, final: bool) -> None:
    field, found = "battery.cycle_count", list(_cycles(said))
    best = next((one for one in found if 0 <= one.cycles <= _MOST_CYCLES), None)
    if best:
        builder.put(field, best.cycles, best.source, raw=best.raw)
    elif final and found:
        builder.reject(field, found[0].source, raw=found[0].raw)
    if final:
        for other in (one for one in found if one is not (best or found[0])):
            quality = Quality.EXACT if 0 <= other.cycles <= _MOST_CYCLES else Quality.REJECTED
            builder.witness(field, other.key, other.source, raw=other.raw, quality=quality)


class _Counted(NamedTuple):
    """What one source says of the cycles; ``raw`` is the number as printed."""

    key: str
    source: str
    cycles: int
    raw: int


def _cycles(said: Sources) -> Iterator[_Counted]:
    """Yield what is said about cycles, best source first.

    Samsung counts the charge thrown through, 100 to a cycle. A HAL and a kernel that do not count print 0: no answer.
    """
    if is_filled(said.dump.usage):
        source = "dumpsys battery mSavedBatteryUsage / 100"
        yield _Counted("usage", source, said.dump.usage // 100, said.dump.usage)
    counted = [
        ("hal", f"IHealth batteryCycleCount ({command})", hal.cycles) for command, hal in said.hals.items()
    ]
    counted += [
        (f"sysfs_{name}", f"/sys/class/power_supply/{name} cycle_count", files[2])
        for name, files in said.kernel.items()
    ]
    counted.append(("broadcast", "dumpsys activity broadcasts EXTRA_CYCLE_COUNT", said.broadcast))
    yield from (_Counted(key, source, value, value) for key, source, value in counted if is_filled(value))


def _fill_level(builder: ReadingBuilder, dump: BatteryDump, *, final: bool) -> None:
    if dump.level is None:
        return
    source, raw = "dumpsys battery level", f"{dump.level}/{dump.scale or _FULL_HEALTH}"
    percent = round(100 * dump.level / (dump.scale or _FULL_HEALTH))
    if not dump.faked and 0 <= percent <= _FULL_HEALTH:
        builder.put("battery.level_percent", percent, source, raw=raw)
    elif final:
        code = "battery_faked" if dump.faked else "implausible"
        builder.reject("battery.level_percent", source, raw=raw, code=code)


def _fill_temperature(builder: ReadingBuilder, dump: BatteryDump, *, final: bool) -> None:
    tenths, (low, high) = dump.temperature, _DEGREES
    if tenths is None:
        return
    if not dump.faked and low * 10 <= tenths <= high * 10:
        builder.put("battery.temperature_c", tenths / 10, "dumpsys battery temperature / 10", raw=tenths)
    elif final:
        code = "battery_faked" if dump.faked else "implausible"
        builder.reject("battery.temperature_c", "dumpsys battery temperature", raw=tenths, code=code)


def _explain(builder: ReadingBuilder, said: Sources, answers: Answers) -> None:
    if said.dump.faked:
        builder.problem("", "battery_faked")
    for field, commands in _ASKED.items():
        if not builder.explained(field):
            explain(builder, field, answers, *commands)
