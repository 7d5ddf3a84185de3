"""Keeps a bug over one device from taking the others on its bus along."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from diagnostics.usb.device import UsbDevice

log = logging.getLogger(__name__)
T = TypeVar("T")


class Contained:
    """Does what may fail over a device, and says each failure once: the bus is looked at twice a second."""

    def __init__(self) -> None:
        self.failed: dict[str, str] = {}
        """What failed over which device, by its key: the name of the exception."""

    def run(self, device: UsbDevice, work: Callable[[], T], otherwise: T) -> T:
        """Return what the work gives; ``otherwise`` where it fails."""
        try:
            return work()
        except Exception as error:
            kind = type(error).__name__
            if self.failed.get(device.key) != kind:
                log.exception("%s:%s on the bus is beyond this program", device.vid, device.pid)
            self.failed[device.key] = kind
            return otherwise

    def only(self, devices: tuple[UsbDevice, ...]) -> None:
        """Forget what is not on the bus any more."""
        keys = {device.key for device in devices}
        self.failed = {key: kind for key, kind in self.failed.items() if key in keys}
