"""What the health HAL prints of itself (AOSP hardware/interfaces/health: aidl Health::dump, 2.1 HealthImpl debug)."""

from __future__ import annotations

from diagnostics.practice.android.phone import Battery, HealthHal, PracticeAndroid

HIDL_SERVICES = (
    "android.hardware.health@2.1::IHealth/default",
    "android.hardware.health@2.0::IHealth/default",
)
HEALTH_SERVICE = "android.hardware.health.IHealth/default"
_STATUS = {1: "UNKNOWN", 2: "CHARGING", 3: "DISCHARGING", 4: "NOT_CHARGING", 5: "FULL"}
_HEALTH = {1: "UNKNOWN", 2: "GOOD", 3: "OVERHEAT", 4: "DEAD", 5: "OVER_VOLTAGE", 7: "COLD"}
_HIDL, _AIDL = 28, 33
_WITH_DESIGN = 30  # android.hardware.health@2.1, the first that tells the design capacity
_WITH_STATES = 34


def health_dump(phone: PracticeAndroid) -> str | None:
    """Return the health HAL's own dump; ``None`` before Android 13, and where the character has no HAL that answers."""
    battery = phone.character.battery
    if battery.hal is None or _is_hidl(battery.hal, phone.character.sdk):
        return None
    body = ", ".join(f"{k}: {v}" for k, v in _fields(battery, battery.hal, phone.character.sdk).items())
    return _monitor(battery, battery.hal) + f"\ngetHealthInfo -> HealthInfo{{{body}}}"


def _is_hidl(hal: HealthHal, sdk: int) -> bool:
    return hal.hidl or sdk < _AIDL


def _monitor(battery: Battery, hal: HealthHal) -> str:
    return (
        "ac: 0 usb: 1 wireless: 0 dock: 0 current_max: 500000 voltage_max: 5000000\n"
        f"status: {battery.status} health: {battery.health} present: 1\n"
        f"level: {battery.level} voltage: {battery.voltage_mv} temp: {battery.temperature}\n"
        f"current now: {battery.current_ma}\n"
        f"charge counter: {battery.counter_uah}\n"
        f"cycle count: {hal.cycles}\n"
        f"Full charge: {hal.full_uah}\n"
    )


def _fields(battery: Battery, hal: HealthHal, sdk: int) -> dict[str, object]:
    fields: dict[str, object] = {
        "chargerAcOnline": "false",
        "chargerUsbOnline": "true",
        "chargerWirelessOnline": "false",
        "chargerDockOnline": "false",
        "maxChargingCurrentMicroamps": 500000,
        "maxChargingVoltageMicrovolts": 5000000,
        "batteryStatus": _STATUS.get(battery.status, battery.status),
        "batteryHealth": _HEALTH.get(battery.health, battery.health),
        "batteryPresent": "true",
        "batteryLevel": battery.level,
        "batteryVoltageMillivolts": battery.voltage_mv,
        "batteryTemperatureTenthsCelsius": battery.temperature,
        "batteryCurrentMicroamps": battery.current_ma,
        "batteryCycleCount": hal.cycles,
        "batteryFullChargeUah": hal.full_uah,
        "batteryChargeCounterUah": battery.counter_uah,
        "batteryTechnology": battery.technology,
        "batteryCurrentAverageMicroamps": 0,
        "diskStats": "[]",
        "storageInfos": "[]",
        "batteryCapacityLevel": "NORMAL",
        "batteryChargeTimeToFullNowSeconds": -1,
        "batteryFullChargeDesignCapacityUah": hal.design_uah,
    }
    if sdk >= _WITH_STATES:
        fields |= {
            "chargingState": "NORMAL",
            "chargingPolicy": "DEFAULT",
            "batteryHealthData": _health_data(hal),
        }
    return fields


def _health_data(hal: HealthHal) -> str:
    if hal.state_of_health is None:
        return "(null)"
    return (
        f"BatteryHealthData{{batteryManufacturingDateSeconds: {hal.made}, "
        f"batteryFirstUsageSeconds: {hal.first_used}, batteryStateOfHealth: {hal.state_of_health}}}"
    )


def hidl_health_dump(phone: PracticeAndroid) -> str | None:
    """Return what ``lshal debug`` prints of a HIDL HAL (sold with Android 9 to 12); ``None`` without one."""
    battery = phone.character.battery
    sdk = phone.character.sdk
    if battery.hal is None or sdk < _HIDL or not _is_hidl(battery.hal, sdk) or not phone.booted:
        return None
    status = _STATUS.get(battery.status, battery.status)
    health = _HEALTH.get(battery.health, battery.health)
    oldest = (
        ".chargerAcOnline = false, .chargerUsbOnline = true, .chargerWirelessOnline = false, "
        ".maxChargingCurrent = 500000, .maxChargingVoltage = 5000000, "
        f".batteryStatus = {status}, .batteryHealth = {health}, "
        f".batteryPresent = true, .batteryLevel = {battery.level}, .batteryVoltage = {battery.voltage_mv}, "
        f".batteryTemperature = {battery.temperature}, .batteryCurrent = {battery.current_ma}, "
        f".batteryCycleCount = {battery.hal.cycles}, .batteryFullCharge = {battery.hal.full_uah}, "
        f'.batteryChargeCounter = {battery.counter_uah}, .batteryTechnology = "{battery.technology}"'
    )
    older = f"{{{oldest}}}, .batteryCurrentAverage = 0, .diskStats = [0]{{}}, .storageInfos = [0]{{}}"
    rest = (
        ".batteryCapacityLevel = NORMAL, .batteryChargeTimeToFullNowSeconds = -1, "
        f".batteryFullChargeDesignCapacityUah = {battery.hal.design_uah}"
    )
    body = older if sdk < _WITH_DESIGN else f"{{.legacy = {{.legacy = {older}}}, {rest}}}"
    return _monitor(battery, battery.hal) + f"\ngetHealthInfo -> {body}\n"
