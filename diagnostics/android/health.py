"""Battery health from all sources that Android phones have, best first.

Samsung's own percentage, Motorola's capacities, the health HAL, the kernel's files, what Android learned, and the
charge counter of a full phone. The first plausible one counts; the others are kept beside it, because different
makers' figures are not comparable (Linux ABI, sysfs-class-power).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeGuard

from diagnostics.android.asking import Answers
from diagnostics.android.capacities import milliampere_hours
from diagnostics.android.parsers import battery_broadcast, battery_dump, batterystats, health_hal
from diagnostics.android.parsers.numbers import alone
from diagnostics.android.refusals import text
from diagnostics.model import FieldName, Quality

LEAST_PERCENT, MOST_PERCENT = 1, 110
_NEARLY_FULL = 95
HALS = ("health_hal", "health_hidl", "health_hidl_old", "health_hidl_kept")
"""The commands that ask the health HAL, in its forms."""


def is_filled(value: int | None) -> TypeGuard[int]:
    """Return whether a figure is one: phones print 0 and -1 where they know none; other nonsense is an answer."""
    return value not in {None, 0, -1}


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one source says of the battery.

    Attributes:
        key: A short word for the source, under which its evidence is kept.
        source: In the words of the phone.
        raw: As printed.
        quality: How good it is.
        percent: Health.
        full: Full charge now, mAh.
        design: Full charge when new, mAh.
    """

    key: str
    source: str
    raw: str
    quality: Quality
    percent: float | None = None
    full: int | None = None
    design: int | None = None

    @property
    def plausible(self) -> bool:
        """Whether the percentage can be one."""
        return self.percent is not None and LEAST_PERCENT <= self.percent <= MOST_PERCENT


@dataclass(frozen=True, slots=True)
class Capacity:
    """A capacity that the phone states.

    Attributes:
        field: ``battery.full_mah`` or ``battery.design_mah``.
        source: In the words of the phone.
        stated: The number as printed.
        rival: ``full/design`` as printed, where the same source says both and they cannot both be right.
    """

    field: FieldName
    source: str
    stated: int
    rival: str = ""

    @property
    def mah(self) -> int | None:
        """In mAh; ``None`` where it cannot be right."""
        return None if self.rival else milliampere_hours(self.stated)

    @property
    def raw(self) -> str:
        """What speaks against it, else the number, as printed."""
        return self.rival or str(self.stated)


@dataclass(frozen=True)
class Sources:
    """What all sources print about the battery, taken apart once.

    Attributes:
        dump: ``dumpsys battery``.
        hals: The health HAL in its forms, by command.
        kernel: Full charge, full charge when new, cycles, by folder of ``/sys/class/power_supply``.
        oplus: OnePlus' and OPPO's own health, percent.
        stats: ``dumpsys batterystats``.
        broadcast: Cycles that Android tells its apps (``BatteryManager.EXTRA_CYCLE_COUNT``, Android 14 on).
    """

    dump: battery_dump.BatteryDump
    hals: dict[str, health_hal.HealthHal]
    kernel: dict[str, tuple[int | None, int | None, int | None]]
    oplus: int | None
    stats: batterystats.BatteryStats
    broadcast: int | None = None

    @cached_property
    def capacities(self) -> tuple[Capacity, ...]:
        """Every capacity that the phone states, best source first, the impossible included."""
        pairs = [
            ("dumpsys battery", "Full capacity", "Full design capacity", self.dump.full, self.dump.design)
        ]
        for hal in self.hals.values():
            names = ("batteryFullChargeUah", "batteryFullChargeDesignCapacityUah")
            pairs.append(("IHealth", *names, hal.full, hal.design))
        for folder, (full, design, _) in self.kernel.items():
            place = f"/sys/class/power_supply/{folder}"
            pairs.append((place, "charge_full", "charge_full_design", full, design))
        return tuple(capacity for pair in pairs for capacity in _stated_pair(*pair))

    @cached_property
    def candidates(self) -> list[Candidate]:
        """Everything that was said about health; see `candidates`."""
        return [*_from_dump(self.dump), *_from_hal(self), *_from_kernel(self), *_from_android(self)]

    def capacity(self, field: FieldName) -> Capacity | None:
        """Return the first plausible capacity of one field."""
        return next((stated for stated in self.capacities if stated.field == field and stated.mah), None)


