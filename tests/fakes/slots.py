"""Slots for window tests: phones at ports of one controller."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from diagnostics.bench import Phone
from diagnostics.model import Link, State
from tests.fakes.windows import phone_of, read_iphone

PCI = "pci0000:00/0000:00:14.0"


def at(ports: str, name: str = "", state: State = State.READY, **link: Any) -> Phone:
    name = name or f"P{ports}"
    reading = replace(read_iphone(name, slot=f"1-{ports}", state=state), usb=Link(**link))
    return replace(phone_of(reading, key=f"k{name}"), place=f"{PCI} {ports}")
