"""What to say when the service that talks to iPhones is not there."""

from __future__ import annotations

import sys
from pathlib import Path

from diagnostics import text
from diagnostics.apple.address import Address
from diagnostics.errors import ServiceMissing
from diagnostics.sysfs import DEVICES, text_of
from resources.opening import load_toml

_APPLE = "05ac"
_SERVED = ("129", "12a")
"""Product ids of iPhones, iPads and iPods in normal use: 0x1290 to 0x12af (usbmuxd, 39-usbmuxd.rules)."""
_DAEMONS = ("/usr/sbin/usbmuxd", "/usr/local/sbin/usbmuxd")


def service_missing(address: Address, platform: str = sys.platform) -> ServiceMissing:
    """Return the error for a usbmuxd that does not listen; the hint says what to install on this system."""
    code = "usbmuxd_missing"
    if address.text is not None:
        code = "usbmuxd_missing_there"
        hint = "Start usbmuxd there, or unset USBMUXD_SOCKET_ADDRESS."
    else:
        hints = load_toml("apple/service.toml")["hint"]
        hint = hints.get(platform, hints["linux"])
    return ServiceMissing(f"No service for iPhones (usbmuxd) answers at {address.shown}.", hint, code)


def service_silent(address: Address) -> ServiceMissing:
    """Return the error for a usbmuxd that takes connections and does not answer them as one should."""
    return ServiceMissing(
        f"The service for iPhones (usbmuxd) at {address.shown} does not answer properly.",
        "Restart it, or restart the computer.",
        "usbmuxd_silent",
    )


def service_forbidden(address: Address) -> ServiceMissing:
    """Return the error for a usbmuxd that runs, but does not let this user in."""
    return ServiceMissing(
        f"This user may not talk to the service for iPhones (usbmuxd) at {address.shown}.",
        "Ask whoever runs this computer to let you use its socket (its owner and mode).",
        "usbmuxd_forbidden",
    )


def service_stopped(address: Address) -> ServiceMissing:
    """Return the error for a usbmuxd that is installed and does not run, although an iPhone is plugged in."""
    return ServiceMissing(
        f"The service for iPhones (usbmuxd) is installed, but does not answer at {address.shown}.",
        "Plug the iPhone in again, or start it: sudo systemctl start usbmuxd.",
        "usbmuxd_stopped",
    )


def library_broken(module: str) -> ServiceMissing:
    """Return the error for an installation in which a library that talks to iPhones cannot be loaded."""
    return ServiceMissing(
        f"The part of this program that talks to iPhones cannot be loaded ({text.plain(module, 60)}).",
        "Install the program again.",
        "usbmuxd_library",
    )


def starts_with_a_phone(address: Address, platform: str = sys.platform) -> bool:
    """Return whether usbmuxd may well not run now, because it is started by the first iPhone.

    Linux distributions start it by a udev rule when an iPhone is plugged in, and it ends with the last one
    (usbmuxd(8), ``--systemd``).
    """
    return address.text is None and platform == "linux" and any(Path(daemon).exists() for daemon in _DAEMONS)


def iphone_on_bus(devices: Path = DEVICES) -> bool:
    """Return whether Linux sees an iPhone that usbmuxd should serve; blocks for a look at sysfs."""
    return any(
        text_of(folder.name, "idVendor", devices) == _APPLE
        and (text_of(folder.name, "idProduct", devices) or "").startswith(_SERVED)
        for folder in devices.glob("[0-9]*-*")
        if ":" not in folder.name
    )
