"""Picks texts that come as data in several languages, and the words of the bench's states."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from diagnostics.errors import UserError
    from diagnostics.model import Reading

FALLBACK = "en"
_STATES = "messages/states.toml"
_ERRORS = "messages/errors.toml"
Texts = Mapping[str, str]
_BOOT_MODES = ("usb_preloader", "usb_boot_rom", "usb_unisoc", "usb_crash_dump", "usb_unreadable")
_UNLISTED = ("usbmuxd_unlisted", "adb_unlisted")
_PAIRING = ("pairing_lost", "pairing_broken", "pairing_forbidden")
_REFINING = frozenset({*_PAIRING, *_UNLISTED, *_BOOT_MODES, "usb_restore", "no_permission", "protocol_error"})
"""Problems of a phone as a whole that have a row of their own."""


def pick(texts: Texts, language: str) -> str:
    """Return the text in the person's language, English where there is none, and nothing where there is none at all."""
    return texts.get(language) or texts.get(FALLBACK, "")


def look_word(look: str, language: str) -> str:
    """Return a look's one word, such as ``Needs you``."""
    return pick(_group("looks")[look], language)


def state_entry(state: str) -> Texts:
    """Return a state's row: ``look``, ``act``, and what it means and asks for by language."""
    states = _group("states")
    return states.get(state, states["error"])


def state_name(reading: Reading) -> str:
    """Return the row that fits a reading best: a problem of the phone as a whole may refine its state."""
    refined = (problem.code for problem in reading.problems if not problem.field)
    return next((code for code in refined if code in _REFINING), str(reading.state))


def timer_entry(timer: str) -> Texts:
    """Return what is said about how long something lasts."""
    return _group("timers")[timer]


def pick_named(texts: Texts, prefix: str, language: str) -> str:
    """Return one of several texts in a row, such as ``more_fr``; ``""`` where there is none."""
    return texts.get(f"{prefix}{language}") or texts.get(f"{prefix}{FALLBACK}", "")


def error_words(error: UserError, language: str) -> tuple[str, str]:
    """Return what an error says and advises in the person's language; its own words where there are no others."""
    texts = _errors().get(error.code, {})
    message, hint = (texts.get(part, {}).get(language, "") for part in ("message", "hint"))
    if not message:
        return error.message, error.hint
    params = _said(error.params, language)
    try:
        message, hint = message.format_map(params), hint.format_map(params)
    except KeyError:
        # Raised where nothing is known that the translated sentence names.
        return error.message, error.hint
    return f"{_within(error, language)} {message}".strip(), hint


def _within(error: UserError, language: str) -> str:
    """Return of which reference phone an error is, for the begin of its sentence."""
    from tradein_app.viewmodels.phrases import phrase

    code = error.params.get("reference")
    return phrase(f"Reference phone {code}:", language) if code is not None else ""


def _said(params: Mapping[str, str], language: str) -> dict[str, str]:
    """Return what a sentence names, what is said in phrases of English translated."""
    from tradein_app.viewmodels.phrases import phrase

    return {
        name: phrase(value, language) if name in {"expected", "found", "why"} else value
        for name, value in params.items()
    }


def noted_states(language: str) -> tuple[tuple[str, str], ...]:
    """Return the look of each state that is said in a word or two, and these."""
    entries = _group("states").values()
    return tuple((each["look"], note) for each in entries if (note := pick_named(each, "short_", language)))


def step_words(step: str, language: str, **params: str) -> str:
    """Return what a clerk does next, such as ``Answer 4 questions``."""
    return pick(_group("steps")[step], language).format(**params)


def step_note(step: str, language: str, **params: str) -> str:
    """Return a step in a word or two, such as ``4 questions``; ``""`` where its look says it all."""
    texts = _group("steps")[step]
    return texts.get(f"short_{language}", texts.get(f"short_{FALLBACK}", "")).format(**params)


def translate(context: str, text: str) -> str:
    """Return a text of the program itself in the window's language."""
    return QCoreApplication.translate(context, text)


@cache
def _errors() -> Mapping[str, Mapping[str, Texts]]:
    from resources.opening import load_toml

    return cast("Mapping[str, Mapping[str, Texts]]", load_toml(_ERRORS))


@cache
def _group(name: str) -> Mapping[str, Texts]:
    from resources.opening import load_toml

    return cast("Mapping[str, Texts]", load_toml(_STATES)[name])
