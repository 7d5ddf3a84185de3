r"""What Windows calls its USB devices, by the registry: without permission, and without traffic to the phone.

``HKLM\SYSTEM\CurrentControlSet\Enum\USB\VID_04E8&PID_6860\R5CT10TRN1A`` is a device by its instance id, which is the
serial, unless Windows made it up: then it has an ``&`` in it. Devices of last year are there, too. The services know
which are there now: ``Services\usbccgp\Enum`` is a volatile key with the instances that the driver runs. ``Address`` is
the hub's port. Windows writes serials in capitals at some places, and blanks as underscores (libirecovery takes Apple's
boot strings from device paths so).

From Microsoft's documentation and other programs; never tried on Windows. What is not clear is not told.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from diagnostics.text import plain
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.modes import APPLE

SOURCE = "Windows PnP instance id"
_CONTROL_SET = r"SYSTEM\CurrentControlSet"
_BOOT = "CPID:"


class Registry(Protocol):
    """What is read of ``HKEY_LOCAL_MACHINE``."""

    def keys(self, path: str) -> tuple[str, ...]:
        """Return the names of the keys in a key; none where there is no such key."""
        ...

    def values(self, path: str) -> dict[str, str | int]:
        """Return the texts and numbers of a key; none where there is no such key."""
        ...


class WindowsRegistry:
    """The registry of this computer."""

    def keys(self, path: str) -> tuple[str, ...]:
        """Return the names of the keys in a key."""
        winreg = _winreg()
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path) as key:
                return tuple(winreg.EnumKey(key, at) for at in range(winreg.QueryInfoKey(key)[0]))
        except OSError:
            return ()

    def values(self, path: str) -> dict[str, str | int]:
        """Return the texts and numbers of a key."""
        winreg = _winreg()
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path) as key:
                rows = [winreg.EnumValue(key, at) for at in range(winreg.QueryInfoKey(key)[1])]
        except OSError:
            return {}
        return {name: value for name, value, _ in rows if isinstance(value, (str, int))}


@dataclass(frozen=True, slots=True)
class Instance:
    """A device that is there, as Windows calls it.

    Attributes:
        id: The last part of its instance id.
        port: The hub's port that it is in; ``None`` where the registry does not tell.
    """

    id: str
    port: int | None

    @property
    def serial(self) -> str | None:
        """Its serial; ``None`` where Windows made the id up."""
        return None if "&" in self.id else self.id


def serial_of(device: UsbDevice, beside: Sequence[UsbDevice], registry: Registry | None = None) -> str | None:
    """Return a device's serial, where one device and one instance only have its ids and its port.

    Args:
        device: As libusb shows it; its bus has another number in the registry, so only its last port is compared.
        beside: Everything on the bus, the device among them.
        registry: This computer's own when left out.
    """
    alike = [one for one in beside if (one.vid, one.pid) == (device.vid, device.pid)]
    there = list(instances(device.vid, device.pid, registry or WindowsRegistry()))
    if len(there) != len(alike):
        return None  # one of both lists is older than the other
    ours = [one for one in alike if one.chain[-1] == device.chain[-1]]
    theirs = [one for one in there if one.port == device.chain[-1]]
    if len(alike) == 1 and there[0].port is None:
        theirs = there
    if len(ours) != 1 or len(theirs) != 1 or not (serial := theirs[0].serial):
        return None
    return plain(_boot_string(serial) if device.vid == APPLE else serial, 255) or None


def instances(vid: str, pid: str, registry: Registry) -> Iterator[Instance]:
    """Yield the devices with these ids that are there now."""
    name = f"VID_{vid.upper()}&PID_{pid.upper()}"
    for instance in registry.keys(rf"{_CONTROL_SET}\Enum\USB\{name}"):
        told = registry.values(rf"{_CONTROL_SET}\Enum\USB\{name}\{instance}")
        if _is_there(rf"USB\{name}\{instance}", str(told.get("Service", "")), registry):
            port = told.get("Address")
            yield Instance(instance, port if isinstance(port, int) and port > 0 else None)


def _is_there(instance: str, service: str, registry: Registry) -> bool:
    if not service:
        return False
    running = registry.values(rf"{_CONTROL_SET}\Services\{service}\Enum").values()
    return instance.casefold() in {str(value).casefold() for value in running}


def _boot_string(instance: str) -> str:
    """Return what an iPhone in recovery or DFU says of itself, which Windows wrote with underscores for blanks."""
    text = instance.replace("_", " ").upper()
    return text if text.startswith(_BOOT) else instance


def _winreg() -> Any:
    return importlib.import_module("winreg")
