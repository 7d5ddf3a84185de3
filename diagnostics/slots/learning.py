"""Slot numbers that a shop teaches the bench: "plug a phone into slot 3 now". Pure: slots in, numbers out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Self

from diagnostics.slots.slot import PlaceOf, Slot, is_name


@dataclass(frozen=True, slots=True)
class Numbers:
    """Which slots have which number.

    Attributes:
        by_number: A number may have two slots: where a system does not tell that two faces are one port, both are
            learnt. Those of earlier versions are names such as ``1-2.3``, until `adopted` finds them.
    """

    by_number: Mapping[int, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, slot: Slot | str | None) -> int | None:
        """Return a slot's number."""
        wanted = str(slot)
        return next((number for number, slots in self.by_number.items() if wanted in slots), None)

    def learnt(self, number: int, slot: Slot, *, other_face: bool = False) -> Self:
        """Return the numbers with a slot under this one; it leaves the number that it had.

        Args:
            number: From 1.
            slot: Where a phone was plugged in.
            other_face: Whether it is one more face of the port that has this number already.
        """
        text = str(slot)
        others = {at: tuple(each for each in slots if each != text) for at, slots in self.by_number.items()}
        before = others.get(number, ()) if other_face else ()
        kept = {at: slots for at, slots in {**others, number: (*before, text)}.items() if slots}
        return replace(self, by_number=MappingProxyType(dict(sorted(kept.items()))))

    def adopted(self, place_of: PlaceOf) -> Self:
        """Return the numbers with the names of earlier versions replaced by what they mean today."""
        found = {
            number: tuple(dict.fromkeys(adopted(slot, place_of) for slot in slots))
            for number, slots in self.by_number.items()
        }
        return replace(self, by_number=MappingProxyType(found))


def adopted(stored: str, place_of: PlaceOf) -> str:
    """Return how a slot is stored now that was stored by its name of that day, such as ``1-2.3``; others stay."""
    return str(place_of(stored).slot) if is_name(stored) else stored


@dataclass(frozen=True, slots=True)
class Learning:
    """Waits for a phone in the slot that is to have a number.

    Attributes:
        number: The number that is being learnt.
        busy: Slots that have a phone already: to learn one of them its phone is pulled and plugged in again.
        slot: The slot that was found; ``None`` while it waits.
        candidates: Phones that came at one moment: nobody knows which of them was meant.
    """

    number: int
    busy: frozenset[Slot] = frozenset()
    slot: Slot | None = None
    candidates: frozenset[Slot] = frozenset()

    def see(self, taken: Iterable[Slot]) -> Self:
        """Return how it stands once these slots have a phone.

        Two phones that come together, as with a hub that is plugged in, teach nothing: both count as there already.
        """
        if self.slot is not None:
            return self
        now = frozenset(taken)
        came = now - self.busy
        found = next(iter(came)) if len(came) == 1 else None
        several = came if len(came) > 1 else frozenset()
        return replace(self, busy=now, slot=found, candidates=several)
