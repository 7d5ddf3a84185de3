"""A Samsung phone's modem as Linux shows it: pyserial finds its port by the phone's place on the bus."""

from __future__ import annotations

import os
import threading
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from diagnostics.usb import modem, modem_port
from diagnostics.usb.enumeration import list_devices
from diagnostics.usb.pipe import PipeMissing
from diagnostics.usb.pipe_pyusb import MTP
from tests.usb_bench.client import UsbBench
from tests.usb_bench.devices import MTP_PIPES, PIPES, Device, Interface, hub

ANSWER = b"\r\n+DEVCONINFO: MN(SM-A515F);SN(R58N12ABCDE);IMEI(490154203237518)\r\n\r\nOK\r\n"
SHOWN = (Interface(MTP, "MTP", MTP_PIPES), Interface("02/02/01", "CDC ACM", PIPES))


class Line:
    """The other end of ``/dev/ttyACM0``, which belongs to the second interface of the device at a port."""

    def __init__(self, port: str) -> None:
        self._root = Path(os.environ["UMOCKDEV_DIR"])
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        interface = next(self._root.glob(f"sys/devices/**/{port}:1.1"))
        shown = self._root / "sys/class/tty/ttyACM0"
        shown.mkdir(parents=True)
        (shown / "device").symlink_to(interface)
        self._node = self._root / "dev/ttyACM0"
        self._node.symlink_to(os.ttyname(self._theirs))
        self._shown = shown

    def serve(self, heard: list[bytes]) -> None:
        heard.append(os.read(self._ours, 256))
        os.write(self._ours, ANSWER)

    def close(self) -> None:
        self._node.unlink()
        (self._shown / "device").unlink()
        self._shown.rmdir()
        os.close(self._ours)
        os.close(self._theirs)


@pytest.fixture
def line(usb_bench: UsbBench) -> Iterator[Line]:
    usb_bench.plug(hub("1-2"))
    usb_bench.plug(Device("1-2.3", "04e8", "6860", SHOWN, "SAMSUNG", "SAMSUNG_Android", "R58N12ABCDE"))
    usb_bench.plug(Device("1-2.4", "04e8", "6860", SHOWN, "SAMSUNG", "SAMSUNG_Android", "R58N12ABCDE"))
    one = Line("1-2.3")
    yield one
    one.close()


def test_the_port_of_this_very_phone_is_found_and_no_twins(line: Line) -> None:
    until = time.monotonic() + 2
    while (
        len(phones := [one for one in list_devices() if one.vid == "04e8"]) < 2 and time.monotonic() < until
    ):
        time.sleep(0.01)
    first, twin = sorted(phones, key=lambda one: one.slot)
    (port,) = modem_port.list_ports()
    assert (port.device, port.vid, (port.location or "").partition(":")[0]) == (
        "/dev/ttyACM0",
        0x04E8,
        "1-2.3",
    )
    with pytest.raises(PipeMissing):
        modem_port.ask(twin, threading.Event())
    heard: list[bytes] = []
    serving = threading.Thread(target=line.serve, args=(heard,))
    serving.start()
    answer = modem_port.ask(first, threading.Event())
    serving.join()
    assert heard == [modem.COMMAND]
    assert modem.parse(answer)["IMEI"] == "490154203237518"
