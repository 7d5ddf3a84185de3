"""``dumpsys battery``: AOSP's lines, and what Samsung and Motorola add to them."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.android.parsers.numbers import integer

_FULL = 5


@dataclass(frozen=True, slots=True)
class BatteryDump:
    """What the dump says, in its own units; ``None`` is not printed.

    Attributes:
        faked: Whether somebody has set values by hand (``dumpsys battery set``, AOSP BatteryService).
        level: Of `scale`.
        status: AOSP's BatteryManager: 1 unknown, 2 charging, 3 discharging, 4 not charging, 5 full.
        counter: Charge counter, µAh by the book, mAh on HyperOS 3.
        asoc: Samsung's own health, percent; -1 and 0 are none.
        asoc_backup: The same as kept in the EFS partition (One UI 7 and 8).
        bsoh: Samsung's other health, percent: not the same thing.
        usage: Samsung's charge thrown through so far, percent of a full charge: 100 to a cycle.
        full: Motorola's full capacity, µAh.
        design: Motorola's design capacity, µAh.
        temperature: Tenths of a degree Celsius.
    """

    faked: bool = False
    level: int | None = None
    scale: int | None = None
    status: int | None = None
    counter: int | None = None
    asoc: int | None = None
    asoc_backup: int | None = None
    bsoh: int | None = None
    usage: int | None = None
    full: int | None = None
    design: int | None = None
    temperature: int | None = None

    @property
    def is_full(self) -> bool:
        """Whether the phone says that charging is done."""
        return self.status == _FULL


def parse(text: str) -> BatteryDump:
    """Return what the dump says.

    Labels are taken at the start of a line only: Android 15 prints ``Capacity level: 3`` too, and Samsung repeats
    ``charge counter`` and voltages in its logs (clusterfuzz #4300).
    """
    return BatteryDump(
        faked="UPDATES STOPPED" in text,
        level=integer(text, r"^[ \t]*level:"),
        scale=integer(text, r"^[ \t]*scale:"),
        status=integer(text, r"^[ \t]*status:"),
        counter=integer(text, r"^[ \t]*[Cc]harge counter:"),
        asoc=integer(text, r"^[ \t]*mSavedBatteryAsoc:[ \t]*\[?"),
        asoc_backup=integer(text, r"AsocData efsValue:", last=True),
        bsoh=integer(text, r"^[ \t]*mSavedBatteryBsoh:[ \t]*\[?"),
        usage=_usage(text),
        full=integer(text, r"^[ \t]*Full capacity:"),
        design=integer(text, r"^[ \t]*Full design capacity:"),
        temperature=integer(text, r"^[ \t]*temperature:"),
    )


def _usage(text: str) -> int | None:
    saved = integer(text, r"^[ \t]*mSavedBatteryUsage:[ \t]*\[?")
    return saved if saved is not None else integer(text, r"DischargeLevelData efsValue:", last=True)
