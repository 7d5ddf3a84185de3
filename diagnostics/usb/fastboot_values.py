"""Puts what a phone told in fastboot into its reading."""

from __future__ import annotations

from diagnostics.android.rules import is_serial
from diagnostics.building import ReadingBuilder
from diagnostics.model import LockState, Quality
from diagnostics.usb.fastboot import FastbootFacts
from diagnostics.usb.pipe import PipeError

_LOCK = "locks.bootloader"
_STATES = {"yes": LockState.OFF, "no": LockState.ON, "true": LockState.OFF, "false": LockState.ON}


def fill(builder: ReadingBuilder, facts: FastbootFacts) -> None:
    """Put what was told, and say why the lock of the bootloader was not."""
    told = {name: value for name, value in facts.values.items() if value}
    if serial := told.get("serialno"):
        _fill_serial(builder, serial)
    if product := told.get("product"):
        # The board's name, which some makers share among models: which phone it is is not proved by it.
        source = "fastboot getvar product"
        builder.put("identity.model_code", product, source, raw=product, quality=Quality.HINT)
    for variable, beside in (("variant", "identity.model_code"), ("is-userspace", _LOCK)):
        _fill_beside(builder, beside, variable, told)
    _fill_beside(builder, "battery.level_percent", "battery-voltage", told)
    _fill_lock(builder, facts)


def explain(builder: ReadingBuilder, error: PipeError) -> None:
    """Say why nothing could be asked."""
    builder.problem(_LOCK, error.code, **({"detail": error.detail} if error.code == "protocol_error" else {}))


def _fill_serial(builder: ReadingBuilder, serial: str) -> None:
    source = "fastboot getvar serialno"
    if not is_serial(serial):
        builder.reject("identity.serial", source, raw=serial)
    elif builder.has("identity.serial"):
        builder.witness("identity.serial", "fastboot", source, raw=serial, quality=Quality.EXACT)
    else:
        builder.put("identity.serial", serial, source, raw=serial)


def _fill_beside(builder: ReadingBuilder, name: str, variable: str, told: dict[str, str]) -> None:
    if value := told.get(variable):
        by, source = variable.replace("-", "_"), f"fastboot getvar {variable}"
        # The variable's name is kept with it, so that a voltage is not shown as a percentage.
        builder.witness(name, by, source, raw=f"{variable}: {value}", quality=Quality.HINT)


def _fill_lock(builder: ReadingBuilder, facts: FastbootFacts) -> None:
    """Put the bootloader's lock: on is locked, as it was sold."""
    source = "fastboot getvar unlocked"
    value = facts.values.get("unlocked")
    if value is None:
        explain(builder, facts.ended) if facts.ended else builder.problem(_LOCK, "absent")
    elif state := _STATES.get(value.lower()):
        builder.put(_LOCK, state, source, raw=value)
    else:
        builder.reject(_LOCK, source, raw=value, code="unknown_answer")
