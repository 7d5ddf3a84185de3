"""Which slot a name such as ``1-2.3`` means today, as Linux tells it in sysfs."""

from __future__ import annotations

import os
import re
from pathlib import Path

from diagnostics import sysfs
from diagnostics.slots.slot import Place, Slot, plain_place

_NAME = re.compile(r"(\d+)-(\d+(?:\.\d+)*)")
_PORT = re.compile(r"(?:usb(\d+)|(\d+)-(\S+))-port(\d+)")


def place_of(name: str, devices: Path | None = None) -> Place:
    """Return the slot of a device, with the name of its USB 2 face.

    A USB 3 hub is two hubs, on two buses of one controller; the kernel links their ports as peers, and where it does
    not they have the same numbers. A few links are followed; the phone need not be there any more.

    Args:
        name: Bus and port chain, such as ``2-2.3``; any other is a slot of its own.
        devices: Where sysfs lists the bus.
    """
    folder = devices or sysfs.DEVICES
    if not _NAME.fullmatch(name):
        return plain_place(name)
    face = _slow_face(name, folder)
    bus, _, ports = face.partition("-")
    controller = _controller(bus, folder)
    return Place(Slot(controller, ports), face) if controller else plain_place(face)


def _slow_face(name: str, folder: Path) -> str:
    """Return what a port's USB 2 face is called; the name itself where it is that already, or has no other."""
    bus, _, ports = name.partition("-")
    if not _is_fast(bus, folder):
        return name
    return _peer(bus, ports, folder) or _same_ports(bus, ports, folder) or name


def _is_fast(bus: str, folder: Path) -> bool:
    return (sysfs.text_of(f"usb{bus}", "version", folder) or "").startswith("3")


def _peer(bus: str, ports: str, folder: Path) -> str | None:
    """Return the name of the port that the kernel links as the other face."""
    above, _, last = ports.rpartition(".")
    hub, interface = (f"{bus}-{above}", f"{bus}-{above}:1.0") if above else (f"usb{bus}", f"{bus}-0:1.0")
    link = folder / hub / interface / f"{hub}-port{last}" / "peer"
    found = _PORT.fullmatch(Path(os.path.realpath(link)).name) if os.path.lexists(link) else None
    if found is None:
        return None
    return f"{found[1]}-{found[4]}" if found[1] else f"{found[2]}-{found[3]}.{found[4]}"


def _same_ports(bus: str, ports: str, folder: Path) -> str | None:
    """Return the same ports on the controller's one USB 2 bus."""
    controller = _controller(bus, folder)
    siblings = [
        root.name.removeprefix("usb")
        for root in folder.glob("usb[0-9]*")
        if not _is_fast(root.name.removeprefix("usb"), folder)
    ]
    same = [sibling for sibling in siblings if controller and _controller(sibling, folder) == controller]
    return f"{same[0]}-{ports}" if len(same) == 1 else None


def _controller(bus: str, folder: Path) -> str | None:
    """Return the controller's path below ``/sys/devices``."""
    root = folder / f"usb{bus}"
    if not root.exists():
        return None
    parts = Path(os.path.realpath(root)).parts[:-1]
    return "/".join(parts[parts.index("devices") + 1 :]) or None if "devices" in parts else None
