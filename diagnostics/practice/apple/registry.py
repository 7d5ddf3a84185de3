"""What diagnostics_relay reads from the phone: the IORegistry's entries, the gas gauge and MobileGestalt.

The shape of the battery's entry follows the reports in libimobiledevice #1095 and the published PowerManagement source:
the true capacities stand both at the top level and in BatteryData, and MaxCapacity is 100 since iOS 12.2 (#765).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from diagnostics.practice.apple.characters import Character, Ids
from diagnostics.practice.apple.values import nvram

BATTERY_CLASSES = frozenset({"IOPMPowerSource"})
GESTALT_DIED = (17, 4)
MILLIVOLT = 3911


def entry(character: Character, ids: Ids, name: str | None, entry_class: str | None) -> dict[str, Any] | None:
    """Return an IORegistry entry by name or class; ``None`` when there is none."""
    driver = character.battery["driver"]
    if driver in (name, entry_class) or entry_class in BATTERY_CLASSES:
        return battery(character, ids)
    if name == "device-tree":
        return device_tree(character, ids)
    if name == "options":
        return dict(nvram(character))
    return None


def battery(character: Character, ids: Ids) -> dict[str, Any]:
    """Return the battery's registry entry."""
    facts = character.battery
    level, raw = facts["level"], facts["raw_mah"]
    top = {
        "AppleRawBatteryVoltage": MILLIVOLT,
        "AppleRawCurrentCapacity": raw * level // 100,
        "AtCriticalLevel": False,
        "BatteryData": _battery_data(character, ids),
        "BatteryInstalled": True,
        "CurrentCapacity": level,
        "ExternalChargeCapable": True,
        "ExternalConnected": True,
        "FullyCharged": level == 100,  # noqa: PLR2004  percent
        "IOClass": facts["driver"],
        "InstantAmperage": 412,
        "IsCharging": level < 100,  # noqa: PLR2004
        "MaxCapacity": 100,
        "Temperature": 2780,
        "TimeRemaining": 65535,
        "Voltage": MILLIVOLT,
        "built-in": True,
        **_capacities(facts),
    }
    return _with_serial(top, "Serial", ids)


def _battery_data(character: Character, ids: Ids) -> dict[str, Any]:
    facts = character.battery
    data = {
        "AlgoChemID": 12614,
        "ChemID": 12614,
        "MaxCapacity": facts["raw_mah"],
        "StateOfCharge": facts["level"],
        "Voltage": MILLIVOLT,
        "LifetimeData": {"MaximumTemperature": 412, "MinimumTemperature": 18},
        **_capacities(facts),
    }
    return _with_serial(data, "BatterySerialNumber", ids)


def _capacities(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "AppleRawMaxCapacity": facts["raw_mah"],
        "CycleCount": facts["cycles"],
        "DesignCapacity": facts["design_mah"],
        "NominalChargeCapacity": facts["nominal_mah"],
    }


def _with_serial(table: dict[str, Any], key: str, ids: Ids) -> dict[str, Any]:
    return {**table, key: ids.battery_serial} if ids.battery_serial else table


def device_tree(character: Character, ids: Ids) -> dict[str, Any]:
    """Return the root of the device tree; texts are bytes that end in NUL."""
    model = character.model
    return {
        "compatible": _text(model["hardware_model"]) + _text(model["product_type"]) + _text("AppleARM"),
        "model": _text(model["product_type"]),
        "name": _text("device-tree"),
        "region-info": _text(model["region"]),
        "regulatory-model-number": _text(model["regulatory_number"]),
        "serial-number": _text(ids.serial),
        "model-number": _text(model["part_number"]),
    }


def _text(value: str) -> bytes:
    return value.encode() + b"\0"


def gas_gauge(character: Character) -> dict[str, Any]:
    """Return the old gauge; its full charge is 100 on every iOS since 12.2 (libimobiledevice #765, #1068)."""
    facts = character.battery
    full = 100 if character.version >= (12, 2) else facts["raw_mah"]
    return {
        "CycleCount": facts["cycles"],
        "DesignCapacity": facts["design_mah"],
        "FullChargeCapacity": full,
        "Status": "Success",
    }


def gestalt(character: Character, ids: Ids, keys: Sequence[str]) -> dict[str, Any]:
    """Return MobileGestalt's answer; from iOS 17.4 it is only a word that says so (pymobiledevice3 #816)."""
    if character.version >= GESTALT_DIED:
        return {"Status": "MobileGestaltDeprecated"}
    model = character.model
    known = {
        "MarketingNameString": model["marketing_name"],
        "ModelNumber": model["part_number"],
        "PasswordConfigured": True,
        "ProductType": model["product_type"],
        "RegulatoryModelNumber": model["regulatory_number"],
        "SerialNumber": ids.serial,
        "UniqueDeviceID": ids.udid,
    }
    return {"Status": "Success", **{key: known[key] for key in keys if key in known}}
