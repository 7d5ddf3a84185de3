"""What must hold of every reading, whatever was wrong with its phone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from diagnostics import text
from diagnostics.building import FIELDS, explained_fields
from diagnostics.codec import from_json, to_json
from diagnostics.messages import message, problem_codes
from diagnostics.model import LockState, Problem, Quality, Reading, State
from diagnostics.practice.apple.faults import FAULTS
from resources.opening import load_toml

LANGUAGES = ("en", "fr")
ON, OFF = LockState.ON, LockState.OFF
_LOCKED_SCREEN = {"locks.screen": ON}
_UNKNOWN_MODEL = {
    "identity.model_code": "iPhone99,9",
    "identity.part_number": "ZZZZ9",
    "identity.region": "QQ/Q",
}
TRUE_OF_FAULT: Mapping[str, Mapping[str, object]] = {
    "screen-locked": _LOCKED_SCREEN,
    "locked-and-new": _LOCKED_SCREEN,
    "locked-since-start": _LOCKED_SCREEN,
    "pairing-forbidden": {"locks.mdm": ON},
    "jailbroken": {"locks.root": ON},
    "activation-locked": {"locks.activation": ON, "locks.find_my": ON, "locks.account": ON},
    "find-my-on": {"locks.find_my": ON, "locks.account": ON},
    "company-phone": {
        "locks.mdm": ON, "management.supervised": True, "management.organisation": "Practice Logistics Ltd",
    },
    "ios-12": {"identity.os_version": "12.5.7", "identity.os_build": "16H81"},
    "ios-newest": {"identity.os_version": "26.1", "identity.os_build": "23B85"},
    "model-unknown": _UNKNOWN_MODEL,
    "colour-unknown": {"identity.part_number": "MZZZ9"},
    # What the phone says, and what a phone in a drawer may well say.
    "battery-zero": {"battery.level_percent": 0},
}  # fmt: skip
"""Values that a fault makes true, by field; all others of its phone are as without it."""
_HOSTILE = "OrganizationName"


def faults_of(reading: Reading, truth: Reading, fault: str) -> Iterator[str]:
    """Yield what is wrong with a reading, under way or finished: nothing may be, at any time.

    Args:
        reading: As the bench told it.
        truth: The same phone's, when it has no fault.
        fault: The fault's id.
    """
    allowed = true_values(fault)
    for field in FIELDS:
        value, right = value_of(reading, field), allowed.get(field, value_of(truth, field))
        if value not in (None, LockState.UNKNOWN, right):
            yield f"{field} is {value!r}, not {right!r}"
        yield from badly_backed(reading, field, value)
    yield from badly_shown(reading)
    sayable = all(problem.code in problem_codes() for problem in reading.problems)
    if sayable and to_json(from_json(to_json(reading))) != to_json(reading):
        yield "it does not survive JSON"


def faults_of_end(reading: Reading) -> Iterator[str]:
    """Yield what is wrong with a reading as one that is finished."""
    for field in explained_fields(reading.platform):
        if value_of(reading, field) in (None, LockState.UNKNOWN) and not _problems(reading, field):
            yield f"{field} is missing without a reason"
    if reading.state is State.CONNECTING:
        yield "it ended without a state"
    if reading.state is not State.READY and not sentence(reading):
        yield f"nothing says why it is {reading.state}"
    if any(problem.code == "internal_error" for problem in reading.problems):
        yield "an exception got out of the reader"


def true_values(fault: str) -> Mapping[str, object]:
    """Return the values that a fault makes true, by field."""
    values = dict(TRUE_OF_FAULT.get(fault, {}))
    for rule in FAULTS[fault].rules:
        if name := rule.params.get("values", {}).get(_HOSTILE):
            values["management.organisation"] = text.plain(name.strip("\0 \t\r\n")) or None
        if length := rule.params.get("letters", {}).get(_HOSTILE):
            values["management.organisation"] = text.plain("😀b<&" * (length // 4))
    return values


def sentence(reading: Reading, language: str = "en") -> str:
    """Return what is said of the phone as a whole; of a ready one, what its state says."""
    whole = [problem for problem in reading.problems if not problem.field]
    if whole:
        return message(whole[0], language)
    return str(load_toml("messages/states.toml")["states"][reading.state][language])


def gaps(reading: Reading, truth: Reading) -> str:
    """Return which values are missing that the phone tells without its fault, and why; ``""`` for none."""
    unread = (None, LockState.UNKNOWN)
    missing = [
        field
        for field in explained_fields(reading.platform)
        if value_of(reading, field) in unread and value_of(truth, field) not in unread
    ]
    why = [message(problem) for field in missing[:1] for problem in _problems(reading, field)]
    return ", ".join(missing) + f": {why[0]}" if why else ""


def differences(reading: Reading, truth: Reading) -> Iterator[str]:
    """Yield in what two readings of one phone differ: values, sources and problems, times left aside."""
    for field in FIELDS:
        if value_of(reading, field) != value_of(truth, field):
            yield f"{field} {value_of(reading, field)!r} for {value_of(truth, field)!r}"
    (_, evidence, problems), (_, other_evidence, other_problems) = undated(reading), undated(truth)
    for name in sorted(evidence.keys() | other_evidence.keys()):
        if evidence.get(name) != other_evidence.get(name):
            yield f"evidence of {name} {evidence.get(name)} for {other_evidence.get(name)}"
    yield from (f"problem {problem}" for problem in sorted(problems ^ other_problems, key=str))


def undated(reading: Reading) -> tuple[Any, ...]:
    """Return all that a reading says, but for when, the order of its problems, and how often its slot lost a phone."""
    evidence = {name: (e.source, e.quality, e.raw) for name, e in reading.evidence.items()}
    problems = {
        (p.field, p.code, *sorted(p.params.items())) for p in reading.problems if p.code != "usb_history"
    }
    return dataclasses.replace(reading, evidence={}, problems=()), evidence, problems


def value_of(reading: Reading, field: str) -> object:
    """Return a value by its dotted name."""
    group, _, name = field.partition(".")
    return getattr(getattr(reading, group), name)


def badly_backed(reading: Reading, field: str, value: object) -> Iterator[str]:
    """Yield what is wrong with the evidence of a value, or with its absence."""
    evidence = reading.evidence.get(field)
    read = value not in (None, LockState.UNKNOWN)
    if read and (evidence is None or evidence.quality is Quality.REJECTED):
        yield f"{field} has a value and no evidence"
    if not read and evidence is not None and not _problems(reading, field):
        yield f"{field} was rejected without a reason"
    if value is OFF and evidence is not None and evidence.quality is not Quality.EXACT:
        yield f"{field} is off by {evidence.quality}"


def _problems(reading: Reading, field: str) -> list[Problem]:
    return [problem for problem in reading.problems if problem.field == field]


def badly_shown(reading: Reading) -> Iterator[str]:
    """Yield what nobody could show of a reading."""
    shown = [value for field in FIELDS if isinstance(value := value_of(reading, field), str)]
    shown += [part for e in reading.evidence.values() for part in (e.raw, e.source)]
    shown += [value for problem in reading.problems for value in problem.params.values()]
    yield from (f"not plain: {value[:60]!r}" for value in shown if text.plain(value, text.RAW_LIMIT) != value)
    for problem in reading.problems:
        yield from _badly_said(problem)


def _badly_said(problem: Problem) -> Iterator[str]:
    if problem.code not in problem_codes():
        yield f"no words for {problem.code}"
        return
    for language in LANGUAGES:
        template = load_toml("messages/problems.toml")[problem.code].get(language, "")
        names = {name for _, name, _, _ in Formatter().parse(template) if name}
        if not template or not message(problem, language).strip():
            yield f"{problem.code} is not said in {language}"
        if missing := names - problem.params.keys():
            yield f"{problem.code} lacks {missing}"
