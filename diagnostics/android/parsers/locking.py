"""The screen lock and factory reset protection, as the services that keep them print them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KIND = re.compile(r"CredentialType: *(\w{1,20})")
_LOCKED = re.compile(r"\bdeviceLocked=([01])\b")
_ENFORCED = re.compile(r"^Enforcement enabled: (true|false)\s*$", re.MULTILINE)
_ACTIVE = re.compile(r"^FRP state: (true|false)\s*$", re.MULTILINE)


def credential(text: str) -> str | None:
    """Return the owner's kind of screen lock in lower case from ``dumpsys lock_settings``.

    AOSP LockSettingsService prints ``None``, Samsung ``NONE``; other users of the phone come after the owner, user 0.
    """
    owner = re.search(r"^[ \t]*User 0\b(.*?)(?=^[ \t]*User \d|\Z)", text, re.MULTILINE | re.DOTALL)
    kind = _KIND.search(owner[1]) if owner else None
    return kind[1].lower() if kind else None


def device_locked(text: str) -> bool | None:
    """Return whether the phone is locked at this moment, from ``dumpsys trust`` (AOSP TrustManagerService)."""
    for line in text.split("\n"):
        user, _, state = line.partition("(current)")
        if user.lstrip(" ").startswith("User ") and (said := _LOCKED.findall(state)):
            return str(said[-1]) == "1"
    return None


@dataclass(frozen=True, slots=True)
class ResetProtection:
    """Factory reset protection as Android 15 and later keep it (AOSP PersistentDataBlockService).

    Attributes:
        enforced: Whether this build says that it enforces it; not all print that line.
        active: Whether the phone is held by it now: it was reset without its owner's consent.
    """

    enforced: bool
    active: bool


def reset_protection(text: str) -> ResetProtection | None:
    """Return the state from ``dumpsys persistent_data_block``, or ``None`` where it is not printed."""
    enforced, active = _ENFORCED.search(text), _ACTIVE.search(text)
    if not active:
        return None
    return ResetProtection(enforced is not None and enforced[1] == "true", active[1] == "true")
