"""From usbmuxd's rows to phones."""

from __future__ import annotations

import pytest

from diagnostics.apple.attached import Attached, phones, port_chain, sighting
from diagnostics.apple.udid import normal_udid
from diagnostics.model import State

DASHED, PLAIN = "00008110-001A2C3E0A42801E", "00008110001a2c3e0a42801e"


@pytest.mark.parametrize(
    ("serial", "udid"),
    [
        (DASHED, DASHED),
        (PLAIN, DASHED),
        ("6AF251383DDB2B131A05BBBCBEADDEAECD82EDB8", "6af251383ddb2b131a05bbbcbeaddeaecd82edb8"),
        ("odd\n\u202ename", "odd name"),
    ],
)
def test_a_udid_is_written_one_way(serial, udid):
    assert normal_udid(serial) == udid


def test_a_phone_over_cable_and_air_is_one_phone_on_the_cable():
    cable, air = Attached(7, PLAIN, "USB"), Attached(3, DASHED, "Network")
    assert phones([air, cable]) == (cable,)
    assert phones([cable, air]) == (cable,)
    assert phones([air]) == (air,)


def test_two_phones_are_two_phones():
    one, two = Attached(1, DASHED, "USB"), Attached(2, "0" * 40, "USB")
    assert phones([one, two]) == (one, two)


def test_a_replug_gives_a_new_key_and_the_same_id():
    before, after = sighting(Attached(1, PLAIN, "USB")), sighting(Attached(2, DASHED, "USB"))
    assert before.key != after.key
    assert before.id == after.id == DASHED
    assert before.state is State.CONNECTING


@pytest.mark.parametrize(
    ("location", "slot"),
    [
        (0x01230000, "1-2.3"),
        (0x14200000, "20-2"),
        (0x01A00000, "1-10"),
        ((1 << 16) | 9, None),
        (0x01203000, None),
        (0x01000000, None),
        (None, None),
        (-1, None),
        (2**64, None),
    ],
)
def test_apples_location_tells_the_port_and_linuxs_does_not(location, slot):
    assert port_chain(location) == slot
