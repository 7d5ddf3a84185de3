"""Every command that is ever sent to an Android phone.

They only read. Adding one is a matter for review: no setting, no activity, no property and no file of a phone is
written, and a test compares what practice phones were sent with this list. ``dumpsys diskstats`` is left out on
purpose, because it measures the storage by writing a small file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

OLDEST_SDK = 0
NEWEST_SDK = 10_000
_ANDROID_5_1 = 22
_ANDROID_9 = 28
_ANDROID_10 = 29
_ANDROID_11 = 30
_ANDROID_12L = 32
_ANDROID_13 = 33
_ANDROID_14 = 34
_ANDROID_15 = 35


@dataclass(frozen=True, slots=True)
class Command:
    """One command and the systems that know it.

    Attributes:
        id: What its answer is called; letters and underscores.
        text: As the phone's shell gets it.
        since: The first Android (as SDK number) that is asked.
        until: The last one.
        head_only: Whether the beginning of a very long answer says all that is wanted.
    """

    id: str
    text: str
    since: int = OLDEST_SDK
    until: int = NEWEST_SDK
    head_only: bool = False

    def suits(self, sdk: int | None) -> bool:
        """Return whether a phone of this SDK number is asked; where the number is unknown, all are."""
        return sdk is None or self.since <= sdk <= self.until


_POWER = "cat /sys/class/power_supply"
# AOSP's IPhoneSubInfo.aidl of Android 5.1 to 10: getDeviceIdForPhone(int phoneId, String callingPackage), a getter. In
# Android 11 another one moved in before it.
_IMEI_OF_SLOT = "service call iphonesubinfo 3 i32 {slot} s16 com.android.shell"

FAST: tuple[Command, ...] = (
    Command("getprop", "getprop"),
    Command("battery", "dumpsys battery"),
    Command("df", "df -k /data"),
    Command("meminfo", "cat /proc/meminfo"),
)
"""What the first card needs; under half a second on a real phone."""

MEDIUM: tuple[Command, ...] = (
    Command("health_hal", "dumpsys android.hardware.health.IHealth/default", since=_ANDROID_13),
    Command(
        "health_hidl", "lshal debug android.hardware.health@2.1::IHealth/default", _ANDROID_11, _ANDROID_12L
    ),
    Command(
        "health_hidl_old", "lshal debug android.hardware.health@2.0::IHealth/default", _ANDROID_9, _ANDROID_10
    ),
    Command("sys_full", f"{_POWER}/battery/charge_full"),
    Command("sys_design", f"{_POWER}/battery/charge_full_design"),
    Command("sys_cycles", f"{_POWER}/battery/cycle_count"),
    Command("account", "dumpsys account"),
    Command("owners", "dpm list-owners", since=_ANDROID_11),
    Command("policy", "dumpsys device_policy"),
    Command("lock_settings", "dumpsys lock_settings", since=_ANDROID_10),
    Command("trust", "dumpsys trust"),
    Command("setup", "settings get secure user_setup_complete"),
    Command("provisioned", "settings get global device_provisioned"),
    Command("frp", "dumpsys persistent_data_block", since=_ANDROID_15),
    Command("which_su", "which su"),
    Command("packages", "pm list packages"),
    Command("imei", "service call iphonesubinfo 1", until=_ANDROID_9),
    Command("imei_first", _IMEI_OF_SLOT.format(slot=0), _ANDROID_5_1, _ANDROID_9),
    Command("imei_second", _IMEI_OF_SLOT.format(slot=1), _ANDROID_5_1, _ANDROID_9),
)
"""What takes a good second: the health HAL and the locks."""

SLOW: tuple[Command, ...] = (
    Command("bms_full", f"{_POWER}/bms/charge_full"),
    Command("bms_design", f"{_POWER}/bms/charge_full_design"),
    Command("bms_cycles", f"{_POWER}/bms/cycle_count"),
    Command("maxfg_full", f"{_POWER}/maxfg/charge_full"),
    Command("maxfg_design", f"{_POWER}/maxfg/charge_full_design"),
    Command("maxfg_cycles", f"{_POWER}/maxfg/cycle_count"),
    Command("oplus_soh", "cat /sys/class/oplus_chg/battery/battery_soh"),
    Command(
        "health_hidl_kept", "lshal debug android.hardware.health@2.1::IHealth/default", since=_ANDROID_13
    ),
    Command("batterystats", "dumpsys batterystats", head_only=True),
)
"""Asked only where no health was found before; a phone that was sold with Android 11 or 12 keeps that HAL for ever."""

CYCLES: tuple[Command, ...] = (
    Command(
        "broadcast", "dumpsys activity broadcasts | grep -F android.os.extra.CYCLE_COUNT", since=_ANDROID_14
    ),
)
"""Asked only where nothing else counted cycles; the phone itself keeps back all but the battery's lines."""

REVIEWED: frozenset[str] = frozenset(command.text for command in (*FAST, *MEDIUM, *SLOW, *CYCLES))
"""The whole listed set, as texts."""

BY_ID: Mapping[str, Command] = {command.id: command for command in (*FAST, *MEDIUM, *SLOW, *CYCLES)}
"""Each command by what its answer is called."""
