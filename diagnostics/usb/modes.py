"""Decides a phone's mode from its USB ids and interfaces, by the rules in ``resources/usb/modes.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from diagnostics.model import State
from diagnostics.usb.device import UsbDevice
from resources.opening import load_toml

_FILE = "usb/modes.toml"
SERVED = "served"
"""A rule's word for phones that usbmux or adb shows."""


def state_of(device: UsbDevice) -> State | None:
    """Return the mode of a phone that only the bus knows, or ``None``: no phone, or one that usbmux or adb shows."""
    table = load_toml(_FILE)
    for rule in table["rule"]:
        if _fits(rule, device, table):
            return None if rule["state"] == SERVED else State(rule["state"])
    return None


def maker_of(device: UsbDevice) -> str | None:
    """Return the maker that the vendor id stands for; a chip maker's id (EDL, boot ROM) names no phone maker."""
    table = load_toml(_FILE)
    name = table["phone_vendors"].get(device.vid) or table["other_vendors"].get(device.vid)
    # AOSP's default fastboot ids are used by many makers, so Google's vendor id does not name one there.
    return None if device.vid == "18d1" and "ff/42/03" in device.interfaces else name


def apple_tags(serial: str) -> Mapping[str, str]:
    """Return the tags of an Apple boot-mode serial string, such as ``CPID``, ``ECID`` and ``SRNM``.

    Recovery says ``CPID:8101 … ECID:000A… SRNM:[F17…]``; DFU has no ``SRNM`` (libirecovery, irecv_load_device_info).
    """
    return {tag: value.strip("[]") for tag, value in re.findall(r"(\b[A-Z]{4}):(\[[^\]]*\]|\S+)", serial)}


def _fits(rule: Mapping[str, Any], device: UsbDevice, table: Mapping[str, Any]) -> bool:
    return (
        rule.get("vid", device.vid) == device.vid
        and _pid_fits(rule.get("pids"), device.pid)
        and rule.get("interface", "") in {"", *device.interfaces}
        and (not rule.get("phone_vendor") or _is_phone(device, table))
    )


def _pid_fits(pids: list[str] | None, pid: str) -> bool:
    if pids is None:
        return True
    spans = (entry.partition("-") for entry in pids)
    return any(int(low, 16) <= int(pid, 16) <= int(high or low, 16) for low, _, high in spans)


def _is_phone(device: UsbDevice, table: Mapping[str, Any]) -> bool:
    others = set(table["other_devices"]["classes"])
    return device.vid in table["phone_vendors"] and not any(i[:2] in others for i in device.interfaces)
