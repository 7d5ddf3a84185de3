"""Remembers which phone was in a slot, for the modes in which a phone does not tell who it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from diagnostics.kinship import Kinship, Names, is_named, is_shared_serial, kinship
from diagnostics.merging import Before, described
from diagnostics.model import Reading
from diagnostics.slots.slot import Slot

FORGOTTEN_AFTER = timedelta(minutes=30)
"""After that a slot says nothing any more of a phone without a name: somebody may long have plugged in another one."""


def counts(seen: datetime, now: datetime) -> bool:
    """Return whether what was seen then still counts; what is to come was seen by a clock that was wrong."""
    return timedelta(0) <= now - seen <= FORGOTTEN_AFTER


class Keeper(Protocol):
    """Where the slots' phones outlive the program."""

    def load(self) -> Mapping[Slot, Before]:
        """Return what was kept."""
        ...

    def save(self, phones: Mapping[Slot, Before]) -> None:
        """Keep these in place of what was kept before; called in the devices' loop, so it waits for nothing."""
        ...


class SlotMemory:
    """The last phone with a name of its own of each slot.

    Args:
        keeper: Where they are kept; for as long as the program runs when left out.
    """

    def __init__(self, keeper: Keeper | None = None) -> None:
        self._keeper = keeper
        self._before: dict[Slot, Before] = {} if keeper is None else dict(keeper.load())

    def note(self, slot: Slot | None, names: Names, reading: Reading, at: datetime) -> None:
        """Remember a phone that is, or was a moment ago, in a slot; one without a name leaves no trace."""
        if slot is not None and is_named(names):
            self._before[slot] = Before(reading.id, described(reading), at, names, reading)
            self._keep()

    def forget(self, slot: Slot | None) -> None:
        """Forget a slot's phone."""
        if slot is not None:
            self._before.pop(slot, None)
            self._keep()

    def _keep(self) -> None:
        if self._keeper is not None:
            self._keeper.save(self._before)

    def same(self, slot: Slot | None, names: Names) -> Before | None:
        """Return what is remembered of this very phone, by its own word; a serial that many carry is none."""
        before = self._before.get(slot) if slot else None
        return before if before and kinship(before.names, _own(names)) is Kinship.SAME else None

    def hint(self, slot: Slot | None, names: Names, at: datetime) -> Before | None:
        """Return which phone this may be, where it tells no name and nothing speaks against it."""
        before = self._before.get(slot) if slot else None
        if before is None or is_named(_own(names)) or not counts(before.at, at):
            return None
        return before if kinship(before.names, names) is not Kinship.OTHER else None


def _own(names: Names) -> Names:
    """Return the names that no other phone has, but for a maker's own mistake that nobody knows of yet."""
    if not is_shared_serial(names.get("serial", "")):
        return names
    return {kind: name for kind, name in names.items() if kind != "serial"}
