"""The steps of a price in the person's words: what each stands on, and by how much it moves the price."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from diagnostics.grading.words import result_words
from tradein_app.viewmodels.formatting import format_day, format_money, locale_for, without_isolates
from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.prices_axis import age_words, storage_words

if TYPE_CHECKING:
    from pricing.records import Factor

_NUMBER = re.compile(r"(\d+) (?:months|GB|sales|%)")
_RATE = re.compile(r"([\d.]+) ([A-Z]{3}/[A-Z]{3})(?: \((\d{4}-\d\d-\d\d)\))?")
_PLAIN = re.compile(r"\d+\.\d\d")
_DECIMALS = 4
"""As a quote has them: with two, a dozen steps that somebody multiplies miss the price by a hundredth."""


def times_words(multiplier: Decimal, language: str) -> str:
    """Return a multiplier as people say it, such as ``× 1.0400``; the exact one is `exact_words`."""
    return f"\u00d7 {locale_for(language).toString(float(multiplier), 'f', _DECIMALS)}"


def exact_words(multiplier: Decimal) -> str:
    """Return a multiplier with all its decimals, as files and the command line have it."""
    return f"\u00d7 {multiplier}"


def note_words(factor: Factor, language: str) -> str:
    """Return what a step stands on in the person's language; as the price says it where no words are known."""
    found = _NUMBER.fullmatch(factor.note)
    number = int(found[1]) if found else 0
    match factor.key:
        case "age" if found:
            return age_words(number)
        case "storage" if found:
            return storage_words(number, language)
        case "own_deals" if found:
            one, many = translate("prices", "1 sale"), translate("prices", "{0} sales")
            return one if number == 1 else many.format(number)
        case "grade" if factor.note:
            return result_words(factor.note, language)
        case "launch_price" | "list_in_data" | "list_in_catalogue" | "list_learned":
            return _amount(factor.note, language)
    return _rate(factor.note, language) if factor.key == "currency" else factor.note


def step_rows(
    factors: Sequence[Factor], language: str
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return the steps as rows of step, what it stands on and multiplier; and the same with exact multipliers."""
    from pricing.words import words

    rows: list[tuple[str, ...]] = []
    exact: list[tuple[str, ...]] = []
    for each in factors:
        named = words(each, language), note_words(each, language)
        rows.append((*named, times_words(each.multiplier, language)))
        exact.append((*named, exact_words(each.multiplier)))
    return rows, exact


def step_lines(factors: Sequence[Factor], language: str) -> list[str]:
    """Return the way from the launch price to the price, one multiplier a line."""
    rows, _ = step_rows(factors, language)
    return [f"{times}  {step} ({note})" if note else f"{times}  {step}" for step, note, times in rows]


def _amount(note: str, language: str) -> str:
    from pricing.money import Money

    if _PLAIN.fullmatch(note):
        return locale_for(language).toString(float(note), "f", 2)
    amount, _, currency = note.partition(" ")
    try:
        return without_isolates(format_money(Money(Decimal(amount), currency), language=language))
    except (InvalidOperation, ValueError):
        return note


def _rate(note: str, language: str) -> str:
    found = _RATE.fullmatch(note)
    if found is None:
        return note
    digits = len(found[1].partition(".")[2])
    said = f"{locale_for(language).toString(float(found[1]), 'f', digits)} {found[2]}"
    return f"{said} ({format_day(date.fromisoformat(found[3]), language=language)})" if found[3] else said
