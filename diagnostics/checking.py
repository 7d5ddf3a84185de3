"""Checks JSON values at the border; what is wrong becomes one sentence that names the place.

A place is a dotted path as a person would look for it in the document: ``reading.battery.health_percent``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from diagnostics import text
from diagnostics.errors import BadInput

Word = TypeVar("Word", bound=StrEnum)
_KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}


def shown(value: object) -> str:
    """Return a value as it may stand in a sentence: short, on one line, texts in quotes."""
    if isinstance(value, Mapping | list | tuple):
        return _KINDS[dict] if isinstance(value, Mapping) else _KINDS[list]
    if isinstance(value, bool) or value is None:
        return "null" if value is None else str(value).lower()
    return f"'{text.plain(value, 40)}'" if isinstance(value, str) else text.plain(value, 40)


def wrong(place: str, expected: str, value: object, code: str = "bad_value") -> BadInput:
    """Return the error that says what a place must be, and what it is."""
    found = shown(value)
    message = f"{place} must be {expected}, not {found}."
    return BadInput(message, code=code, place=place, expected=expected, found=found)


def mapping(value: object, place: str) -> Mapping[str, Any]:
    """Return a JSON object; ``null`` is an empty one.

    Raises:
        BadInput: It is something else.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise wrong(place, "a JSON object", value)
    return value


def items(value: object, place: str) -> Sequence[Any]:
    """Return a JSON list; ``null`` is an empty one.

    Raises:
        BadInput: It is something else.
    """
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise wrong(place, "a list", value)
    return value


def whole_number(value: object, place: str, low: int, high: int) -> int:
    """Return a whole number in ``low..high``; 88.0 is one, true and NaN are none.

    Raises:
        BadInput: It is something else, or out of range.
    """
    fits = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    if not fits or isinstance(value, bool) or not low <= value <= high:  # type: ignore[operator]
        raise wrong(place, f"a whole number from {low} to {high}", value)
    return int(value)  # type: ignore[call-overload, no-any-return]


def number(value: object, place: str, low: float, high: float) -> float:
    """Return a number in ``low..high``; true and NaN are none.

    Raises:
        BadInput: It is something else, or out of range.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise wrong(place, f"a number from {low:g} to {high:g}", value)
    return float(value)


def line(value: object, place: str, limit: int = text.NAME_LIMIT) -> str:
    """Return a text, made plain.

    Raises:
        BadInput: It is no text.
    """
    if not isinstance(value, str):
        raise wrong(place, "a text", value)
    return text.plain(value, limit)


def word(value: object, place: str, kind: type[Word]) -> Word:
    """Return one of an enumeration's words.

    Raises:
        BadInput: It is none of them; the sentence lists them.
    """
    if isinstance(value, str) and value in {entry.value for entry in kind}:
        return kind(value)
    raise wrong(place, f"one of {listed(kind)}", value)


def listed(words: Iterable[str]) -> str:
    """Return words in one line, for a sentence."""
    return ", ".join(words)
