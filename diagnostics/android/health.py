"""Battery health from all sources that Android phones have, best first.

Samsung's own percentage, Motorola's capacities, the health HAL, the kernel's files, what Android learned, and the
charge counter of a full phone. The first plausible one counts; the others are kept beside it, because different
makers' figures are not comparable (Linux ABI, sysfs-class-power).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from diagnostics.android.asking import Answers
from diagnostics.android.parsers import battery_dump, batterystats, health_hal
from diagnostics.android.parsers.numbers import alone
from diagnostics.android.refusals import text
from diagnostics.model import Quality

LEAST_PERCENT, MOST_PERCENT = 1, 110
LEAST_MAH, MOST_MAH = 500, 25_000
_MICRO = 100_000
_NEARLY_FULL = 95


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one source says of the battery.

    Attributes:
        source: In the words of the phone.
        raw: As printed.
        quality: How good it is.
        percent: Health.
        full: Full charge now, mAh.
        design: Full charge when new, mAh.
    """

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


def milliampere_hours(value: int | None) -> int | None:
    """Return a capacity in mAh; what is below 100 000 is mAh already (HyperOS 3), and an impossible one is ``None``."""
    if value is None:
        return None
    capacity = round(value / 1000) if value >= _MICRO else value
    return capacity if LEAST_MAH <= capacity <= MOST_MAH else None


def candidates(answers: Answers) -> list[Candidate]:
    """Return everything that was said about health, best source first, the implausible included."""
    dump = battery_dump.parse(text(answers, "battery"))
    return [*_from_dump(dump), *_from_hal(answers), *_from_kernel(answers), *_from_android(answers, dump)]


def _from_dump(dump: battery_dump.BatteryDump) -> Iterator[Candidate]:
    exact = Quality.EXACT
    yield from _stated("dumpsys battery mSavedBatteryAsoc", dump.asoc, exact)
    yield from _stated("dumpsys battery AsocData efsValue", dump.asoc_backup, exact)
    yield from _ratio("dumpsys battery Full capacity/Full design capacity", dump.full, dump.design)
    yield from _stated("dumpsys battery mSavedBatteryBsoh", dump.bsoh, Quality.ESTIMATE)


def _from_hal(answers: Answers) -> Iterator[Candidate]:
    for command in ("health_hal", "health_hidl", "health_hidl_old"):
        hal = health_hal.parse(text(answers, command))
        yield from _stated("IHealth batteryStateOfHealth", hal.state_of_health, Quality.EXACT)
        yield from _ratio("IHealth batteryFullChargeUah/DesignCapacityUah", hal.full, hal.design)


def _from_kernel(answers: Answers) -> Iterator[Candidate]:
    for name, folder in (("sys", "battery"), ("bms", "bms"), ("maxfg", "maxfg")):
        full, design = (alone(text(answers, f"{name}_{what}")) for what in ("full", "design"))
        yield from _ratio(f"/sys/class/power_supply/{folder} charge_full/charge_full_design", full, design)
    soh = alone(text(answers, "oplus_soh"))
    yield from _stated("/sys/class/oplus_chg/battery/battery_soh", soh, Quality.ESTIMATE)


def _from_android(answers: Answers, dump: battery_dump.BatteryDump) -> Iterator[Candidate]:
    stats = batterystats.parse(text(answers, "batterystats"))
    design = known_design(answers) or milliampere_hours(stats.estimated)
    yield from _ratio("batterystats learned/estimated capacity", stats.learned, design)
    counted = milliampere_hours(dump.counter)
    if counted and dump.is_full and (dump.level or 0) >= _NEARLY_FULL and not dump.faked:
        yield from _ratio(
            "dumpsys battery charge counter/design capacity",
            round(counted * 100 / (dump.level or 100)),
            design,
        )


def known_design(answers: Answers) -> int | None:
    """Return the first plausible design capacity that the phone states, in mAh."""
    dump = battery_dump.parse(text(answers, "battery"))
    hal = [health_hal.parse(text(answers, c)) for c in ("health_hal", "health_hidl", "health_hidl_old")]
    stated = [dump.design, *(one.design for one in hal)]
    stated += [alone(text(answers, f"{name}_design")) for name in ("sys", "bms", "maxfg")]
    return next((mah for value in stated if (mah := milliampere_hours(value))), None)


def _stated(source: str, percent: int | None, quality: Quality) -> Iterator[Candidate]:
    """Samsung and the HAL print 0 and -1 where they know nothing: that is no answer, not a bad one."""
    if percent is not None and percent > 0:
        yield Candidate(source, str(percent), quality, percent=percent)


def _ratio(source: str, full: int | None, design: int | None) -> Iterator[Candidate]:
    if not full or not design or full < 0 or design < 0:
        return
    now, new = milliampere_hours(full), milliampere_hours(design)
    percent = 100 * now / new if now and new else None
    yield Candidate(source, f"{full}/{design}", Quality.ESTIMATE, percent, now, new)
