"""What an iPhone in recovery or DFU tells in its serial string alone."""

from __future__ import annotations

import pytest

from diagnostics.building import ReadingBuilder
from diagnostics.model import DeviceId, Platform, Quality, Reading, State, Transport
from diagnostics.ports import Sighting
from diagnostics.usb.apple_boot import apple_boot
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.telling import identifier, identify
from resources.opening import load_csv
from tests.fakes.sources import FixedClock

RECOVERY = "CPID:8101 CPRV:11 CPFM:03 SCEP:01 BDID:0C ECID:001A2C3E0A42801E IBFL:3C SRNM:[F17XK0AAHG7F]"
DFU = "CPID:8010 CPRV:11 CPFM:03 SCEP:01 BDID:08 ECID:000A2C3E0A42801E IBFL:3C SRTG:[iBoot-2696.0.0.1.33]"


def phone(pid: str, serial: str | None) -> UsbDevice:
    return UsbDevice("05ac", pid, frozenset({"fe/01/00"}), "1-2", 5, serial)


def told(device: UsbDevice, state: State) -> Reading:
    sighting = Sighting("k", DeviceId(identifier(device)), Platform.IOS, Transport.USB, "1-2", state)
    builder = ReadingBuilder(sighting, FixedClock())
    identify(builder, device)
    return builder.build(state.value)


def test_recovery_tells_model_serial_and_the_chips_number() -> None:
    reading = told(phone("1281", RECOVERY), State.RECOVERY)
    identity = reading.identity
    assert (identity.manufacturer, identity.model, identity.model_code) == (
        "Apple",
        "iPhone 12",
        "iPhone13,2",
    )
    assert identity.serial == "F17XK0AAHG7F"
    ecid = reading.evidence["identity.serial@ecid"]
    assert (ecid.raw, ecid.quality) == ("001A2C3E0A42801E", Quality.EXACT)
    assert reading.evidence["identity.model"].raw == "CPID:8101 BDID:0C"
    assert [p.code for p in reading.problems if not p.field] == ["recovery"]


def test_dfu_tells_the_model_and_no_serial() -> None:
    reading = told(phone("1227", DFU), State.DFU)
    assert (reading.identity.model, reading.identity.serial) == ("iPhone 7", None)
    assert {p.code for p in reading.problems if p.field == "identity.serial"} == {"dfu"}


def test_an_iphone_keeps_its_id_from_recovery_to_running() -> None:
    assert identifier(phone("1281", RECOVERY)) == "00008101-001A2C3E0A42801E"
    assert identifier(phone("1227", DFU)) == "000A2C3E0A42801E"  # before the A12 a UDID cannot be computed
    assert identifier(phone("1227", None)) == "usb:1-2"


@pytest.mark.parametrize(
    "serial", ["", "F17XK0AAHG7F", "CPID: BDID: ECID:", "CPID:ZZZZ BDID:-1 ECID:" + "F" * 40, "CPID:[8101"]
)
def test_a_string_that_makes_no_sense_tells_nothing_and_breaks_nothing(serial: str) -> None:
    boot = apple_boot(serial)
    assert (boot.udid, boot.model, boot.serial) == (None, None, None)
    told(phone("1281", serial), State.RECOVERY)


def test_an_imei_is_believed_by_its_check_digit_alone() -> None:
    good, bad = (
        told(phone("1281", f"{RECOVERY} IMEI:[{n}]"), State.RECOVERY)
        for n in ("356938035643809", "356938035643808")
    )
    assert good.identity.imei == "356938035643809"
    assert bad.identity.imei is None
    assert bad.evidence["identity.imei"].raw == "356938035643808"


def test_each_chip_and_board_is_one_model() -> None:
    rows = load_csv("usb/apple-boards.csv")
    assert len({(row["chip"], row["board"]) for row in rows}) == len(rows)
    types = {row["product_type"] for row in rows}
    assert {row["product_type"] for row in load_csv("apple/models.csv")} <= types
