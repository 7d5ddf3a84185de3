"""Puts the values of a reading into words: units, colours, locks, where from, how good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from diagnostics.grading.words import value_words as lock_words
from diagnostics.messages import value_words
from diagnostics.model import LockState, Platform, Quality, Reading
from tradein_app.viewmodels.colours import colour_words
from tradein_app.viewmodels.formatting import (
    format_day,
    format_decimal,
    format_gigabytes,
    format_value,
    isolated,
    masked,
    model_words,
)
from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from diagnostics.model import Evidence

_NAMED = frozenset({"identity.sold_as", "sim.status"})
"""Values that are one of a few words."""
_OWN_WAY: dict[str, Callable[[object, str], str]] = {
    "identity.colour": lambda value, language: isolated(colour_words(str(value), language)),
    "identity.model": lambda value, language: isolated(model_words(str(value), language)),
    "management.supervised": lambda value, language: lock_words(str(value).lower(), language),
    "battery.manufactured_on": lambda value, language: day_words(str(value), language),
    "battery.first_used_on": lambda value, language: day_words(str(value), language),
    "storage.free_bytes": lambda value, language: format_gigabytes(int(str(value)), language=language),
}


def shown_value(name: str, value: object, reading: Reading, language: str, *, hidden: bool = False) -> str:
    """Return a value that was read, ready to show.

    Args:
        name: Its dotted name.
        value: As the reading holds it.
        reading: The phone's, for what its system is called.
        language: Two letters.
        hidden: Only its end is shown.
    """
    if hidden:
        return masked(str(value))
    if name in _OWN_WAY:
        return _OWN_WAY[name](value, language)
    if name in _NAMED:
        return isolated(value_words(name, value, language))
    if isinstance(value, LockState):
        return lock_or_percent(name, str(value), language, reading.platform)
    return _measured(name, value, reading, language)


def _measured(name: str, value: object, reading: Reading, language: str) -> str:
    if isinstance(value, float):
        return format_decimal(value, unit_of(name), language=language)
    if name == "identity.os_version":
        value = f"{reading.identity.os or ''} {value}".strip()
    return format_value(value, unit_of(name), language=language)


def lock_or_percent(name: str, value: str, language: str, platform: Platform) -> str:
    """Return what a person saw: how a lock stands, or a percent."""
    if not name.startswith("locks."):
        return format_value(int(value), unit_of(name), language=language)
    return lock_words(value, language, name, platform)


def day_words(day: str, language: str) -> str:
    """Return a day that stands in ISO 8601 in the person's language."""
    return isolated(format_day(date.fromisoformat(day), language=language))


def unit_of(name: str) -> str:
    """Return the unit that a value is shown with, by the end of its name."""
    endings: dict[str, str] = {"percent": "%", "mah": "mAh", "gb": "GB", "c": "°C"}
    return endings.get(name.rpartition("_")[2], "")


def value_tone(name: str, value: object, platform: Platform) -> str:
    """Return how good a lock's state is; that an iPhone is activated now says nothing good or bad."""
    if name == "management.supervised":
        return "bad" if value is True else ""
    if not name.startswith("locks.") or name == "locks.screen":
        return ""
    off = value == LockState.OFF
    if name == "locks.activation" and platform is Platform.IOS and off:
        return ""
    return "ok" if off != (name == "locks.bootloader") else "bad"


def origin_word(evidence: Evidence | None) -> str:
    """Return where a value comes from, in a word."""
    if evidence is None:
        return ""
    typed = evidence.quality is Quality.TYPED
    return translate("facts", "typed") if typed else translate("facts", "USB")


def quality_word(evidence: Evidence | None) -> str:
    """Return how good a value is, in a word."""
    if evidence is None:
        return ""
    words = {
        Quality.EXACT: translate("facts", "exact"),
        Quality.ESTIMATE: translate("facts", "estimate"),
        Quality.HINT: translate("facts", "hint"),
        Quality.TYPED: translate("facts", "typed"),
        Quality.REJECTED: translate("facts", "not trusted"),
    }
    return words[evidence.quality]
