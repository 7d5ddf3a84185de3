"""The device list of the adb server, in all the forms that it has."""

from __future__ import annotations

from diagnostics.android.listing import Listed, parse
from diagnostics.model import State

_LONG = (
    "R5CT1TRN01             device usb:1-2.3 product:o1s model:SM_G991B device:o1s transport_id:7\n"
    "0123456789ABCDEF       unauthorized usb:1-2.4 transport_id:8\n"
    "0123456789ABCDEF       no permissions (user in plugdev group; are your udev rules wrong?); "
    "see [http://developer.android.com/tools/device.html] usb:1-2.1 transport_id:9\n"
    "192.168.1.7:5555       offline product:x transport_id:10\n"
)


def test_long_lines_are_cut_at_their_tags_not_at_blanks():
    states = [(listed.serial, listed.state, listed.usb, listed.transport_id) for listed in parse(_LONG)]
    assert states == [
        ("R5CT1TRN01", "device", "1-2.3", 7),
        ("0123456789ABCDEF", "unauthorized", "1-2.4", 8),
        ("0123456789ABCDEF", "no permissions", "1-2.1", 9),
        ("192.168.1.7:5555", "offline", "", 10),
    ]


def test_two_phones_with_one_serial_stay_two():
    keys = [listed.key for listed in parse(_LONG)]
    assert len(set(keys)) == 4


def test_phones_that_an_old_server_cannot_tell_apart_stay_two():
    listed = parse("0123456789ABCDEF\tdevice\n0123456789ABCDEF\tdevice\n")
    assert len({phone.key for phone in listed}) == 2


def test_a_replug_is_another_key():
    assert Listed("A", "device", "1-1", 3).key != Listed("A", "device", "1-1", 4).key


def test_states_and_slots_of_sightings():
    sightings = [listed.sighting() for listed in parse(_LONG)]
    assert [(s.state, s.slot) for s in sightings] == [
        (State.CONNECTING, "1-2.3"),
        (State.UNAUTHORIZED, "1-2.4"),
        (State.ERROR, "1-2.1"),
        (State.OFFLINE, None),
    ]


def test_modes():
    modes = ("recovery", "sideload", "bootloader")
    lines = "".join(f"x{n} {mode} usb:1-{n} transport_id:{n}\n" for n, mode in enumerate(modes, 1))
    assert [p.sighting().state for p in parse(lines)] == [State.RECOVERY, State.RECOVERY, State.FASTBOOT]


def test_a_path_that_is_no_port_chain_is_no_slot():
    (listed,) = parse("ABC device usb:ABC product:a model:b device:c transport_id:1\n")
    assert listed.slot is None


def test_the_path_of_macos_is_a_location_in_decimal():
    (listed,) = parse("ABC device usb:336592896X product:a model:b device:c transport_id:1\n")
    assert listed.slot == "20-1"  # 0x14100000


def test_hostile_serials_are_shown_plainly_and_nonsense_is_left_out():
    (listed,) = parse("\n\n<b>x\u202e</b>   device usb:1-1 transport_id:99999999999999\nlonely\n")
    assert listed.sighting().id == "<b>x </b>"
    assert listed.transport_id is None


def test_banners_in_front_of_the_list_are_no_phones():
    banners = "* daemon not running; starting now at tcp:5037\n* daemon started successfully\n"
    assert [listed.serial for listed in parse(banners + _LONG)] == [listed.serial for listed in parse(_LONG)]


def test_of_three_phones_that_nothing_tells_apart_each_has_a_key_of_its_own():
    three = parse("SAME device\nSAME device\nSAME device\n")
    assert len({listed.key for listed in three}) == 3


def test_a_number_that_was_given_away_is_noticed_and_a_longer_one_that_begins_with_it_is_not():
    (first,) = parse("A device usb:1-1 transport_id:1\n")
    assert not first.has_given_its_number_away(
        "A device usb:1-1 transport_id:1\nB device usb:1-2 transport_id:12\n"
    )
    assert not first.has_given_its_number_away("B device usb:1-2 transport_id:12\n")
    assert first.has_given_its_number_away(
        "A device usb:1-1 transport_id:2\nB device usb:1-2 transport_id:1\n"
    )
