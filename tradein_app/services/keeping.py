"""Keeps what a phone told: a later reading that got less never takes the place of one that got more."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from diagnostics.model import FieldName, LockState, Reading, State

_GROUPS = ("identity", "battery", "storage", "locks", "management", "sim")
_NOTHING = frozenset({None, LockState.UNKNOWN})


def told_by_both(told: Reading, later: Reading) -> Reading:
    """Return the reading that counts of two of the same phone.

    A full reading counts alone, and outlives later ones that got less because the phone was pulled out, locked itself,
    took its trust back or fell silent. But a lock that one of these found on, and that was not known to be, goes into
    it: it is never passed over. Of two that are not full the later one counts, with what only the earlier one told.

    Args:
        told: What counted until now.
        later: Read after it.
    """
    if later.state is State.READY:
        return later
    if told.state is State.READY:
        return _with_values(told, later, _new_locks(told, later))
    return _with_values(later, told, _gaps(later, told))


def _new_locks(told: Reading, later: Reading) -> Iterator[FieldName]:
    for field in dataclasses.fields(told.locks):
        name = f"locks.{field.name}"
        if _value(later, name) is LockState.ON and _value(told, name) is not LockState.ON:
            yield name


def _gaps(reading: Reading, source: Reading) -> Iterator[FieldName]:
    """Yield what one reading did not tell and the other one did; what it told and nobody could believe stays so."""
    for group in _GROUPS:
        for field in dataclasses.fields(getattr(reading, group)):
            name = f"{group}.{field.name}"
            silent = _value(reading, name) in _NOTHING and name not in reading.evidence
            if silent and _value(source, name) not in _NOTHING:
                yield name


def _with_values(reading: Reading, source: Reading, names: Iterator[FieldName]) -> Reading:
    """Return a reading with some values of another one, each with its evidence, sources and problems."""
    taken = frozenset(names)
    if not taken:
        return reading
    groups = {group: _filled(reading, source, group, taken) for group in _GROUPS}
    evidence = {name: row for name, row in reading.evidence.items() if _field(name) not in taken}
    evidence |= {name: row for name, row in source.evidence.items() if _field(name) in taken}
    problems = [entry for entry in reading.problems if entry.field not in taken]
    problems += [entry for entry in source.problems if entry.field in taken]
    return dataclasses.replace(
        reading, **groups, evidence=MappingProxyType(evidence), problems=tuple(problems)
    )


def _filled(reading: Reading, source: Reading, group: str, taken: frozenset[FieldName]) -> Any:
    names = [name.partition(".")[2] for name in taken if name.startswith(f"{group}.")]
    values = {name: getattr(getattr(source, group), name) for name in names}
    return dataclasses.replace(getattr(reading, group), **values)


def _field(evidence: str) -> FieldName:
    """Return whose evidence this is: further sources stand under ``field@source``."""
    return evidence.partition("@")[0]


def _value(reading: Reading, name: FieldName) -> object:
    group, _, field = name.partition(".")
    return getattr(getattr(reading, group), field)
