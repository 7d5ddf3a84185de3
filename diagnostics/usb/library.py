"""Chooses the libusb that sees what is plugged in later, and opens it.

libusb's list is fed by events, polling included, and its two builds hear different ones:

- the system's own (Debian's) hears udev. It sees everything where udevd runs, under umockdev too, and only after udev
  has set the rights, so that no phone is taken for one that may not be opened. Without udevd it sees nothing new, ever.
- that of the package libusb-package hears the kernel. It sees everything without udevd, in a container, and on other
  systems; under umockdev it sees nothing new.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from diagnostics.errors import ServiceMissing

SYSTEM_LIBRARY = "libusb-1.0.so.0"
_UDEVD = Path("/run/udev/control")


def wanted(environment: dict[str, str] | None = None, udevd: Path = _UDEVD) -> tuple[str, ...]:
    """Return which builds to try, the better one first: ``system``, ``package``."""
    told = os.environ if environment is None else environment
    if not sys.platform.startswith("linux"):
        return ("package",)
    return ("system", "package") if "UMOCKDEV_DIR" in told or udevd.exists() else ("package", "system")


@cache
def backend() -> Any:
    """Return pyusb's backend over the libusb that suits this computer; opened once.

    Raises:
        ServiceMissing: No libusb can be loaded.
    """
    for opened in _opened(wanted()):
        if opened is not None:
            return opened
    raise ServiceMissing("libusb cannot be loaded.", "Install libusb 1.0.", "usb_unavailable")


def _opened(builds: tuple[str, ...]) -> Iterator[Any]:
    import usb.backend.libusb1 as binding

    for build in builds:
        yield binding.get_backend(find_library=_finders()[build])


def _finders() -> dict[str, Callable[[str], str | None]]:
    return {"system": lambda _: SYSTEM_LIBRARY, "package": _packaged}


def _packaged(_: str) -> str | None:
    try:
        import libusb_package
    except ImportError:
        return None
    path = libusb_package.get_library_path()
    return str(path) if path else None
