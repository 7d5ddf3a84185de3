"""What is said of a rate: with a price that was made with it, and where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pricing.rates.table import SHIPPED, Lack, Rate
from pricing.records import Reason, reason
from pricing.words import words

_DIGITS = 6


def rate_note(rate: Rate) -> str:
    """Return a rate as it stands beside a factor: ``1.1172 USD/EUR (2026-10-30)``."""
    pair = f"{significant(rate.units)} {rate.source}/{rate.target}"
    return f"{pair} ({rate.day})" if rate.day else pair


def significant(units: Decimal) -> str:
    """Return a number in six digits that count, without an exponent."""
    if not units:
        return "0"
    last = units.adjusted() - _DIGITS + 1
    shown = units.quantize(Decimal(1).scaleb(last)) if last < 0 else units.quantize(Decimal(1))
    return f"{shown.normalize():f}"


def rate_warnings(rate: Rate, as_of: date) -> Iterator[Reason]:
    """Yield what to know about a price that was made with a rate: how old it is, where that is more than some days."""
    if rate.day is None or not rate.old(as_of):
        return
    code = "rate_shipped" if rate.origin == SHIPPED else "rate_old"
    yield reason(code, days=str(rate.age(as_of)), day=str(rate.day), pair=f"{rate.source}/{rate.target}")


def lack_words(lack: Lack, language: str = "en") -> str:
    """Return why there is no rate, as a sentence."""
    return words(f"rates.{lack.code}", language, currency=lack.currency, day=str(lack.day or "–"))
