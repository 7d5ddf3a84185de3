"""The bare bus: which mode a phone is in, and who speaks to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diagnostics.errors import ServiceMissing
from diagnostics.messages import message
from diagnostics.model import LockState, State
from diagnostics.usb.apple_boot import apple_tags
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.enumeration import list_devices
from diagnostics.usb.modes import Mode, maker_of, mode_of, state_of
from diagnostics.usb.source import UsbSource
from tests.fakes.sources import FixedClock

RECOVERY_SERIAL = (
    "CPID:8101 CPRV:11 CPFM:03 SCEP:01 BDID:0C ECID:001A2C3E0A42801E IBFL:3C SRNM:[F17XK0AAHG7F]"
)


def device(
    vid: str, pid: str, *interfaces: str, slot: str = "1-2", address: int = 5, serial: str | None = None
):
    return UsbDevice(vid, pid, frozenset(interfaces), slot, address, serial)


@pytest.mark.parametrize(
    ("seen", "state"),
    [
        (device("05ac", "12a8", "06/01/01", "ff/fe/02"), None),
        (device("05ac", "1281"), State.RECOVERY),
        (device("05ac", "1227"), State.DFU),
        (device("04e8", "685d", "02/02/01", "0a/00/00"), State.DOWNLOAD),
        (device("05c6", "9008", "ff/ff/ff"), State.EDL),
        (device("18d1", "4ee0", "ff/42/03"), State.FASTBOOT),
        (device("18d1", "d00d", "ff/42/03"), State.FASTBOOT),
        (device("04e8", "6860", "06/01/01", "ff/42/01"), None),
        (device("04e8", "6860", "06/01/01"), State.DEBUGGING_OFF),
        (device("0fce", "0166", "ff/ff/00"), State.DEBUGGING_OFF),
        (device("22d9", "2769", "ff/00/00"), State.CHARGING_ONLY),
        (device("04e8", "61f5", "08/06/50"), None),
        (device("046d", "c31c", "03/01/01"), None),
        (device("1d6b", "0002", "09/00/00"), None),
    ],
)
def test_the_mode_follows_ids_then_interfaces_then_vendor(seen: UsbDevice, state: State | None) -> None:
    assert state_of(seen) is state


def test_apples_boot_serial_names_the_phone_and_the_default_fastboot_id_names_no_maker() -> None:
    assert apple_tags(RECOVERY_SERIAL)["SRNM"] == "F17XK0AAHG7F"
    assert apple_tags("not a boot serial") == {}
    assert maker_of(device("18d1", "d00d", "ff/42/03")) is None
    assert maker_of(device("05ac", "1281")) == "Apple"


async def test_a_phone_in_recovery_is_shown_with_its_serial_and_what_to_do() -> None:
    phone = device("05ac", "1281", serial=RECOVERY_SERIAL, slot="1-2.3")
    source = UsbSource(FixedClock(), lambda: (phone, device("05ac", "12a8", slot="1-4")), poll=0.01, settle=0)
    watching = source.watch()
    seen, served = (await anext(watching)).sightings
    reading = await source.read(seen, lambda _: None, ask_trust=True)
    await watching.aclose()
    assert (seen.served, served.served) == ("", "usbmux")
    assert (reading.slot, reading.state) == ("1-2.3", State.RECOVERY)
    assert reading.identity.serial == "F17XK0AAHG7F"
    assert reading.locks.activation is LockState.UNKNOWN
    assert "Restart" in message(reading.problems[0])


async def test_a_device_that_flashes_by_is_not_shown_and_a_lasting_one_is() -> None:
    passing, staying = device("0e8d", "2000", slot="1-1"), device("18d1", "4ee0", "ff/42/03", slot="1-2")
    looks = iter([(), (passing, staying), (staying,)])
    last = (staying,)
    source = UsbSource(FixedClock(), lambda: next(looks, last), poll=0.02, settle=0.05)
    watching = source.watch()
    assert (await anext(watching)).sightings == ()
    assert [s.slot for s in (await anext(watching)).sightings] == ["1-2"]
    await watching.aclose()


async def test_a_bus_that_cannot_be_listed_says_so_and_comes_back() -> None:
    failures = [ServiceMissing("The USB bus cannot be listed.")]

    def enumerate_bus() -> tuple[UsbDevice, ...]:
        if failures:
            raise failures.pop()
        return ()

    watching = UsbSource(FixedClock(), enumerate_bus, poll=0.01).watch()
    assert (await anext(watching)).error is not None
    assert (await anext(watching)).error is None
    await watching.aclose()


def test_the_real_bus_of_this_machine_can_be_listed() -> None:
    assert all(len(found.vid) == 4 and "-" in found.slot for found in list_devices())


@pytest.mark.parametrize(
    ("phone", "openable", "codes"),
    [
        (device("18d1", "d00d", "ff/42/03"), False, ["fastboot", "no_permission"]),
        (device("18d1", "d00d", "ff/42/03"), True, ["fastboot"]),
        (device("18d1", "d00d", "ff/42/03"), None, ["fastboot"]),
        # What could not be asked more needs no right.
        (device("05ac", "1281", serial=RECOVERY_SERIAL), False, ["recovery"]),
        (device("05c6", "9008", "ff/ff/ff"), False, ["edl"]),
    ],
)
async def test_a_phone_that_may_not_be_opened_says_so_only_where_it_could_tell_more(
    phone: UsbDevice, openable: bool | None, codes: list[str]
) -> None:
    source = UsbSource(FixedClock(), lambda: (replace(phone, openable=openable),), poll=0.01, settle=0)
    watching = source.watch()
    (seen,) = (await anext(watching)).sightings
    reading = await source.read(seen, lambda _: None, ask_trust=True)
    await watching.aclose()
    assert [problem.code for problem in reading.problems if not problem.field] == codes


async def test_what_this_program_stumbles_over_is_shown_with_a_sentence_and_costs_no_other_phone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def buggy(seen: UsbDevice) -> Mode | None:
        if seen.pid == "6860":
            raise KeyError("interface")
        return mode_of(seen)

    for room in ("source", "health", "telling"):
        monkeypatch.setattr(f"diagnostics.usb.{room}.mode_of", buggy)
    well, beyond = device("05ac", "1281", slot="1-2"), device("04e8", "6860", "06/01/01", slot="1-3")
    source = UsbSource(FixedClock(), lambda: (beyond, well), poll=0.01, settle=0)
    watching = source.watch()
    shown = {seen.slot: seen for seen in (await anext(watching)).sightings}
    reading = await source.read(shown["1-3"], lambda _: None, ask_trust=True)
    other = await source.read(shown["1-2"], lambda _: None, ask_trust=True)
    await watching.aclose()
    assert {slot: seen.state for slot, seen in shown.items()} == {"1-2": State.RECOVERY, "1-3": State.ERROR}
    assert "Our fault" in message(reading.problems[0])
    assert (reading.state, other.state) == (State.ERROR, State.RECOVERY)
    assert {record.message for record in caplog.records} == {"04e8:6860 on the bus is beyond this program"}
    caplog.clear()
