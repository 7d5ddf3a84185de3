"""The health of price data in words, for `tradein price health`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from pricing.feeds.problems import Problem, said

if TYPE_CHECKING:
    from pricing.pricedata.health import Health

_NAMED = 8
_DASH = "\u2013"
_LEAST_MANY = {"fr": 2}
"""From which number on a language has its plural; French says 0 row."""


def kind_words(kind: str, language: str) -> str:
    """Return what the prices of a file are."""
    return said(f"health.{kind}", language)


def trouble_words(health: Health, language: str) -> str:
    """Return why the last try to fetch a feed failed, and what to do."""
    return Problem(health.trouble, dict(health.trouble_params)).words(language)


def lines(health: Health, today: date, language: str) -> Iterator[str]:
    """Yield all that is to be said of one file."""
    if health.trouble:
        yield said("health.trouble", language, why=trouble_words(health, language))
    if health.fetched_at:
        yield said("health.fetched", language, moment=health.fetched_at)
    if health.problem:
        yield _problem(health, language)
    if health.rows:
        others = {name: str(getattr(health, name)) for name in ("used", "repeated", "absurd")}
        yield _many("rows", health.rows, language, **others)
    for why, rows in health.left_out:
        yield f"  {_many('left_out', rows, language, why=why)}"
    yield from (f"  {example}" for example in health.examples)
    yield from (each.words(language) for each in health.remarks)
    if health.looked_at:
        yield from _contents(health, today, language)


def _contents(health: Health, today: date, language: str) -> Iterator[str]:
    yield _days(health, today, language)
    models, cells = _many("models", health.models, language), _many("cells", health.cells, language)
    yield f"{models} {cells}"
    if health.thin_count:
        named = ", ".join(f"{model} {rows}" for model, rows in health.thin[:_NAMED])
        more = " \u2026" if health.thin_count > _NAMED else ""
        yield _many("thin", health.thin_count, language, names=f"{named}{more}")
    places = ", ".join(f"{market or _DASH} {money or _DASH} {rows}" for market, money, rows in health.places)
    yield said("health.places", language, said=places)
    none = said("health.no_grade", language)
    yield said(
        "health.grades", language, said=", ".join(f"{grade or none} {rows}" for grade, rows in health.grades)
    )
    empty = ", ".join(f"{name} {100 * share:.0f} %" for name, share in health.missing.items() if share)
    yield said("health.empty", language, said=empty) if empty else said("health.nothing_empty", language)


def _days(health: Health, today: date, language: str) -> str:
    age = health.age(today)
    if age is None:
        return said("health.no_day", language)
    return _many("days", age, language, first=str(health.first), last=str(health.last))


def _problem(health: Health, language: str) -> str:
    if health.code.startswith("remarks."):
        return said(health.code, language, **dict(health.params))
    return health.problem


def _many(key: str, count: int, language: str, **params: str) -> str:
    """Return words with a number, in the singular where the language has it."""
    one = count < _LEAST_MANY[language] if language in _LEAST_MANY else count == 1
    return said(f"health.{key}_one" if one else f"health.{key}", language, count=str(count), **params)
