"""Serials where there is no sysfs: told by the devices' own string descriptors, once, and without changing anything."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from diagnostics import sysfs
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.enumeration import Enumerator
from diagnostics.usb.strings import STEP, TRIES, Question, Strings, Told, by_library, by_opening
from tests.usb_bench.client import UsbBench
from tests.usb_bench.devices import MTP_PIPES, PIPES, Device, Interface

MTP = Interface("06/01/01", "MTP", MTP_PIPES)
RECOVERY = "CPID:8101 CPRV:11 CPFM:03 SCEP:01 BDID:0C ECID:001A2C3E0A42801E IBFL:3C SRNM:[F17XK0AAHG7F]"
HANGING = "tests.usb_bench.responding:Hanging"
_PATIENCE = 20.0


class Counted:
    """Asks by opening, and keeps which slots it asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, question: Question) -> Told | None:
        self.asked.append(question.device.slot)
        return by_opening(question)


@pytest.fixture(autouse=True)
def no_sysfs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sysfs, "DEVICES", tmp_path / "none")


@pytest.fixture
def way() -> Counted:
    return Counted()


@pytest.fixture
def look(way: Counted) -> Enumerator:
    return Enumerator(strings=Strings((by_library, way)))


def galaxy(port: str, serial: str = "R5CT10TRN1A", **changes: object) -> Device:
    return Device(port, "04e8", "6860", (MTP,), "SAMSUNG", "SAMSUNG_Android", serial, **changes)  # type: ignore[arg-type]


def until(
    look: Callable[[], tuple[UsbDevice, ...]], done: Callable[[tuple[UsbDevice, ...]], bool]
) -> tuple[UsbDevice, ...]:
    deadline = time.monotonic() + _PATIENCE
    while not done(seen := look()):
        assert time.monotonic() < deadline, seen
        time.sleep(0.01)
    return seen


def test_without_asking_there_is_no_serial(usb_bench: UsbBench) -> None:
    usb_bench.plug(galaxy("1-1"))
    (phone,) = until(Enumerator(), lambda seen: len(seen) == 1)
    assert phone.serial is None


def test_a_phone_tells_its_serial_at_the_first_look_and_is_asked_once(
    usb_bench: UsbBench, look: Enumerator, way: Counted, tmp_path: Path
) -> None:
    changes = tmp_path / "changes"
    usb_bench.plug(galaxy("1-1", options={"changes": str(changes)}))
    (phone,) = until(look, lambda seen: len(seen) == 1)
    assert (phone.serial, phone.serial_source) == ("R5CT10TRN1A", "USB serial string")
    assert [look()[0].serial for _ in range(5)] == ["R5CT10TRN1A"] * 5
    assert way.asked == ["1-1"]
    assert not changes.exists() or not changes.read_text(), "nothing was claimed, configured or detached"
    usb_bench.plug(galaxy("1-1", "OTHER"))
    until(look, lambda seen: seen[0].serial == "OTHER")


def test_an_iphone_in_recovery_tells_which_it_is_and_a_usual_one_is_left_to_apples_service(
    usb_bench: UsbBench, look: Enumerator
) -> None:
    usb_bench.plug(Device("1-1", "05ac", "1281", (Interface("fe/01/00"),), "Apple Inc.", "", RECOVERY))
    usb_bench.plug(
        Device("1-2", "05ac", "12a8", (Interface("ff/fe/02"),), "Apple Inc.", "iPhone", "0000" * 6)
    )
    recovery, usual = until(look, lambda seen: len(seen) == 2)
    assert (recovery.serial, usual.serial) == (RECOVERY, None)


def test_phones_that_hang_hold_nobody_up_and_are_left_alone_in_the_end(
    usb_bench: UsbBench, look: Enumerator, way: Counted
) -> None:
    for port in range(1, 9):
        usb_bench.plug(galaxy(f"1-{port}", f"H{port}", responder=HANGING))
    until(look, lambda seen: len(seen) == 8)
    usb_bench.plug(galaxy("1-9", "WELL"))
    until(look, lambda seen: len(seen) == 9 and seen[8].serial == "WELL")
    began = time.monotonic()
    assert look()[0].serial is None
    assert time.monotonic() - began < STEP
    until(look, lambda _: way.asked.count("1-1") == TRIES)
    until(look, lambda _: not any(thread.name == "usb-talk" for thread in threading.enumerate()))
    assert way.asked.count("1-1") == TRIES


@pytest.mark.parametrize("name", ["EIO", "EPROTO", "EPIPE", "ENODEV"])
def test_a_phone_that_fails_is_listed_without(usb_bench: UsbBench, look: Enumerator, name: str) -> None:
    usb_bench.plug(galaxy("1-1", responder="tests.usb_bench.responding:Failing", options={"errno": name}))
    (phone,) = until(look, lambda seen: len(seen) == 1)
    assert (phone.slot, phone.serial) == ("1-1", None)


def test_what_is_no_phone_is_not_asked(usb_bench: UsbBench, look: Enumerator, way: Counted) -> None:
    usb_bench.plug(Device("1-1", "046d", "c31c", (Interface("03/01/01"),), "Logitech", "Keyboard", "KEYS"))
    usb_bench.plug(Device("1-2", "04e8", "6860", (Interface("ff/42/01", "ADB", PIPES),), "", "", ""))
    until(look, lambda seen: len(seen) == 2)
    assert way.asked == [], "one is a keyboard, the other says that it has no serial"
