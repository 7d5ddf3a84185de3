"""Which prices of repairs count in a market: a shop's own only where its currency has a rate there on the day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pricing.money import Money
from pricing.repairs.prices import Convert, RepairPrices, load_prices
from pricing.seed.tables import load_tables


def converting(currency: str, as_of: date) -> Convert:
    """Return what brings money into a currency by the rates of a day."""
    tables = load_tables()

    def convert(money: Money) -> Money | None:
        rate = tables.rate(money.currency, currency, as_of)
        return None if rate is None else Money(money.amount / rate, currency)

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
    convert = converting(currency, as_of)
    strange = sorted({money.currency for _, money in _own(repairs) if convert(money) is None})
    if not strange:
        return repairs
    named = ", ".join(dict.fromkeys(name for name, money in _own(repairs) if money.currency in strange))
    detail = (
        f"{repairs.file} is in {', '.join(strange)}, for which there is no rate to {currency} on {as_of}. "
        f"Left out: {named}. Write the prices in {currency}."
    )
    return replace(load_prices(), wrong=detail)


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
