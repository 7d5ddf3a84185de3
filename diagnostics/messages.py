"""Puts a problem's code and parameters into words, in the person's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from diagnostics.model import FieldName, Problem
from resources.opening import load_toml

_FILE = "messages/problems.toml"
_VALUES = "messages/values.toml"
FALLBACK_LANGUAGE = "en"


def problem_codes() -> frozenset[str]:
    """Return every code that has a message."""
    return frozenset(load_toml(_FILE))


def message(problem: Problem, language: str = FALLBACK_LANGUAGE) -> str:
    """Return what happened and what to do, as one or two plain sentences.

    Args:
        problem: Its code is one of `problem_codes`.
        language: Two letters; English where there is no such translation.
    """
    texts = cast("Mapping[str, str]", load_toml(_FILE)[problem.code])
    template = texts.get(language, texts[FALLBACK_LANGUAGE])
    return template.format_map(Shown(problem.params))


def value_words(field: FieldName, value: object, language: str = FALLBACK_LANGUAGE) -> str:
    """Return what a value is called that is one of a few words, such as ``identity.sold_as``; any other as it is.

    Args:
        field: The value's dotted name.
        value: As the reading holds it.
        language: Two letters; English where there is no such translation.
    """
    key = str(value).lower() if isinstance(value, bool) else str(value)
    texts = cast("Mapping[str, str]", load_toml(_VALUES).get(field, {}).get(key, {}))
    return texts.get(language) or texts.get(FALLBACK_LANGUAGE) or key


class Shown(dict[str, str]):
    """Parameters for a template; one that is missing shows as a dash instead of failing."""

    def __missing__(self, key: str) -> str:
        return "–"
