"""What Linux says of a USB device in sysfs: strings and state without permission, and without traffic to the phone."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from diagnostics import sysfs
from diagnostics.text import plain
from diagnostics.usb.device import UsbInterface

NODES = Path("/dev/bus/usb")
_DEVICE_NAME = re.compile(r"\d+-\d+(?:\.\d+)*")
_DEVICE_CAPABILITY, _SUPERSPEED, _SUPERSPEED_PLUS = 0x10, 0x03, 0x0A
_TEXT_LIMIT = 255


@dataclass(frozen=True, slots=True)
class SystemView:
    """What stays the same while a device is plugged in, as sysfs tells it; all ``None`` on other systems.

    Attributes:
        controller: Path of the host controller below ``/sys/devices``.
        bos_superspeed: Whether its BOS descriptor has a SuperSpeed capability.
        port_superspeed: Whether its port has a SuperSpeed peer, or is SuperSpeed itself.
    """

    serial: str | None = None
    product: str | None = None
    manufacturer: str | None = None
    controller: str | None = None
    bos_superspeed: bool | None = None
    port_superspeed: bool | None = None


def names(devices: Path | None = None) -> frozenset[str]:
    """Return the port chains of all devices but root hubs; empty where there is no sysfs."""
    try:
        found = os.listdir(devices or sysfs.DEVICES)  # noqa: PTH208  a tenth of the time, at every poll
    except OSError:
        return frozenset()
    return frozenset(name for name in found if _DEVICE_NAME.fullmatch(name))


def view(slot: str, devices: Path | None = None) -> SystemView:
    """Return what sysfs says of the device at a port chain."""
    folder = devices or sysfs.DEVICES
    texts = (sysfs.text_of(slot, name, folder) for name in ("serial", "product", "manufacturer"))
    serial, product, manufacturer = (plain(text, _TEXT_LIMIT) if text else None for text in texts)
    controller = _controller(folder / slot)
    return SystemView(
        serial, product, manufacturer, controller, _bos(folder / slot), _port_superspeed(folder, slot)
    )


def configuration(slot: str, devices: Path | None = None) -> int | None:
    """Return ``bConfigurationValue``: 0 where the system has not configured the device, ``None`` without sysfs."""
    # Asked of every device at every look: a file object would cost three times as much.
    try:
        file = os.open(f"{devices or sysfs.DEVICES}/{slot}/bConfigurationValue", os.O_RDONLY)
    except OSError:
        return None
    try:
        text = os.read(file, 16).decode("ascii", "replace").strip()
    except OSError:
        return None
    finally:
        os.close(file)
    return _number(text, 10) if text else 0


def number(slot: str, attribute: str, base: int = 10, devices: Path | None = None) -> int | None:
    """Return an attribute that is a number, such as ``idVendor`` with base 16; ``None`` where it is none."""
    text = sysfs.text_of(slot, attribute, devices or sysfs.DEVICES)
    return _number(re.sub(r"mA$", "", text).strip(), base) if text else None


def speed(slot: str, devices: Path | None = None) -> float | None:
    """Return the negotiated speed in Mbit/s, such as 1.5 or 480; ``None`` where it is not told."""
    text = sysfs.text_of(slot, "speed", devices or sysfs.DEVICES)
    return float(text) if text and re.fullmatch(r"\d{1,6}(?:\.\d)?", text.strip()) else None


def interfaces(slot: str, devices: Path | None = None) -> tuple[UsbInterface, ...]:
    """Return the interfaces of the present configuration with their names."""
    folder = (devices or sysfs.DEVICES) / slot
    try:
        inside = sorted(name for name in os.listdir(folder) if name.startswith(f"{slot}:"))  # noqa: PTH208
    except OSError:  # it was pulled out at this moment
        return ()
    found = (_interface(folder / name) for name in inside)
    return tuple(one for one in found if one)


def over_currents(slot: str, devices: Path | None = None) -> int | None:
    """Return how often the port of a device was switched off for over-current (``over_current_count``)."""
    port = _port(devices or sysfs.DEVICES, slot)
    try:
        return int((port / "over_current_count").read_text())
    except (OSError, ValueError):
        return None


def may_open(bus: int, address: int, nodes: Path | None = None) -> bool | None:
    """Return whether this user may open a device for transfers; ``None`` where it has no node."""
    node = (nodes or NODES) / f"{bus:03d}" / f"{address:03d}"
    if not node.exists():
        return None
    return os.access(node, os.R_OK | os.W_OK)


def _number(text: str, base: int) -> int | None:
    try:
        return int(text, base)
    except ValueError:
        return None


def _interface(folder: Path) -> UsbInterface | None:
    try:
        kind, sub, protocol, at = (
            (folder / f"bInterface{name}").read_text().strip()
            for name in ("Class", "SubClass", "Protocol", "Number")
        )
        place = int(at, 16)
    except (OSError, ValueError):
        return None
    name = sysfs.text_of(folder.name, "interface", folder.parent)
    return UsbInterface(place, f"{kind}/{sub}/{protocol}", plain(name, _TEXT_LIMIT) if name else None)


def _controller(folder: Path) -> str | None:
    """Return the part of the real path between ``devices`` and the root hub ``usbN``."""
    parts = Path(os.path.realpath(folder)).parts
    root = next((at for at, part in enumerate(parts) if re.fullmatch(r"usb\d+", part)), None)
    if root is None or "devices" not in parts[:root]:
        return None
    return "/".join(parts[parts.index("devices") + 1 : root]) or None


def _port(folder: Path, slot: str) -> Path:
    """Return the folder of the port that a device is in, below the hub's interface."""
    bus, _, chain = slot.partition("-")
    above, _, last = chain.rpartition(".")
    # The root hub's interface is "1-0:1.0" and its ports "usb1-port2"; a hub's are "1-2:1.0" and "1-2-port3".
    hub, interface = (f"{bus}-{above}", f"{bus}-{above}:1.0") if above else (f"usb{bus}", f"{bus}-0:1.0")
    return folder / hub / interface / f"{hub}-port{last}"


def _port_superspeed(folder: Path, slot: str) -> bool | None:
    port = _port(folder, slot)
    if not port.is_dir():
        return None
    hub = port.parent.parent
    if (sysfs.text_of(hub.name, "version", folder) or "").startswith("3"):
        return True
    return os.path.lexists(port / "peer")


def _bos(folder: Path) -> bool | None:
    """Return whether the BOS descriptor tells a SuperSpeed capability; kernels tell it from 6.10 on."""
    try:
        raw = (folder / "bos_descriptors").read_bytes()
    except OSError:
        return None
    at = raw[0] if raw else 0
    while at and at + 3 <= len(raw) and raw[at] >= 3:  # noqa: PLR2004  a capability's head
        if raw[at + 1] == _DEVICE_CAPABILITY and raw[at + 2] in (_SUPERSPEED, _SUPERSPEED_PLUS):
            return True
        at += raw[at]
    return False
