"""Readings as tables for people. All texts of phones are shown as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from diagnostics.building import FIELDS
from diagnostics.messages import message
from diagnostics.model import Platform, Problem, Quality, Reading
from diagnostics.text import plain
from tradein_app.cli.output import put_line, put_table

_GROUPS = ("identity", "battery", "storage", "locks", "management", "sim", "usb")


def title(reading: Reading) -> str:
    """Return what a phone is called in a line: model, or at least its maker, size and id."""
    size = f"{reading.storage.capacity_gb} GB" if reading.storage.capacity_gb else ""
    name = reading.identity.model or reading.identity.model_code or _maker(reading) or reading.platform.value
    return plain(" ".join(part for part in (name, size, f"({reading.id})") if part))


def _maker(reading: Reading) -> str | None:
    """Return the maker, but for one that is only a hint: phones of others carry its USB id, too."""
    told = reading.evidence.get("identity.manufacturer")
    is_hint = told is not None and told.quality is Quality.HINT
    return None if is_hint else reading.identity.manufacturer


def print_devices(readings: Sequence[Reading]) -> None:
    """Print one line a phone, in the order of the ports."""
    ordered = sorted(readings, key=lambda reading: port_order(reading.slot))
    put_table(("Port", "Phone", "State", "Over", "What to do"), [_device(reading) for reading in ordered])


def port_order(port: str | None) -> tuple[bool, tuple[int, ...], str]:
    """Return a sort key by bus, then by the port at each hub on the way; phones without a port come last."""
    return port is None, tuple(int(number) for number in re.findall(r"[0-9]+", port or "")), port or ""


def print_readings(readings: Sequence[Reading]) -> None:
    """Print one table a phone, and under it what could not be read, with the reason."""
    for reading in readings:
        port = f" · port {reading.slot}" if reading.slot else ""
        put_table(
            ("Value", "", "From", "Quality"),
            list(_values(reading)),
            title=f"{title(reading)} · {reading.state}{port}",
        )
        for problem in _told(reading):
            put_line(f"- {problem.field or 'phone'}: {message(problem)}")
        put_line()


def _told(reading: Reading) -> Iterable[Problem]:
    """Return what to say of a reading: an Android phone has no Find My whose gap a person could fill."""
    without = {"locks.find_my"} if reading.platform is Platform.ANDROID else set[str]()
    return (problem for problem in reading.problems if problem.field not in without)


def _device(reading: Reading) -> tuple[str, str, str, str, str]:
    advice = next((message(problem) for problem in reading.problems if not problem.field), "")
    return (reading.slot or "–", title(reading), reading.state.value, reading.transport.value, advice)


def _values(reading: Reading) -> Iterable[tuple[str, str, str, str]]:
    for name in sorted(FIELDS, key=lambda field: (_GROUPS.index(field.partition(".")[0]), field)):
        group, _, field = name.partition(".")
        value = getattr(getattr(reading, group), field)
        evidence = reading.evidence.get(name)
        if evidence and evidence.quality is Quality.REJECTED:
            yield name, f"not believed: {plain(evidence.raw)}", evidence.source, evidence.quality.value
        elif value is not None and (group != "locks" or evidence):
            source, quality = (evidence.source, evidence.quality.value) if evidence else ("", "")
            yield name, plain(value), source, quality
