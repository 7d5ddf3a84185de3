"""Which phone it is, from lockdown's default domain, and its A-number from wherever it can be had."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from diagnostics.apple.names import NONE, Names, is_housing
from diagnostics.apple.tables import (
    Known,
    a_number,
    colour_of_enclosure,
    colour_of_part,
    model_name,
    sold_as,
)
from diagnostics.apple.values import mapping, text_of
from diagnostics.building import ReadingBuilder
from diagnostics.imei import is_imei
from diagnostics.model import Quality
from diagnostics.text import plain

ENCLOSURE = "DeviceEnclosureColor"
GESTALT_DIED = (17, 4)
DEVICE_TREE, GESTALT = "regulatory-model-number", "RegulatoryModelNumber"
_MODEL, _PART, _REGION = "identity.model_code", "identity.part_number", "identity.region"
_PLAIN: Final[Mapping[str, tuple[str, re.Pattern[str]]]] = {
    _MODEL: ("ProductType", re.compile(r"[A-Za-z]{2,20}\d{1,3},\d{1,3}", re.ASCII)),
    _PART: ("ModelNumber", re.compile(r"[A-Z0-9]{4,8}")),
    _REGION: ("RegionInfo", re.compile(r"[A-Z]{1,3}/[A-Z]")),
    "identity.serial": ("SerialNumber", re.compile(r"[A-Z0-9]{8,14}")),
    "identity.os_version": ("ProductVersion", re.compile(r"\d{1,3}(\.\d{1,3}){0,3}", re.ASCII)),
    "identity.os_build": ("BuildVersion", re.compile(r"\d{1,3}[A-Z]\d{1,6}[a-z]?", re.ASCII)),
}
_IMEIS = {
    "identity.imei": "InternationalMobileEquipmentIdentity",
    "identity.imei2": "InternationalMobileEquipmentIdentity2",
}
TELEPHONY = "TelephonyCapability"
"""Whether there is a mobile network: false on iPads of Wi-Fi alone, which tell no key of a radio besides."""
_SYSTEMS = {"iPhone": "iOS", "iPod": "iOS", "iPad": "iPadOS"}
_IMEI_DIGITS = re.compile(r"\d{15}", re.ASCII)
_A_NUMBER = re.compile(r"A\d{4}", re.ASCII)


def read_identity(
    values: object, builder: ReadingBuilder, *, enclosure: object = None, names: Names = NONE
) -> None:
    """Read what lockdown tells of a phone, trusted or not; what it does not tell is left open.

    Args:
        values: The default domain.
        builder: What is filled.
        enclosure: `ENCLOSURE`, which lockdown tells only when asked for it by name.
        names: The shop's own.
    """
    known = mapping(values)
    builder.put("identity.manufacturer", "Apple", "usbmux", raw="a device on usbmux")
    for field, (key, shape) in _PLAIN.items():
        _put_text(builder, field, key, shape, known)
    _read_system(known, builder)
    _read_model(known, builder, names)
    _read_sale(known, builder)
    _read_colour(known, enclosure, builder, names)
    _read_imeis(known, builder)


def read_a_number(answer: object, source: str, builder: ReadingBuilder) -> None:
    """Read the regulatory model number as the phone itself tells it, whichever way.

    Args:
        answer: `DEVICE_TREE` (bytes that end in NUL) or `GESTALT` (a text); ``None`` is no answer.
        source: Which of both, in the words of the protocol.
        builder: What is filled.
    """
    text = text_of(answer)
    if answer is None:
        return
    if text is not None and _A_NUMBER.fullmatch(text):
        builder.put("identity.a_number", text, source, raw=text)
    else:
        builder.reject("identity.a_number", source, raw=answer)


def answers_gestalt(values: object) -> bool:
    """Return whether a phone's system still answers MobileGestalt: below iOS 17.4 (pymobiledevice3 #816)."""
    version = _accepted("identity.os_version", mapping(values))
    return version is not None and tuple(map(int, version.split("."))) < GESTALT_DIED


def guess_a_number(values: object, builder: ReadingBuilder) -> None:
    """Take the A-number from our table where the phone did not tell it, marked as an estimate."""
    known = mapping(values)
    product, region = _accepted(_MODEL, known), _accepted(_REGION, known)
    if product is None or builder.was_read("identity.a_number"):
        return
    if number := a_number(product, region):
        source, raw = "table by ProductType and RegionInfo", f"{product} {region or ''}"
        builder.put("identity.a_number", number, source, raw=raw, quality=Quality.ESTIMATE)


