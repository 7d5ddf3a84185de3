"""Phones without debugging, over a whole bus: what they tell over MTP and in fastboot, through pyusb and libusb."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from diagnostics.model import LockState, Reading, State
from diagnostics.ports import Sighting
from diagnostics.usb import mtp
from diagnostics.usb.enumeration import list_devices
from diagnostics.usb.pipe_asking import Asker
from diagnostics.usb.pipe_pyusb import FASTBOOT, MTP, open_pipe
from diagnostics.usb.source import UsbSource
from tests.fakes.sources import FixedClock
from tests.usb_bench.client import UsbBench
from tests.usb_bench.devices import MTP_PIPES, PIPES, Device, Interface, hub

MTP_PHONE = "tests.usb_bench.mtp_phone:MtpPhone"
FOREIGN_PHONE = "tests.usb_bench.umtprd:UmtprdPhone"
FASTBOOT_PHONE = "tests.usb_bench.fastboot_phone:FastbootPhone"


def _missing(program: str, package: str) -> str:
    return "" if shutil.which(program) else f"{program} is not installed (package {package})"


@pytest.fixture(autouse=True)
def a_hub(usb_bench: UsbBench) -> None:
    usb_bench.plug(hub("1-2", ports=40))


def galaxy(port: str = "1-2.3", **options: Any) -> Device:
    shown = (Interface(MTP, "MTP", MTP_PIPES),)
    texts = ("SAMSUNG", "SAMSUNG_Android", f"R58N12{port.replace('-', '').replace('.', ''):0>5}")
    return Device(port, "04e8", "6860", shown, *texts, responder=MTP_PHONE, options=options)


class Bus:
    """The program's own bus adapter, on the bench."""

    def __init__(self) -> None:
        self.source = UsbSource(FixedClock(), poll=0.02, settle=0, asker=Asker())
        self._watching = self.source.watch()

    async def sees(self, count: int) -> tuple[Sighting, ...]:
        async with asyncio.timeout(10):
            while len(seen := (await anext(self._watching)).sightings) != count:
                pass
        return seen

    async def read(self, seen: Sighting) -> Reading:
        return await self.source.read(seen, lambda _: None, ask_trust=False)

    async def only(self) -> Reading:
        (seen,) = await self.sees(1)
        reading = await self.read(seen)
        await self._watching.aclose()
        return reading

    async def close(self) -> None:
        await self._watching.aclose()


def codes(reading: Reading, field: str) -> list[str]:
    return [problem.code for problem in reading.problems if problem.field == field]


async def test_a_phone_without_debugging_gives_maker_model_serial_and_size(
    usb_bench: UsbBench, tmp_path: Path
) -> None:
    usb_bench.plug(galaxy(changes=str(tmp_path / "changes")))
    reading = await Bus().only()
    assert (reading.identity.manufacturer, reading.identity.model) == ("Samsung", "Galaxy A51")
    assert reading.identity.serial == "R58N1200123"
    assert (reading.storage.capacity_gb, reading.battery.level_percent) == (128, 83)
    assert (reading.state, codes(reading, "")) == (State.DEBUGGING_OFF, ["debugging_off"])
    assert not (tmp_path / "changes").exists(), "the phone was reset, configured or unhalted"


async def test_a_locked_phone_says_what_to_do_and_not_0_gb(usb_bench: UsbBench) -> None:
    usb_bench.plug(galaxy(storages=[]))
    reading = await Bus().only()
    assert (reading.state, codes(reading, "")) == (State.CHARGING_ONLY, ["charging_only"])
    assert reading.identity.model == "Galaxy A51"
    assert codes(reading, "storage.capacity_gb") == ["charging_only"]


async def test_a_phone_that_is_unlocked_later_is_read_anew_by_itself(
    usb_bench: UsbBench, tmp_path: Path
) -> None:
    lock = tmp_path / "locked"
    lock.touch()
    usb_bench.plug(galaxy(locked=str(lock)))
    bus = Bus()
    (seen,) = await bus.sees(1)
    locked = await bus.read(seen)
    assert (await bus.source.look(seen, locked)).reading is locked
    lock.unlink()
    assert (await bus.source.look(seen, locked)).reading is None
    unlocked = await bus.read(seen)
    assert unlocked.storage.capacity_gb == 128
    assert (await bus.source.look(seen, unlocked)).reading is unlocked
    await bus.close()


async def test_a_locked_phone_that_falls_silent_gave_no_answer(usb_bench: UsbBench, tmp_path: Path) -> None:
    usb_bench.plug(galaxy(storages=[]))
    bus = Bus()
    (seen,) = await bus.sees(1)
    locked = await bus.read(seen)
    await asyncio.to_thread(usb_bench.unplug, "1-2.3")
    glance = await bus.source.look(seen, locked)
    await bus.close()
    assert glance.reading is locked
    assert not glance.answered


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"held": True}, "usb_held"),
        ({"driver": "some"}, "usb_held"),
        ({"at": mtp.OPEN_SESSION, "hang": True}, "timeout"),
        ({"at": mtp.GET_STORAGE_IDS, "errno": "EPROTO"}, "unplugged"),
        ({"at": mtp.GET_STORAGE_IDS, "errno": "EPIPE"}, "protocol_error"),
        ({"at": mtp.GET_STORAGE_IDS, "length": 0xFFFFFFFF}, "protocol_error"),
        ({"at": mtp.GET_STORAGE_INFO, "data": "03"}, "protocol_error"),
    ],
    ids=str,
)
async def test_what_cannot_be_read_says_why_and_the_rest_stays(
    usb_bench: UsbBench, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], code: str
) -> None:
    monkeypatch.setattr(mtp.MtpSession.ask, "__kwdefaults__", {"limit": 0.5})
    usb_bench.plug(galaxy(**options))
    reading = await Bus().only()
    assert codes(reading, "storage.total_bytes") == [code]
    told = "SM-A515F" if options.get("at", mtp.OPEN_SESSION) != mtp.OPEN_SESSION else None
    assert reading.identity.model_code == told
    assert reading.identity.serial == "R58N1200123"


