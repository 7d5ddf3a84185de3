"""The program's own list of the bus, read from answering devices: whole, short, lying, hanging, coming and going."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from diagnostics.usb.device import UsbDevice
from diagnostics.usb.enumeration import Enumerator
from diagnostics.usb.library import wanted
from diagnostics.usb.modes import mode_of
from tests.usb_bench.client import UsbBench
from tests.usb_bench.devices import MTP_PIPES, PIPES, Device, Interface, hub

RECOVERY = "CPID:8101 CPRV:11 CPFM:03 SCEP:01 BDID:0C ECID:001A2C3E0A42801E IBFL:3C SRNM:[F17XK0AAHG7F]"
_PATIENCE = 20.0


def galaxy(port: str, serial: str = "R5CT10TRN1A", **changes: object) -> Device:
    pair = (Interface("06/01/01", "MTP", MTP_PIPES), Interface("ff/42/01", "ADB Interface", PIPES))
    return Device(port, "04e8", "6860", pair, "SAMSUNG", "SAMSUNG_Android", serial, **changes)  # type: ignore[arg-type]


def until(
    look: Callable[[], tuple[UsbDevice, ...]], done: Callable[[tuple[UsbDevice, ...]], bool]
) -> tuple[UsbDevice, ...]:
    deadline = time.monotonic() + _PATIENCE
    while not done(seen := look()):
        assert time.monotonic() < deadline, seen
        time.sleep(0.01)
    return seen


@pytest.fixture
def look() -> Enumerator:
    return Enumerator()


def test_the_systems_libusb_is_used_here() -> None:
    assert wanted()[0] == "system"


def test_a_phone_behind_a_hub_is_told_whole(usb_bench: UsbBench, look: Enumerator) -> None:
    usb_bench.plug(hub("1-2"))
    address = usb_bench.plug(galaxy("1-2.3"))
    _, phone = until(look, lambda seen: len(seen) == 2)
    assert (phone.vid, phone.pid, phone.slot, phone.address) == ("04e8", "6860", "1-2.3", address)
    assert phone.interfaces == {"06/01/01", "ff/42/01"}
    assert [(i.number, i.triple, i.name) for i in phone.named] == [
        (0, "06/01/01", "MTP"),
        (1, "ff/42/01", "ADB Interface"),
    ]
    assert (phone.serial, phone.product, phone.manufacturer) == ("R5CT10TRN1A", "SAMSUNG_Android", "SAMSUNG")
    assert (phone.bcd_usb, phone.speed, phone.configuration, phone.max_power_ma) == (0x0200, 480.0, 1, 500)
    assert (phone.controller, phone.chain) == ("pci0000:00/0000:00:14.0", (2, 3))
    assert phone.openable is True
    assert phone.superspeed is None


def test_both_faces_of_a_port_are_one_place_and_another_controllers_is_not(
    usb_bench: UsbBench, look: Enumerator
) -> None:
    usb_bench.plug(galaxy("1-2", "A"))
    usb_bench.plug(galaxy("2-2", "B", bcd_usb="0320", speed="5000"))
    usb_bench.plug(galaxy("3-2", "C"))
    first, fast, other = until(look, lambda seen: len(seen) == 3)
    assert first.place == fast.place != other.place
    assert (fast.speed, fast.superspeed, fast.max_power_ma) == (5000.0, True, 2000)


def test_a_change_of_mode_is_another_device_at_the_same_place(usb_bench: UsbBench, look: Enumerator) -> None:
    usb_bench.plug(
        Device(
            "1-4",
            "05ac",
            "12a8",
            (Interface("ff/fe/02"),),
            "Apple Inc.",
            "iPhone",
            "00008101001A2C3E0A42801E",
        )
    )
    (before,) = until(look, lambda seen: len(seen) == 1)
    usb_bench.plug(
        Device(
            "1-4",
            "05ac",
            "1281",
            (Interface("fe/01/00"),),
            "Apple Inc.",
            "Apple Mobile Device (Recovery Mode)",
            RECOVERY,
        )
    )
    (after,) = until(look, lambda seen: [d.pid for d in seen] == ["1281"])
    assert before.place == after.place
    assert before.key != after.key
    assert after.serial == RECOVERY
    assert (mode := mode_of(after)) is not None
    assert mode.name == "recovery"


def test_a_phone_that_is_not_configured_yet_says_so_and_then_what_it_is(
    usb_bench: UsbBench, look: Enumerator
) -> None:
    usb_bench.plug(galaxy("1-2", configuration=0))
    (phone,) = until(look, lambda seen: len(seen) == 1)
    assert (phone.configuration, phone.named) == (0, ())
    assert phone.interfaces == {"06/01/01", "ff/42/01"}
    usb_bench.set("1-2", "bConfigurationValue", "1")
    (phone,) = until(look, lambda seen: seen[0].configuration == 1)


WHOLE = galaxy("1-1").blob().hex()


@pytest.mark.parametrize(
    ("descriptors", "sees"),
    [
        pytest.param("", "ids", id="none at all"),
        pytest.param(WHOLE[:20], "ids", id="half a device descriptor"),
        pytest.param(WHOLE[:36], "ids", id="no configuration"),
        pytest.param(WHOLE[:36] + WHOLE[36:60], "ids", id="half a configuration"),
        pytest.param(WHOLE[:34] + "ff" + WHOLE[36:], "whole", id="claims 255 configurations"),
        pytest.param(WHOLE[:40] + "ffff" + WHOLE[44:], "ids", id="claims 65535 bytes"),
        pytest.param(WHOLE[:44] + "ff" + WHOLE[46:], "ids", id="claims 255 interfaces"),
        pytest.param(WHOLE[:54] + "00" + WHOLE[56:], "ids", id="an interface of no length"),
        pytest.param(WHOLE[:62] + "ff" + WHOLE[64:], "ids", id="claims 255 endpoints"),
        pytest.param("ff" * 90, "ids", id="nonsense"),
    ],
)
def test_bad_descriptors_cost_that_device_alone(
    usb_bench: UsbBench, look: Enumerator, descriptors: str, sees: str
) -> None:
    usb_bench.plug(galaxy("1-1", "BAD", descriptors=descriptors))
    usb_bench.plug(galaxy("1-2", "GOOD"))
    seen = {d.slot: d for d in until(look, lambda seen: {"1-1", "1-2"} <= {d.slot for d in seen})}
    assert seen["1-2"].interfaces == {"06/01/01", "ff/42/01"}
    bad = seen["1-1"]
    assert bad.serial == "BAD"
    if sees == "whole":
        assert bad.interfaces == {"06/01/01", "ff/42/01"}
    if descriptors != "ff" * 90:
        assert (bad.vid, bad.pid) == ("04e8", "6860")


def test_a_hanging_device_holds_nothing_up(usb_bench: UsbBench, look: Enumerator) -> None:
    usb_bench.plug(galaxy("1-1", responder="tests.usb_bench.responding:Hanging"))
    usb_bench.plug(galaxy("1-2", responder="tests.usb_bench.responding:Failing", options={"errno": "EPROTO"}))
    started = time.monotonic()
    seen = until(look, lambda seen: len(seen) == 2)
    assert time.monotonic() - started < 0.5
    assert {d.serial for d in seen} == {"R5CT10TRN1A"}  # from sysfs: nothing was asked of them


def test_a_hub_takes_its_ten_phones_along_and_brings_them_back(usb_bench: UsbBench, look: Enumerator) -> None:
    def plug_all() -> None:
        usb_bench.plug(hub("1-2"))
        for port in range(1, 11):
            usb_bench.plug(galaxy(f"1-2.{port}", f"SERIAL{port}"))

    plug_all()
    before = until(look, lambda seen: len(seen) == 11)
    usb_bench.unplug("1-2")
    until(look, lambda seen: not seen)
    plug_all()
    after = until(look, lambda seen: len(seen) == 11)
    assert [d.place for d in before] == [d.place for d in after]
    assert not {d.key for d in before} & {d.key for d in after}
    assert [d.serial for d in after[1:]] == [f"SERIAL{port}" for port in range(1, 11)]


def test_phones_that_come_and_go_during_looks_break_none(usb_bench: UsbBench, look: Enumerator) -> None:
    usb_bench.plug(galaxy("1-1", "STAYS"))
    until(look, lambda seen: len(seen) == 1)

    def shake() -> None:
        for _ in range(4):
            usb_bench.plug(hub("1-2"))
            for port in range(1, 5):
                usb_bench.plug(galaxy(f"1-2.{port}", f"S{port}"))
            usb_bench.unplug("1-2")

    looks = 0
    with ThreadPoolExecutor(1) as pool:
        shaking = pool.submit(shake)
        while not shaking.done():
            seen = look()
            looks += 1
            time.sleep(0.002)  # the bench needs the processor, too
            assert "STAYS" in {one.serial for one in seen}
            # Nobody is mixed up with a neighbour, whatever was pulled at that moment.
            phones = [one for one in seen if one.chain[0] == 2 and len(one.chain) == 2]
            assert all(one.serial in {f"S{one.chain[1]}", None} for one in phones)
        shaking.result()
    assert looks > 5
    until(look, lambda seen: len(seen) == 1)
