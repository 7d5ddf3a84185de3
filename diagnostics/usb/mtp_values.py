"""Puts what a phone told over MTP into its reading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from diagnostics.android.naming import table_name
from diagnostics.android.rules import is_serial, rules
from diagnostics.android.storage import LEAST_BYTES, MOST_BYTES, box_size
from diagnostics.building import ReadingBuilder
from diagnostics.model import Quality, State
from diagnostics.usb.mtp import MtpFacts
from diagnostics.usb.mtp_datasets import DeviceInfo, Storage
from diagnostics.usb.pipe import PipeError

_INFO = "MTP GetDeviceInfo"
_STORAGE = "MTP GetStorageInfo"
_BATTERY = "MTP GetDevicePropValue 5001"
_SIZES = ("storage.capacity_gb", "storage.total_bytes", "storage.free_bytes")
# Android up to 6 tells the phone's own serial; later ones make this up once (android.mtp.MtpServer, "mtp-id").
_MADE_UP = re.compile(r"[0-9a-fA-F]{32}")
_FULL = 100


def fill(builder: ReadingBuilder, facts: MtpFacts) -> None:
    """Put what was told, and say of the rest why it was not.

    No storages at all mean a locked screen, or a phone that is only charging: the state says so then.
    """
    if facts.info is not None:
        _fill_identity(builder, facts.info)
    _fill_storage(builder, facts)
    _fill_battery(builder, facts)


def explain(builder: ReadingBuilder, error: PipeError) -> None:
    """Say why nothing could be asked."""
    for name in (*_SIZES, "battery.level_percent"):
        _why(builder, name, error)


def _why(builder: ReadingBuilder, name: str, error: PipeError) -> None:
    builder.problem(name, error.code, **({"detail": error.detail} if error.code == "protocol_error" else {}))


def _fill_identity(builder: ReadingBuilder, info: DeviceInfo) -> None:
    if maker := info.maker.strip():
        name = rules("makers").get(maker.lower(), maker)
        builder.put("identity.manufacturer", name, f"{_INFO} Manufacturer", raw=info.maker)
    if "android.com" in info.extension:
        builder.put("identity.os", "Android", f"{_INFO} VendorExtensionDesc", raw=info.extension)
    _fill_model(builder, info)
    _fill_serial(builder, info.serial)


def _fill_model(builder: ReadingBuilder, info: DeviceInfo) -> None:
    """Put the name: Android tells ro.product.model, which is the name itself for some makers, else in our tables."""
    code, source = info.model.strip(), f"{_INFO} Model"
    if not code:
        return
    builder.put("identity.model_code", code, source, raw=info.model)
    if re.match(rules("names")["model_is_name"], code):
        builder.put("identity.model", code, source, raw=info.model)
    elif known := table_name(code, ""):
        builder.put("identity.model", known.name, known.source, raw=info.model, quality=Quality.ESTIMATE)
    else:
        builder.put("identity.model", code, source, raw=info.model, quality=Quality.HINT)


def _fill_serial(builder: ReadingBuilder, serial: str) -> None:
    """Put the serial as a hint where the bus told none; beside what the bus told it is only a witness."""
    source = f"{_INFO} SerialNumber"
    ours = is_serial(serial) and not _MADE_UP.fullmatch(serial)
    if builder.has("identity.serial") or not ours:
        if serial:
            quality = Quality.HINT if ours else Quality.REJECTED
            builder.witness("identity.serial", "mtp", source, raw=serial, quality=quality)
        return
    builder.put("identity.serial", serial, source, raw=serial, quality=Quality.HINT)


def _fill_storage(builder: ReadingBuilder, facts: MtpFacts) -> None:
    if facts.storages is None:
        fault = facts.fault("storages")
        assert fault is not None, "what was not told has a reason"
        for name in _SIZES:
            _why(builder, name, fault)
    elif not facts.storages:
        _charging_only(builder)
    elif storage := _main(facts.storages):
        _fill_sizes(builder, storage)
    else:
        for name in _SIZES:  # a card tells nothing of the phone
            builder.problem(name, "absent")


def _charging_only(builder: ReadingBuilder) -> None:
    """Let the next step be the one that shows the storages, in place of what the bus alone told of the phone."""
    builder.state = State.CHARGING_ONLY
    builder.forget("")
    builder.problem("", "charging_only")
    for name in _SIZES:
        builder.problem(name, "charging_only")


def _main(storages: Sequence[Storage]) -> Storage | None:
    return max((one for one in storages if one.built_in), key=lambda one: one.capacity, default=None)


def _fill_sizes(builder: ReadingBuilder, storage: Storage) -> None:
    raw = f"{storage.name}: {storage.free} of {storage.capacity}"
    if not LEAST_BYTES <= storage.capacity <= MOST_BYTES:
        for name in _SIZES:
            builder.reject(name, _STORAGE, raw=raw)
        return
    builder.put("storage.total_bytes", storage.capacity, f"{_STORAGE} MaxCapacity", raw=raw)
    box = box_size(storage.capacity)
    if box:
        source = f"smallest box that holds the storage ({_STORAGE})"
        builder.put("storage.capacity_gb", box, source, raw=raw, quality=Quality.ESTIMATE)
    else:
        builder.reject("storage.capacity_gb", _STORAGE, raw=raw)
    _fill_free(builder, storage, raw)


def _fill_free(builder: ReadingBuilder, storage: Storage, raw: str) -> None:
    source = f"{_STORAGE} FreeSpaceInBytes"
    if storage.free <= storage.capacity:
        builder.put("storage.free_bytes", storage.free, source, raw=raw, quality=Quality.ESTIMATE)
    else:
        builder.reject("storage.free_bytes", source, raw=raw)


def _fill_battery(builder: ReadingBuilder, facts: MtpFacts) -> None:
    """Put the level. Responders that do not know it offer it and say 0, so 0 is no level."""
    name, level = "battery.level_percent", facts.battery
    if level is None:
        fault = facts.fault("battery")
        _why(builder, name, fault) if fault else builder.problem(name, "absent")
    elif level == 0:
        builder.witness(name, "mtp", _BATTERY, raw="0x00", quality=Quality.REJECTED)
        builder.problem(name, "absent")
    elif level <= _FULL:
        builder.put(name, level, _BATTERY, raw=str(level))
    else:
        builder.reject(name, _BATTERY, raw=str(level))
