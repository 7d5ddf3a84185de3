"""Which phone is in which port: ports are learned once, keep their numbers, and never move."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagnostics.bench import Phone
    from diagnostics.model import Reading

LOOSE_PORTS = 12
"""So many places for phones whose transport names no port; then the one that left longest ago gives its place."""
_LOOSE = "loose-"


@dataclass(slots=True)
class Port:
    """One place on the bench.

    Attributes:
        id: The port chain, or a made-up name for phones whose transport names no port.
        phone: The phone that is in it, or was last.
        record_id: That phone's inspection.
        taken: The reading that was handed to the desk last.
        unseen: The service that shows its phone failed; nobody unplugged the phone, as far as is known.
    """

    id: str
    phone: Phone | None = None
    record_id: str | None = None
    taken: Reading | None = None
    unseen: bool = False

    @property
    def bus(self) -> str:
        """The name of the bus that shows, or showed, its phone; ``""`` before the first one."""
        return str(self.phone.sighting.transport) if self.phone else ""

    @property
    def chain(self) -> str:
        """The port chain; ``""`` for a place without one."""
        return "" if self.id.startswith(_LOOSE) else self.id

    @property
    def present(self) -> bool:
        """Whether a phone is in it now."""
        return self.phone is not None and self.phone.present


class Board:
    """All ports, in the order in which they were learned.

    Args:
        ports: Learned in earlier sessions.
    """

    def __init__(self, ports: Iterable[str] = ()) -> None:
        self.ports: list[Port] = [Port(id_) for id_ in ports if not id_.startswith(_LOOSE)]
        self._left: list[str] = []

    def learned(self) -> tuple[str, ...]:
        """Return the physical ports, to be remembered."""
        return tuple(port.id for port in self.ports if not port.id.startswith(_LOOSE))

    def apply(self, phone: Phone) -> int | None:
        """Put a phone's news into its port.

        Returns:
            The port's index; ``None`` for late news of a phone that another one has replaced.
        """
        index = self._find(phone)
        if index is None:
            return None
        port = self.ports[index]
        if port.phone is None or port.phone.sighting.id != phone.sighting.id:
            port.record_id = port.taken = None
        port.phone = phone
        self._note_leaving(port)
        return index

    def index_of(self, port_id: str | None) -> int | None:
        """Return a port's index."""
        return next((i for i, port in enumerate(self.ports) if port.id == port_id), None)

    def holding(self, record_id: str | None) -> int | None:
        """Return the index of the port whose phone an inspection belongs to."""
        if record_id is None:
            return None
        return next((i for i, port in enumerate(self.ports) if port.record_id == record_id), None)

    def _find(self, phone: Phone) -> int | None:
        by_key = next((i for i, p in enumerate(self.ports) if p.phone and p.phone.key == phone.key), None)
        if by_key is not None and self._same_place(self.ports[by_key], phone):
            return by_key
        if not phone.present:
            return None
        return self._place(phone)

    def _same_place(self, port: Port, phone: Phone) -> bool:
        return phone.sighting.slot is None or phone.sighting.slot == port.id

    def _place(self, phone: Phone) -> int:
        slot = phone.sighting.slot
        if slot is None:
            return self._loose_place(phone)
        index = self.index_of(slot)
        return self._new(slot) if index is None else index

    def _loose_place(self, phone: Phone) -> int:
        loose = [(i, port) for i, port in enumerate(self.ports) if port.id.startswith(_LOOSE)]
        for index, port in loose:
            if not port.present and port.phone and port.phone.sighting.id == phone.sighting.id:
                return index
        gone = [index for index, port in loose if not port.present]
        if len(loose) < LOOSE_PORTS or not gone:
            return self._new(f"{_LOOSE}{len(loose) + 1}")
        return min(gone, key=lambda index: self._left.index(self.ports[index].id))

    def _new(self, port_id: str) -> int:
        self.ports.append(Port(port_id))
        return len(self.ports) - 1

    def _note_leaving(self, port: Port) -> None:
        if port.id in self._left:
            self._left.remove(port.id)
        if not port.present:
            self._left.append(port.id)


def chain_order(chain: str | None) -> tuple[bool, tuple[int, ...], str]:
    """Return a sort key: by bus, then by the port at each hub on the way; phones without a port come last."""
    numbers = tuple(int(number) for number in re.findall(r"[0-9]+", chain or ""))
    return chain is None, numbers, chain or ""
