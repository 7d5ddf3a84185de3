"""A device that libusb makes no sense of, and that the system shows all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from diagnostics import sysfs
from diagnostics.usb.enumeration import Enumerator
from diagnostics.usb.health import speed_verdict
from diagnostics.usb.modes import UNREADABLE, mode_of


class NoDevices:
    """A libusb that lists none."""

    def enumerate_devices(self) -> tuple[object, ...]:
        return ()


def write(folder: Path, **attributes: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in attributes.items():
        (folder / name).write_text(f"{text}\n")


def test_it_is_told_whole_once_it_is_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sysfs, "DEVICES", tmp_path)
    phone = tmp_path / "1-2"
    write(phone, idVendor="04e8", idProduct="6860", devnum="7", bConfigurationValue="", speed="12")
    look = Enumerator(NoDevices)
    (before,) = look()
    mode = mode_of(before)
    assert mode is not None
    assert (before.configuration, mode.problem) == (0, UNREADABLE)
    write(phone, bConfigurationValue="1")
    inside = {"bInterfaceClass": "06", "bInterfaceSubClass": "01", "bInterfaceProtocol": "01"}
    write(phone / "1-2:1.0", **inside, bInterfaceNumber="00", interface="MTP")
    (now,) = look()
    mode, verdict = mode_of(now), speed_verdict(now)
    assert mode is not None
    assert (now.key, mode.name) == (before.key, "mtp")
    assert verdict is not None
    assert verdict.code == "usb_full_speed"
