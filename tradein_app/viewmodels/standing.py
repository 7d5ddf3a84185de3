"""Which number each port has, and where it stands: the learnt ones by their numbers, the others behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from diagnostics.slots.learning import Numbers


class Placed(Protocol):
    """What stands on the board."""

    @property
    def id(self) -> str:
        """The slot's own name."""
        ...

    @property
    def stands_for(self) -> str:
        """The slot whose number it has: its own, or that of a place that it shares."""
        ...

    @property
    def idle(self) -> bool:
        """Whether no phone is in it now."""
        ...


class Standing:
    """The numbers that the shop gave its slots, and those that follow from them.

    While nobody has numbered any slot, ports have their numbers by the order in which they were first used. With the
    first learnt number those without one stand behind the learnt ones, for theirs are on no label of the bench.
    """

    def __init__(self, by_number: Mapping[int, Sequence[str]] | None = None) -> None:
        self.by_number: dict[int, tuple[str, ...]] = {}
        self._of: dict[str, int] = {}
        self.take(by_number or {})

    def take(self, by_number: Mapping[int, Sequence[str]]) -> None:
        """Take the numbers as they are learnt now."""
        self.by_number = {number: tuple(slots) for number, slots in sorted(by_number.items())}
        self._of = {slot: number for number, slots in self.by_number.items() for slot in slots}

    def learnt(self, slot: str | None) -> int | None:
        """Return the number that a person gave a slot."""
        return self._of.get(slot) if slot else None

    def same(self, ports: Sequence[Placed], slot: str | None) -> tuple[int, ...]:
        """Return the indexes of the ports that stand for a slot's number: each may be the port's other face."""
        number = self.learnt(slot)
        if number is None:
            return ()
        return tuple(index for index, port in enumerate(ports) if self.learnt(port.id) == number)

    def missing(self, ports: Sequence[Placed]) -> tuple[str, ...]:
        """Return a slot for each number that no port stands for."""
        there = {self.learnt(port.id) for port in ports}
        return tuple(slots[0] for number, slots in self.by_number.items() if number not in there)

    def number(self, ports: Sequence[Placed], index: int) -> tuple[int, bool]:
        """Return a port's number, and whether it only follows from the order while others were learnt."""
        slot = ports[index].stands_for
        learnt = self.learnt(slot)
        if learnt is not None:
            return learnt, False
        own = next((at for at, port in enumerate(ports) if port.id == slot), index)
        before = sum(self.learnt(port.id) is None and port.stands_for == port.id for port in ports[:own])
        return max(self.by_number, default=0) + before + 1, bool(self.by_number)

    def order(self, ports: Sequence[Placed]) -> tuple[int, ...]:
        """Return the indexes in the order in which the ports stand.

        Of two faces of one port that both had a phone before they were known to be one, the later one is left out
        once its phone has gone. Of a place that two phones shared what is empty is left out while the other is not.
        """
        first = {
            number: index for index, port in reversed([*enumerate(ports)]) if (number := self.learnt(port.id))
        }
        held = {port.stands_for for port in ports if not port.idle}
        shown = [
            index
            for index, port in enumerate(ports)
            if not port.idle
            or (
                port.id == port.stands_for
                and port.id not in held
                and ((number := self.learnt(port.id)) is None or first[number] == index)
            )
        ]
        return tuple(sorted(shown, key=lambda index: (self.number(ports, index)[0], index)))


def numbers_from(by_number: Mapping[int, Sequence[str]]) -> Numbers:
    """Return kept numbers as those that are learnt on."""
    from types import MappingProxyType

    from diagnostics.slots.learning import Numbers

    return Numbers(MappingProxyType({number: tuple(slots) for number, slots in by_number.items()}))
