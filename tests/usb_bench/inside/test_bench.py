"""The bench itself: what clients that nobody here wrote see of its devices (libusb by pyusb, lsusb)."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable

import pytest
import usb.core
import usb.util

from tests.usb_bench.client import UsbBench
from tests.usb_bench.devices import MTP_PIPES, PIPES, Device, Interface, hub

GALAXY = Device(
    "1-2.3",
    "04e8",
    "6860",
    (Interface("06/01/01", "MTP", MTP_PIPES), Interface("ff/42/01", "ADB Interface", PIPES)),
    "SAMSUNG",
    "SAMSUNG_Android",
    "R5CT10TRN1A",
)
OURS = "tests.usb_bench.responding:"


@pytest.fixture(autouse=True)
def a_hub(usb_bench: UsbBench) -> None:
    usb_bench.plug(hub("1-2"))


def galaxy(kind: str, **options: object) -> Device:
    return Device(**{**vars(GALAXY), "responder": OURS + kind, "options": options})


def test_a_phone_behind_a_hub_is_whole(usb_bench: UsbBench, find: Callable[..., usb.core.Device]) -> None:
    address = usb_bench.plug(GALAXY)
    phone = find(idVendor=0x04E8)
    assert (phone.bus, phone.address, phone.port_numbers) == (1, address, (2, 3))
    assert (phone.manufacturer, phone.product, phone.serial_number) == (
        "SAMSUNG",
        "SAMSUNG_Android",
        "R5CT10TRN1A",
    )
    assert [usb.util.get_string(phone, i.iInterface) for i in phone[0]] == ["MTP", "ADB Interface"]


def test_bulk_pipes_are_answered(usb_bench: UsbBench, find: Callable[..., usb.core.Device]) -> None:
    usb_bench.plug(galaxy("Echo"))
    phone = find(idVendor=0x04E8)
    assert phone.write(0x01, b"hello") == 5
    assert bytes(phone.read(0x81, 512)) == b"hello"
    with pytest.raises(usb.core.USBTimeoutError):
        phone.read(0x81, 512, 50)


@pytest.mark.parametrize("name", ["EIO", "EPROTO", "EPIPE", "ENODEV"])
def test_a_fault_reaches_the_program(
    usb_bench: UsbBench, find: Callable[..., usb.core.Device], name: str
) -> None:
    usb_bench.plug(galaxy("Failing", errno=name))
    with pytest.raises(usb.core.USBError):
        find(idVendor=0x04E8).write(0x01, b"hello", 200)


def test_what_is_pulled_out_is_gone_and_takes_its_phones_along(
    usb_bench: UsbBench, find: Callable[..., usb.core.Device]
) -> None:
    usb_bench.plug(galaxy("Echo"))
    phone = find(idVendor=0x04E8)
    phone.write(0x01, b"hello")
    usb_bench.unplug("1-2")
    with pytest.raises(usb.core.USBError):
        phone.read(0x81, 512, 200)
    assert find(idVendor=0x04E8, gone=True) is None


def test_lsusb_runs_unchanged(usb_bench: UsbBench) -> None:
    usb_bench.plug(GALAXY)
    tree = subprocess.run(["lsusb", "-t"], capture_output=True, text=True, check=True).stdout
    # The name of a class is of usb.ids, which need not be installed.
    assert re.search(
        r"Port 2: Dev \d+, If 0, Class=[^,]*, Driver=/10p, 480M\n +.__ Port 3: Dev \d+, If 0", tree
    )
    told = subprocess.run(["lsusb", "-v", "-d", "04e8:"], capture_output=True, text=True, check=True)
    assert "R5CT10TRN1A" in told.stdout
    assert "4 MTP" in told.stdout
    assert told.stderr == ""
