"""Builds a `Reading` value by value, so that none is without its evidence and no gap without its reason."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any

from diagnostics import text
from diagnostics.model import (
    Battery,
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
)
from diagnostics.ports import Clock, Sighting

_GROUPS: dict[str, type] = {
    "identity": Identity,
    "battery": Battery,
    "storage": Storage,
    "locks": Locks,
    "management": Management,
    "sim": Sim,
    "usb": Link,
}
FIELDS: frozenset[FieldName] = frozenset(
    f"{group}.{field.name}" for group, kind in _GROUPS.items() for field in dataclasses.fields(kind)
)
"""Every dotted field name that a reading has."""
LOCKS: tuple[FieldName, ...] = tuple(sorted(name for name in FIELDS if name.startswith("locks.")))
_ALWAYS = ("battery", "storage", "locks")
_ONLY_APPLE = ("identity", "management", "sim")
_NOT_BY_APPLE = frozenset({"storage.ram_gb", "battery.manufactured_on", "battery.first_used_on"})


def explained_fields(platform: Platform) -> tuple[FieldName, ...]:
    """Return the fields whose gaps a finished reading explains.

    Of an iPhone that is all of them; what an Android phone does not tell of its identity has no reason of its own.
    """
    groups = (*_ALWAYS, *_ONLY_APPLE) if platform is Platform.IOS else _ALWAYS
    return tuple(name for name in sorted(FIELDS) if name.partition(".")[0] in groups)


def _reason(name: FieldName, platform: Platform, gap: str) -> str:
    """Return the code for a value that is missing; some nobody could have told."""
    if name == "locks.blacklist":
        return "no_check_service"
    return "not_offered" if platform is Platform.IOS and name in _NOT_BY_APPLE else gap


class ReadingBuilder:
    """Collects the values of one phone.

    Args:
        sighting: Which phone it is, and where.
        clock: What evidence is dated by.
    """

    def __init__(self, sighting: Sighting, clock: Clock) -> None:
        self._sighting = sighting
        self._clock = clock
        self.state: State = sighting.state
        self._values: dict[FieldName, Any] = {}
        self._evidence: dict[FieldName, Evidence] = {}
        self._problems: list[Problem] = []
        self._at: datetime | None = None

    @contextmanager
    def dated(self, at: datetime) -> Iterator[None]:
        """Date what is put inside by when it was answered, which may be long before it is understood."""
        before, self._at = self._at, at
        try:
            yield
        finally:
            self._at = before

    def put(
        self, name: FieldName, value: object, source: str, *, raw: object, quality: Quality = Quality.EXACT
    ) -> None:
        """Keep a value with its evidence; texts are made plain, and problems of the same field are dropped.

        A text of which nothing is left then, because it was blanks and invisible signs, is rejected: it is no value.

        Args:
            name: One of `FIELDS`.
            value: Checked already: this method does not judge it.
            source: In the words of the protocol.
            raw: What was read.
            quality: How good it is.
        """
        assert name in FIELDS, name
        kept = text.plain(value) if isinstance(value, str) and not isinstance(value, LockState) else value
        if kept == "":
            self.reject(name, source, raw=raw)
            return
        self._values[name] = kept
        self._evidence[name] = Evidence(source, quality, text.raw(raw), self.now())
        if self._problems:
            self._problems = [problem for problem in self._problems if problem.field != name]

    def witness(self, name: FieldName, by: str, source: str, *, raw: object, quality: Quality) -> None:
        """Keep what a further source says of a field, beside the value that another one gave, or that none did.

        Args:
            name: One of `FIELDS`.
            by: A short word for the source, such as ``hal``; the evidence stands under ``name@by``.
            source: In the words of the protocol.
            raw: What was read.
            quality: ``rejected`` where it cannot be right.
        """
        assert name in FIELDS, name
        self._evidence[f"{name}@{by}"] = Evidence(source, quality, text.raw(raw), self.now())

    def reject(self, name: FieldName, source: str, *, raw: object, code: str = "implausible") -> None:
        """Withhold a value that was read but cannot be right: a problem, with the raw text kept under evidence."""
        assert name in FIELDS, name
        shown = text.raw(raw)
        self._evidence.setdefault(name, Evidence(source, Quality.REJECTED, shown, self.now()))
        self.problem(name, code, raw=text.plain(shown, 40))

    def problem(self, name: FieldName, code: str, **params: str) -> None:
        """Say why a value is missing; ``name`` is ``""`` for the phone as a whole. Said twice is said once."""
        assert name in FIELDS or not name, name
        entry = Problem(name, code, MappingProxyType(dict(params)))
        if name not in self._values and entry not in self._problems:
            self._problems.append(entry)

    def forget(self, *names: FieldName) -> None:
        """Take values back, with what is said beside and in place of them: what is read next may say something else."""
        for name in names:
            self._values.pop(name, None)
        self._evidence = {
            name: evidence for name, evidence in self._evidence.items() if name.partition("@")[0] not in names
        }
        self._problems = [problem for problem in self._problems if problem.field not in names]

    def has(self, name: FieldName) -> bool:
        """Return whether a value was put."""
        return name in self._values

    def was_read(self, name: FieldName) -> bool:
        """Return whether anything was read, believed or not."""
        return name in self._evidence

    def explained(self, name: FieldName) -> bool:
        """Return whether a value was put or a problem says why not."""
        return self.has(name) or any(problem.field == name for problem in self._problems)

    def partial(self) -> Reading:
        """Return what is known so far; gaps are not explained yet."""
        values: dict[str, dict[str, Any]] = {group: {} for group in _GROUPS}
        for name, value in self._values.items():
            group, _, field = name.partition(".")
            values[group][field] = value
        parts = {group: kind(**values[group]) for group, kind in _GROUPS.items()}
        return Reading(
            id=self._sighting.id,
            platform=self._sighting.platform,
            transport=self._sighting.transport,
            slot=self._sighting.slot,
            state=self.state,
            evidence=MappingProxyType(dict(self._evidence)),
            problems=tuple(self._problems),
            **parts,
        )

    def build(self, gap: str = "not_read") -> Reading:
        """Return the reading, with each gap explained that `explained_fields` names.

        Args:
            gap: The problem code for gaps that nothing else explains, such as ``needs_trust`` or ``timeout``.
        """
        for name in explained_fields(self._sighting.platform):
            if not self.explained(name):
                self.problem(name, _reason(name, self._sighting.platform, gap))
        return self.partial()

    def now(self) -> datetime:
        """Return what evidence that is put now is dated by."""
        return self._at or self._clock.now()


def concluded(reading: Reading, state: State, gap: str, *, failed: bool = True, **params: str) -> Reading:
    """Return a reading that was cut short, with its gaps explained.

    Args:
        reading: What was known when it ended.
        state: What the phone is doing now.
        gap: The problem code for what was not read, such as ``timeout`` or ``unplugged``.
        failed: Whether the gap is a problem of the phone as a whole, too.
        params: For the gap's message.
    """
    said = {problem.field for problem in reading.problems}
    expected = explained_fields(reading.platform)
    gaps = [name for name in expected if name not in reading.evidence and name not in said]
    codes = ((name, _reason(name, reading.platform, gap)) for name in gaps)
    told = MappingProxyType(params)
    added = (Problem(name, code, told) if code == gap else Problem(name, code) for name, code in codes)
    whole = (Problem("", gap, told),) if failed else ()
    return dataclasses.replace(reading, state=state, problems=(*reading.problems, *whole, *added))


def unread(sighting: Sighting, state: State | None = None) -> Reading:
    """Return the reading of a phone that was only seen on its bus; gaps are not explained yet."""
    return Reading(
        id=sighting.id,
        platform=sighting.platform,
        transport=sighting.transport,
        slot=sighting.slot,
        state=state or sighting.state,
    )
