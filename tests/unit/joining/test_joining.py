"""How sightings become phones: slots, names, and the time that a seat waits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diagnostics.errors import ServiceMissing
from diagnostics.joining import GRACE, HOLD, SETTLE, Joining, Trouble
from diagnostics.model import DeviceId, Platform
from diagnostics.ports import Sighting, Snapshot
from diagnostics.slots.slot import Place, Slot
from tests.fakes.buses import NAMELESS, Physical, by_service, on_bus

GALAXY, IPHONE = Physical("R5CT", Platform.ANDROID), Physical("00008110-001A2C3E0A42801E", Platform.IOS)
DOWN = Snapshot(error=ServiceMissing("adb is down."))


def told(joining: Joining, now: float = 0.0, **shown: Sighting | tuple[Sighting, ...]):
    for source, what in shown.items():
        joining.tell(source, Snapshot(what if isinstance(what, tuple) else (what,)))
    return joining.seats(now)


def test_the_bus_shows_a_phone_first_and_its_service_takes_it_over_under_the_same_key():
    joining = Joining()
    (first,) = told(joining, usb=on_bus("1-2", GALAXY, 7))
    assert (first.source, first.waits, first.service) == ("usb", True, "adb")
    (second,) = told(joining, 0.4, adb=by_service("1-2", GALAXY, 1))
    assert (second.source, second.waits, second.key) == ("adb", False, first.key)


def test_both_faces_of_a_port_are_one_slot():
    slot = Slot("pci0000:00/0000:00:14.0", "2.3")
    joining = Joining(lambda name: Place(slot, "1-2.3"))
    (seat,) = told(joining, usb=on_bus("2-2.3", GALAXY, 7), adb=by_service("2-2.3", GALAXY, 1))
    assert (seat.slot, seat.sighting.slot) == (slot, "1-2.3")
    joining.tell("adb", Snapshot())
    (slower,) = told(joining, 0.5, usb=on_bus("1-2.3", GALAXY, 8))  # replugged by a cable without SuperSpeed
    assert slower.key == seat.key


def test_a_phone_that_its_service_does_not_show_says_so_in_time_and_not_sooner():
    joining = Joining()
    told(joining, usb=on_bus("1-2", GALAXY, 7), adb=())
    assert joining.due() == GRACE
    assert [seat.trouble for seat in joining.seats(GRACE - 0.1)] == [Trouble.NONE]
    assert [seat.trouble for seat in joining.seats(GRACE)] == [Trouble.UNLISTED]
    assert joining.due() is None


def test_a_service_that_goes_down_leaves_its_phones_in_their_places():
    joining = Joining()
    (before,) = told(joining, usb=on_bus("1-2", GALAXY, 7), adb=by_service("1-2", GALAXY, 1))
    joining.tell("adb", DOWN)
    (down,) = joining.seats(10.0)
    assert (down.key, down.sighting, down.source) == (before.key, before.sighting, "adb")
    assert (down.trouble, down.waits) == (Trouble.DOWN, True)
    (back,) = told(joining, 60.0, adb=by_service("1-2", GALAXY, 2))
    assert (back.key, back.trouble, back.waits) == (before.key, Trouble.NONE, False)


def test_a_seat_waits_for_its_phone_and_then_is_free():
    joining = Joining()
    (before,) = told(joining, usb=on_bus("1-2", GALAXY, 7), adb=())
    told(joining, 5.0, usb=())
    assert [seat.absent for seat in joining.seats(5.0)] == [5.0]
    assert joining.due() == 5.0 + HOLD
    assert joining.seats(5.0 + HOLD) == ()
    (after,) = told(joining, 20.0, usb=on_bus("1-2", GALAXY, 8))
    assert after.key != before.key


def test_another_phone_in_the_slot_is_another_phone_however_quick_it_came():
    joining = Joining()
    (before,) = told(joining, usb=on_bus("1-2", GALAXY, 7))
    other = replace(GALAXY, serial="OTHER")
    (after,) = told(joining, 0.1, usb=on_bus("1-2", other, 8))
    assert after.key != before.key
    assert after.sighting.id == "OTHER"


def test_a_phone_without_a_name_keeps_the_seat_of_one_of_its_platform_only():
    for before, kept in ((GALAXY, True), (IPHONE, False)):
        joining = Joining()
        (seat,) = told(joining, usb=on_bus("1-2", before, 7))
        edl = Physical("?", Platform.ANDROID, NAMELESS)
        (after,) = told(joining, 0.5, usb=on_bus("1-2", edl, 8))
        assert (after.key == seat.key) is kept


def test_a_phone_over_usb_and_network_is_one():
    joining = Joining()
    air = replace(
        by_service(None, GALAXY, 9), id=DeviceId("adb-R5CT-x7Kp2Q._adb-tls-connect._tcp"), key="air#9"
    )
    (seat,) = told(joining, usb=on_bus("1-2", GALAXY, 7), adb=(air, by_service("1-2", GALAXY, 1)))
    assert (seat.sighting.id, seat.sighting.slot) == ("R5CT", "1-2")
    joining.tell("usb", Snapshot())
    assert [each.sighting.id for each in told(joining, 9.0, adb=air)] == [air.id]


def test_what_names_no_slot_is_joined_by_its_serial_where_one_only_can_be_meant():
    joining = Joining()
    (seat,) = told(joining, usb=on_bus("1-2", IPHONE, 7), usbmux=by_service(None, IPHONE, 1))
    assert (seat.source, seat.sighting.slot) == ("usbmux", "1-2")
    twins = Joining()
    seats = told(
        twins,
        usb=(on_bus("1-2", GALAXY, 7), on_bus("1-3", GALAXY, 8)),
        adb=by_service(None, GALAXY, 1),
    )
    assert [str(seat.slot) for seat in seats] == ["bus 1 2", "bus 1 3"]
    seats = twins.seats(SETTLE)
    assert [seat.slot for seat in seats] == [None, None]  # nobody knows which of the two it is
    assert sorted(seat.source for seat in seats) == ["adb", "usb"]


def test_phones_without_a_slot_come_and_go_at_once():
    joining = Joining()
    (seat,) = told(joining, adb=by_service(None, GALAXY, 1))
    assert seat.key == "adb:R5CT/1"
    assert told(joining, 0.1, adb=()) == ()


@pytest.mark.parametrize("state", ["????????????", "(no serial number)"])
def test_a_phone_that_adb_may_not_open_is_the_one_in_its_slot(state: str):
    joining = Joining()
    forbidden = replace(by_service("1-2", GALAXY, 1), id=DeviceId(state))
    (seat,) = told(joining, usb=on_bus("1-2", GALAXY, 7), adb=forbidden)
    assert seat.source == "adb"


def test_a_hub_with_ten_phones_that_vanishes_for_a_moment_changes_no_key():
    joining = Joining()
    ten = [(f"1-2.{at}", replace(GALAXY, serial=f"R{at}"), at) for at in range(1, 11)]
    before = told(joining, usb=tuple(on_bus(*one) for one in ten), adb=tuple(by_service(*one) for one in ten))
    told(joining, 1.0, usb=(), adb=())
    back = [(slot, phone, 50 + at) for slot, phone, at in reversed(ten)]
    after = told(joining, 2.0, adb=tuple(by_service(*one) for one in back))
    after = told(joining, 2.2, usb=tuple(on_bus(*one) for one in back))
    assert [seat.key for seat in after] == [seat.key for seat in before]
    told(joining, 3.0, usb=(), adb=())
    assert joining.seats(3.0 + HOLD) == ()
