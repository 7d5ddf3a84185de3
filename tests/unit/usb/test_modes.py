"""Every row of the mode table, and the order in which its rules decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from diagnostics.building import ReadingBuilder
from diagnostics.messages import message, problem_codes
from diagnostics.model import Problem, Quality, State
from diagnostics.usb.device import UsbDevice, UsbInterface
from diagnostics.usb.facts import sighting_of
from diagnostics.usb.modes import FILE, maker_of, mode_of, state_of
from diagnostics.usb.telling import identify_who
from resources.opening import load_toml
from tests.fakes.sources import FixedClock

TABLE = load_toml(FILE)
RULES = TABLE["rules"]
PHONE = "2a70"


def device(vid: str, pid: str, *interfaces: str, named: Mapping[str, str | None] | None = None) -> UsbDevice:
    names = tuple(UsbInterface(at, triple, name) for at, (triple, name) in enumerate((named or {}).items()))
    return UsbDevice(vid, pid, frozenset(interfaces), "1-2", 5, named=names)


def met(rule: Mapping[str, Any]) -> Iterator[UsbDevice]:
    """Give a device for each product id of a rule: the first and the last of a range."""
    ids = {end for entry in rule.get("pids", ["beef"]) for end in entry.split("-")}
    shown = [rule["interface"]] if "interface" in rule else []
    if rule["step"] == "function" and rule["mode"] in {"mtp", "ptp"}:
        shown.append("06/01/01")
    named = (
        {shown[0]: rule.get("named", rule["mode"].upper())}
        if shown and rule["mode"] in {"mtp", "ptp"}
        else None
    )
    if rule["step"] in {
        "function",
        "vendor",
    }:  # a phone that runs shows at least some interface of its maker's
        shown.append("ff/42/01" if rule.get("adb") else "ff/00/00")
    for pid in sorted(ids):
        yield device(rule.get("vid", PHONE), pid, *shown, named=named)


@pytest.mark.parametrize(
    "rule", RULES, ids=lambda r: f"{r['step']}-{r['mode']}-{r.get('vid', 'any')}-{r.get('pids', [''])[0]}"
)
def test_every_row_decides_as_it_says(rule: Mapping[str, Any]) -> None:
    assert rule["source"]
    assert rule["sure"] in {"high", "medium", "low"}
    for one in met(rule):
        mode = mode_of(one)
        assert mode is not None, one
        if rule.get("told") == "lockdown":
            assert (mode.name, mode.state) == ("apple", None)  # the same ids: only usbmux can tell
            continue
        assert mode.name == rule["mode"], one
        running = rule.get("adb") or rule["mode"] == "adb"
        told = TABLE["modes"][rule["mode"]]["state"]
        assert mode.state == (None if running or not told else State(told)), one


def test_every_mode_is_said_in_both_languages_with_its_next_step() -> None:
    for name, means in TABLE["modes"].items():
        assert bool(means["state"]) == bool(means.get("problem")), name
        if means["state"]:
            assert means["problem"] in problem_codes(), name
            texts = {message(Problem("", means["problem"]), language) for language in ("en", "fr")}
            assert len(texts) == 2, name
    assert {rule["mode"] for rule in RULES} == set(TABLE["modes"])


def test_every_vendor_has_a_source() -> None:
    for vid, vendor in TABLE["vendors"].items():
        assert len(vid) == 4
        assert vendor["source"], vid
        assert vendor["sure"] in {"high", "medium", "low"}


@pytest.mark.parametrize(
    ("seen", "name", "adb"),
    [
        # The interfaces say whether debugging is on, whatever the product id stands for.
        (device("18d1", "4ee1", "06/01/01", "ff/42/01"), "mtp", True),
        (device("18d1", "4ee2", "06/01/01"), "mtp", False),
        (device("18d1", "4ee7", "ff/42/01"), "charging", True),
        (device("18d1", "4ee9", "01/03/00", "ff/42/01"), "midi", True),
        (device("18d1", "4ee8", "01/01/00", "01/03/00"), "midi", False),
        (device("04e8", "6860", "06/01/01", "02/02/01", "ff/42/01"), "mtp", True),
        (device("18d1", "4ee2"), "mtp", True),
        (device("04e8", "6860", "ff/00/00"), "charging", False),
        # Fastboot goes before adb, and both before files.
        (device("18d1", "d00d", "ff/42/03", "ff/42/01"), "fastboot", None),
        # MediaTek's preloader id is also that of its phones with debugging on.
        (device("0e8d", "201d", "06/01/01", "ff/42/01"), "adb", True),
        (device("0e8d", "2008", "06/01/01"), "mtp", False),
        (device("0e8d", "2000", "02/02/01", "0a/00/00"), "preloader", None),
        # The string says whether it is MTP.
        (device("22b8", "2e82", "06/01/01", named={"06/01/01": "MTP"}), "mtp", False),
        (device("22b8", "2e83", "06/01/01", named={"06/01/01": "PTP"}), "ptp", False),
        (device("0fce", "0166", "ff/ff/00", named={"ff/ff/00": "MTP"}), "mtp", False),
        (device("0fce", "0166", "ff/ff/00", named={"ff/ff/00": "Modem"}), "charging", False),
        # Apple's picture interface is no MTP, and its debug interfaces are no adb.
        (device("05ac", "12a8", "06/01/01", "ff/fe/02"), "apple", None),
    ],
)
def test_the_order_of_the_rules(seen: UsbDevice, name: str, adb: bool | None) -> None:
    mode = mode_of(seen)
    assert mode is not None
    assert (mode.name, mode.adb) == (name, adb)


@pytest.mark.parametrize(
    "other",
    [
        device("05ac", "024f", "03/01/01"),  # a keyboard
        device("04e8", "61f5", "08/06/50"),  # an SSD
        device("04e8", "3469", "07/01/02", "06/01/01"),  # a printer
        device("04a9", "3113", "06/01/01"),  # a camera
        device("0e8d", "7612", "ff/ff/ff"),  # a wireless adapter
        device("2109", "2813", "09/00/00"),  # a hub
    ],
)
def test_what_is_no_phone_is_not_taken_for_one(other: UsbDevice) -> None:
    assert mode_of(other) is None
    assert state_of(other) is None


def test_a_phone_whose_interfaces_cannot_be_read_is_not_said_to_have_debugging_off() -> None:
    mode = mode_of(device("04e8", "6860"))
    assert mode is not None
    assert (mode.state, mode.adb, mode.problem) == (State.OFFLINE, None, "usb_unreadable")


def test_an_id_that_many_makers_use_names_none() -> None:
    assert maker_of(device("18d1", "d00d", "ff/42/03")) is None
    assert maker_of(device("05c6", "9008")) is None
    assert maker_of(device("0bb4", "0c02")) is None
    assert maker_of(device("18d1", "4ee1", "06/01/01")) is None  # a Fairphone's, too


@pytest.mark.parametrize(
    ("vid", "quality"),
    [("04e8", Quality.EXACT), ("2ae5", Quality.ESTIMATE), ("22d9", Quality.HINT)],
)
def test_a_maker_is_as_sure_as_its_id_is_its_own(vid: str, quality: Quality) -> None:
    found = device(vid, "4ee2", "ff/42/01")
    mode = mode_of(found)
    assert mode is not None
    builder = ReadingBuilder(sighting_of(found, mode), FixedClock())
    identify_who(builder, found)
    assert builder.build().evidence["identity.manufacturer"].quality is quality


@pytest.mark.parametrize(
    ("one", "name"),
    [
        (device("18d1", "4ee5", "06/01/01"), "ptp"),
        (device("04e8", "6860", "06/01/01", named={"06/01/01": None}), "mtp"),
        (device("18d1", "2d00", "ff/ff/00"), "accessory"),
        (device("18d1", "4ee5", "06/01/01", named={"06/01/01": "MTP"}), "mtp"),
        (device("04e8", "6860", "06/01/01", named={"06/01/01": "PTP"}), "ptp"),
    ],
)
def test_an_interface_without_a_name_is_what_the_product_id_says(one: UsbDevice, name: str) -> None:
    mode = mode_of(one)
    assert mode is not None
    assert mode.name == name
