"""What is wrong with the services that show phones, in the person's language."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tradein_app.viewmodels.language import pick

if TYPE_CHECKING:
    from diagnostics.errors import UserError

SEEING = frozenset({"usbmux", "adb"})
"""The buses without which no phone in use is seen."""
_FILE = "messages/services.toml"


def fault_words(error: UserError, language: str, platform: str = sys.platform) -> tuple[str, str]:
    """Return what is missing and how to get it; the error's own words where its code has no others."""
    texts = _texts().get(error.code)
    if texts is None:
        return error.message, error.hint
    return pick(texts["message"], language), pick(texts.get(platform, texts["hint"]), language)


class Faults:
    """The buses that cannot be seen now.

    Args:
        language: Of the words.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._errors: dict[str, UserError] = {}

    def note(self, bus: str, error: UserError | None) -> None:
        """Note what is wrong with a bus, or that it works again."""
        if error is None:
            self._errors.pop(bus, None)
        else:
            self._errors[bus] = error

    def fails(self, bus: str) -> bool:
        """Return whether a bus cannot be seen now."""
        return bus in self._errors

    def words(self, bus: str) -> tuple[str, str] | None:
        """Return what is wrong with a bus and what to do; ``None`` when it works."""
        error = self._errors.get(bus)
        return fault_words(error, self._language) if error else None

    @property
    def blind(self) -> bool:
        """Whether no phone in use can be seen at all."""
        return self._errors.keys() >= SEEING

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return what is missing and what to do, for each bus."""
        return tuple(fault_words(error, self._language) for error in self._errors.values())


def _texts() -> Mapping[str, Mapping[str, Any]]:
    from resources.opening import load_toml

    return load_toml(_FILE)
