"""Keeps phones the same while they change: one seat a phone, whatever its buses say and in whatever order. Pure.

A change of mode is a phone that leaves its slot and comes back within seconds as something else. Its seat waits for it,
and stays its own unless what comes is another phone by its own word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from diagnostics.grouping import Group, grouped
from diagnostics.kinship import Kinship, Names, kinship, names_of
from diagnostics.model import Reading
from diagnostics.plugs import Plugs
from diagnostics.ports import Sighting, Snapshot
from diagnostics.slots.slot import Place, PlaceOf, Slot, plain_place

HOLD = 1.5
"""Seconds that a seat waits for its phone."""
GRACE = 4.0
"""Seconds in which the service that speaks to a phone shows it: usbmuxd is started by the phone, and asks it first."""

SETTLE = 1.0
"""Seconds in which the bus shows the device of a phone that a service shows without a slot: it is polled."""


class Trouble(StrEnum):
    """Why a phone that is plugged in is not shown by the service that should."""

    NONE = ""
    DOWN = "down"
    UNLISTED = "unlisted"


@dataclass(frozen=True, slots=True)
class Seat:
    """One phone on the bench.

    Attributes:
        key: Its own for as long as it is there.
        source: The name of the source that reads it.
        sighting: What that one shows of it; its slot by the name of its USB 2 face.
        slot: Where it sits; ``None`` where nobody tells.
        facts: What the bare bus tells beside it.
        names: Everything that it was ever called here.
        marks: The plugs that it is shown by now: source and key each.
        absent: Since when nobody shows it; ``None`` while somebody does.
        unserved: Since when its service does not show it; ``None`` while it does, or where it has none.
        trouble: Why that is, once it has lasted too long to be on its way.
    """

    key: str
    source: str
    sighting: Sighting
    slot: Slot | None = None
    facts: Reading | None = field(default=None, compare=False)
    names: Names = field(default_factory=lambda: MappingProxyType({}))
    marks: frozenset[tuple[str, str]] = frozenset()
    absent: float | None = None
    unserved: float | None = None
    trouble: Trouble = Trouble.NONE

    @property
    def waits(self) -> bool:
        """Whether there is nothing that could be read now."""
        return self.absent is not None or bool(self.sighting.served) or self.unserved is not None

    @property
    def service(self) -> str:
        """The name of the source that should show it, where that is not the one that does."""
        return self.sighting.served or self.source


class Joining:
    """Follows all buses.

    Args:
        place_of: Tells which slot a name means.
        hold: Seconds that a seat waits for its phone.
        grace: Seconds until a service is said to miss a phone.
        settle: Seconds until what is left over on both sides is taken for one phone, where nothing names slots.
    """

    def __init__(
        self,
        place_of: PlaceOf = plain_place,
        *,
        hold: float = HOLD,
        grace: float = GRACE,
        settle: float = SETTLE,
    ) -> None:
        self._place_of = place_of
        self._hold = hold
        self._grace = grace
        self._settle = settle
        self._plugs = Plugs()
        self._shown: dict[str, Snapshot] = {}
        self._places: dict[str, Place] = {}
        self._seats: tuple[Seat, ...] = ()
        self._given = 0

    def tell(self, source: str, snapshot: Snapshot) -> None:
        """Take in what a source shows now."""
        self._shown[source] = snapshot

    def learn(self, key: str, reading: Reading) -> None:
        """Take in what a phone said of itself, by which it is known when it comes back in another mode."""
        for seat in self._seats:
            if seat.key == key:
                self._plugs.call(seat.marks, names_of(seat.sighting, reading))
        self._seats = tuple(
            replace(seat, names=MappingProxyType({**seat.names, **names_of(seat.sighting, reading)}))
            if seat.key == key
            else seat
            for seat in self._seats
        )

    def part(self, key: str) -> None:
        """Give a phone a seat of its own that took another one's, whose name it has."""
        for seat in self._seats:
            if seat.key == key:
                self._plugs.forget(seat.marks)
                self._given += 1
                anew = replace(seat, key=f"{key}~{self._given}", names=MappingProxyType({}))
                self._seats = tuple(anew if each is seat else each for each in self._seats)

    def seats(self, now: float) -> tuple[Seat, ...]:
        """Return all phones, in the order in which they came.

        Args:
            now: Seconds of a clock that never goes back.
        """
        self._plugs.follow(self._shown, self._seats, now)
        known = self._plugs.known(self._seats, self._settle, self._hold)
        grouping = grouped(self._shown, self._place, known)
        groups = list(grouping.groups)
        for group in groups:
            self._plugs.call([seen.mark for seen in group.all], group.names)
        self._forget_places()
        left = list(self._seats)
        kept: dict[str, Seat] = {}
        for match in (_same_plug, _same_slot, _same_name):
            for group in list(groups):
                if found := match(group, left, now, self._hold):
                    groups.remove(group)
                    left.remove(found)
                    kept[found.key] = self._seated(found, group, now)
        # What is shown as another phone of its service does not come back.
        left = [seat for seat in left if not seat.marks & grouping.hidden]
        kept |= {seat.key: seat for each in left if (seat := self._held(each, kept.values(), groups, now))}
        in_order = [kept[seat.key] for seat in self._seats if seat.key in kept]
        self._seats = (*in_order, *(self._new(group, now) for group in groups))
        return self._seats

    def due(self) -> float | None:
        """Return when the seats change though no bus says anything; ``None`` where they do not."""
        holds = [seat.absent + self._hold for seat in self._seats if seat.absent is not None]
        graces = [
            seat.unserved + self._grace
            for seat in self._seats
            if seat.absent is None and seat.unserved is not None and seat.trouble is Trouble.NONE
        ]
        plugs = self._plugs.due(self._settle, self._hold, self._seats)
        return min([*holds, *graces, *plugs], default=None)

    def _place(self, name: str) -> Place:
        if name not in self._places:
            self._places[name] = self._place_of(name)
        return self._places[name]

    def _forget_places(self) -> None:
        """Ask again for names that are not in use: a bus may get another number."""
        used = {s.slot for snapshot in self._shown.values() for s in snapshot.sightings}
        self._places = {name: place for name, place in self._places.items() if name in used}

    def _new(self, group: Group, now: float) -> Seat:
        reader = group.reader
        key = f"{reader.source}:{reader.sighting.key}"
        if any(seat.key == key for seat in self._seats):
            self._given += 1
            key = f"{key}~{self._given}"
        return self._seated(Seat(key, reader.source, reader.sighting), group, now)

    def _seated(self, seat: Seat, group: Group, now: float) -> Seat:
        """Return a seat with what its buses show of its phone now."""
        place, bare = group.place, group.bare
        source, sighting = group.reader.source, group.reader.sighting
        unserved = None
        if group.spoken is None and (service := sighting.served):
            unserved = now if seat.unserved is None else seat.unserved
            if seat.source == service:
                # It keeps its place and its face; only its service does not show it.
                source, sighting = seat.source, seat.sighting
        return replace(
            seat,
            source=source,
            sighting=replace(sighting, slot=place.name if place else sighting.slot, facts=None),
            slot=place.slot if place else None,
            facts=bare.sighting.facts if bare else None,
            names=MappingProxyType({**seat.names, **group.names}),
            marks=frozenset(seen.mark for seen in group.all),
            absent=None,
            unserved=unserved,
            trouble=self._trouble(sighting.served or source, unserved, now),
        )

    def _trouble(self, service: str, since: float | None, now: float) -> Trouble:
        if since is None:
            return Trouble.NONE
        snapshot = self._shown.get(service)
        if snapshot and snapshot.error:
            return Trouble.DOWN
        return Trouble.UNLISTED if now >= since + self._grace else Trouble.NONE

    def _held(self, seat: Seat, kept: Iterable[Seat], new: Iterable[Group], now: float) -> Seat | None:
        """Return the seat of a phone that nobody shows, while it may come back."""
        absent = now if seat.absent is None else seat.absent
        if seat.slot is None or now >= absent + self._hold:
            return None
        taken = {other.slot for other in kept} | {group.place.slot for group in new if group.place}
        return None if seat.slot in taken else replace(seat, absent=absent, trouble=Trouble.NONE)


