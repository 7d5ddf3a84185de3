"""The contract of a pipe, for the pipe over pyusb and for the one that tests put in its place; and who may claim."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import usb.core
import usb.util

from diagnostics.usb import library
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.enumeration import list_devices
from diagnostics.usb.pipe import Pipe, PipeError, PipeHeld, PipeLost, PipeMissing, PipeSilent
from diagnostics.usb.pipe_pyusb import FASTBOOT, MTP, OLD_MTP, open_pipe
from tests.fakes.usb_pipes import DirectPipe
from tests.usb_bench import responding
from tests.usb_bench.client import UsbBench
from tests.usb_bench.devices import MTP_PIPES, PIPES, Device, Interface, hub

OURS = "tests.usb_bench.responding:"
MakePipe = Callable[..., Pipe]


def seen(vid: str = "2ae5", patience: float = 2.0) -> UsbDevice:
    """Return what the program's own list says of a device, once it is there."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        for device in list_devices():
            if device.vid == vid:
                return device
        time.sleep(0.01)
    raise AssertionError("it is not on the bus")


def phone(kind: str, *interfaces: Interface, vid: str = "2ae5", **options: Any) -> Device:
    shown = interfaces or (Interface(MTP, "MTP", MTP_PIPES),)
    return Device(
        "1-2.3", vid, "4ee1", shown, "Fairphone", "FP4", "0a1b", responder=OURS + kind, options=options
    )


@pytest.fixture(params=["over pyusb", "direct"])
def make(request: pytest.FixtureRequest, usb_bench: UsbBench) -> Iterator[MakePipe]:
    opened: list[Pipe] = []

    def over_pyusb(kind: str, **options: Any) -> Pipe:
        usb_bench.plug(hub("1-2"))
        usb_bench.plug(phone(kind, **options))
        opened.append(open_pipe(seen(), MTP))
        return opened[-1]

    def direct(kind: str, **options: Any) -> Pipe:
        return DirectPipe(getattr(responding, kind)(b"", (), **options))

    yield over_pyusb if request.param == "over pyusb" else direct
    for pipe in opened:
        pipe.close()


def test_what_is_written_is_answered(make: MakePipe) -> None:
    pipe = make("Echo")
    pipe.write(b"hello", 1)
    assert pipe.read(512, 1) == b"hello"


def test_a_transfer_without_bytes_is_no_bytes(make: MakePipe) -> None:
    pipe = make("Echo")
    pipe.write(b"", 1)
    assert pipe.read(512, 1) == b""


def test_nothing_in_time_is_silence_and_the_next_read_may_bring_it(make: MakePipe) -> None:
    pipe = make("Echo")
    begun = time.monotonic()
    with pytest.raises(PipeSilent):
        pipe.read(512, 0.1)
    assert 0.05 < time.monotonic() - begun < 1
    pipe.write(b"late", 1)
    assert pipe.read(512, 1) == b"late"


@pytest.mark.parametrize("name", ["EIO", "ENODEV", "EPROTO"])
def test_each_way_of_going_away_is_the_same(make: MakePipe, name: str) -> None:
    pipe = make("Failing", errno=name)
    with pytest.raises(PipeLost):
        pipe.write(b"x", 1)
    with pytest.raises(PipeLost):
        pipe.read(512, 1)


def test_a_stall_is_a_fault_of_the_talk(make: MakePipe) -> None:
    with pytest.raises(PipeError) as caught:
        make("Failing", errno="EPIPE").read(512, 1)
    assert not isinstance(caught.value, PipeLost)
    assert caught.value.code == "protocol_error"


def test_closing_twice_is_closing_once(make: MakePipe) -> None:
    pipe = make("Echo")
    pipe.close()
    pipe.close()


@pytest.mark.parametrize("by", [{"held": True}, {"driver": "usb-storage"}], ids=str)
def test_what_somebody_else_has_is_left_to_them(usb_bench: UsbBench, by: dict[str, Any]) -> None:
    usb_bench.plug(hub("1-2"))
    usb_bench.plug(phone("Echo", **by))
    with pytest.raises(PipeHeld):
        open_pipe(seen(), MTP)


def test_the_bench_would_notice_a_phone_that_is_changed(usb_bench: UsbBench, tmp_path: Path) -> None:
    usb_bench.plug(hub("1-2"))
    usb_bench.plug(phone("Echo", changes=str(tmp_path / "changes")))
    pipe = open_pipe(seen(), MTP)
    pipe.write(b"x", 1)
    pipe.close()
    assert not (tmp_path / "changes").exists()
    device = usb.core.find(backend=library.backend(), idVendor=0x2AE5)
    device.reset()
    device.set_configuration()
    usb.util.dispose_resources(device)
    assert (tmp_path / "changes").read_text().split() == ["20", "5"]


def test_apples_still_image_interface_is_never_opened(usb_bench: UsbBench) -> None:
    usb_bench.plug(hub("1-2"))
    usb_bench.plug(phone("Echo", vid="05ac"))
    with pytest.raises(PipeMissing):
        open_pipe(seen("05ac"), MTP, OLD_MTP)


def test_an_interface_without_a_class_is_mtp_only_when_it_says_so(usb_bench: UsbBench) -> None:
    usb_bench.plug(hub("1-2"))
    usb_bench.plug(phone("Echo", Interface(OLD_MTP, "Diagnostics", MTP_PIPES)))
    with pytest.raises(PipeMissing):
        open_pipe(seen(), MTP, OLD_MTP)
    usb_bench.plug(phone("Echo", Interface(OLD_MTP, "MTP", MTP_PIPES)))
    found = seen()
    pipe = open_pipe(found, MTP, OLD_MTP)
    pipe.close()


def test_an_interface_that_lacks_a_pipe_is_none(usb_bench: UsbBench) -> None:
    usb_bench.plug(hub("1-2"))
    usb_bench.plug(phone("Echo", Interface(FASTBOOT, "fastboot", PIPES[:1])))
    with pytest.raises(PipeMissing):
        open_pipe(seen(), FASTBOOT)


def test_another_device_at_its_place_is_not_opened(usb_bench: UsbBench) -> None:
    usb_bench.plug(hub("1-2"))
    usb_bench.plug(phone("Echo"))
    before = seen()
    usb_bench.plug(phone("Echo"))
    until = time.monotonic() + 2
    while seen().address == before.address and time.monotonic() < until:
        time.sleep(0.01)
    with pytest.raises(PipeLost):
        open_pipe(before, MTP)


def test_a_phone_that_is_pulled_out_in_mid_transfer_went_away(usb_bench: UsbBench) -> None:
    usb_bench.plug(hub("1-2"))
    usb_bench.plug(phone("Echo"))
    pipe = open_pipe(seen(), MTP)
    usb_bench.unplug("1-2.3")
    with pytest.raises(PipeLost):
        pipe.read(512, 1)
    pipe.close()
