"""The words of papers for customers, in the customer's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from resources.opening import load_toml

_FILE = "messages/paper.toml"
FALLBACK_LANGUAGE = "en"


def say(key: str, language: str, **params: object) -> str:
    """Return a text; English where there is no such translation."""
    return _text("words", key, language).format(**params)


def subject(code: str, language: str, params: Mapping[str, str]) -> str:
    """Return what an offer is subject to, in words for a customer; one sentence for all that only the staff settle."""
    known = code in load_toml(_FILE)["subjects"]
    return _text("subjects", code if known else "other", language).format(**params)


def grade_sentence(grade: str, language: str) -> str:
    """Return what a grade means, in one sentence."""
    return _text("grades", grade, language)


def groups() -> Mapping[str, Sequence[str]]:
    """Return the steps of a waterfall that a customer sees as one line, in order; the last takes all others."""
    table = load_toml(_FILE)["groups"]
    return {name: cast("Sequence[str]", table[name]) for name in table["order"]}


def _text(table: str, key: str, language: str) -> str:
    texts = cast("Mapping[str, str]", load_toml(_FILE)[table][key])
    return texts.get(language, texts[FALLBACK_LANGUAGE])
