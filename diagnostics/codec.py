"""Readings as JSON (schema ``tradein/reading-1``), out and in."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from diagnostics import checking, text
from diagnostics.building import FIELDS
from diagnostics.imei import is_imei
from diagnostics.messages import FALLBACK_LANGUAGE, message, problem_codes
from diagnostics.model import (
    Battery,
    DeviceId,
    Evidence,
    FieldName,
    Identity,
    Link,
    Locks,
    LockState,
    Management,
    Platform,
    Problem,
    Quality,
    Reading,
    Sim,
    State,
    Storage,
    Transport,
)

SCHEMA = "tradein/reading-1"
FULL_HEALTH = 100
"""Health above it is shown as this; the raw ratio stays under evidence."""

# Wide on purpose: what a reader believed must load again. Only health is narrow, because people type it.
_RANGES: dict[FieldName, tuple[int, int]] = {
    "battery.health_percent": (1, 150),
    "battery.cycle_count": (0, 100_000),
    "battery.design_mah": (0, 1_000_000),
    "battery.full_mah": (0, 1_000_000),
    "battery.level_percent": (0, 100),
    "storage.capacity_gb": (1, 1_000_000),
    "storage.total_bytes": (0, 2**60),
    "storage.free_bytes": (0, 2**60),
    "storage.ram_gb": (1, 1_000_000),
}
_DEGREES = (-100.0, 200.0)
_MBPS = (1, 1_000_000)


def timestamp(moment: datetime) -> str:
    """Return an aware time as RFC 3339 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def document(readings: Iterable[Reading]) -> dict[str, Any]:
    """Return the JSON document of a list of readings."""
    return {"schema": SCHEMA, "readings": [to_json(reading) for reading in readings]}


def to_json(reading: Reading) -> dict[str, Any]:
    """Return one reading as JSON values."""
    return {
        "id": reading.id,
        "platform": reading.platform.value,
        "transport": reading.transport.value,
        "slot": reading.slot,
        "state": reading.state.value,
        "identity": dataclasses.asdict(reading.identity),
        "battery": dataclasses.asdict(reading.battery),
        "storage": dataclasses.asdict(reading.storage),
        "locks": {name: lock.value for name, lock in dataclasses.asdict(reading.locks).items()},
        "management": dataclasses.asdict(reading.management),
        "sim": dataclasses.asdict(reading.sim),
        "usb": dataclasses.asdict(reading.usb),
        "evidence": {name: _evidence_to_json(evidence) for name, evidence in reading.evidence.items()},
        "problems": [_problem_to_json(problem) for problem in reading.problems],
    }


def from_json(value: object, place: str = "reading") -> Reading:
    """Return the reading that JSON values describe: a stored one (times to the second), or a typed one.

    Members that are missing or ``null`` were not read; members that are not known are ignored. A problem's message is
    made anew from its code. Health above 100 becomes 100. An IMEI that fails its check digit becomes a problem.

    Args:
        value: One entry of ``readings``, or a part of it typed by hand.
        place: Where it stands, for the sentence of an error.

    Raises:
        BadInput: A member has the wrong type, is out of range, or is none of the words that it may be.
    """
    row = checking.mapping(value, place)
    identity, bad_imeis = _identity(row.get("identity"), f"{place}.identity")
    return Reading(
        id=DeviceId(_text(row, "id", place) or ""),
        platform=_word(row, "platform", place, Platform.UNKNOWN),
        transport=_word(row, "transport", place, Transport.TYPED),
        slot=_text(row, "slot", place),
        state=_word(row, "state", place, State.READY),
        identity=identity,
        battery=_battery(row.get("battery"), f"{place}.battery"),
        storage=Storage(**_numbers("storage", row.get("storage"), f"{place}.storage")),
        locks=_locks(row.get("locks"), f"{place}.locks"),
        management=_management(row.get("management"), f"{place}.management"),
        sim=_sim(row.get("sim"), f"{place}.sim"),
        usb=_link(row.get("usb"), f"{place}.usb"),
        evidence=_evidence(row.get("evidence"), f"{place}.evidence"),
        problems=(*_problems(row.get("problems"), f"{place}.problems"), *bad_imeis),
    )


def _evidence_to_json(evidence: Evidence) -> dict[str, str]:
    return {
        "source": evidence.source,
        "quality": evidence.quality.value,
        "raw": evidence.raw,
        "at": timestamp(evidence.at),
    }


def _problem_to_json(problem: Problem) -> dict[str, Any]:
    row: dict[str, Any] = {
        "field": problem.field,
        "code": problem.code,
        "message": message(problem, FALLBACK_LANGUAGE),
    }
    if problem.params:
        row["params"] = dict(problem.params)
    return row


def _text(row: Mapping[str, Any], name: str, place: str, limit: int = text.NAME_LIMIT) -> str | None:
    value = row.get(name)
    return None if value is None else checking.line(value, f"{place}.{name}", limit)


