"""Picks texts that come as data in several languages, and the words of the bench's states."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import cast

from PySide6.QtCore import QCoreApplication

FALLBACK = "en"
_STATES = "messages/states.toml"
Texts = Mapping[str, str]


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
def _group(name: str) -> Mapping[str, Texts]:
    from resources.opening import load_toml

    return cast("Mapping[str, Texts]", load_toml(_STATES)[name])
