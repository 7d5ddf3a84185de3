"""The signs of a jailbreak: a service that only such phones offer, and apps that come with one.

The apps are looked up by name, never listed: which other apps a customer has is nobody's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from diagnostics.apple import tables
from diagnostics.apple.errors import REFUSED, Trouble, misunderstood
from diagnostics.apple.findmy import Sign
from diagnostics.model import Quality

AFC2 = "com.apple.afc2"
"""Starts on jailbroken phones only, where the package "Apple File Conduit 2" is installed."""
INSTALLATION_PROXY = "com.apple.mobile.installation_proxy"
_LOOKUP = "installation_proxy Lookup"


async def look_up(connection: Any) -> tuple[str, ...] | Trouble:
    """Ask installation_proxy which apps of a jailbreak there are.

    One message answers: ``LookupResult`` by bundle id, without those that are not installed; or ``Error``
    (libimobiledevice, installation_proxy.c). Cydia was seen among the apps of the type System, and what people install
    themselves is of the type User. pymobiledevice3's client of this service is not used: it takes 100 ms to import, and
    drops the ``Error``.

    Args:
        connection: A connection to the service, pymobiledevice3's ``ServiceConnection``.

    Returns:
        Their bundle ids, sorted; nothing else of the answer is kept.
    """
    apps = tables.jailbreak_apps()
    options = {
        "ApplicationType": "Any",
        "BundleIDs": list(apps),
        "ReturnAttributes": ["CFBundleIdentifier"],
    }
    answer = await connection.send_recv_plist({"Command": "Lookup", "ClientOptions": options})
    if "Error" in answer:
        return REFUSED
    found = answer.get("LookupResult")
    if not isinstance(found, Mapping):
        return misunderstood("Lookup without a result", ends=False)
    return tuple(sorted(name for name in apps if isinstance(found.get(name), Mapping)))


def sign_of_service(starts: object, at: datetime | None = None) -> Sign:
    """Return what it says that `AFC2` starts, or does not."""
    return Sign(f"lockdown StartService {AFC2}", "started", starts is True, Quality.HINT, at)


def sign_of_apps(found: object, at: datetime | None = None) -> Sign:
    """Return what the apps say that were found by `look_up`."""
    names = found if isinstance(found, tuple) else ()
    return Sign(_LOOKUP, ", ".join(names), bool(names), Quality.HINT, at)
