"""Whatever phones do, and in whatever order three buses tell it, no phone is shown twice and none is mixed up."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.grouping import BARE
from diagnostics.joining import GRACE, HOLD, Joining, Seat, Trouble
from diagnostics.model import Platform
from tests.fakes.buses import BOOTED, NAMELESS, RECOVERY, Physical, World

SLOTS = ("1-1", "1-2.1", "1-2.2")
SOURCES = ("usb", "usbmux", "adb")
# "T" is the serial of two phones: twins that only their slots tell apart.
PHONES = tuple(
    Physical(serial, platform)
    for serial, platform in (
        ("T", Platform.ANDROID),
        ("T", Platform.ANDROID),
        ("A", Platform.ANDROID),
        ("I", Platform.IOS),
        ("J", Platform.IOS),
    )
)
slots, sources = st.sampled_from(SLOTS), st.sampled_from(SOURCES)
plugs = st.tuples(st.just("plug"), slots, st.sampled_from(PHONES))
actions = st.one_of(
    plugs,
    plugs,
    plugs,
    st.tuples(st.just("unplug"), slots),
    st.tuples(st.just("hub"), st.just("1-2")),
    st.tuples(st.just("mode"), slots, st.sampled_from((BOOTED, RECOVERY, NAMELESS))),
    st.tuples(st.just("tell"), sources),
    st.tuples(st.just("down"), st.sampled_from(SOURCES[1:])),
    st.tuples(st.just("up"), st.sampled_from(SOURCES[1:])),
    st.tuples(st.just("wait"), st.floats(0.05, 3)),
)


class Following:
    """A world, and a joining that hears of it late and in pieces."""

    def __init__(self) -> None:
        self.world = World()
        self.joining = Joining()
        self.now = 0.0
        self.serials: dict[str, set[str]] = defaultdict(set)

    def do(self, action: tuple[Any, ...]) -> None:
        name, *rest = action
        getattr(self, f"_{name}")(*rest)
        self.check()

    def settle(self, order: tuple[str, ...]) -> tuple[Seat, ...]:
        for source in order:
            self._tell(source)
            self.check()
        self.now += HOLD + GRACE
        self.check()
        assert self.joining.due() is None
        return self.joining.seats(self.now)

    def check(self) -> None:
        seats = self.joining.seats(self.now)
        assert max(Counter(seat.key for seat in seats).values(), default=1) == 1
        there = [(seat.slot, seat.sighting.id) for seat in seats if seat.slot]
        assert max(Counter(there).values(), default=1) == 1  # no phone twice in its slot
        for seat in seats:
            if not seat.sighting.id.startswith("usb:"):
                self.serials[seat.key].add(seat.sighting.id)
        assert all(len(known) == 1 for known in self.serials.values())  # a key is never two phones'

    def _plug(self, slot: str, phone: Physical) -> None:
        elsewhere = {id(what[0]) for what in self.world.slots.values()}
        if slot not in self.world.slots and id(phone) not in elsewhere:
            self.world.plug(slot, phone)

    def _unplug(self, slot: str) -> None:
        self.world.unplug(slot)

    def _hub(self, hub: str) -> None:
        for slot in [slot for slot in self.world.slots if slot.startswith(hub)]:
            self.world.unplug(slot)

    def _mode(self, slot: str, mode: str) -> None:
        self.world.mode(slot, mode)

    def _tell(self, source: str) -> None:
        self.joining.tell(source, self.world.picture(source))

    def _down(self, source: str) -> None:
        self.world.down.add(source)

    def _up(self, source: str) -> None:
        self.world.down.discard(source)

    def _wait(self, seconds: float) -> None:
        self.now += seconds


@settings(max_examples=200, deadline=None)
@given(st.lists(actions, min_size=15, max_size=40), st.permutations(SOURCES))
def test_in_the_end_each_phone_is_there_once_in_its_slot_and_read_by_whoever_can(done, order):
    following = Following()
    for action in done:
        following.do(action)
    seats = following.settle(tuple(order))
    world = following.world
    assert sorted(seat.sighting.slot or "" for seat in seats) == sorted(world.slots)
    for seat in seats:
        phone, _ = world.slots[seat.sighting.slot or ""]
        booted, works = phone.mode == BOOTED, phone.service not in world.down
        assert seat.slot is not None
        assert seat.sighting.platform is phone.platform
        if phone.mode != NAMELESS:
            assert seat.sighting.id == phone.serial
        if booted and works:
            assert (seat.source, seat.trouble) == (phone.service, Trouble.NONE)
            assert not seat.waits
        elif booted:
            assert seat.trouble is Trouble.DOWN
            assert seat.waits
        else:
            assert (seat.source, seat.waits) == (BARE, False)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_phone_keeps_its_key_through_any_change_that_is_quick_enough(data):
    following = Following()
    following.world.plug("1-1", Physical("A", Platform.ANDROID))
    following.world.plug("1-2.1", Physical("A", Platform.ANDROID))  # its twin
    keys = {seat.sighting.slot: seat.key for seat in following.settle(SOURCES)}
    assert len(keys) == 2
    for mode in data.draw(st.lists(st.sampled_from((BOOTED, RECOVERY, NAMELESS)), max_size=5)):
        gone = following.world.slots["1-1"][0]
        following.world.unplug("1-1")
        for source in data.draw(st.lists(sources, max_size=3)):
            following.do(("tell", source))
        following.do(("wait", data.draw(st.floats(0, HOLD * 0.9))))
        following.world.plug("1-1", Physical(gone.serial, gone.platform, mode))
        for source in data.draw(st.permutations(SOURCES)):
            following.do(("tell", source))
        assert {seat.sighting.slot: seat.key for seat in following.joining.seats(following.now)} == keys