def _same_plug(group: Group, seats: Iterable[Seat], now: float, hold: float) -> Seat | None:  # noqa: ARG001
    """Return the seat that is shown by the same plug as before, wherever that is now."""
    marks = {seen.mark for seen in group.all}
    found = [seat for seat in seats if marks & seat.marks and not _is_other(seat, group)]
    return next(iter(sorted(found, key=lambda seat: group.reader.mark not in seat.marks)), None)


def _same_slot(group: Group, seats: Iterable[Seat], now: float, hold: float) -> Seat | None:
    """Return the seat in the group's slot, unless another phone came into it."""
    if group.place is None:
        return None
    here = [seat for seat in seats if seat.slot == group.place.slot and not _is_other(seat, group)]
    return next((seat for seat in here if seat.absent is None or now < seat.absent + hold), None)


def _same_name(group: Group, seats: Iterable[Seat], now: float, hold: float) -> Seat | None:
    """Return the seat of a phone whose cable was pulled and that is there over the network still, or the reverse."""
    found = [seat for seat in seats if kinship(seat.names, group.names) is Kinship.SAME]
    one = found[0] if len(found) == 1 else None
    wandered = one is not None and (group.place is None) is not (one.slot is None)
    return one if one and wandered and (one.absent is None or now < one.absent + hold) else None


def _is_other(seat: Seat, group: Group) -> bool:
    return kinship(seat.names, group.names) is Kinship.OTHER
