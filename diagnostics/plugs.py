"""Follows each plug of each phone at each source while it is shown: since when, and what it is called. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

from diagnostics.grouping import BARE
from diagnostics.kinship import Names, are_named_apart, is_by_cable
from diagnostics.pairing import Known, Mark
from diagnostics.ports import Sighting, Snapshot


class Seated(Protocol):
    """A phone on the bench, as far as its plugs go."""

    @property
    def marks(self) -> frozenset[Mark]:
        """The plugs that it was shown by last."""
        ...


class Plugs:
    """Everything that is shown now, and since when.

    A phone that a service shows without a slot is held back for a moment in two cases: when it is new, because the bus
    is polled and may not show its device yet; and when its device went, because services notice that late.
    """

    def __init__(self) -> None:
        self._since: dict[Mark, float] = {}
        self._left: dict[Mark, float] = {}
        self._names: dict[Mark, Names] = {}
        self._now = 0.0

    def follow(self, shown: Mapping[str, Snapshot], seats: Iterable[Seated], now: float) -> None:
        """Take in what is shown now, and what was one phone until now."""
        plugs = dict(_plugs(shown))
        loose = {mark for mark, one in plugs.items() if not one.slot and is_by_cable(one)}
        self._since = {mark: self._since.get(mark, now) for mark in loose if mark[0] != BARE}
        self._names = {mark: names for mark, names in self._names.items() if mark in plugs}
        seated = [seat.marks for seat in seats]
        left = _without_device(seated, plugs) if _is_seen(shown) else set()
        kept = {*self._left, *left} - _with_device(seated, plugs)
        self._left = {mark: self._left.get(mark, now) for mark in kept & loose}
        self._now = now

    def call(self, marks: Iterable[Mark], names: Names) -> None:
        """Keep what the phone of these plugs is called; one with another name of its own takes another one's place."""
        for mark in marks:
            before = self._names.get(mark, {})
            kept = {} if are_named_apart(before, names) else before
            self._names[mark] = MappingProxyType({**kept, **names})

    def forget(self, marks: Iterable[Mark]) -> None:
        """Forget what the phone of these plugs is called."""
        for mark in marks:
            self._names.pop(mark, None)

    def known(self, seats: Iterable[Seated], settle: float, hold: float) -> Known:
        """Return what is known of the plugs.

        Args:
            seats: What was one phone until now.
            settle: Seconds that a new plug is held back.
            hold: Seconds that one is held back whose device went.
        """
        together = {mark: seat.marks for seat in seats for mark in seat.marks}
        new = frozenset(mark for mark, until in self._new(settle, seats) if self._now < until)
        left = frozenset(mark for mark, since in self._left.items() if self._now < since + hold)
        names = MappingProxyType(dict(self._names))
        return Known(names=names, together=MappingProxyType(together), new=new, left=left)

    def due(self, settle: float, hold: float, seats: Iterable[Seated]) -> Iterator[float]:
        """Yield when plugs are held back no more."""
        times = (*(until for _, until in self._new(settle, seats)), *(t + hold for t in self._left.values()))
        return (until for until in times if until > self._now)

    def _new(self, settle: float, seats: Iterable[Seated]) -> Iterator[tuple[Mark, float]]:
        seated = {mark for seat in seats for mark in seat.marks}
        return ((mark, since + settle) for mark, since in self._since.items() if mark not in seated)


def _plugs(shown: Mapping[str, Snapshot]) -> Iterator[tuple[Mark, Sighting]]:
    for source, snapshot in shown.items():
        yield from (((source, one.key), one) for one in snapshot.sightings)


def _is_seen(shown: Mapping[str, Snapshot]) -> bool:
    return BARE in shown and shown[BARE].error is None


def _without_device(seated: Iterable[frozenset[Mark]], plugs: Mapping[Mark, Sighting]) -> set[Mark]:
    """Return the plugs at services whose devices are not on the bus any more."""
    gone = (marks for marks in seated if any(_is_device(mark) and mark not in plugs for mark in marks))
    return {mark for marks in gone for mark in marks if not _is_device(mark)}


def _with_device(seated: Iterable[frozenset[Mark]], plugs: Mapping[Mark, Sighting]) -> set[Mark]:
    """Return the plugs at services whose devices are on the bus."""
    there = (marks for marks in seated if any(_is_device(mark) and mark in plugs for mark in marks))
    return {mark for marks in there for mark in marks if not _is_device(mark)}


def _is_device(mark: Mark) -> bool:
    return mark[0] == BARE
