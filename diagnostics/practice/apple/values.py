"""What lockdownd answers to GetValue, by domain; the key sets of a phone that is trusted and of one that is not."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from diagnostics.practice.apple.characters import Character, Ids

UNTRUSTED = frozenset(
    {
        "ActivationState", "BasebandCertId", "BasebandKeyHashInformation", "BasebandSerialNumber", "BasebandVersion",
        "BoardId", "BuildVersion", "CPUArchitecture", "ChipID", "DeviceClass", "DeviceColor", "DeviceName", "DieID",
        "HardwareModel", "HasSiDP", "HumanReadableProductVersionString", "PartitionType", "ProductName",
        "ProductType", "ProductVersion", "ProductionSOC", "ProtocolVersion", "SupportedDeviceFamilies",
        "TelephonyCapability", "UniqueChipID", "UniqueDeviceID", "UntrustedHostBUID", "WiFiAddress",
    }
)  # fmt: skip
"""The keys that a phone gives to a computer it does not trust (libimobiledevice #1199; seen over iOS 13 to 27)."""

BY_NAME_ONLY = frozenset({"DevicePublicKey", "DeviceEnclosureColor", "DeviceCertificate"})
"""Keys that answer when asked for, but are not in the list of all values."""

FMIP = "com.apple.fmip"
"""A domain that is empty as a whole; its key IsAssociated answers by name (libimobiledevice #275, #378)."""


def all_values(character: Character, ids: Ids, *, locked: bool) -> dict[str, Any]:
    """Return lockdown's default domain."""
    return {
        **_software(character),
        **_hardware(character, ids),
        **_radio(character, ids),
        **_state(character, locked=locked),
    }


def domain_values(character: Character, domain: str) -> dict[str, Any] | None:
    """Return another domain's values, or ``None`` for a domain that there is not."""
    makers: dict[str, Callable[[Character], dict[str, Any]]] = {
        "com.apple.disk_usage": _disk_usage,
        "com.apple.disk_usage.factory": _disk_usage_factory,
        "com.apple.mobile.battery": _battery,
        "com.apple.mobile.iTunes": lambda _: {
            "MinITunesVersion": "12.9",
            "ProductVersion": character.model["version"],
        },
        "com.apple.international": lambda _: dict(character.model["international"]),
        "com.apple.mobile.lockdown_cache": lambda _: {"ActivationState": character.owner["activation"]},
        "com.apple.mobile.internal": lambda _: {"IsInternal": False, "VoidWarranty": False},
        FMIP: lambda _: {"IsAssociated": character.owner["find_my"]},
    }
    maker = makers.get(domain)
    return None if maker is None else maker(character)


def nvram(character: Character) -> dict[str, bytes]:
    """Return the NVRAM variables, as bytes as the phone keeps them."""
    always = {"auto-boot": b"true", "backlight-level": b"1486", "boot-args": b""}
    return {**always, **{key: str(value).encode() for key, value in character.owner.get("nvram", {}).items()}}


def _software(character: Character) -> dict[str, Any]:
    model = character.model
    return {
        "BuildVersion": model["build"],
        "DeviceName": model["device_name"],
        "FirmwareVersion": model["firmware"],
        "HumanReadableProductVersionString": model["version"],
        "ProductName": "iPhone OS",
        "ProductVersion": model["version"],
        "ProtocolVersion": "2",
        "TimeIntervalSince1970": time.time(),
        "TimeZone": model["time_zone"],
        "Uses24HourClock": model["international"]["Locale"] != "en_US",
    }


def _hardware(character: Character, ids: Ids) -> dict[str, Any]:
    model = character.model
    return {
        "BoardId": model["board_id"],
        "CPUArchitecture": model["architecture"],
        "ChipID": model["chip_id"],
        "DeviceClass": character.device_class,
        "DeviceColor": model["colour"],
        "DieID": ids.ecid,
        "HardwareModel": model["hardware_model"],
        "HardwarePlatform": model["platform"],
        "HasSiDP": True,
        "MLBSerialNumber": ids.board_serial,
        "ModelNumber": model["part_number"],
        "PartitionType": "",
        "ProductType": model["product_type"],
        "ProductionSOC": True,
        "RegionInfo": model["region"],
        "SerialNumber": ids.serial,
        "SupportedDeviceFamilies": [1, 2] if character.device_class == "iPad" else [1],
        "UniqueChipID": ids.ecid,
        "UniqueDeviceID": ids.udid,
        "WiFiAddress": ids.wifi,
        "BluetoothAddress": ids.bluetooth,
    }


def _radio(character: Character, ids: Ids) -> dict[str, Any]:
    if not character.cellular:
        # An iPad12,1 of Wi-Fi alone says this one word; no key of a baseband, of a card or of an IMEI is there.
        return {"TelephonyCapability": False}
    sim = character.sim
    values = {
        "BasebandCertId": 3840149528,
        "BasebandKeyHashInformation": {"AKeyStatus": 2, "SKeyStatus": 0},
        "BasebandSerialNumber": ids.ecid.to_bytes(8, "big")[:4],
        "BasebandStatus": "BBInfoAvailable",
        "BasebandVersion": character.model["baseband"],
        "InternationalMobileEquipmentIdentity": ids.imei,
        "MobileEquipmentIdentifier": ids.imei[:14],
        "SIMStatus": sim.get("status", "kCTSIMSupportSIMStatusNotInserted"),
        "SIMTrayStatus": sim.get("tray", "kCTSIMSupportSIMTrayInsertedNoSIM"),
        "TelephonyCapability": True,
        "kCTPostponementStatus": sim.get("postponement", "kCTPostponementStatusActivated"),
    }
    if character.model.get("dual_sim", True):
        values["InternationalMobileEquipmentIdentity2"] = ids.imei2
    if bundle := sim.get("bundle"):
        values["CarrierBundleInfoArray"] = [dict(bundle)]
    return values


def _state(character: Character, *, locked: bool) -> dict[str, Any]:
    activation = character.owner["activation"]
    return {
        "ActivationState": activation,
        "ActivationStateAcknowledged": activation == "Activated",
        "BrickState": activation == "Unactivated",
        "HostAttached": True,
        "NonVolatileRAM": nvram(character),
        "PasswordProtected": locked,
        "TrustedHostAttached": True,
    }


def _disk_usage(character: Character) -> dict[str, Any]:
    total, free = character.model["total_bytes"], character.model["free_bytes"]
    system = character.model["system_bytes"]
    return {
        "AmountDataAvailable": free,
        "AmountDataReserved": 209715200,
        "AmountRestoreAvailable": free + 2_000_000_000,
        "CalendarUsage": 0,
        "CameraUsage": 0,
        "TotalDataAvailable": free + character.model.get("purgeable_bytes", 0),
        "TotalDataCapacity": total - system,
        "TotalDiskCapacity": total,
        "TotalSystemAvailable": 0,
        "TotalSystemCapacity": system,
    }


def _disk_usage_factory(character: Character) -> dict[str, Any]:
    keys = ("TotalDataAvailable", "TotalDataCapacity", "TotalDiskCapacity", "TotalSystemCapacity")
    usage = _disk_usage(character)
    return {key: usage[key] for key in keys}


def _battery(character: Character) -> dict[str, Any]:
    level = character.battery["level"]
    return {
        "BatteryCurrentCapacity": level,
        "BatteryIsCharging": level < 100,  # noqa: PLR2004  percent
        "ExternalChargeCapable": True,
        "ExternalConnected": True,
        "FullyCharged": level == 100,  # noqa: PLR2004
        "GasGaugeCapability": True,
        "HasBattery": True,
    }


def visible(values: Mapping[str, Any], *, trusted: bool) -> dict[str, Any]:
    """Return what the list of all values shows."""
    return {key: value for key, value in values.items() if trusted or key in UNTRUSTED}