def _put_text(
    builder: ReadingBuilder, field: str, key: str, shape: re.Pattern[str], values: Mapping[str, object]
) -> None:
    if key not in values:
        return
    text = text_of(values[key])
    if isinstance(values[key], str) and text and shape.fullmatch(text):
        builder.put(field, text, f"lockdown {key}", raw=values[key])
    else:
        builder.reject(field, f"lockdown {key}", raw=values[key])


def _read_system(values: Mapping[str, object], builder: ReadingBuilder) -> None:
    device_class = text_of(values.get("DeviceClass"))
    if device_class in _SYSTEMS:
        builder.put("identity.os", _SYSTEMS[device_class], "lockdown DeviceClass", raw=device_class)


def _read_model(values: Mapping[str, object], builder: ReadingBuilder, names: Names) -> None:
    code = _accepted(_MODEL, values)
    if code is None:
        return
    if name := model_name(code, names):
        _put_known(builder, "identity.model", name, "lockdown ProductType", code)
    else:
        _unknown(builder, "identity.model", code, names)


def _read_sale(values: Mapping[str, object], builder: ReadingBuilder) -> None:
    part = _accepted(_PART, values)
    if part is None:
        return
    if kind := sold_as(part):
        builder.put("identity.sold_as", kind, "lockdown ModelNumber, first letter", raw=part)
    else:
        builder.problem("identity.sold_as", "unknown_code", raw=part[:1])


def _read_colour(
    values: Mapping[str, object], enclosure: object, builder: ReadingBuilder, names: Names
) -> None:
    product, part = _accepted(_MODEL, values), _accepted(_PART, values)
    code = text_of(enclosure)
    if product is None:
        return
    model = model_name(product, names)
    if part and (colour := colour_of_part(part, model.text if model else None, names)):
        _put_known(builder, "identity.colour", colour, "lockdown ModelNumber", part)
    elif code and (colour := colour_of_enclosure(code, product, names)):
        _put_known(builder, "identity.colour", colour, f"lockdown {ENCLOSURE}", code)
    elif code and is_housing(code) and not builder.has("identity.colour"):
        # It tells the colour of every phone of this model, whatever its part number, so it is what a person can name.
        builder.forget("identity.colour")
        _unknown(builder, "identity.colour", code, names, housing=code)
    elif part or code:
        _unknown(builder, "identity.colour", part or plain(code), names)


def _put_known(builder: ReadingBuilder, field: str, known: Known, source: str, raw: str) -> None:
    quality = Quality.TYPED if known.typed else Quality.EXACT
    builder.put(field, known.text, f"{known.by}{source}", raw=raw, quality=quality)


def _unknown(builder: ReadingBuilder, field: str, raw: str, names: Names, **codes: str) -> None:
    """Say that no table has a code, and so what to do: name it, or correct the shop's own file."""
    if builder.explained(field):
        return
    if names.wrong:
        builder.problem(field, "bad_names", raw=raw, detail=names.wrong, **codes)
    else:
        builder.problem(field, "unknown_code", raw=raw, **codes)


def _read_imeis(values: Mapping[str, object], builder: ReadingBuilder) -> None:
    """Read the IMEIs; a device that says that it has no mobile network has none, and that is no gap."""
    if values.get(TELEPHONY) is False and not _IMEIS.values() & values.keys():
        for field in _IMEIS:
            builder.problem(field, "no_network")
        return
    for field, key in _IMEIS.items():
        if key not in values:
            continue
        text = text_of(values[key])
        if text is None or not is_imei(text):
            code = "bad_check_digit" if text and _IMEI_DIGITS.fullmatch(text) else "implausible"
            builder.reject(field, f"lockdown {key}", raw=values[key], code=code)
        elif field == "identity.imei2" and text == text_of(values.get(_IMEIS["identity.imei"])):
            builder.reject(field, f"lockdown {key}", raw=text, code="same_imei")
        else:
            builder.put(field, text, f"lockdown {key}", raw=text)


def _accepted(field: str, values: Mapping[str, object]) -> str | None:
    key, shape = _PLAIN[field]
    value = values.get(key)
    text = text_of(value) if isinstance(value, str) else None
    return text if text and shape.fullmatch(text) else None
