"""What sysfs tells of devices, ports and controllers, and which libusb fits a computer."""

from __future__ import annotations

from pathlib import Path

import pytest

from diagnostics.usb import linux
from diagnostics.usb.library import wanted

SUPERSPEED_BOS = bytes.fromhex("050f16000207100202000000" + "0a100300000000000000")
LPM_BOS = bytes.fromhex("050f0c000107100202000000")
CONTROLLER = "pci0000:00/0000:00:14.0"


@pytest.fixture
def bus(tmp_path: Path) -> Path:
    """Make a sysfs with a phone at the computer (1-2) and one on a hub (1-4.3); returns the list of devices."""
    root = tmp_path / "devices" / CONTROLLER / "usb1"
    listed = tmp_path / "bus"
    listed.mkdir()
    for path in ("", "1-2", "1-4", "1-4/1-4.3", "1-2/1-2:1.0", "1-0:1.0/usb1-port2", "1-4/1-4:1.0/1-4-port3"):
        (root / path).mkdir(parents=True, exist_ok=True)
    places = {"usb1": root, "1-2": root / "1-2", "1-4": root / "1-4", "1-4.3": root / "1-4/1-4.3"}
    for name, folder in places.items():
        (listed / name).symlink_to(folder)
        (folder / "version").write_text(" 2.00\n")
    return listed


def test_only_devices_are_listed(bus: Path) -> None:
    (bus / "1-2:1.0").mkdir()
    assert linux.names(bus) == {"1-2", "1-4", "1-4.3"}
    assert linux.names(bus / "nowhere") == frozenset()


def test_the_controller_is_what_stays_over_restarts(bus: Path) -> None:
    assert linux.view("1-4.3", bus).controller == CONTROLLER
    assert linux.view("9-9", bus).controller is None


def test_a_port_has_superspeed_wires_by_its_peer_alone(bus: Path) -> None:
    assert linux.view("1-2", bus).port_superspeed is False
    assert linux.view("1-4.3", bus).port_superspeed is False
    (bus / "usb1" / "1-0:1.0" / "usb1-port2" / "peer").symlink_to("../usb2-port2")
    assert linux.view("1-2", bus).port_superspeed is True
    (bus / "usb1" / "version").write_text(" 3.10\n")
    assert linux.view("1-4", bus).port_superspeed is None  # its port is not told
    assert linux.view("9-9", bus).port_superspeed is None


@pytest.mark.parametrize(
    ("bos", "told"),
    [
        (SUPERSPEED_BOS, True),
        (LPM_BOS, False),
        (b"", False),
        (b"\x00" * 12, False),
        (bytes.fromhex("050f16000202"), False),  # cut short
        (bytes.fromhex("050f1600020010030a"), False),  # a capability of no length
    ],
)
def test_a_bos_tells_superspeed_and_a_bad_one_ends(bus: Path, bos: bytes, told: bool) -> None:
    assert linux.view("1-2", bus).bos_superspeed is None
    (bus / "1-2" / "bos_descriptors").write_bytes(bos)
    assert linux.view("1-2", bus).bos_superspeed is told


def test_over_currents_are_counted_by_the_port(bus: Path) -> None:
    assert linux.over_currents("1-4.3", bus) is None
    (bus / "1-4" / "1-4:1.0" / "1-4-port3" / "over_current_count").write_text("2\n")
    assert linux.over_currents("1-4.3", bus) == 2


@pytest.mark.parametrize(("text", "value"), [("1\n", 1), ("\n", 0), ("0\n", 0), ("nonsense", None)])
def test_an_empty_configuration_is_none_set(bus: Path, text: str, value: int | None) -> None:
    assert linux.configuration("1-2", bus) is None
    (bus / "1-2" / "bConfigurationValue").write_text(text)
    assert linux.configuration("1-2", bus) == value


def test_strings_of_a_phone_are_made_harmless(bus: Path) -> None:
    (bus / "1-2" / "serial").write_bytes(b"R5\x1b[31mCT\xff\n")
    told = linux.view("1-2", bus).serial
    assert told is not None
    assert "\x1b" not in told
    (bus / "1-2" / "product").write_text("x" * 5000)
    assert len(linux.view("1-2", bus).product or "") <= 255


def test_an_interface_is_told_with_its_name_and_half_a_one_is_left_out(bus: Path) -> None:
    folder = bus / "1-2" / "1-2:1.0"
    for name, text in {"Class": "06", "SubClass": "01", "Protocol": "01"}.items():
        (folder / f"bInterface{name}").write_text(f"{text}\n")
    assert linux.interfaces("1-2", bus) == ()
    (folder / "bInterfaceNumber").write_text("00\n")
    (folder / "interface").write_text("MTP\n")
    (one,) = linux.interfaces("1-2", bus)
    assert (one.number, one.triple, one.name) == (0, "06/01/01", "MTP")


def test_a_device_may_be_opened_by_its_node(tmp_path: Path) -> None:
    assert linux.may_open(1, 5, tmp_path) is None
    (tmp_path / "001").mkdir()
    (tmp_path / "001" / "005").touch()
    assert linux.may_open(1, 5, tmp_path) is True


def test_the_libusb_that_hears_of_later_plugs_is_tried_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    udevd = tmp_path / "control"
    assert wanted({}, udevd) == ("package", "system")
    assert wanted({"UMOCKDEV_DIR": "/tmp/x"}, udevd)[0] == "system"
    udevd.touch()
    assert wanted({}, udevd) == ("system", "package")
    monkeypatch.setattr("sys.platform", "win32")
    assert wanted({}, udevd) == ("package",)


@pytest.mark.parametrize(
    ("text", "told"), [("480\n", 480.0), ("1.5\n", 1.5), ("unknown\n", None), ("inf\n", None), ("", None)]
)
def test_the_speed_is_told_where_it_is_a_number(bus: Path, text: str, told: float | None) -> None:
    assert linux.speed("1-2", bus) is None
    (bus / "1-2" / "speed").write_text(text)
    assert linux.speed("1-2", bus) == told
