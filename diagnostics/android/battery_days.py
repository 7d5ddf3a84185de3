"""Puts the days on which a battery was made and first used into a reading."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from diagnostics.android.health import Sources, is_filled
from diagnostics.android.parsers.days import day_of, day_of_seconds
from diagnostics.building import ReadingBuilder
from diagnostics.model import FieldName, Quality

_FIRST_ANDROID = date(2008, 9, 23)
_Told = tuple[str, str, date | None, object, Quality]


def fill(builder: ReadingBuilder, said: Sources) -> None:
    """Put each day by its first plausible source; one before the first Android phone or in the future is rejected."""
    _put(builder, "battery.manufactured_on", _made(said))
    _put(builder, "battery.first_used_on", _first_used(said))


def _put(builder: ReadingBuilder, field: FieldName, told: Iterator[_Told]) -> None:
    for key, source, day, raw, quality in told:
        plausible = day is not None and _FIRST_ANDROID <= day <= builder.now().date()
        if builder.has(field):
            kept = quality if plausible else Quality.REJECTED
            builder.witness(field, key, source, raw=raw, quality=kept)
        elif day and plausible:
            builder.put(field, day.isoformat(), source, raw=raw, quality=quality)
        else:
            builder.reject(field, source, raw=raw)


def _made(said: Sources) -> Iterator[_Told]:
    """Yield the HAL's day, then Samsung's; a cell is calibrated within days of being made."""
    for hal in said.hals.values():
        if is_filled(hal.made):
            day = day_of_seconds(hal.made)
            yield "hal", "IHealth batteryManufacturingDateSeconds", day, hal.made, Quality.EXACT
    if said.dump.made:
        yield "llb_man", "dumpsys battery LLB MAN", day_of(said.dump.made), said.dump.made, Quality.EXACT
    if calibrated := said.dump.calibrated:
        yield "llb_cal", "dumpsys battery LLB CAL", day_of(calibrated), calibrated, Quality.ESTIMATE


def _first_used(said: Sources) -> Iterator[_Told]:
    """Yield the HAL's day, then the one that Samsung and HyperOS print."""
    for hal in said.hals.values():
        if is_filled(hal.first_used):
            day = day_of_seconds(hal.first_used)
            yield "hal", "IHealth batteryFirstUsageSeconds", day, hal.first_used, Quality.EXACT
    if first := said.dump.first_use:
        yield "dump", "dumpsys battery first use", day_of(first), first, Quality.EXACT
