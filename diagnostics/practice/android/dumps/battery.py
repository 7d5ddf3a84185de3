"""``dumpsys battery`` (AOSP BatteryService.dumpInternal, with Samsung's and Motorola's lines) and ``batterystats``."""

from __future__ import annotations

from diagnostics.practice.android.phone import Battery, PracticeAndroid, SamsungGauge

_CAPACITY_LEVEL = 35  # Android 15 prints "Capacity level", which a loose search for "level:" finds
_STATES = 34  # Android 14 prints the charging state and policy
_DOCK = 33
_COUNTER = 26
_NO_SIMULATION = 30  # older ones of Samsung print what they simulate


def battery_dump(phone: PracticeAndroid) -> str:
    """Return the battery service's state."""
    battery, sdk = phone.character.battery, phone.character.sdk
    stopped = ["  (UPDATES STOPPED -- use 'reset' to restart)"] if battery.updates_stopped else []
    lines = ["Current Battery Service state:", *stopped, *_power(sdk), *_measured(battery, sdk)]
    if battery.samsung is not None:
        lines += _samsung(battery, battery.samsung, sdk)
    if battery.maker_full_uah:
        lines += _motorola(battery)
    return "\n".join([*lines, *battery.service_lines]) + "\n"


def _power(sdk: int) -> list[str]:
    lines = ["  AC powered: false", "  USB powered: true", "  Wireless powered: false"]
    lines += ["  Dock powered: false"] if sdk >= _DOCK else []
    lines.append("  Max charging current: 500000")
    if sdk >= _CAPACITY_LEVEL:
        sent = "was sent via battery changed broadcast: 2741983"
        lines.append(f" Time when the latest updated value of the Max charging current {sent}")
    return [*lines, "  Max charging voltage: 5000000"]


def _measured(battery: Battery, sdk: int) -> list[str]:
    lines = [f"  Charge counter: {battery.counter_uah}"] if sdk >= _COUNTER else []
    lines += [
        f"  status: {battery.status}",
        f"  health: {battery.health}",
        "  present: true",
        f"  level: {battery.level}",
        "  scale: 100",
        f"  voltage: {battery.voltage_mv}",
    ]
    if sdk >= _CAPACITY_LEVEL:
        sent = "the voltage was sent via battery changed broadcast: 2741983"
        lines.append(f" Time when the latest updated value of {sent}")
        lines.append(
            f" The last voltage value sent via the battery changed broadcast: {battery.voltage_mv + 12}"
        )
    lines += [f"  temperature: {battery.temperature}", f"  technology: {battery.technology}"]
    lines += ["  Charging state: 1", "  Charging policy: 1"] if sdk >= _STATES else []
    return lines + (["  Capacity level: 3"] if sdk >= _CAPACITY_LEVEL else [])


def _motorola(battery: Battery) -> list[str]:
    return [
        "  vbus state: false",
        "  lpd state: false",
        "  cid state: 0",
        f"  Full capacity: {battery.maker_full_uah}",
        f"  Full design capacity: {battery.maker_design_uah}",
        "  charge watt: 0",
        "  last charge watt: 0",
    ]


def _samsung(battery: Battery, gauge: SamsungGauge, sdk: int) -> list[str]:
    lines = ["  batterySWSelfDischarging: false"] if sdk < _NO_SIMULATION else []
    lines += [
        "  batteryMiscEvent: 65536",
        "  batteryCurrentEvent: 0",
        "  mSecPlugTypeSummary: 2",
        "  LED Charging: true",
        "  LED Low Battery: true",
        f"  current now: {battery.current_ma}",
        f"  charge counter: {battery.counter_uah}",
        "  Adaptive Fast Charging Settings: true",
        "  Super Fast Charging Settings: true" if sdk >= _NO_SIMULATION else "USE_FAKE_BATTERY: false",
        "FEATURE_WIRELESS_FAST_CHARGER_CONTROL: true",
        "  mWasUsedWirelessFastChargerPreviously: true",
        "  mWirelessFastChargingSettingsEnable: true",
        f"LLB CAL: {gauge.calibrated}",
        "LLB MAN: ",
        "LLB CURRENT: YEAR2026M10D19",
        "LLB DIFF: 155",
        "SEC_FEATURE_BATTERY_FULL_CAPACITY: true",
        "  mFullCapacityEnable: false",
        "FEATURE_HICCUP_CONTROL: true",
        "FEATURE_SUPPORTED_DAILY_BOARD: false",
        "SEC_FEATURE_USE_WIRELESS_POWER_SHARING: true",
    ]
    lines += [" mProtectBatteryMode: 0", " mProtectionThreshold: 100"] if sdk >= _STATES else []
    if gauge.style == "efs":
        lines += _log_buffer(gauge)
    return [*lines, *_backup(gauge)]


def _log_buffer(gauge: SamsungGauge) -> list[str]:
    values = {
        "QrData": "GH43-05165A+DL1W905AS+00278N",
        "FirstUseDateData": gauge.first_use,
        "AsocData": gauge.asoc,
        "DischargeLevelData": gauge.usage,
    }
    times = (f"10-19 09:12:{23 + n // 10}.{(170 + 11 * n) % 1000}" for n in range(len(values)))
    rows = (
        f"{at}  [SS][BattInfo]{name} efsValue:{value}    "
        for at, (name, value) in zip(times, values.items(), strict=True)
    )
    return ["[BattInfoLogBuffer]", *rows]


def _backup(gauge: SamsungGauge) -> list[str]:
    mark = "[{}]" if gauge.style == "bracket" else "{}"
    told = gauge.style != "efs"
    lines = ["BatteryInfoBackUp"]
    lines += [f"  mSavedBatteryAsoc: {mark.format(gauge.asoc)}"] if told and gauge.asoc else []
    lines += [
        f"  mSavedBatteryMaxTemp: {gauge.max_temperature}",
        f"  mSavedBatteryMaxCurrent: {gauge.max_current}",
    ]
    lines += [f"  mSavedBatteryUsage: {mark.format(gauge.usage)}"] if told and gauge.usage else []
    lines += [f"  battery FirstUseDate: [{gauge.first_use}]"] if told and gauge.first_use else []
    lines += [f"  mSavedBatteryBsoh: {gauge.bsoh}"] if gauge.bsoh else []
    lines += [f"  battery IcAuthenticationResults: [{gauge.authentic}]"] if gauge.authentic else []
    return [*lines, "  FEATURE_SAVE_BATTERY_CYCLE: true", "  SEC_FEATURE_PREVENT_SWELLING: false"]


def battery_statistics_dump(phone: PracticeAndroid) -> str:
    """Return the head of the battery statistics (AOSP BatteryStats.dumpLocked)."""
    battery = phone.character.battery
    lines = [
        "Battery History [Format: 1] (2% used, 95KB used of 4096KB, 209 strings using 21KB):",
        f"                    0 (15) RESET:TIME: 2026-10-18-21-40-02 {battery.level:03d} status=charging",
        "",
        "Statistics since last charge:",
        "  System starts: 0, currently on battery: false",
        f"  Estimated battery capacity: {battery.design_mah} mAh",
    ]
    if battery.learned_mah:
        bounds = {"Last": 0, "Min": -37, "Max": 24}
        lines += [
            f"  {name} learned battery capacity: {battery.learned_mah + n} mAh" for name, n in bounds.items()
        ]
    lines += ["  Time on battery: 4h 12m 9s 351ms (41.2%) realtime, 1h 3m 51s 72ms (10.4%) uptime", ""]
    return "\n".join(lines) + "\n"
