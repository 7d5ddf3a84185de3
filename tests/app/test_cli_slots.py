"""`tradein devices` and `read` over three buses: every phone once, in its slot, whatever mode it is in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from diagnostics.ports import SystemClock
from diagnostics.practice.bench import PracticeThread
from diagnostics.practice.records import PracticePhoneInfo
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.facts import facts_of, sighting_of
from diagnostics.usb.modes import mode_of
from tests.fakes.terminals import Terminal
from tradein_app.cli.readings import port_order, title


@pytest.fixture
def tradein(monkeypatch, capsys):
    return Terminal(monkeypatch, capsys)


@pytest.fixture
def bench(monkeypatch) -> Iterator[PracticeThread]:
    with PracticeThread(iphones=3, androids=6) as bench:
        for name, value in bench.environment().items():
            monkeypatch.setenv(name, value)
        yield bench


def plugged(bench: PracticeThread, side: str) -> list[PracticePhoneInfo]:
    return [info for info in bench.phones() if info.side == side and info.plugged]


def test_every_mode_has_its_slot_and_state(tradein, bench):
    iphones, androids = plugged(bench, "ios"), plugged(bench, "android")
    expected = {info.slot: "" for info in (*iphones, *androids)}
    for info, mode, state in (
        (iphones[0], "recovery", "recovery"),
        (iphones[1], "dfu", "dfu"),
        (androids[0], "edl", "edl"),
        (androids[1], "files", "debugging_off"),
        (androids[2], "charging", "charging_only"),
        (androids[3], "fastboot", "fastboot"),
    ):
        bench.mode(info.id, mode)
        expected[info.slot] = state
    outcome = tradein("devices", "--json")
    readings = outcome.document["readings"]
    assert sorted(row["slot"] for row in readings) == sorted(expected)
    for row in readings:
        assert row["state"] == (expected[row["slot"]] or row["state"])
        assert (row["transport"] == "usb") is bool(expected[row["slot"]])
        assert row["usb"]["speed_mbps"] == 480
        assert row["evidence"]["usb.mode"]["source"] == "USB ids and interfaces"


@pytest.mark.parametrize(
    ("vid", "pid", "called"),
    [
        ("04e8", "685d", "Samsung (usb:1-2)"),
        ("05c6", "9008", "android (usb:1-2)"),
        ("22d9", "0006", "android (usb:1-2)"),
    ],
)
def test_a_phone_without_a_name_is_called_by_its_maker_where_that_is_no_hint(vid: str, pid: str, called: str):
    device = UsbDevice(vid, pid, frozenset(), "1-2", 5)
    mode = mode_of(device)
    assert mode is not None
    assert title(facts_of(device, sighting_of(device, mode), (), SystemClock())) == called


def test_phones_of_a_service_that_is_missing_are_there_and_say_what_to_start(tradein, bench):
    androids = plugged(bench, "android")
    bench.stop_service("adb")
    outcome = tradein("read", "--json")
    rows = {row["slot"]: row for row in outcome.document["readings"]}
    assert outcome.status == 3
    for info in androids:
        row = rows[info.slot]
        assert (row["state"], row["problems"][0]["code"]) == ("offline", "adb_down")
        assert "start-server" in row["problems"][0]["message"]
        assert row["battery"]["cycle_count"] is None
        assert any(problem["field"] == "battery.cycle_count" for problem in row["problems"])


def test_the_table_stands_in_the_order_of_the_ports():
    ports = ["1-10", None, "2-1.1", "1-2.3", "1-2"]
    assert sorted(ports, key=port_order) == ["1-2", "1-2.3", "1-10", "2-1.1", None]


def test_the_table_of_devices_is_in_that_order(tradein, bench):
    slots = [info.slot for side in ("ios", "android") for info in plugged(bench, side)]
    lines = tradein("devices").out.splitlines()
    shown = [cells[1].strip() for line in lines if len(cells := line.split("│")) > 2 and "-" in cells[1]]
    assert [port for port in shown if port in slots] == sorted(slots, key=port_order)
