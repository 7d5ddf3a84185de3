"""Which devices the udev rule lets a person open: its lines are worked through as udev does (man 7 udev)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

import pytest

from diagnostics.android.permission import rule

_WORD = re.compile(r'(?P<key>[A-Z]+(?:\{\w+\})?)(?P<sign>==|!=|\+=|=)"(?P<value>[^"]*)"')
_DEVICE = {"ACTION": "add", "SUBSYSTEM": "usb", "ENV{DEVTYPE}": "usb_device"}


def _lines() -> Iterator[list[tuple[str, str, str]]]:
    for line in rule().splitlines():
        if line and not line.startswith("#"):
            words = _WORD.findall(line)
            assert ", ".join(f'{key}{sign}"{value}"' for key, sign, value in words) == line
            yield words


def _matches(device: Mapping[str, str], key: str, sign: str, value: str) -> bool:
    held = any(fnmatchcase(device.get(key, ""), pattern) for pattern in value.split("|"))
    return held if sign == "==" else not held


def _tags(device: Mapping[str, str]) -> list[str]:
    """Return the tags that a device gets."""
    tags, going_to = list[str](), ""
    for words in _lines():
        assigned = [(key, value) for key, sign, value in words if sign in {"=", "+="}]
        if going_to and ("LABEL", going_to) not in assigned:
            continue
        going_to = ""
        if all(_matches(device, *word) for word in words if word[1] in {"==", "!="}):
            tags += [value for key, value in assigned if key == "TAG"]
            going_to = next((value for key, value in assigned if key == "GOTO"), "")
    assert not going_to  # each GOTO has its LABEL
    return tags


@pytest.mark.parametrize(
    ("vendor", "interfaces", "may"),
    [
        ("04e8", ":ff4201:", True),  # debugging alone
        ("04e8", ":060101:ff4201:", True),  # file transfer and debugging
        ("18d1", ":ff4201:0a0000:e00103:", True),
        ("18d1", ":ff4203:", True),  # fastboot
        ("04e8", ":060101:", True),  # file transfer, debugging off
        ("0fce", ":ffff00:", True),  # file transfer of an old phone
        ("046d", ":ffff00:", False),  # anything
        ("05ac", ":060101:fffe02:", False),  # an iPhone
        ("05ac", ":ff4201:", False),
        ("05ac", ":fe0100:", False),  # one in recovery
        ("046d", ":030101:", False),  # a keyboard
        ("04e8", ":080650:", False),  # a phone maker's disk
        ("04e8", "", False),
    ],
)
def test_phones_with_debugging_fastboot_or_files_may_be_opened_and_nothing_else(vendor, interfaces, may):
    device = {**_DEVICE, "ATTR{idVendor}": vendor, "ENV{ID_USB_INTERFACES}": interfaces}
    assert _tags(device) == (["uaccess"] if may else [])


@pytest.mark.parametrize(
    "other",
    [{"ACTION": "remove"}, {"SUBSYSTEM": "net"}, {"ENV{DEVTYPE}": "usb_interface"}],
)
def test_what_is_no_usb_device_that_is_there_gets_nothing(other):
    assert _tags({**_DEVICE, "ENV{ID_USB_INTERFACES}": ":ff4201:", **other}) == []
