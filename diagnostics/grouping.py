"""Puts what all buses show at one moment together: what is in one slot is one phone. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from diagnostics.kinship import Kinship, Names, is_by_cable, kinship, names_of, over_air
from diagnostics.model import State
from diagnostics.pairing import Known, Mark, Pairs, Seen, paired
from diagnostics.ports import Snapshot
from diagnostics.slots.slot import Place, PlaceOf

BARE = "usb"
"""The name of the source that shows the bus itself: whatever hangs on it, whether anything speaks to it or not."""
NOTHING = Known()
"""What is known at the first look."""


@dataclass(frozen=True, slots=True)
class Group:
    """One phone as all sources show it.

    Attributes:
        spoken: By the source that speaks to it, where one does.
        bare: On the bare bus, where that shows it.
    """

    spoken: Seen | None = None
    bare: Seen | None = None

    @property
    def reader(self) -> Seen:
        """The one that is read."""
        found = self.spoken or self.bare
        assert found is not None, "a group is never empty"
        return found

    @property
    def all(self) -> tuple[Seen, ...]:
        """Both, as far as they are there."""
        return tuple(seen for seen in (self.spoken, self.bare) if seen)

    @property
    def place(self) -> Place | None:
        """Where it is, whoever tells."""
        return next((seen.place for seen in self.all if seen.place), None)

    @property
    def names(self) -> Names:
        """What it is called, by whoever shows it."""
        found: dict[str, str] = {}
        for seen in reversed(self.all):
            found |= names_of(seen.sighting)
        return found


@dataclass(frozen=True, slots=True)
class Grouping:
    """All phones at one moment.

    Attributes:
        groups: Each phone once.
        hidden: Marks of devices that are shown as phones of their service, nobody knows which.
    """

    groups: tuple[Group, ...]
    hidden: frozenset[Mark] = frozenset()


def grouped(shown: Mapping[str, Snapshot], place_of: PlaceOf, known: Known = NOTHING) -> Grouping:
    """Return each phone once.

    Two sightings of one slot are one phone, unless both tell who they are and differ. A phone that is there by cable is
    not shown over the network as well. What names no slot is joined by what `diagnostics.pairing` finds.
    """
    seen = [
        Seen(source, sighting, place_of(sighting.slot) if sighting.slot else None)
        for source, snapshot in shown.items()
        for sighting in snapshot.sightings
    ]
    groups = [group for at_one in _by_place(seen) for group in _one_place(at_one)]
    loose = [one for one in seen if one.place is None and not _cabled(one, seen)]
    pairs = paired(loose, [group.bare for group in groups if group.bare and not group.spoken], known)
    spoken = {device.mark: one for one in loose if (device := pairs.devices.get(one.mark))}
    with_devices = (_completed(group, spoken, pairs) for group in groups)
    rest = (one for one in loose if one.mark not in pairs.devices and one.mark not in pairs.waiting)
    whole = (*(group for group in with_devices if group), *(Group(spoken=one) for one in rest))
    return Grouping(whole, pairs.hidden)


def _completed(group: Group, spoken: Mapping[Mark, Seen], pairs: Pairs) -> Group | None:
    """Return a group with the phone that its device was found to be; ``None`` where it is shown as another's."""
    if group.bare is None or group.spoken is not None:
        return group
    mark = group.bare.mark
    if mark in pairs.hidden:
        return None
    return Group(spoken.get(mark), group.bare.anywhere() if mark in pairs.astray else group.bare)


def _by_place(seen: Iterable[Seen]) -> Iterable[list[Seen]]:
    places: dict[object, list[Seen]] = defaultdict(list)
    for one in seen:
        if one.place:
            places[one.place.slot].append(one)
    return places.values()


def _one_place(seen: Sequence[Seen]) -> Iterator[Group]:
    """Yield the phones of one slot: one, but for what is stale, or lies."""
    bare = [one for one in seen if one.source == BARE]
    device = bare[-1] if bare else None
    spoken = _one_a_source([one for one in seen if one.source != BARE], device)
    fitting = [one for one in spoken if device and _fits(one, device)]
    chosen = (fitting or ([] if device else spoken))[:1]
    if chosen or device:
        yield Group(chosen[0] if chosen else None, device)
    yield from (Group(spoken=one) for one in spoken if one not in chosen)


def _one_a_source(spoken: Sequence[Seen], device: Seen | None) -> list[Seen]:
    """Return one phone for each service: a service that names one plug twice shows what was there before as well.

    It is the one that the bus shows, too; else one that answers; else the one that was told last.
    """
    best: dict[str, tuple[tuple[bool, bool, bool], Seen]] = {}
    for one in spoken:
        kin = kinship(names_of(one.sighting), names_of(device.sighting)) if device else Kinship.UNKNOWN
        answers = one.sighting.state is not State.OFFLINE
        rank = (kin is Kinship.SAME, kin is not Kinship.OTHER, answers)
        if one.source not in best or rank >= best[one.source][0]:
            best[one.source] = (rank, one)
    return [one for _, one in best.values()]


def _fits(one: Seen, device: Seen) -> bool:
    return kinship(names_of(one.sighting), names_of(device.sighting)) is not Kinship.OTHER


def _cabled(one: Seen, seen: Iterable[Seen]) -> bool:
    """Return whether a phone that is reached over the network is there by cable, too."""
    serial = over_air(one.sighting)
    by_cable = (other for other in seen if other.source == one.source and is_by_cable(other.sighting))
    return serial is not None and any(names_of(other.sighting).get("serial") == serial for other in by_cable)
