"""``dumpsys battery``: AOSP's lines, and what Samsung and Motorola add to them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from diagnostics.android.parsers.numbers import integer

_HEADING = "Battery Service state:"
_FULL = 5
_FIRST_USE = re.compile(
    r"^[ \t]*battery FirstUseDate: ?\[?(\w{1,20})|FirstUseDateData efsValue:(\w{1,20})|mParseNtpTime[=:] ?(\w{1,20})",
    re.MULTILINE,
)
_MADE = re.compile(r"^[ \t]*LLB MAN:[ \t]*(\w{1,20})", re.MULTILINE)
_CALIBRATED = re.compile(r"^[ \t]*LLB CAL:[ \t]*(\w{1,20})", re.MULTILINE)


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
        first_use: Samsung's or HyperOS' day of the first use, ``YYYYMMDD`` or whatever stands there.
        made: Samsung's day on which the cell was made (``LLB MAN``, which is empty as a rule).
        calibrated: Samsung's day on which the cell was calibrated in the factory (``LLB CAL``).
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
    first_use: str = ""
    made: str = ""
    calibrated: str = ""

    @property
    def is_full(self) -> bool:
        """Whether the phone says that charging is done."""
        return self.status == _FULL


def parse(text: str) -> BatteryDump:
    """Return what the dump says.

    Labels are taken at the start of a line only: Android 15 prints ``Capacity level: 3`` too, and Samsung repeats
    ``charge counter`` and voltages in its logs (clusterfuzz #4300). What does not begin as AOSP's dump does is the
    answer to something else, whatever its lines look like.
    """
    if _HEADING not in text:
        return BatteryDump()
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
        first_use=_word(_FIRST_USE, text),
        made=_word(_MADE, text),
        calibrated=_word(_CALIBRATED, text),
    )


def _word(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return next((group for group in match.groups() if group), "") if match else ""


def _usage(text: str) -> int | None:
    saved = integer(text, r"^[ \t]*mSavedBatteryUsage:[ \t]*\[?")
    return saved if saved is not None else integer(text, r"DischargeLevelData efsValue:", last=True)
