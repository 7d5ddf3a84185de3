"""Tells which device on the bus is which phone of a service that names no slots, as adb on Windows does. Pure.

What a service shows by cable hangs on this computer's bus, so the bus shows it, too. Names prove which it is; where
there are none, what is left over on both sides may. What stays open is shown once, without a slot: never twice, and
never in a place that nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType

from diagnostics.kinship import Kinship, Names, are_named_apart, is_by_cable, kinship, names_of
from diagnostics.ports import Sighting
from diagnostics.slots.slot import Place

Mark = tuple[str, str]
"""One plug of one phone at one source: the source's name, and the sighting's key."""


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
    def mark(self) -> Mark:
        """What makes it this plug of this phone."""
        return (self.source, self.sighting.key)

    def anywhere(self) -> Seen:
        """Return it without its place: one of several devices, and nobody knows which."""
        return replace(self, sighting=replace(self.sighting, slot=None, facts=None), place=None)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known from before of the plugs that are shown now.

    Attributes:
        names: What a plug's phone was called by other sources, or said of itself.
        own: What it calls itself, by far the surer: a device without a name was called so by what was left over.
        together: The plugs with which it was one phone.
        new: Plugs that came a moment ago: their devices may still be to come.
        left: Plugs whose devices went a moment ago: their service may not have noticed.
    """

    names: Mapping[Mark, Names] = field(default_factory=lambda: MappingProxyType({}))
    own: Mapping[Mark, Names] = field(default_factory=lambda: MappingProxyType({}))
    together: Mapping[Mark, frozenset[Mark]] = field(default_factory=lambda: MappingProxyType({}))
    new: frozenset[Mark] = frozenset()
    left: frozenset[Mark] = frozenset()

    def named(self, loose: Iterable[Seen], bare: Iterable[Seen]) -> Known:
        """Return it with all names of these plugs' phones, so that none is looked up again for each pair."""
        of_devices = {device.mark: names_of(device.sighting) for device in bare}
        of_phones = {one.mark: self._all_of(one) for one in loose}
        names = {**of_phones, **{device.mark: self._all_of(device) for device in bare}}
        own = {**of_phones, **of_devices}
        return replace(self, names=MappingProxyType(names), own=MappingProxyType(own))

    def _all_of(self, one: Seen) -> Names:
        return {**self.names.get(one.mark, {}), **names_of(one.sighting)}

    def kinship(self, one: Seen, other: Seen) -> Kinship:
        """Return whether two plugs are one phone's, by everything that they are called; both must be `named`."""
        return kinship(self.names[one.mark], self.names[other.mark])

    def own_kinship(self, one: Seen, other: Seen) -> Kinship:
        """Return it by what they call themselves."""
        return kinship(self.own[one.mark], self.own[other.mark])


@dataclass(frozen=True, slots=True)
class Pairs:
    """What belongs together.

    Attributes:
        devices: The device of a phone, by the phone's mark.
        waiting: Marks of phones that are shown as their devices alone for the moment.
        hidden: Marks of devices that are shown as phones of their service, nobody knows which.
        astray: Marks of devices that are left over, of several: their places are not theirs for sure.
    """

    devices: Mapping[Mark, Seen] = field(default_factory=lambda: MappingProxyType({}))
    waiting: frozenset[Mark] = frozenset()
    hidden: frozenset[Mark] = frozenset()
    astray: frozenset[Mark] = frozenset()


Fits = Callable[[Seen, Seen], bool]