async def test_the_interface_is_given_back_so_that_it_can_be_opened_again(usb_bench: UsbBench) -> None:
    usb_bench.plug(galaxy())
    bus = Bus()
    (seen,) = await bus.sees(1)
    first, second = [await bus.read(seen) for _ in range(2)]
    await bus.close()
    assert first == second
    open_pipe(next(one for one in list_devices() if one.vid == "04e8"), MTP).close()


async def test_a_phone_in_fastboot_gives_its_variables(usb_bench: UsbBench) -> None:
    shown = (Interface(FASTBOOT, "fastboot", PIPES),)
    usb_bench.plug(Device("1-2.3", "18d1", "4ee0", shown, "Google", "Pixel 6", "", responder=FASTBOOT_PHONE))
    reading = await Bus().only()
    assert (reading.state, reading.locks.bootloader) == (State.FASTBOOT, LockState.ON)
    assert reading.identity.serial == "1A051FDF6000ZZ"


async def test_phones_that_hang_delay_no_other(usb_bench: UsbBench) -> None:
    for number in range(1, 5):
        usb_bench.plug(galaxy(f"1-2.{number}", at=mtp.OPEN_SESSION, hang=True))
    usb_bench.plug(galaxy("1-2.9"))
    bus = Bus()
    seen = await bus.sees(5)
    hanging = [asyncio.create_task(bus.read(one)) for one in seen if one.slot != "1-2.9"]
    await asyncio.sleep(0.1)
    begun = time.monotonic()
    reading = await bus.read(next(one for one in seen if one.slot == "1-2.9"))
    took = time.monotonic() - begun
    assert reading.storage.capacity_gb == 128
    assert not any(task.done() for task in hanging)
    assert took < mtp.STEP
    for task in hanging:
        task.cancel()
    begun = time.monotonic()
    await asyncio.gather(*hanging, return_exceptions=True)
    assert time.monotonic() - begun < 1.5, "a reading that nobody wants ends soon"
    await bus.close()


async def test_a_phone_that_is_pulled_out_while_it_is_read_leaves_what_it_told(usb_bench: UsbBench) -> None:
    usb_bench.plug(galaxy(at=mtp.GET_STORAGE_IDS, hang=True))
    bus = Bus()
    (seen,) = await bus.sees(1)
    reading = asyncio.create_task(bus.read(seen))
    await asyncio.sleep(0.3)
    await asyncio.to_thread(usb_bench.unplug, "1-2.3")
    told = await reading
    await bus.close()
    assert told.identity.model == "Galaxy A51"
    assert codes(told, "storage.total_bytes") == ["unplugged"]


@pytest.mark.needs(_missing("umtprd", "umtp-responder"))
async def test_a_responder_that_nobody_here_wrote_is_read_over_the_bus(usb_bench: UsbBench) -> None:
    shown = (Interface(MTP, "MTP", MTP_PIPES),)
    usb_bench.plug(
        Device("1-2.3", "2ae5", "4ee1", shown, "Fairphone", "FP4", "0a1b2c3d", responder=FOREIGN_PHONE)
    )
    reading = await Bus().only()
    assert (reading.identity.manufacturer, reading.identity.model_code) == ("Fairphone", "FP4")
    disk = shutil.disk_usage(tempfile.gettempdir())
    raw = reading.evidence["storage.total_bytes"].raw
    assert raw.startswith("Internal storage: ")
    assert raw.endswith(f" of {disk.total}")
    assert codes(reading, "battery.level_percent") == ["absent"]  # it says 0, as it does not know it


@pytest.mark.needs(_missing("mtp-detect", "mtp-tools"))
def test_mtp_detect_understands_the_phone_that_the_tests_use(usb_bench: UsbBench) -> None:
    usb_bench.plug(galaxy())
    said = subprocess.run(["mtp-detect"], capture_output=True, text=True, check=False, timeout=60).stdout
    assert "Model: SM-A515F" in said
    assert "MaxCapacity: 112871043072" in said
    assert "Battery level" in said


@pytest.mark.needs(_missing("gphoto2", "gphoto2"))
def test_gphoto2_understands_the_phone_that_the_tests_use(usb_bench: UsbBench) -> None:
    usb_bench.plug(galaxy())
    words = ["gphoto2", "--port", "usb:", "--summary"]
    said = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60).stdout
    assert "Model: SM-A515F" in said
    assert "Internal shared storage" in said
