"""UDIDs: one phone has one, whether a bus writes it with a dash or without."""

from __future__ import annotations

import re

from diagnostics import text

_DASHED = re.compile(r"([0-9A-Fa-f]{8})-?([0-9A-Fa-f]{16})")
_OLD = re.compile(r"[0-9A-Fa-f]{40}")


def normal_udid(serial: str) -> str:
    """Return a UDID as Apple writes it: ``CHIPID-ECID`` in capitals on newer chips, else 40 small hex digits.

    What is neither is returned as plain text.
    """
    if match := _DASHED.fullmatch(serial):
        return "-".join(match.groups()).upper()
    return serial.lower() if _OLD.fullmatch(serial) else text.plain(serial)
