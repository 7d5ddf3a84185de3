"""Phones that offer something beside their files, whoever made them, and other devices of the same makers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.kinship import Kinship, kinship, names_of
from diagnostics.model import State
from diagnostics.usb.device import UsbDevice, UsbInterface
from diagnostics.usb.facts import sighting_of
from diagnostics.usb.modes import ADB, FASTBOOT, FILE, MTP, mode_of
from resources.opening import load_toml

TABLE = load_toml(FILE)
PHONES = sorted(vid for vid, means in TABLE["vendors"].items() if means["phone"] or means.get("files"))
UNKNOWN = ["2fff", "3353", "abcd"]
FUNCTIONS = [
    (rule["vid"], pid)
    for rule in TABLE["rules"]
    if rule["step"] == "function" and not rule.get("adb")
    for pid in rule["pids"]
]
BESIDE = ["01/01/00", "01/03/00", "02/02/01", "03/00/00", "08/06/50", "0a/00/00", "0e/01/00", "0e/02/00"]
"""Sound, MIDI, a modem, keys, a CD-ROM or card, a webcam."""
ANYTHING = [
    *BESIDE,
    "07/01/02",
    "09/00/00",
    "e0/01/03",
    "ef/04/01",
    "fe/00/00",
    "ff/00/00",
    "ff/ff/00",
    "ff/ff/ff",
]


def device(vid: str, pid: str, *interfaces: str, **names: str) -> UsbDevice:
    """Return a device; ``names`` are of MTP's interface (``mtp``) and of that of old kernels (``old``)."""
    wanted = {MTP: names.get("mtp"), "ff/ff/00": names.get("old")}
    named = tuple(UsbInterface(at, i, wanted.get(i)) for at, i in enumerate(interfaces)) if names else ()
    return UsbDevice(vid, pid, frozenset(interfaces), "1-2", 5, named=named)


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(PHONES + UNKNOWN), st.sets(st.sampled_from(BESIDE)), st.sampled_from([MTP, "ff/ff/00"])
)
def test_files_that_are_called_so_are_a_phones_whatever_else_it_offers(vid: str, beside: set[str], how: str):
    mode = mode_of(device(vid, "7abc", how, *beside, mtp="MTP", old="MTP"))
    assert mode is not None
    assert (mode.name, mode.state) == ("mtp", State.DEBUGGING_OFF)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PHONES), st.sets(st.sampled_from(BESIDE)))
def test_the_files_of_a_maker_of_phones_are_a_phones_also_without_a_name(vid: str, beside: set[str]):
    mode = mode_of(device(vid, "7abc", MTP, *beside))
    assert mode is not None
    assert mode.state is State.DEBUGGING_OFF


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(FUNCTIONS), st.sets(st.sampled_from([*ANYTHING, MTP, ADB, FASTBOOT])))
def test_a_product_id_of_a_phone_is_one_with_any_interfaces(ids: tuple[str, str], shown: set[str]):
    mode = mode_of(device(*ids, *shown))
    assert mode is not None
    assert mode.name not in {"mtp", "ptp"} or shown & {MTP, ADB, "ff/ff/00"}, "files that nothing offers"


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([*PHONES, *UNKNOWN, *TABLE["others"], "05ac"]),
    st.integers(0, 0xFFFF),
    st.sets(st.sampled_from([*ANYTHING, MTP, ADB, FASTBOOT])),
    st.sampled_from([{}, {"mtp": "MTP"}, {"mtp": "PTP"}, {"old": "MTP"}]),
)
def test_no_device_is_beyond_the_table(vid: str, pid: int, shown: set[str], names: dict[str, str]):
    mode_of(device(vid, f"{pid:04x}", *shown, **names))


@pytest.mark.parametrize(
    "other",
    [
        device("12d1", "14db", "02/06/00", "0a/00/00"),  # a modem stick
        device("12d1", "1506", "ff/02/12", "ff/02/01", "08/06/50"),  # another one
        device("18d1", "5014", "ff/50/01", "ff/ff/ff"),  # a debug board
        device("18d1", "5026", "03/00/00"),  # a security key
        device("04e8", "20b0", "ff/00/00"),  # a monitor
        device("04e8", "a051", "01/01/00", "01/02/00", "03/00/00"),  # earphones
        device("2717", "4106", "ff/ff/ff"),  # a wireless adapter
        device("19d2", "1405", "02/06/00", "0a/00/00", "08/06/50"),  # a modem stick
        device("0b05", "17cb", "e0/01/01"),  # a Bluetooth adapter
        device("17ef", "60ee", "03/01/01"),  # a keyboard
        device("091e", "4b48", MTP, mtp="MTP"),  # a watch
        device("04a9", "3270", MTP, mtp="MTP"),  # a camera
        device("0482", "0679", MTP, "07/01/02", mtp="MTP"),  # a printer
        device("abcd", "0001", MTP),  # a camera of nobody knows whom
        device("abcd", "0001", "ff/ff/00"),
    ],
    ids=lambda one: f"{one.vid}:{one.pid}",
)
def test_other_devices_get_no_card(other: UsbDevice):
    assert mode_of(other) is None


@pytest.mark.parametrize(
    ("vid", "pid"), [("22d9", "2769"), ("04e8", "6862"), ("2717", "ff08"), ("12d1", "107e")]
)
def test_a_phone_that_only_charges_keeps_its_card(vid: str, pid: str):
    mode = mode_of(device(vid, pid, "ff/00/00"))
    assert mode is not None
    assert mode.state is State.CHARGING_ONLY


def test_phones_in_midi_mode_are_shown_as_such():
    for vid, pid in (("2717", "ff08"), ("2a70", "f00e"), ("04e8", "686c")):
        mode = mode_of(device(vid, pid, "01/01/00", "01/03/00"))
        assert mode is not None
        assert mode.name == "midi"


@pytest.mark.parametrize(
    ("vid", "told", "kin"),
    [
        ("1bbb", "BlackBerry", Kinship.UNKNOWN),
        ("05c6", "OnePlus", Kinship.UNKNOWN),
        ("18d1", "Nothing", Kinship.UNKNOWN),
        ("2e04", "HMD Global", Kinship.UNKNOWN),
        ("2e04", "Samsung", Kinship.OTHER),
        ("04e8", "Xiaomi", Kinship.OTHER),
    ],
)
def test_a_vendor_id_tells_phones_apart_only_where_it_is_a_phone_makers_own(
    vid: str, told: str, kin: Kinship
):
    shown = device(vid, "6860", MTP, mtp="MTP")
    mode = mode_of(shown)
    assert mode is not None
    assert kinship(names_of(sighting_of(shown, mode)), {"platform": "android", "maker": told}) is kin