def paired(loose: Sequence[Seen], bare: Sequence[Seen], known: Known) -> Pairs:
    """Return which phones without a slot are which devices.

    Args:
        loose: What services show without saying where.
        bare: What the bus shows, and no service in the same slot.
        known: What is known from before.
    """

    def together(one: Seen, device: Seen) -> bool:
        return _serves(one, device) and device.mark in known.together.get(one.mark, ())

    def same(one: Seen, device: Seen) -> bool:
        return known.kinship(one, device) is Kinship.SAME

    def same_served(one: Seen, device: Seen) -> bool:
        return _serves(one, device) and same(one, device)

    def same_started_anew(one: Seen, device: Seen) -> bool:
        # Its service has not noticed yet that it is in another mode.
        return not device.sighting.served and is_by_cable(one.sighting) and same(one, device)

    def likely(one: Seen, device: Seen) -> bool:
        return _may_be(one, device) and known.kinship(one, device) is not Kinship.OTHER

    def possible(one: Seen, device: Seen) -> bool:
        return _may_be(one, device) and known.own_kinship(one, device) is not Kinship.OTHER

    if not loose or not bare:
        return Pairs(waiting=frozenset(one.mark for one in loose if one.mark in known.left))
    known = known.named(loose, bare)
    work = _Work(list(loose), list(bare))
    for fits in (together, same_served, same_started_anew):
        work.pair(fits)
    waiting = [one for one in work.loose if _waits(one, work.bare, known)]
    work.loose = [one for one in work.loose if one not in waiting]
    for fits in () if waiting else (likely, possible):
        work.pair(fits)
    return _counted(work, frozenset(one.mark for one in waiting), known)


@dataclass(slots=True)
class _Work:
    """What is still open, and what is found."""

    loose: list[Seen]
    bare: list[Seen]
    found: dict[Mark, Seen] = field(default_factory=dict)

    def pair(self, fits: Fits) -> None:
        """Pair what fits nothing else, again and again: each pair leaves fewer to choose from."""
        while pairs := list(self._only(fits)):
            for one, device in pairs:
                self.found[one.mark] = device
                self.loose.remove(one)
                self.bare.remove(device)

    def _only(self, fits: Fits) -> Iterator[tuple[Seen, Seen]]:
        for one in self.loose:
            meant = list(islice((device for device in self.bare if fits(one, device)), 2))
            if len(meant) == 1 and not any(fits(other, meant[0]) for other in self.loose if other is not one):
                yield one, meant[0]


def _counted(work: _Work, waiting: frozenset[Mark], known: Known) -> Pairs:
    """Hide as many devices as there are phones for them."""

    def countable(one: Seen, device: Seen) -> bool:
        return _is_countable(one, device, known)

    hidden = _most(work.loose, work.bare, countable)
    left = [device for device in work.bare if device.mark not in hidden]
    astray = [device for device in left if any(countable(one, device) for one in work.loose)]
    return Pairs(work.found, waiting, hidden, frozenset(device.mark for device in astray))


def _most(loose: Sequence[Seen], bare: Sequence[Seen], fits: Fits) -> frozenset[Mark]:
    """Return as many devices as phones can be given one each (a maximum matching, by augmenting paths)."""
    taken: dict[Mark, Seen] = {}

    def given(one: Seen, tried: set[Mark]) -> bool:
        for device in bare:
            if device.mark in tried or not fits(one, device):
                continue
            tried.add(device.mark)
            if device.mark not in taken or given(taken[device.mark], tried):
                taken[device.mark] = one
                return True
        return False

    for one in loose:
        given(one, set())
    return frozenset(taken)


def _waits(one: Seen, bare: Iterable[Seen], known: Known) -> bool:
    """Return whether a phone is going, or is new and one of the devices that are shown meanwhile."""
    return one.mark in known.left or (
        one.mark in known.new and any(_is_countable(one, device, known) for device in bare)
    )


def _is_countable(one: Seen, device: Seen, known: Known) -> bool:
    """Return whether a device may be a phone's: a maker's word may be wrong, a phone's own name is not."""
    return _may_be(one, device) and not are_named_apart(known.own[one.mark], known.own[device.mark])


def _may_be(one: Seen, device: Seen) -> bool:
    return _serves(one, device) and is_by_cable(one.sighting)


def _serves(one: Seen, device: Seen) -> bool:
    return device.sighting.served == one.source