def _word(row: Mapping[str, Any], name: str, place: str, default: checking.Word) -> checking.Word:
    value = row.get(name)
    return default if value is None else checking.word(value, f"{place}.{name}", type(default))


def _identity(value: object, place: str) -> tuple[Identity, list[Problem]]:
    row = checking.mapping(value, place)
    texts = {field.name: _text(row, field.name, place) for field in dataclasses.fields(Identity)}
    problems = []
    for name in ("imei", "imei2"):
        typed = texts[name]
        if typed is not None and not is_imei(typed):
            texts[name] = None
            problems.append(_problem(f"identity.{name}", "bad_check_digit", {"raw": text.plain(typed, 40)}))
    return Identity(**texts), problems


def _battery(value: object, place: str) -> Battery:
    numbers = _numbers("battery", value, place)
    health = numbers["health_percent"]
    capped = None if health is None else min(health, FULL_HEALTH)
    row = checking.mapping(value, place)
    warmth = row.get("temperature_c")
    degrees = None if warmth is None else checking.number(warmth, f"{place}.temperature_c", *_DEGREES)
    made, used = (_date(row, name, place) for name in ("manufactured_on", "first_used_on"))
    fields: dict[str, Any] = {**numbers, "health_percent": capped, "temperature_c": degrees}
    return Battery(**fields, manufactured_on=made, first_used_on=used)


def _date(row: Mapping[str, Any], name: str, place: str) -> str | None:
    value = _text(row, name, place)
    try:
        return None if value is None else date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise checking.wrong(f"{place}.{name}", "a day such as 2026-11-22", value) from error


def _numbers(group: str, value: object, place: str) -> dict[str, int | None]:
    row = checking.mapping(value, place)
    ranges = {
        name.removeprefix(f"{group}."): span for name, span in _RANGES.items() if name.startswith(group)
    }
    return {name: _number(row.get(name), f"{place}.{name}", *span) for name, span in ranges.items()}


def _number(value: object, place: str, low: int, high: int) -> int | None:
    return None if value is None else checking.whole_number(value, place, low, high)


def _locks(value: object, place: str) -> Locks:
    row = checking.mapping(value, place)
    names = [field.name for field in dataclasses.fields(Locks)]
    return Locks(**{name: _word(row, name, place, LockState.UNKNOWN) for name in names})


def _management(value: object, place: str) -> Management:
    row = checking.mapping(value, place)
    supervised = row.get("supervised")
    if supervised is not None and not isinstance(supervised, bool):
        raise checking.wrong(f"{place}.supervised", "true, false or null", supervised)
    return Management(supervised, _text(row, "organisation", place))


def _sim(value: object, place: str) -> Sim:
    return Sim(_text(checking.mapping(value, place), "status", place))


def _link(value: object, place: str) -> Link:
    row = checking.mapping(value, place)
    return Link(_text(row, "mode", place), _number(row.get("speed_mbps"), f"{place}.speed_mbps", *_MBPS))


def _evidence(value: object, place: str) -> Mapping[FieldName, Evidence]:
    rows = checking.mapping(value, place)
    return MappingProxyType(
        {
            name: _one_evidence(row, f"{place}.{name}")
            for name, row in rows.items()
            if name in FIELDS or _is_witness(name)
        }
    )


def _is_witness(name: str) -> bool:
    field, _, by = name.partition("@")
    return field in FIELDS and re.fullmatch(r"[a-z0-9_]{1,32}", by) is not None


def _one_evidence(value: object, place: str) -> Evidence:
    row = checking.mapping(value, place)
    return Evidence(
        source=checking.line(row.get("source"), f"{place}.source", text.RAW_LIMIT),
        quality=checking.word(row.get("quality"), f"{place}.quality", Quality),
        raw=checking.line(row.get("raw"), f"{place}.raw", text.RAW_LIMIT),
        at=_moment(row.get("at"), f"{place}.at"),
    )


def _moment(value: object, place: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        if moment is not None and moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise checking.wrong(place, "a time such as 2026-11-22T06:00:00Z", value)


def _problems(value: object, place: str) -> list[Problem]:
    rows = checking.items(value, place)
    return [_one_problem(row, f"{place}[{index}]") for index, row in enumerate(rows)]


def _one_problem(value: object, place: str) -> Problem:
    row = checking.mapping(value, place)
    field = _text(row, "field", place) or ""
    code = checking.line(row.get("code"), f"{place}.code")
    params = checking.mapping(row.get("params"), f"{place}.params")
    if code in problem_codes():
        texts = {k: checking.line(v, f"{place}.params.{k}", text.RAW_LIMIT) for k, v in params.items()}
        return _problem(field, code, texts)
    # Another version's reason: its own words are all that we can keep.
    said = _text(row, "message", place, text.RAW_LIMIT) or code
    return _problem(field, "reported", {"message": said})


def _problem(field: FieldName, code: str, params: Mapping[str, str]) -> Problem:
    return Problem(field, code, MappingProxyType(dict(params)))
