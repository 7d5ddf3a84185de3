"""Where services name no slots, and the bus perhaps no serials: no phone twice, none lost, none in another's slot."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.joining import GRACE, HOLD, SETTLE, Joining, Seat, Trouble
from diagnostics.model import Platform
from diagnostics.ports import Snapshot
from tests.fakes.buses import (
    BOOTED,
    NAMELESS,
    NOTHING,
    RECOVERY,
    SERIALS_ONLY,
    SLOTS_AND_SERIALS,
    Physical,
    World,
)

SLOTS = ("1-1", "1-2.1", "1-2.2", "1-3")
SOURCES = ("usb", "usbmux", "adb")
STYLES = (SLOTS_AND_SERIALS, SERIALS_ONLY, NOTHING)
ANDROID, IOS = Platform.ANDROID, Platform.IOS
# "T" is the serial of two phones.
NAMES = (("T", ANDROID), ("T", ANDROID), ("A", ANDROID), ("B", ANDROID), ("I", IOS), ("J", IOS))
PHONES = tuple(Physical(*name) for name in NAMES)
slots, services = st.sampled_from(SLOTS), st.sampled_from(SOURCES[1:])
plugs = st.tuples(st.just("plug"), slots, st.sampled_from(PHONES))
actions = st.one_of(
    plugs,
    plugs,
    plugs,
    st.tuples(st.just("unplug"), slots),
    st.tuples(st.just("mode"), slots, st.sampled_from((BOOTED, RECOVERY, NAMELESS))),
    st.tuples(st.just("tell"), st.sampled_from(SOURCES)),
    st.tuples(st.just("tell"), st.sampled_from(SOURCES)),
    st.tuples(st.just("down"), services),
    st.tuples(st.just("up"), services),
    st.tuples(st.just("deaf"), slots),
    st.tuples(st.just("wait"), st.floats(0.05, 3)),
)
# A bench has to be full now and then: what is drawn from short lists leaves it empty.
many = st.lists(actions, min_size=15, max_size=40)


class Bench:
    """A world, and a joining that hears of it late and in pieces."""

    def __init__(self, style: str) -> None:
        self.world = World(style=style)
        self.joining = Joining()
        self.now = 0.0
        self.ids: dict[str, set[str]] = defaultdict(set)

    def do(self, action: tuple[Any, ...]) -> None:
        name, *rest = action
        getattr(self, name)(*rest)
        self.seats()

    def seats(self) -> tuple[Seat, ...]:
        seats = self.joining.seats(self.now)
        assert max(Counter(seat.key for seat in seats).values(), default=1) == 1
        taken = Counter(seat.slot for seat in seats if seat.slot and seat.absent is None)
        if self.world.style == NOTHING:  # else what is late may stand beside what is new for a moment
            assert max(taken.values(), default=1) == 1
        for seat in seats:
            if not seat.sighting.id.startswith("usb:"):
                self.ids[seat.key].add(seat.sighting.id)
        assert all(len(known) == 1 for known in self.ids.values()), "a key is never two phones'"
        due = self.joining.due()
        assert due is None or due > self.now - 1e-9
        return seats

    def settle(self, order: tuple[str, ...] = SOURCES) -> tuple[Seat, ...]:
        for source in order:
            self.tell(source)
            self.seats()
        while (due := self.joining.due()) is not None:
            self.now = due
            self.seats()
        return self.seats()

    def plug(self, slot: str, phone: Physical) -> None:
        if slot not in self.world.slots and not any(what[0] is phone for what in self.world.slots.values()):
            self.world.plug(slot, phone)

    def unplug(self, slot: str) -> None:
        self.world.unplug(slot)

    def mode(self, slot: str, mode: str) -> None:
        self.world.mode(slot, mode)

    def deaf(self, slot: str) -> None:
        self.world.deaf ^= {slot}

    def tell(self, source: str) -> None:
        self.joining.tell(source, self.world.picture(source))

    def down(self, service: str) -> None:
        self.world.down.add(service)

    def up(self, service: str) -> None:
        self.world.down.discard(service)

    def wait(self, seconds: float) -> None:
        self.now += seconds


def listed(world: World) -> list[str]:
    """Return the serials that services show."""
    return sorted(
        phone.serial
        for slot, (phone, _) in world.slots.items()
        if phone.mode == BOOTED and slot not in world.deaf and phone.service not in world.down
    )


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=100, deadline=None)
@given(done=many, order=st.permutations(SOURCES))
def test_in_the_end_each_phone_is_there_once_and_none_is_lost(style: str, done: list[Any], order: Any):
    bench = Bench(style)
    for action in done:
        bench.do(action)
    seats = bench.settle(tuple(order))
    world = bench.world
    assert len(seats) == len(world.slots)
    assert Counter(seat.sighting.platform for seat in seats) == Counter(
        phone.platform for phone, _ in world.slots.values()
    )
    read = [seat for seat in seats if seat.source != "usb" and not seat.waits]
    assert sorted(str(seat.sighting.id) for seat in read) == listed(world)
    asleep = {slot for slot, (phone, _) in world.slots.items() if phone.mode != BOOTED}
    bare = {str(seat.sighting.slot) for seat in seats if seat.sighting.state in {"recovery", "edl"}}
    assert bare == asleep, "what no service speaks to is in its slot"
    missed = len(world.slots) - len(asleep) - len(listed(world))
    assert sum(seat.trouble is not Trouble.NONE for seat in seats) == missed


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_who_is_plugged_in_one_after_the_other_has_its_own_slot_twins_too(style: str, data: Any):
    bench = Bench(style)
    for slot, phone in zip(SLOTS, data.draw(st.permutations(PHONES)), strict=False):
        bench.plug(slot, phone)
        bench.settle(tuple(data.draw(st.permutations(SOURCES))))
    where = {seat.sighting.slot: str(seat.sighting.id) for seat in bench.seats()}
    assert where == {slot: phone.serial for slot, (phone, _) in bench.world.slots.items()}


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=100, deadline=None)
@given(done=many, order=st.permutations(SOURCES))
def test_a_slot_is_never_told_of_a_phone_that_is_in_another(style: str, done: list[Any], order: Any):
    # A phone that its service does not notice is what nothing can be told apart from where nothing has a name.
    bench = Bench(style)
    for action in done:
        if action[0] not in {"deaf", "down", "up"}:
            bench.do(action)
            bench.settle(tuple(order))
    for seat in bench.seats():
        if seat.sighting.slot and not seat.sighting.id.startswith("usb:"):
            assert bench.world.slots[seat.sighting.slot][0].serial == seat.sighting.id


@pytest.mark.parametrize("style", [SERIALS_ONLY, NOTHING])
def test_two_that_come_at_once_and_nothing_tells_apart_have_a_card_each_and_no_slot(style: str):
    bench = Bench(style)
    bench.plug("1-1", PHONES[0])
    bench.plug("1-3", PHONES[1])
    first = bench.settle(("usb",))
    assert [seat.sighting.slot for seat in first] == ["1-1", "1-3"]
    both = bench.settle()
    assert [(seat.source, seat.sighting.slot, seat.slot) for seat in both] == [("adb", None, None)] * 2
    bench.unplug("1-3")
    bench.tell("usb")
    (one,) = bench.settle(("adb",))
    assert one.sighting.slot == "1-1", "what is left over on both sides is one phone"


def test_the_card_of_the_bus_stays_the_phones_while_its_service_is_new_and_nothing_has_a_name():
    bench = Bench(NOTHING)
    bench.plug("1-1", PHONES[2])
    bench.tell("usb")
    (card,) = bench.seats()
    bench.tell("adb")
    (held,) = bench.seats()
    assert (held.key, held.source, held.waits) == (card.key, "usb", True)
    assert bench.joining.due() == SETTLE
    bench.wait(SETTLE)
    (read,) = bench.seats()
    assert (read.key, read.source, read.sighting.slot) == (card.key, "adb", "1-1")


def test_a_phone_that_its_service_does_not_notice_has_a_card_beside_the_one_it_does():
    bench = Bench(NOTHING)
    bench.plug("1-1", PHONES[2])
    bench.plug("1-3", PHONES[3])
    bench.deaf("1-3")
    seats = bench.settle()
    assert sorted((seat.source, seat.trouble.value, seat.slot) for seat in seats) == [
        ("adb", "", None),
        ("usb", "unlisted", None),
    ]


def test_a_change_of_mode_keeps_the_key_though_the_service_is_late_and_nothing_has_a_name():
    bench = Bench(NOTHING)
    bench.plug("1-1", PHONES[2])
    (before,) = bench.settle()
    bench.mode("1-1", NAMELESS)
    bench.tell("usb")
    (edl,) = bench.seats()
    assert (edl.key, edl.source) == (before.key, "usb")
    bench.wait(HOLD / 2)
    bench.tell("adb")
    assert [seat.key for seat in bench.settle()] == [before.key]


def test_a_service_that_lists_what_the_bus_does_not_show_loses_nothing():
    bench = Bench(NOTHING)
    bench.plug("1-1", PHONES[2])
    bench.settle()
    bench.joining.tell("usb", Snapshot())  # libusb left it out
    assert len(bench.seats()) == 1
    bench.wait(HOLD + GRACE)
    (still,) = bench.seats()
    assert (still.source, still.waits) == ("adb", False)


def test_a_phone_that_was_gone_already_when_the_bus_was_seen_leaves_no_name_on_the_next_ones_device():
    bench = Bench(NOTHING)
    bench.plug("1-3", PHONES[0])
    bench.tell("adb")
    bench.seats()
    bench.unplug("1-3")
    bench.plug("1-1", PHONES[2])
    bench.tell("usb")  # adb is late: what it shows is not what hangs there
    bench.seats()
    (one,) = bench.settle()
    assert (str(one.sighting.id), one.sighting.slot) == ("A", "1-1")


def test_a_phone_that_comes_beside_one_that_its_service_lost_has_its_own_slot():
    bench = Bench(NOTHING)
    bench.plug("1-1", PHONES[2])
    bench.settle()
    bench.deaf("1-1")
    bench.settle()
    bench.plug("1-3", PHONES[3])
    where = {seat.sighting.slot: (seat.source, seat.trouble) for seat in bench.settle()}
    assert where == {"1-1": ("adb", Trouble.UNLISTED), "1-3": ("adb", Trouble.NONE)}
