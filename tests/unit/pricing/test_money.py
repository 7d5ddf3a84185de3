"""Money is exact, rounded in one way, and never mixed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.errors import BadInput
from pricing.money import Money, money_from_json, money_to_json, rounded

AMOUNTS = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=4)


def eur(text: str) -> Money:
    return Money(Decimal(text), "EUR")


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("0.005", "EUR", "0.01"),
        ("2.675", "EUR", "2.68"),
        ("-2.675", "EUR", "-2.68"),
        ("-0.001", "EUR", "0.00"),
        ("1234.5", "JPY", "1235"),
        ("1.0005", "KWD", "1.001"),
    ],
)
def test_rounds_half_up_to_the_currencys_own_digits(amount: str, currency: str, shown: str) -> None:
    assert money_to_json(Money(Decimal(amount), currency)) == {"amount": shown, "currency": currency}


def test_sums_products_and_order_are_exact() -> None:
    assert eur("0.1") + eur("0.2") == eur("0.3")
    assert eur("3") - eur("1") * Decimal("0.5") == eur("2.5")
    assert -eur("1") < eur("0") <= eur("0") < eur("2")


def test_two_currencies_are_never_combined_or_compared() -> None:
    dollars = Money(Decimal(1), "USD")
    for act in (lambda: eur("1") + dollars, lambda: eur("1") - dollars, lambda: eur("1") < dollars):
        with pytest.raises(ValueError, match="cannot be combined"):
            act()


def test_binary_fractions_are_no_money() -> None:
    with pytest.raises(TypeError):
        Money(1.5, "EUR")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        eur("1") * 0.5  # type: ignore[operator]


@pytest.mark.parametrize(
    ("amount", "currency"), [("NaN", "EUR"), ("Infinity", "EUR"), ("1", "euro"), ("1", "")]
)
def test_nonsense_is_no_money(amount: str, currency: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        Money(Decimal(amount), currency)


@given(AMOUNTS)
def test_json_gives_back_the_rounded_amount(amount: Decimal) -> None:
    money = Money(amount, "EUR")
    assert money_from_json(money_to_json(money)) == rounded(money)


@pytest.mark.parametrize(
    "value",
    [
        None,
        12,
        "12 EUR",
        {},
        {"amount": 12.5, "currency": "EUR"},
        {"amount": "NaN", "currency": "EUR"},
        {"amount": "1e9", "currency": "EUR"},
        {"amount": "1", "currency": "eur"},
        {"amount": "1", "currency": None},
        {"amount": "9" * 400, "currency": "EUR"},
    ],
)
def test_what_is_not_money_in_json_is_said_in_words(value: object) -> None:
    with pytest.raises(BadInput, match="not an amount of money"):
        money_from_json(value)