def _stated_pair(
    place: str, full_name: str, design_name: str, full: int | None, design: int | None
) -> Iterator[Capacity]:
    """Yield what one source states; of two that contradict each other neither can be believed (300 % of the design)."""
    both = next(_ratio("", "", full, design), None)
    rival = f"{full}/{design}" if both and both.percent is not None and not both.plausible else ""
    if is_filled(full):
        yield Capacity("battery.full_mah", f"{place} {full_name}", full, rival)
    if is_filled(design):
        yield Capacity("battery.design_mah", f"{place} {design_name}", design, rival)


def sources(answers: Answers, before: Sources | None = None) -> Sources:
    """Take apart what was answered so far; the battery's dump of an earlier group is not taken apart again."""
    folders = {"battery": "sys", "bms": "bms", "maxfg": "maxfg"}
    return Sources(
        dump=before.dump if before else battery_dump.parse(text(answers, "battery")),
        hals={command: health_hal.parse(text(answers, command)) for command in HALS},
        kernel={folder: _files(answers, prefix) for folder, prefix in folders.items()},
        oplus=alone(text(answers, "oplus_soh")),
        stats=batterystats.parse(text(answers, "batterystats")),
        broadcast=battery_broadcast.cycles(text(answers, "broadcast")),
    )


def _files(answers: Answers, prefix: str) -> tuple[int | None, int | None, int | None]:
    full, design, cycles = (alone(text(answers, f"{prefix}_{file}")) for file in ("full", "design", "cycles"))
    return full, design, cycles


def candidates(said: Sources) -> list[Candidate]:
    """Return everything that was said about health, best source first, the implausible included."""
    return said.candidates


def _from_dump(dump: battery_dump.BatteryDump) -> Iterator[Candidate]:
    yield from _stated("asoc", "dumpsys battery mSavedBatteryAsoc", dump.asoc, Quality.EXACT)
    yield from _stated("asoc_efs", "dumpsys battery AsocData efsValue", dump.asoc_backup, Quality.EXACT)
    yield from _ratio(
        "dump_capacity", "dumpsys battery Full capacity/Full design capacity", dump.full, dump.design
    )
    yield from _stated("bsoh", "dumpsys battery mSavedBatteryBsoh", dump.bsoh, Quality.ESTIMATE)


def _from_hal(said: Sources) -> Iterator[Candidate]:
    for hal in said.hals.values():
        yield from _stated("hal_state", "IHealth batteryStateOfHealth", hal.state_of_health, Quality.EXACT)
        yield from _ratio("hal", "IHealth batteryFullChargeUah/DesignCapacityUah", hal.full, hal.design)


def _from_kernel(said: Sources) -> Iterator[Candidate]:
    for folder, (full, design, _) in said.kernel.items():
        source = f"/sys/class/power_supply/{folder} charge_full/charge_full_design"
        yield from _ratio(f"sysfs_{folder}", source, full, design)
    yield from _stated("oplus", "/sys/class/oplus_chg/battery/battery_soh", said.oplus, Quality.ESTIMATE)


def _from_android(said: Sources) -> Iterator[Candidate]:
    stated = said.capacity("battery.design_mah")
    dump, design = said.dump, stated.mah if stated else milliampere_hours(said.stats.estimated)
    yield from _ratio("learned", "batterystats learned/estimated capacity", said.stats.learned, design)
    counted, level = milliampere_hours(dump.counter), dump.level or 0
    if counted and dump.is_full and level >= _NEARLY_FULL and not dump.faked:
        full, source = round(counted * 100 / level), "dumpsys battery charge counter/design capacity"
        yield from _ratio("counter", source, full, design)


def _stated(key: str, source: str, percent: int | None, quality: Quality) -> Iterator[Candidate]:
    """Samsung and the HAL print 0 and -1 where they know nothing: that is no answer, not a bad one."""
    if is_filled(percent):
        yield Candidate(key, source, str(percent), quality, percent=percent)


def _ratio(key: str, source: str, full: int | None, design: int | None) -> Iterator[Candidate]:
    if not is_filled(full) or not is_filled(design):
        return
    now, new = milliampere_hours(full), milliampere_hours(design)
    percent = 100 * now / new if now and new else None
    yield Candidate(key, source, f"{full}/{design}", Quality.ESTIMATE, percent, now, new)
