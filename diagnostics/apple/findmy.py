"""The signs of Find My: lockdown's ``com.apple.fmip`` and the NVRAM, each of them a yes, a no, or nothing."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from diagnostics.apple.values import mapping, text_of
from diagnostics.model import Quality

DOMAIN, KEY = "com.apple.fmip", "IsAssociated"
"""Answered by name only, never with the whole domain (libimobiledevice #275, #378)."""

_SWITCHES = ("fm-activation-locked", "fm-spstatus")
_ACCOUNT = "fm-account-masked"
_WORDS = {"YES": True, "TRUE": True, "1": True, "NO": False, "FALSE": False, "0": False}


@dataclass(frozen=True, slots=True)
class Sign:
    """One source's answer.

    Attributes:
        source: In the words of the protocol.
        raw: What was read.
        says: Yes, no, or ``None`` where the answer makes no sense.
        quality: How good a yes from this source is.
        at: When it was answered.
    """

    source: str
    raw: object
    says: bool | None
    quality: Quality
    at: datetime | None = None


def sign_of_fmip(answer: object, at: datetime | None = None) -> Sign:
    """Return what lockdown's own answer says."""
    return Sign(f"lockdown {DOMAIN} {KEY}", answer, yes_or_no(answer), Quality.EXACT, at)


def signs_of_nvram(variables: object, source: str, at: datetime | None = None) -> Iterator[Sign]:
    """Yield what the NVRAM says.

    Args:
        variables: Lockdown's ``NonVolatileRAM`` or the registry entry ``options``.
        source: Which of both.
        at: When it was answered.
    """
    known = mapping(variables)
    for name in _SWITCHES:
        if name in known:
            yield Sign(f"{source} {name}", known[name], yes_or_no(known[name]), Quality.HINT, at)
    if account := text_of(known.get(_ACCOUNT)):
        yield Sign(f"{source} {_ACCOUNT}", account, yes_or_no(account) is not False, Quality.HINT, at)


def yes_or_no(value: object) -> bool | None:
    """Return a yes or a no written in any of the ways seen: a truth value, 1, ``YES``, bytes, or base64 (``WUVT``)."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return {1: True, 0: False}.get(value)
    text = text_of(value)
    if text is None:
        return None
    return _WORDS.get(text.upper(), _WORDS.get(_decoded(text).upper()))


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text.encode(), validate=True).decode("ascii").strip("\0 \r\n")
    except (binascii.Error, ValueError):
        return ""
