"""Everything that a tile may say of its state in a line: what needs room beside its number."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from diagnostics.grading.words import short_words
from tradein_app.viewmodels.language import look_word, noted_states, step_note
from tradein_app.viewmodels.looks import Look

_STEPS = {
    Look.NEEDS_YOU: ("questions", "question", "price", "review"),
    Look.LATER: ("gone",),
    Look.PROBLEM: ("service",),
}
_MANY = "27"
"""So many questions a long checklist has."""
_LOCKS = ("activation", "find_my", "account", "mdm", "sim", "blacklist")
_PLATFORMS = ("ios", "android")
_MORE = " +2"
"""Beside the lock that is named, so many hold the phone."""


@cache
def state_texts(language: str) -> tuple[str, ...]:
    """Return each state's word with what it means exactly, such as ``Needs you · tap Trust``."""
    return tuple(dict.fromkeys(f"{look_word(look, language)} · {note}" for look, note in _notes(language)))


def state_notes(language: str) -> tuple[str, ...]:
    """Return what the states mean exactly, such as ``tap Trust``."""
    return tuple(dict.fromkeys(note for _, note in _notes(language)))


def _notes(language: str) -> Iterator[tuple[str, str]]:
    yield from noted_states(language)
    for look, steps in _STEPS.items():
        yield from ((str(look), step_note(step, language, count=_MANY)) for step in steps)
    for lock in _LOCKS:
        for platform in _PLATFORMS:
            yield Look.HOLD, short_words(f"locks.{lock}", language, platform) + _MORE
