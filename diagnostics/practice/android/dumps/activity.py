"""``dumpsys activity broadcasts`` (AOSP ActivityManagerService.dumpBroadcastsLocked): what stays (sticky), in short."""

from __future__ import annotations

from diagnostics.practice.android.phone import Battery, PracticeAndroid

_WITH_CYCLES = 34


def broadcasts_dump(phone: PracticeAndroid) -> str:
    """Return the broadcasts; from Android 14 on that of the battery tells its cycles."""
    battery, sdk = phone.character.battery, phone.character.sdk
    cycles = f"android.os.extra.CYCLE_COUNT={_cycles(battery)}, " if sdk >= _WITH_CYCLES else ""
    return (
        "ACTIVITY MANAGER BROADCAST STATE (dumpsys activity broadcasts)\n"
        "  Registered Receivers:\n  Historical broadcasts [background]:\n"
        "  Sticky broadcasts for user -1:\n"
        "  * Sticky action android.intent.action.BATTERY_CHANGED:\n"
        "    Intent: act=android.intent.action.BATTERY_CHANGED flg=0x60000010\n"
        f"      Bundle[{{technology={battery.technology}, icon-small=17303919, max_charging_voltage=5000000, "
        f"health={battery.health}, max_charging_current=500000, status={battery.status}, plugged=2, present=true, "
        f"seq=1343, charge_counter={battery.counter_uah}, level={battery.level}, scale=100, "
        f"temperature={battery.temperature}, voltage={battery.voltage_mv}, {cycles}invalid_charger=0, "
        "battery_low=false}]\n"
        "  * Sticky action android.intent.action.DOCK_EVENT:\n"
        "    Intent: act=android.intent.action.DOCK_EVENT flg=0x60000010\n"
    )


def _cycles(battery: Battery) -> int:
    if battery.broadcast_cycles >= 0:
        return battery.broadcast_cycles
    return battery.hal.cycles if battery.hal is not None else 0
