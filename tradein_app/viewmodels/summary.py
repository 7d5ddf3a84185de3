"""A phone in one line: its name, its chips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.grading.words import reading_words, stated, value_words
from diagnostics.model import LockState
from tradein_app.viewmodels.colours import colour_words
from tradein_app.viewmodels.formatting import format_value, without_isolates
from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.tiles import model_name

if TYPE_CHECKING:
    from diagnostics.model import Reading

_TELLING = ("activation", "find_my", "account", "mdm", "sim", "blacklist")


def headline(reading: Reading | None, language: str) -> str:
    """Return model, storage and colour."""
    if reading is None:
        return translate("summary", "No phone chosen")
    parts = [model_name(reading)]
    if reading.storage.capacity_gb is not None:
        parts.append(format_value(reading.storage.capacity_gb, "GB", language=language))
    parts.append(colour_words(reading.identity.colour, language))
    return " · ".join(part for part in parts if part)


def chips(reading: Reading, language: str) -> str:
    """Return the few facts that a small window has room for."""
    parts = []
    health = reading.battery.health_percent
    if health is not None:
        shown = format_value(health, "%", language=language)
        parts.append(translate("summary", "battery {0}").format(shown))
    parts += [_lock(reading, f"locks.{name}", language) for name in _shown(reading)]
    return without_isolates(" · ".join(parts))


def _shown(reading: Reading) -> list[str]:
    return [name for name in _TELLING if getattr(reading.locks, name) is not LockState.UNKNOWN]


def _lock(reading: Reading, field: str, language: str) -> str:
    state = getattr(reading.locks, field.removeprefix("locks."))
    label = reading_words(field, language, reading.platform)
    return stated(label, value_words(state, language, field, reading.platform), language)
