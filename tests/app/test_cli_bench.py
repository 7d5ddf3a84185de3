"""`tradein devices`, `read` and `practice`, against phones that speak the real protocols."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from diagnostics.errors import ServiceMissing
from diagnostics.ports import Snapshot
from diagnostics.practice.bench import PracticeThread
from tests.fakes.sources import FakeSource, hanging, sighting
from tests.fakes.terminals import Terminal


@pytest.fixture
def tradein(monkeypatch, capsys):
    return Terminal(monkeypatch, capsys)


@pytest.fixture
def bench(monkeypatch) -> Iterator[PracticeThread]:
    with PracticeThread(iphones=3, androids=2) as bench:
        for name, value in bench.environment().items():
            monkeypatch.setenv(name, value)
        yield bench


def untrusted(bench):
    return next(info.id for info in bench.phones() if info.trust == "untrusted" and info.side == "ios")


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_all_phones_are_listed_with_their_states(tradein, bench):
    outcome = tradein("devices", "--json")
    states = {row["id"]: row["state"] for row in outcome.document["readings"]}
    assert outcome.status == 0
    assert len(states) == 5
    assert states[untrusted(bench)] == "needs_trust"
    assert list(states.values()).count("ready") == 4


def test_all_phones_are_read_side_by_side(tradein, bench):
    outcome = tradein("read", "--json")
    readings = outcome.document["readings"]
    assert outcome.status == 1, "one phone does not trust this computer"
    assert outcome.document["schema"] == "tradein/reading-1"
    assert {row["platform"] for row in readings} == {"ios", "android"}
    ready = [row for row in readings if row["state"] == "ready"]
    assert all(row["battery"]["level_percent"] is not None for row in ready)


def test_the_table_of_an_android_phone_asks_for_no_find_my_which_it_has_not(tradein, bench):
    rows = tradein("devices", "--json").document["readings"]
    wanted = next(row["id"] for row in rows if row["platform"] == "android")
    out = tradein("read", "--device", wanted).out
    assert "locks.bootloader" in out
    assert "find_my" not in out


def test_one_phone_is_read(tradein, bench):
    wanted = next(info.id for info in bench.phones() if info.trust == "trusted" and info.side == "ios")
    outcome = tradein("read", "--device", wanted, "--json")
    assert outcome.status == 0
    assert [row["id"] for row in outcome.document["readings"]] == [wanted]


def test_a_udid_is_taken_without_its_dash_too(tradein, bench):
    wanted = next(info.id for info in bench.phones() if info.trust == "trusted" and "-" in info.id)
    outcome = tradein("read", "--device", wanted.replace("-", "").lower(), "--json")
    assert outcome.status == 0
    assert [row["id"] for row in outcome.document["readings"]] == [wanted]


def test_a_phone_that_is_not_there_has_an_entry(tradein, bench):
    outcome = tradein("read", "--device", "nobody", "--json")
    (row,) = outcome.document["readings"]
    assert outcome.status == 1
    assert (row["id"], row["state"]) == ("nobody", "offline")
    assert row["problems"][0]["code"] == "not_plugged_in"
    assert "nobody" in outcome.line


def test_waiting_for_a_person_to_trust(tradein, bench):
    phone = untrusted(bench)
    tapping = threading.Timer(1.0, bench.trust, [phone])
    tapping.start()
    outcome = tradein("read", "--device", phone, "--wait", "30", "--json")
    tapping.join()
    assert outcome.status == 0
    assert outcome.document["readings"][0]["state"] == "ready"


def test_tables_for_people(tradein, bench):
    outcome = tradein("read")
    assert "battery.health_percent" in outcome.out
    assert "ready" in outcome.err
    listed = tradein("devices")
    assert "needs_trust" in listed.out
    assert listed.status == 0


def test_phones_of_one_side_are_read_without_the_other(tradein, bench, monkeypatch):
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", str(a_free_port()))
    wanted = next(info.id for info in bench.phones() if info.trust == "trusted" and info.side == "ios")
    outcome = tradein("read", "--device", wanted, "--json")
    assert outcome.status == 0
    assert "adb" in outcome.err


def test_a_phone_that_may_be_behind_a_missing_service(tradein, bench, monkeypatch):
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", str(a_free_port()))
    outcome = tradein("read", "--device", "R58M123456", "--json")
    assert outcome.status == 3
    assert "adb" in outcome.err


@pytest.mark.parametrize("command", ["devices", "read"])
def test_without_any_service_it_says_how_to_get_one(tradein, command):
    outcome = tradein(command, "--json")
    assert outcome.status == 3
    assert outcome.document["readings"] == []
    assert "usbmuxd" in outcome.err
    assert "adb" in outcome.err


def failing(name):
    source = FakeSource(name)
    source.fail(Snapshot(error=ServiceMissing(f"No {name}.", "Get it.")))
    return source


def test_phones_on_the_bare_bus_do_not_make_up_for_missing_services(tradein, monkeypatch):
    usb = FakeSource("usb")
    usb.show(sighting("bare"))
    sources = (failing("usbmux"), failing("adb"), usb)
    monkeypatch.setattr("tradein_app.bootstrap.open_sources", lambda _config: sources)
    outcome = tradein("devices", "--json")
    assert outcome.status == 3
    assert [row["id"] for row in outcome.document["readings"]] == ["bare"]


def test_a_bare_bus_that_cannot_be_listed_is_only_a_note(tradein, monkeypatch):
    phones = FakeSource("usbmux")
    phones.show(sighting("one"))
    monkeypatch.setattr("tradein_app.bootstrap.open_sources", lambda _config: (phones, failing("usb")))
    outcome = tradein("read", "--json")
    assert outcome.status == 0
    assert "No usb." in outcome.err


def test_a_phone_that_never_answers_does_not_hold_the_others(tradein, monkeypatch):
    phones = FakeSource("usbmux")
    phones.show(sighting("good"), sighting("mute"))
    phones.behaviours["mute"] = hanging
    monkeypatch.setattr("tradein_app.bootstrap.open_sources", lambda _config: (phones,))
    outcome = tradein("read", "--timeout", "0.3", "--json")
    states = {row["id"]: row["state"] for row in outcome.document["readings"]}
    assert outcome.status == 1
    assert states == {"good": "ready", "mute": "timeout"}


def test_an_empty_bench_is_no_error(tradein, monkeypatch):
    monkeypatch.setattr("tradein_app.bootstrap.open_sources", lambda _config: (FakeSource("usbmux"),))
    outcome = tradein("devices")
    assert outcome.status == 0
    assert outcome.line == "No phone is plugged in."


def test_a_running_bench_is_driven(tradein, bench):
    phone = bench.phones()[0]
    assert tradein("practice", "unplug", phone.id).status == 0
    rows = {row["id"]: row for row in tradein("practice", "list", "--json").document["phones"]}
    assert rows[phone.id]["plugged"] is False
    assert tradein("practice", "plug", phone.name or phone.id).status == 0
    assert "Trust" in tradein("practice", "list").out


def test_an_unknown_practice_phone_is_one_line(tradein, bench):
    outcome = tradein("practice", "trust", "nobody")
    assert outcome.status == 2
    assert "nobody" in outcome.line


def test_no_bench_at_the_address(tradein, monkeypatch):
    monkeypatch.setenv("TRADEIN_PRACTICE", f"127.0.0.1:{a_free_port()}")
    outcome = tradein("practice", "list")
    assert outcome.status == 3
    assert "tradein practice" in outcome.line


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_bench_alone_prints_its_variables_and_ends_when_told(ending):
    with subprocess.Popen(
        [sys.executable, "-m", "tradein_app", "practice", "--phones", "3"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    ) as process:
        assert process.stdout is not None
        variables = dict(process.stdout.readline().strip().split("=", 1) for _ in range(3))
        started = time.monotonic()
        process.send_signal(ending)
        _, said = process.communicate(timeout=10)
    assert set(variables) == {"USBMUXD_SOCKET_ADDRESS", "ANDROID_ADB_SERVER_PORT", "TRADEIN_PRACTICE"}
    assert process.returncode == 0
    assert "3 phones" in said
    assert time.monotonic() - started < 5
