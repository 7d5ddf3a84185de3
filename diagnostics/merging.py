"""Puts together what a phone told, what the bus shows of it, and what its slot remembers. Pure: readings in and out.

Nothing overwrites a better value: the protocol's word stands, the bus fills gaps and bears witness, and what the slot
remembers is a hint, for no cable proves that the same phone is still in it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from diagnostics.building import FIELDS, concluded
from diagnostics.joining import Seat, Trouble
from diagnostics.kinship import Names
from diagnostics.model import DeviceId, Evidence, LockState, Problem, Quality, Reading, State

_BY, _SLOT = "bus", "slot"
_LINK = "usb."
SERVICE_CODES: Mapping[tuple[str, Trouble], str] = MappingProxyType(
    {
        ("usbmux", Trouble.DOWN): "usbmuxd_down",
        ("usbmux", Trouble.UNLISTED): "usbmuxd_unlisted",
        ("adb", Trouble.DOWN): "adb_down",
        ("adb", Trouble.UNLISTED): "adb_unlisted",
    }
)
"""What is said of a phone that is plugged in and that its service does not show."""


@dataclass(frozen=True, slots=True)
class Before:
    """The phone that a slot remembers.

    Attributes:
        id: What it called itself.
        name: What it is sold as, with its size, as far as it was read; never its serial.
        at: When it was seen there last.
        names: What else it was called.
        reading: What was read of it.
    """

    id: DeviceId
    name: str
    at: datetime
    names: Names
    reading: Reading


def described(reading: Reading) -> str:
    """Return a phone in a few words, model and size; never its serial or id, which a screen hides."""
    identity = reading.identity
    size = f"{reading.storage.capacity_gb} GB" if reading.storage.capacity_gb else ""
    name = identity.model or identity.model_code or identity.manufacturer or ""
    return " ".join(part for part in (name, size) if part)


def with_facts(reading: Reading, facts: Reading | None) -> Reading:
    """Return a reading with what the bus shows beside it.

    A value that the phone's protocol gave stays; the bus's word for it stands beside it, under ``field@bus``.
    """
    if facts is None:
        return reading
    filled = {name: _value(facts, name) for name in _known(facts) if _is_gap(reading, name)}
    evidence = dict(reading.evidence)
    for name, told in facts.evidence.items():
        if name in filled or name not in evidence:
            evidence[name] = told
        elif (evidence[name].source, evidence[name].raw) != (told.source, told.raw) and "@" not in name:
            evidence[f"{name}@{_BY}"] = told
    said = {(problem.field, problem.code): problem for problem in facts.problems}
    # What the reading was told by the bus when it began stays in its place, as the bus tells it now.
    kept = (problem for problem in reading.problems if problem.field not in filled)
    problems = tuple(said.pop((problem.field, problem.code), problem) for problem in kept)
    return _changed(reading, filled, evidence, (*problems, *said.values()))


def without_facts(reading: Reading, facts: Reading | None) -> Reading:
    """Return a reading as it was before `with_facts`."""
    if facts is None:
        return reading
    theirs = {*facts.evidence.items(), *((f"{name}@{_BY}", e) for name, e in facts.evidence.items())}
    evidence = {name: each for name, each in reading.evidence.items() if (name, each) not in theirs}
    gone = {
        name: None
        for name in FIELDS
        if reading.evidence.get(name) is not None and reading.evidence[name] == facts.evidence.get(name)
    }
    problems = tuple(problem for problem in reading.problems if problem not in facts.problems)
    return _changed(reading, gone, evidence, problems)


def with_kept(poorer: Reading, earlier: Reading) -> Reading:
    """Return what a phone tells in a mode in which it tells little, with what the same phone told before.

    What it tells now stands; each value that is kept brings its own evidence, and with it its own time. No lock stays
    off: in such a mode a phone is restored or unlocked, after which it may be bound to somebody.
    """
    kept = {
        name: _value(earlier, name)
        for name in _known(earlier)
        if not name.startswith(_LINK) and _is_gap(poorer, name) and _value(earlier, name) is not LockState.OFF
    }
    witnesses = {n: e for n, e in earlier.evidence.items() if n not in FIELDS and not n.startswith(_LINK)}
    evidence = {**witnesses, **poorer.evidence, **{name: earlier.evidence[name] for name in kept}}
    problems = tuple(problem for problem in poorer.problems if problem.field not in kept)
    return _changed(poorer, kept, evidence, problems)


def with_hint(reading: Reading, before: Before) -> Reading:
    """Return a reading that says which phone was in its slot before: a sign of who it is, never a value of its own.

    Its serial stands by itself, so that a screen that hides serials can hide it, too.
    """
    serial = before.reading.identity.serial or str(before.id)
    told = {"identity.model": before.name, "identity.serial": serial}
    hints = {f"{name}@{_SLOT}": _hint(text, before.at) for name, text in told.items() if text}
    at = before.at.astimezone().strftime("%H:%M")
    words = {"phone": before.name or "…", "serial": serial, "at": at}
    problem = Problem("", "slot_before", MappingProxyType(words))
    known = problem in reading.problems
    return _changed(
        reading,
        {},
        {**reading.evidence, **hints},
        reading.problems if known else (*reading.problems, problem),
    )


def _hint(text: str, at: datetime) -> Evidence:
    return Evidence("the phone that was in this slot before", Quality.HINT, text, at)


def unserved(reading: Reading, service: str, trouble: Trouble) -> Reading:
    """Return the reading of a phone that is plugged in and that its service does not show."""
    code = SERVICE_CODES.get((service, trouble), "offline")
    said = tuple(problem for problem in reading.problems if problem.code not in _SERVICE_WORDS)
    told = dataclasses.replace(reading, problems=(Problem("", code), *said))
    return concluded(told, State.OFFLINE, "offline", failed=False)


def served(reading: Reading) -> Reading:
    """Return a reading without what `unserved` said of it: its phone is waited for again."""
    if not lacks_service(reading):
        return reading
    problems = tuple(problem for problem in reading.problems if problem.code not in _SERVICE_WORDS)
    state = State.CONNECTING if reading.state is State.OFFLINE else reading.state
    return dataclasses.replace(reading, problems=problems, state=state)


def completed(seat: Seat, reading: Reading) -> Reading:
    """Return a reading with what the bus shows of its phone, and with what its service does not do for it."""
    whole = with_facts(reading, seat.facts)
    return unserved(whole, seat.service, seat.trouble) if seat.trouble else whole


def lacks_service(reading: Reading) -> bool:
    """Return whether a phone could not be read because its service does not show it."""
    return any(problem.code in _SERVICE_WORDS for problem in reading.problems)


def with_problem(reading: Reading, problem: Problem | None) -> Reading:
    """Return a reading with one more thing said of the phone as a whole."""
    if problem is None or problem in reading.problems:
        return reading
    return dataclasses.replace(reading, problems=(*reading.problems, problem))


_SERVICE_WORDS = frozenset(SERVICE_CODES.values())


def _value(reading: Reading, name: str) -> Any:
    group, _, field = name.partition(".")
    return getattr(getattr(reading, group), field)


def _is_known(reading: Reading, name: str) -> bool:
    return _value(reading, name) not in (None, LockState.UNKNOWN)


def _is_gap(reading: Reading, name: str) -> bool:
    """Return whether nothing was read; what was read and not believed is no gap."""
    return name not in reading.evidence and not _is_known(reading, name)


def _known(reading: Reading) -> Iterable[str]:
    return (name for name in reading.evidence if name in FIELDS and _is_known(reading, name))


def _changed(
    reading: Reading,
    values: Mapping[str, Any],
    evidence: Mapping[str, Evidence],
    problems: tuple[Problem, ...],
) -> Reading:
    groups: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        group, _, field = name.partition(".")
        unknown = LockState.UNKNOWN if group == "locks" else None
        groups.setdefault(group, {})[field] = unknown if value is None else value
    parts = {
        group: dataclasses.replace(getattr(reading, group), **changes) for group, changes in groups.items()
    }
    return dataclasses.replace(reading, evidence=MappingProxyType(dict(evidence)), problems=problems, **parts)
