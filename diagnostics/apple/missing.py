"""What to say when the service that talks to iPhones is not there."""

from __future__ import annotations

import sys
from pathlib import Path

from diagnostics.apple.address import Address
from diagnostics.errors import ServiceMissing
from resources.opening import load_toml

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


def starts_with_a_phone(address: Address, platform: str = sys.platform) -> bool:
    """Return whether it is normal that usbmuxd does not run now.

    Linux distributions start it by a udev rule when an iPhone is plugged in, and it ends with the last one
    (usbmuxd(8), ``--systemd``).
    """
    return address.text is None and platform == "linux" and any(Path(daemon).exists() for daemon in _DAEMONS)
