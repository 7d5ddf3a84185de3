"""Puts the battery into a reading: health, cycles, capacities, level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diagnostics.android.asking import Answers
from diagnostics.android.health import Candidate, candidates, known_design
from diagnostics.android.parsers import battery_dump, health_hal
from diagnostics.android.parsers.numbers import alone
from diagnostics.android.refusals import explain, text
from diagnostics.building import ReadingBuilder

_MOST_CYCLES = 10_000
_FULL_HEALTH = 100
_HEALTH_COMMANDS = ("battery", "health_hal", "health_hidl", "health_hidl_old", "sys_full", "batterystats")


def fill(builder: ReadingBuilder, answers: Answers, *, final: bool) -> None:
    """Put what is known by now.

    Args:
        builder: The reading.
        answers: All answers so far.
        final: Whether nothing more will come, so that gaps are explained and what cannot be right is rejected.
    """
    said = candidates(answers)
    _fill_health(builder, answers, said, final=final)
    _fill_capacities(builder, answers, said)
    _fill_cycles(builder, answers, final=final)
    _fill_level(builder, text(answers, "battery"), final=final)
    if final:
        _explain(builder, answers)


def knows_health(answers: Answers) -> bool:
    """Return whether a plausible health was found, so that the slow sources need not be asked."""
    return any(candidate.plausible for candidate in candidates(answers))


def _fill_health(
    builder: ReadingBuilder, answers: Answers, said: Sequence[Candidate], *, final: bool
) -> None:
    best = next((candidate for candidate in said if candidate.plausible), None)
    if best and best.percent is not None:
        percent = max(1, min(_FULL_HEALTH, round(best.percent)))
        raw = "; ".join([best.raw, *_others(best, said)])
        builder.put("battery.health_percent", percent, best.source, raw=raw, quality=best.quality)
    elif final and said:
        builder.reject("battery.health_percent", said[0].source, raw=said[0].raw)
    elif final:
        explain(builder, "battery.health_percent", answers, *_HEALTH_COMMANDS)


def _others(best: Candidate, said: Sequence[Candidate]) -> Iterator[str]:
    return (f"{other.source.split()[-1]} {other.raw}" for other in said if other is not best)


def _fill_capacities(builder: ReadingBuilder, answers: Answers, said: Sequence[Candidate]) -> None:
    measured = next((candidate for candidate in said if candidate.full and candidate.plausible), None)
    if measured and measured.full and measured.design:
        kept = (("battery.full_mah", measured.full), ("battery.design_mah", measured.design))
        for field, value in kept:
            builder.put(field, value, measured.source, raw=measured.raw, quality=measured.quality)
    elif design := known_design(answers):
        builder.put("battery.design_mah", design, "design capacity", raw=design)


def _fill_cycles(builder: ReadingBuilder, answers: Answers, *, final: bool) -> None:
    for source, value, raw in _cycles(answers):
        if 0 <= value <= _MOST_CYCLES:
            builder.put("battery.cycle_count", value, source, raw=raw)
            return
        if final:
            builder.reject("battery.cycle_count", source, raw=raw)


def _cycles(answers: Answers) -> Iterator[tuple[str, int, int]]:
    """Yield what is said about cycles: source, cycles, raw number.

    A HAL and a kernel that do not count print 0, so a 0 counts only as the last word.
    """
    usage = battery_dump.parse(text(answers, "battery")).usage
    if usage is not None and usage > 0:
        yield "dumpsys battery mSavedBatteryUsage / 100", usage // 100, usage
    counted = [
        (f"IHealth batteryCycleCount ({command})", health_hal.parse(text(answers, command)).cycles)
        for command in ("health_hal", "health_hidl", "health_hidl_old")
    ]
    counted += [
        (f"/sys/class/power_supply/{folder} cycle_count", alone(text(answers, f"{name}_cycles")))
        for name, folder in (("sys", "battery"), ("bms", "bms"), ("maxfg", "maxfg"))
    ]
    for source, value in counted:
        if value is not None and value > 0:
            yield source, value, value


def _fill_level(builder: ReadingBuilder, dump_text: str, *, final: bool) -> None:
    dump = battery_dump.parse(dump_text)
    if dump.level is None:
        return
    source, raw = "dumpsys battery level", f"{dump.level}/{dump.scale or _FULL_HEALTH}"
    percent = round(100 * dump.level / (dump.scale or _FULL_HEALTH))
    if not dump.faked and 0 <= percent <= _FULL_HEALTH:
        builder.put("battery.level_percent", percent, source, raw=raw)
    elif final:
        code = "battery_faked" if dump.faked else "implausible"
        builder.reject("battery.level_percent", source, raw=raw, code=code)


def _explain(builder: ReadingBuilder, answers: Answers) -> None:
    dump = text(answers, "battery")
    if battery_dump.parse(dump).faked:
        builder.problem("", "battery_faked")
    for field, commands in (
        ("battery.cycle_count", ("battery", "health_hal", "health_hidl", "health_hidl_old", "sys_cycles")),
        ("battery.design_mah", ("health_hal", "health_hidl", "health_hidl_old", "sys_design")),
        ("battery.full_mah", ("health_hal", "health_hidl", "health_hidl_old", "sys_full")),
        ("battery.level_percent", ("battery",)),
    ):
        if not builder.explained(field):
            explain(builder, field, answers, *commands)
