"""What Linux says of a USB device without opening it."""

from __future__ import annotations

from pathlib import Path

DEVICES = Path("/sys/bus/usb/devices")


def text_of(slot: str, attribute: str, devices: Path = DEVICES) -> str | None:
    """Return an attribute of the device at a port chain, such as ``serial``; ``None`` where there is none."""
    try:
        return (devices / slot / attribute).read_text(errors="replace").strip() or None
    except OSError:
        return None


def slot_at(bus: int, address: int, devices: Path = DEVICES) -> str | None:
    """Return the port chain of the device with this address, such as ``1-2.3``; ``None`` where it is not known.

    Args:
        bus: The bus's number, which is ``busnum`` in sysfs.
        address: The device's number on it, ``devnum``.
        devices: Where sysfs lists the bus.
    """
    wanted = str(address)
    # Interfaces are named "1-2:1.0" and root hubs "usb1"; a device's own name is its port chain.
    for folder in devices.glob(f"{bus}-*"):
        if ":" not in folder.name and text_of(folder.name, "devnum", devices) == wanted:
            return folder.name
    return None
