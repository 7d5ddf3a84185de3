"""Money: an exact decimal amount in a currency, and the one function that rounds it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache, lru_cache, total_ordering

from diagnostics.errors import BadInput

_CODE = re.compile(r"[A-Z]{3}")
_AMOUNT = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")


@lru_cache(256)
def _is_code(currency: str) -> bool:
    """Return whether a currency's code is one; a price is made of a dozen amounts of one currency."""
    return _CODE.fullmatch(currency) is not None


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency; it is not rounded until `rounded` is called.

    Attributes:
        amount: Exact and finite, in the currency's main unit (euros, not cents).
        currency: Three letters of ISO 4217.

    Raises:
        TypeError: The amount is not a Decimal; binary fractions are no money.
        ValueError: The amount is infinite or no number, or the code is no currency code; so are sums and comparisons
            across two currencies.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError(f"An amount of money is a Decimal, not {type(self.amount).__name__}.")
        if not self.amount.is_finite() or not _is_code(self.currency):
            raise ValueError(f"{self.amount} {self.currency!r} is not an amount of money.")

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> Money:
        return Money(self.amount * factor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def _same(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be combined.")
        return other.amount


@cache
def currency_digits(currency: str) -> int:
    """Return how many decimals a currency has by CLDR: 2 for EUR, 0 for JPY; 2 where it is not known."""
    from babel.numbers import get_currency_precision

    return int(get_currency_precision(currency))


def rounded(money: Money) -> Money:
    """Return the amount rounded half up to the currency's own digits: the only rounding of money there is."""
    # Adding zero turns -0.00 into 0.00.
    return Money(money.amount.quantize(_unit(money.currency), ROUND_HALF_UP) + 0, money.currency)


@cache
def _unit(currency: str) -> Decimal:
    """Return the smallest amount of a currency."""
    return Decimal(1).scaleb(-currency_digits(currency))


def zero(currency: str) -> Money:
    """Return nothing, in a currency."""
    return Money(Decimal(0), currency)


def money_to_json(money: Money) -> dict[str, str]:
    """Return ``{"amount": "123.45", "currency": "EUR"}``; the amount is rounded."""
    return {"amount": f"{rounded(money).amount:f}", "currency": money.currency}


def money_from_json(value: object) -> Money:
    """Return the money that a JSON object holds.

    Raises:
        BadInput: It is not an object with a plain decimal string and a currency code.
    """
    amount = value.get("amount") if isinstance(value, dict) else None
    currency = value.get("currency") if isinstance(value, dict) else None
    if not isinstance(amount, str) or not _AMOUNT.fullmatch(amount) or not isinstance(currency, str):
        raise _bad_money(value)
    try:
        return Money(Decimal(amount), currency)
    except (ValueError, InvalidOperation) as error:
        raise _bad_money(value) from error


def _bad_money(value: object) -> BadInput:
    return BadInput(
        f"{str(value)[:60]!r} is not an amount of money.",
        'Write {"amount": "123.45", "currency": "EUR"}.',
        "bad_money",
    )
