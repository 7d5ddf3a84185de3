"""Which phone it is: name on the box, codes, serials and IMEIs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from diagnostics.android.asking import Answers
from diagnostics.android.commands import BY_ID
from diagnostics.android.names import NONE, Names
from diagnostics.android.naming import own_name, table_name
from diagnostics.android.parsers import parcel
from diagnostics.android.refusals import text
from diagnostics.android.rules import is_serial, rules
from diagnostics.building import ReadingBuilder
from diagnostics.imei import is_imei
from diagnostics.model import Quality
from diagnostics.text import plain

_RELEASE = re.compile(r"\d{1,2}(\.\d{1,2}){0,2}")

_BY_SERVICE = ("imei", "imei_first", "imei_second")

Properties = Mapping[str, str]


def fill(builder: ReadingBuilder, properties: Properties, names: Names = NONE) -> None:
    """Put everything that getprop tells, but the IMEIs.

    Args:
        builder: The reading.
        properties: What getprop printed.
        names: The shop's own names of models.
    """
    builder.put("identity.os", "Android", "adb", raw="Android")
    _put(builder, "identity.os_version", properties, ["ro.build.version.release"], fits=_is_release)
    _put(builder, "identity.os_build", properties, ["ro.build.display.id", "ro.build.id"])
    _put(builder, "identity.model_code", properties, ["ro.product.model"])
    _put(builder, "identity.serial", properties, rules("serial")["properties"], fits=is_serial)
    _put(builder, "identity.part_number", properties, rules("part_number")["properties"])
    _fill_maker(builder, properties)
    _fill_name(builder, properties, names)
    _fill_region(builder, properties)


def _put(
    builder: ReadingBuilder,
    field: str,
    properties: Properties,
    names: list[str],
    *,
    fits: Callable[[str], bool] = bool,
) -> None:
    for name in names:
        value = properties.get(name, "").strip()
        # Of control characters alone nothing would be left: such a property says nothing.
        if plain(value) and fits(value):
            builder.put(field, value, f"getprop {name}", raw=value)
            return


def _is_release(text: str) -> bool:
    return _RELEASE.fullmatch(text) is not None


def _fill_maker(builder: ReadingBuilder, properties: Properties) -> None:
    """Put the maker by the name that is on the box."""
    brand = properties.get("ro.product.brand", "").strip()
    if known := rules("brands").get(brand.lower()):
        builder.put("identity.manufacturer", known, "getprop ro.product.brand", raw=brand)
        return
    for name in ("ro.product.manufacturer", "ro.product.brand"):
        if raw := properties.get(name, "").strip():
            maker = rules("makers").get(raw.lower(), raw)
            builder.put("identity.manufacturer", maker, f"getprop {name}", raw=raw)
            return


def _fill_name(builder: ReadingBuilder, properties: Properties, names: Names) -> None:
    """Put what the shop calls it, else the phone's own market name, else a table's, else the code itself as a hint."""
    code, device = (properties.get(f"ro.product.{name}", "").strip() for name in ("model", "device"))
    if known := own_name(code, device, names):
        builder.put("identity.model", known.name, known.source, raw=code, quality=Quality.TYPED)
        return
    told = [name for name in rules("names")["properties"] if not _is_no_name(properties.get(name, ""))]
    _put(builder, "identity.model", properties, told)
    if builder.has("identity.model") or not code:
        return
    if re.match(rules("names")["model_is_name"], code):
        builder.put("identity.model", code, "getprop ro.product.model", raw=code)
    elif known := table_name(code, device):
        raw = f"{code}, {device}" if device else code
        builder.put("identity.model", known.name, known.source, raw=raw, quality=Quality.ESTIMATE)
    else:
        raw = f"{code}, {device}" if device else code
        builder.put("identity.model", code, "getprop ro.product.model", raw=raw, quality=Quality.HINT)
        if names.wrong:
            builder.problem("", "bad_names", raw=code, detail=names.wrong)


def _is_no_name(value: str) -> bool:
    return re.match(rules("names")["no_name"], value.strip()) is not None


def _fill_region(builder: ReadingBuilder, properties: Properties) -> None:
    none = rules("region")["none"]
    told = {name: value for name, value in properties.items() if value.strip().lower() not in none}
    _put(builder, "identity.region", told, rules("region")["properties"])


def fill_imeis(builder: ReadingBuilder, properties: Properties, answers: Answers) -> None:
    """Put the IMEIs that pass their check; say what to do where the system keeps them to itself (Android 10 on)."""
    for field, which in (("identity.imei", "first"), ("identity.imei2", "second")):
        for name in rules("imei")[which]:
            _offer(builder, field, properties.get(name, ""), f"getprop {name}")
    if any(command in answers for command in _BY_SERVICE):
        _fill_by_service(builder, answers)
    if not builder.explained("identity.imei"):
        builder.problem("identity.imei", _why_no_imei(properties))


def _why_no_imei(properties: Properties) -> str:
    """Return what is said of an IMEI that did not come: a tablet has no dialler, and one without a modem no IMEI."""
    known = rules("imei")
    if any(properties.get(name, "").strip().lower() in said for name, said in known["wifi_only"].items()):
        return "no_modem"
    words = ((properties.get(name, ""), word) for name, word in known["tablet"].items())
    return "tablet_imei" if any(word in said.split(",") for said, word in words) else "dial_imei"


def _fill_by_service(builder: ReadingBuilder, answers: Answers) -> None:
    """Put what the telephony service tells up to Android 9: the IMEI of each slot, else the one of its own choice.

    A phone with one slot answers for the second with the first's, and a maker who changed the service may answer with
    another number: only another IMEI by the same body (first two digits, 3GPP TS 23.003) is the second's.
    """
    told = {command: parcel.text_of(text(answers, command)) or "" for command in _BY_SERVICE}
    chosen = "imei_first" if _alike(told["imei_first"], told["imei"]) else "imei"
    _offer(builder, "identity.imei", told[chosen], BY_ID[chosen].text)
    first = builder.partial().identity.imei or ""
    if told["imei_second"] != first and _alike(told["imei_second"], first):
        _offer(builder, "identity.imei2", told["imei_second"], BY_ID["imei_second"].text)


def _alike(one: str, other: str) -> bool:
    return is_imei(one) and is_imei(other) and one[:2] == other[:2]


def _offer(builder: ReadingBuilder, field: str, value: str, source: str) -> None:
    digits = value.strip()
    if builder.has(field) or not re.fullmatch(r"[0-9]+", digits) or not digits.strip("0"):
        return
    if field == "identity.imei2" and digits == builder.partial().identity.imei:
        return  # phones with one slot repeat themselves
    if is_imei(digits):
        builder.put(field, digits, source, raw=value)
    else:
        builder.reject(field, source, raw=value, code="bad_check_digit")
