"""Where usbmuxd listens: the forms of ``USBMUXD_SOCKET_ADDRESS`` that the ecosystem's tools use, made one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics.errors import BadInput

VARIABLE = "USBMUXD_SOCKET_ADDRESS"
_UNIX = "UNIX:"
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Address:
    """A usbmuxd, as pymobiledevice3 wants it told.

    Attributes:
        text: ``/path`` or ``host:port``; ``None`` for the platform's own place.
    """

    text: str | None

    @property
    def shown(self) -> str:
        """For people: where it was looked for."""
        return self.text or "its usual place"


def usbmuxd_address(given: str | None, environ: Mapping[str, str] = os.environ) -> Address:
    """Return the address to use.

    Args:
        given: ``/path/sock``, ``UNIX:/path/sock`` (libusbmuxd) or ``host:port``; ``None`` to look in ``environ``.
        environ: Where `VARIABLE` may be set.

    Raises:
        BadInput: It is none of the three forms.
    """
    raw = given or environ.get(VARIABLE, "")
    address = raw.strip().removeprefix(_UNIX)
    if not address:
        return Address(None)
    if not (_is_path(address) or _is_host_and_port(address)):
        raise BadInput(
            f"“{raw}” is not an address of usbmuxd.",
            f"Set {VARIABLE} to /path/of/socket or to host:port.",
            "bad_usbmuxd_address",
        )
    return Address(address)


def _is_path(address: str) -> bool:
    # pymobiledevice3 takes everything with a colon for host:port, so such a path cannot be told to it.
    return address.startswith("/") and ":" not in address


def _is_host_and_port(address: str) -> bool:
    host, colon, port = address.partition(":")
    return bool(host and colon) and "/" not in host and port.isdecimal() and 0 < int(port) <= _LAST_PORT
