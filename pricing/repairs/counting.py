"""Which prices of repairs count in a market: a shop's own only where its currency has a rate there on the day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pricing.money import Money
from pricing.rates.saying import rate_warnings
from pricing.rates.table import Rates
from pricing.records import Reason
from pricing.repairs.prices import Convert, RepairPrices, load_prices


def converting(rates: Rates, currency: str, as_of: date) -> Convert:
    """Return what brings money into a currency by the rates of a day."""

    def convert(money: Money) -> Money | None:
        rate = rates.rate(money.currency, currency, as_of)
        return None if rate is None else rate.of(money)

    return convert


def counted(repairs: RepairPrices, currency: str, as_of: date) -> RepairPrices:
    """Return the prices as they count in a market.

    Of a shop's file whose currency has no rate nothing is used, and the program's prices count: half a file would make
    what is left out of it look free.

    Args:
        repairs: All prices.
        currency: The market's.
        as_of: The day whose rates hold.
    """
    convert = converting(repairs.rates, currency, as_of)
    strange = sorted({money.currency for _, money in _own(repairs) if convert(money) is None})
    if not strange:
        return replace(repairs, remarks=tuple(_remarks(repairs, currency, as_of)))
    named = ", ".join(dict.fromkeys(name for name, money in _own(repairs) if money.currency in strange))
    detail = (
        f"{repairs.file} is in {', '.join(strange)}, for which there is no rate to {currency} on {as_of}. "
        f"Left out: {named}. Write the prices in {currency}."
    )
    return replace(load_prices(), wrong=detail, rates=repairs.rates)


def _remarks(repairs: RepairPrices, currency: str, as_of: date) -> Iterator[Reason]:
    """Yield what to know about the rates by which the shop's own prices come into a market's currency."""
    for each in sorted({money.currency for _, money in _own(repairs)}):
        rate = repairs.rates.rate(each, currency, as_of)
        if rate is not None:
            yield from rate_warnings(rate, as_of)


def _own(repairs: RepairPrices) -> Iterator[tuple[str, Money]]:
    """Yield an amount of each thing that the shop's file says, by the name that it has there."""
    if not repairs.file:
        return
    usual = load_prices()
    for name in ("rate_per_hour", "handling"):
        if getattr(repairs, name) != getattr(usual, name):
            yield name, getattr(repairs, name)
    for row in repairs.own:
        parts = [*row.models.values(), *([row.other] if row.other is not None else [])]
        yield from ((f"[{row.repair}]", Money(part, row.currency)) for part in parts[:1])
