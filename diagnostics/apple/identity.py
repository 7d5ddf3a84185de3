"""Which phone it is, from lockdown's default domain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from diagnostics.apple.tables import colour_of_enclosure, colour_of_part, model_name
from diagnostics.apple.values import mapping, text_of
from diagnostics.building import ReadingBuilder
from diagnostics.imei import is_imei

ENCLOSURE = "DeviceEnclosureColor"
_PLAIN: Final[Mapping[str, tuple[str, re.Pattern[str]]]] = {
    "identity.model_code": ("ProductType", re.compile(r"[A-Za-z]{2,20}\d{1,3},\d{1,3}", re.ASCII)),
    "identity.part_number": ("ModelNumber", re.compile(r"[A-Z0-9]{4,8}")),
    "identity.region": ("RegionInfo", re.compile(r"[A-Z]{1,3}/[A-Z]")),
    "identity.serial": ("SerialNumber", re.compile(r"[A-Z0-9]{8,14}")),
    "identity.os_version": ("ProductVersion", re.compile(r"\d{1,3}(\.\d{1,3}){0,3}", re.ASCII)),
}
_IMEIS = {
    "identity.imei": "InternationalMobileEquipmentIdentity",
    "identity.imei2": "InternationalMobileEquipmentIdentity2",
}
_SYSTEMS = {"iPhone": "iOS", "iPod": "iOS", "iPad": "iPadOS"}
_IMEI_DIGITS = re.compile(r"\d{15}", re.ASCII)


def read_identity(values: object, builder: ReadingBuilder, *, enclosure: object = None) -> None:
    """Read what lockdown tells of a phone, trusted or not; what it does not tell is left open.

    Args:
        values: The default domain.
        builder: What is filled.
        enclosure: `ENCLOSURE`, which lockdown tells only when asked for it by name.
    """
    known = mapping(values)
    builder.put("identity.manufacturer", "Apple", "usbmux", raw="a device on usbmux")
    for field, (key, shape) in _PLAIN.items():
        _put_text(builder, field, key, shape, known)
    _read_system(known, builder)
    _read_model(known, builder)
    _read_colour(known, enclosure, builder)
    _read_imeis(known, builder)


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


def _read_model(values: Mapping[str, object], builder: ReadingBuilder) -> None:
    code = _accepted("identity.model_code", values)
    if code is None:
        return
    if name := model_name(code):
        builder.put("identity.model", name, "lockdown ProductType", raw=code)
    else:
        builder.problem("identity.model", "unknown_code", raw=code)


def _read_colour(values: Mapping[str, object], enclosure: object, builder: ReadingBuilder) -> None:
    product, part = _accepted("identity.model_code", values), _accepted("identity.part_number", values)
    code = text_of(enclosure)
    if product is None:
        return
    if part and (colour := colour_of_part(part, model_name(product))):
        builder.put("identity.colour", colour, "lockdown ModelNumber", raw=part)
    elif code and (colour := colour_of_enclosure(code, product)):
        builder.put("identity.colour", colour, f"lockdown {ENCLOSURE}", raw=code)
    elif part or code:
        builder.problem("identity.colour", "unknown_code", raw=part or code or "")


def _read_imeis(values: Mapping[str, object], builder: ReadingBuilder) -> None:
    for field, key in _IMEIS.items():
        if key not in values:
            continue
        text = text_of(values[key])
        if text is not None and is_imei(text):
            builder.put(field, text, f"lockdown {key}", raw=text)
        else:
            code = "bad_check_digit" if text and _IMEI_DIGITS.fullmatch(text) else "implausible"
            builder.reject(field, f"lockdown {key}", raw=values[key], code=code)


def _accepted(field: str, values: Mapping[str, object]) -> str | None:
    key, shape = _PLAIN[field]
    value = values.get(key)
    text = text_of(value) if isinstance(value, str) else None
    return text if text and shape.fullmatch(text) else None
