"""Which phone is in which port: ports are learned once, keep their numbers, and never move."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tradein_app.viewmodels.standing import Standing

if TYPE_CHECKING:
    from diagnostics.bench import Phone
    from diagnostics.model import Reading

LOOSE_PORTS = 12
"""So many places for phones whose transport names no port; then the one that left longest ago gives its place."""
_LOOSE = "loose-"
_BESIDE = "beside-"
_MADE_UP = (_LOOSE, _BESIDE)
"""What begins the names of places that no system knows: they are not learned."""


@dataclass(slots=True)
class Port:
    """One place on the bench.

    Attributes:
        id: The slot's own name, which stays over restarts; the port chain where nobody tells more, as in earlier
            versions; or a made-up name for phones whose transport names no port, or that are told to be in another's.
        name: What the system calls it today, such as ``1-2.3``; ``""`` before its first phone.
        phone: The phone that is in it, or was last.
        owner: Whose inspection it holds: that phone's id, or that of the one before it, which it may well be.
        record_id: That inspection.
        taken: The reading that was handed to the desk last.
        unseen: The service that shows its phone failed, whether the bare bus shows it still or not; nobody unplugged
            it, as far as is known.
        beside: The id of the place in which another phone was told to be as well; ``""`` for a place of its own.
    """

    id: str
    name: str = ""
    phone: Phone | None = None
    owner: str = ""
    record_id: str | None = None
    taken: Reading | None = None
    unseen: bool = False
    beside: str = ""

    @property
    def stands_for(self) -> str:
        """The id of the place whose number it has."""
        return self.beside or self.id

    @property
    def bus(self) -> str:
        """The name of the bus whose service shows its phone, or should; ``""`` before the first one."""
        return (self.phone.sighting.served or str(self.phone.sighting.transport)) if self.phone else ""

    @property
    def chain(self) -> str:
        """The port chain; ``""`` for a place without one."""
        if self.id.startswith(_LOOSE):
            return ""
        return self.name or self.stands_for.rpartition(" ")[2]

    @property
    def present(self) -> bool:
        """Whether a phone is in it now."""
        return self.phone is not None and self.phone.present

    @property
    def idle(self) -> bool:
        """Whether no phone is in it now."""
        return not self.present

    @property
    def lacks_service(self) -> bool:
        """Whether the bare bus shows its phone, and the service that speaks to it did not."""
        from diagnostics.merging import lacks_service

        return self.phone is not None and lacks_service(self.phone.reading)

    @property
    def settled(self) -> bool:
        """Whether its phone was read, well or not, and the reading says something of the phone.

        What says only that a service is down, or speaks of a phone without a name, adds nothing to an inspection.
        """
        phone = self.phone
        if phone is None or phone.busy or phone.reading.state == "connecting":
            return False
        return self.record_id is None or not (phone.before or self.lacks_service)


class Board:
    """All ports, in the order in which they were first used; each keeps its index.

    Args:
        ports: Learned in earlier sessions.
        by_number: The numbers that the shop gave them.
    """

    def __init__(
        self, ports: Iterable[str] = (), by_number: Mapping[int, Sequence[str]] | None = None
    ) -> None:
        self.ports: list[Port] = [Port(id_) for id_ in ports if not id_.startswith(_MADE_UP)]
        self.standing = Standing()
        self._left: list[str] = []
        self.renumber(by_number or {})

    def renumber(self, by_number: Mapping[int, Sequence[str]]) -> None:
        """Take the numbers of the slots; each has a port from now on, also before its first phone."""
        self.standing.take(by_number)
        self.ports += [Port(slot) for slot in self.standing.missing(self.ports)]

    def number(self, index: int) -> tuple[int, bool]:
        """Return a port's number, and whether nobody gave it that while others were given theirs."""
        return self.standing.number(self.ports, index)

    def order(self) -> tuple[int, ...]:
        """Return the indexes in the order in which the ports stand."""
        return self.standing.order(self.ports)

    def numbered(self, number: int) -> int | None:
        """Return the index of the port with a number."""
        return next((index for index in self.order() if self.number(index)[0] == number), None)

    def learned(self) -> tuple[str, ...]:
        """Return the physical ports, to be remembered."""
        return tuple(port.id for port in self.ports if not port.id.startswith(_MADE_UP))

    def apply(self, phone: Phone) -> int | None:
        """Put a phone's news into its port.

        Returns:
            The port's index; ``None`` for late news of a phone that another one has replaced.
        """
        index = self._find(phone)
        if index is None:
            return None
        port = self.ports[index]
        # A phone that tells no name in its mode may be the one before it: the inspection stays with that one.
        owner = str(phone.before or phone.sighting.id)
        if port.owner != owner:
            port.record_id = port.taken = None
        port.owner, port.phone = owner, phone
        self._note_place(port, phone)
        self._note_leaving(port)
        return index

    def index_of(self, port_id: str | None) -> int | None:
        """Return a port's index, by its own name or by what it is called today."""
        exact = (i for i, port in enumerate(self.ports) if port.id == port_id)
        called = (i for i, port in enumerate(self.ports) if port_id and port.name == port_id)
        return next(exact, next(called, None))

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
        return phone.sighting.slot is None or port.stands_for in (phone.place, phone.sighting.slot)

    def _place(self, phone: Phone) -> int:
        slot = phone.sighting.slot
        if slot is None:
            return self._loose_place(phone)
        faces = self.standing.same(self.ports, phone.place)
        if (face := next((index for index in faces if self._takes(index, phone)), None)) is not None:
            return self._beside(face, phone)
        known = (self.index_of(name) for name in (phone.place, slot) if name)
        index = next((index for index in known if index is not None and self._is_free(index, phone)), None)
        return self._new(phone.place or slot) if index is None else self._beside(index, phone)

    def _beside(self, index: int, phone: Phone) -> int:
        """Return a place, or while another phone is told to be in it one beside it: neither hides the other.

        One that a service which failed showed there is not known to be there still: what comes takes its place.
        """
        port = self.ports[index]
        if port.idle or port.unseen or port.phone is None or port.phone.key == phone.key:
            return index
        free = (at for at, each in enumerate(self.ports) if each.beside == port.id and each.idle)
        if (known := next(free, None)) is not None:
            return known
        at = self._new(f"{_BESIDE}{len(self.ports) + 1}")
        self.ports[at].beside = port.id
        return at

    def sharing(self, index: int) -> tuple[int, ...]:
        """Return the other ports with phones that are told to be in the place of a port's phone, too."""
        port = self.ports[index]
        if port.idle or not self.is_shared:
            return ()
        same = (at for at, each in enumerate(self.ports) if each.stands_for == port.stands_for)
        return tuple(at for at in same if at != index and not self.ports[at].idle)

    @property
    def is_shared(self) -> bool:
        """Whether two phones have been told to be in one place."""
        return any(port.beside for port in self.ports)

    def _takes(self, index: int, phone: Phone) -> bool:
        """Return whether a face of a port may be this phone's place: not while its twin holds another phone.

        Two phones that are there are two ports, whatever was learnt: what is one port has room for one cable.
        """
        port = self.ports[index]
        return port.idle or phone.place == port.id

    def _is_free(self, index: int, phone: Phone) -> bool:
        """Return whether a port may be this phone's place: not where its name of today was another slot's once."""
        port = self.ports[index]
        return phone.place in (None, port.id) or port.id == phone.sighting.slot

    def _note_place(self, port: Port, phone: Phone) -> None:
        """Let a port of an earlier version take its slot's own name, which stays when buses are numbered anew."""
        slot = phone.sighting.slot
        if slot is None or port.id.startswith(_LOOSE):
            return
        for other in self.ports:
            if other.stands_for != port.stands_for and other.name == slot:
                other.name = ""
        port.name = slot
        if not port.beside:
            self._rename(port, phone.place or port.id)

    def _rename(self, port: Port, id_: str) -> None:
        for other in self.ports:
            if other.beside == port.id:
                other.beside = id_
        port.id = id_

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
