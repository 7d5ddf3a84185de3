"""Puts what all buses show at one moment together: what is in one slot is one phone. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from diagnostics.kinship import Kinship, Names, kinship, names_of, over_air
from diagnostics.ports import Sighting, Snapshot
from diagnostics.slots.slot import Place, PlaceOf

BARE = "usb"
"""The name of the source that shows the bus itself: whatever hangs on it, whether anything speaks to it or not."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One phone as one source shows it.

    Attributes:
        source: The source's name.
        place: Where it is; ``None`` where the source does not tell.
    """

    source: str
    sighting: Sighting
    place: Place | None

    @property
    def mark(self) -> tuple[str, str]:
        """What makes it this plug of this phone."""
        return (self.source, self.sighting.key)


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


def grouped(shown: Mapping[str, Snapshot], place_of: PlaceOf) -> tuple[Group, ...]:
    """Return each phone once.

    Two sightings of one slot are one phone, unless both tell who they are and differ. A phone that is there by cable is
    not shown over the network as well. What names no slot is joined by its serial, where only one can be meant: phones
    that share one are left apart.
    """
    seen = [
        Seen(source, sighting, place_of(sighting.slot) if sighting.slot else None)
        for source, snapshot in shown.items()
        for sighting in snapshot.sightings
    ]
    groups = [group for at_one in _by_place(seen) for group in _one_place(at_one)]
    loose = [one for one in seen if one.place is None and not _cabled(one, groups)]
    joined = _joined(loose, groups)
    rest = [Group(spoken=one) for one in loose if one.mark not in joined]
    return (*(joined_group(group, joined.values()) for group in groups), *rest)


def joined_group(group: Group, joined: Iterable[Group]) -> Group:
    """Return the group that took this one's place, else this one."""
    return next((other for other in joined if other.bare and other.bare is group.bare), group)


def _by_place(seen: Iterable[Seen]) -> Iterable[list[Seen]]:
    places: dict[object, list[Seen]] = defaultdict(list)
    for one in seen:
        if one.place:
            places[one.place.slot].append(one)
    return places.values()


def _one_place(seen: Sequence[Seen]) -> Iterator[Group]:
    """Yield the phones of one slot: one, but for what is stale, or lies."""
    spoken = [one for one in seen if one.source != BARE]
    bare = [one for one in seen if one.source == BARE]
    device = bare[-1] if bare else None
    fitting = [one for one in spoken if device and _fits(one, device)]
    chosen = (fitting or ([] if device else spoken))[:1]
    if chosen or device:
        yield Group(chosen[0] if chosen else None, device)
    yield from (Group(spoken=one) for one in spoken if one not in chosen)


def _fits(one: Seen, device: Seen) -> bool:
    return kinship(names_of(one.sighting), names_of(device.sighting)) is not Kinship.OTHER


def _cabled(one: Seen, groups: Sequence[Group]) -> bool:
    """Return whether a phone that is reached over the network is there by cable, too."""
    serial = over_air(one.sighting)
    return serial is not None and any(
        group.spoken and names_of(group.spoken.sighting).get("serial") == serial for group in groups
    )


def _joined(loose: Sequence[Seen], groups: Sequence[Group]) -> dict[tuple[str, str], Group]:
    """Return the groups of phones whose source names no slot, by the serial that the bare bus shows, too."""
    unspoken = [group for group in groups if group.bare and not group.spoken]
    found = {}
    for one in loose:
        meant = [group for group in unspoken if _is_same(one, group)]
        rivals = [other for other in loose if meant and _is_same(other, meant[0])]
        if len(meant) == len(rivals) == 1:
            found[one.mark] = replace(meant[0], spoken=one)
    return found


def _is_same(one: Seen, group: Group) -> bool:
    served = group.bare is not None and group.bare.sighting.served == one.source
    return served and kinship(names_of(one.sighting), group.names) is Kinship.SAME
