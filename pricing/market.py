"""Markets: currency, taxes, fees and costs as dated data, one file a country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, cast

from diagnostics.errors import BadInput
from pricing.money import Money
from resources.opening import load_toml, names

_FOLDER = "markets"


class TaxMode(StrEnum):
    """How the sale is taxed: on the margin (second-hand goods bought from private persons), or not at all."""

    MARGIN = "margin"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Market:
    """One country's rates on one day. Shares are of 1; money is without VAT.

    Attributes:
        commission: Of the selling price.
        refurbishing: By grade.
        battery: Part and work of a new battery, by family; ``other`` is always there.
        warranty: Provision, of the selling price.
        margin_share: Target margin, of the selling price, at least ``margin_minimum``.
        quantiles: By the price's basis: the quantile of the resale price on which a firm offer stands.
        minimum_offer: Below it nothing is paid.
        offer_step: Offers are rounded down to a multiple of it.
        valid_days: How long an offer holds.
    """

    code: str
    currency: str
    version: str
    tax_mode: TaxMode
    vat_rate: Decimal
    commission: Decimal
    requires_unlocked: bool
    test_and_clean: Money
    logistics: Money
    warranty: Decimal
    refurbishing: Mapping[str, Money]
    battery: Mapping[str, Money]
    margin_share: Decimal
    margin_minimum: Money
    quantiles: Mapping[str, Decimal]
    minimum_offer: Money
    offer_step: Money
    valid_days: int

    def battery_cost(self, family: str) -> Money:
        """Return what a new battery costs in a phone of a family."""
        return self.battery.get(family, self.battery["other"])

    @property
    def taxed_rate(self) -> Decimal:
        """Return the VAT rate on the margin; 0 where the sale is not taxed."""
        return self.vat_rate if self.tax_mode is TaxMode.MARGIN else Decimal(0)


@cache
def known_markets() -> tuple[str, ...]:
    """Return the codes of all markets that came with the program, in alphabetical order."""
    return tuple(name.upper() for name in names(_FOLDER, ".toml"))


@lru_cache(maxsize=64)
def load_market(code: str, as_of: date) -> Market:
    """Return a market's rates on a day.

    Args:
        code: Two letters of ISO 3166, in either case.
        as_of: The day.

    Raises:
        BadInput: ``unknown_market``, or ``no_rates`` when the day lies before the first rates.
    """
    known = known_markets()
    if code.upper() not in known:
        raise BadInput(f"There is no market {code[:20]!r}.", f"Known: {', '.join(known)}.", "unknown_market")
    return _market(load_toml(f"{_FOLDER}/{code.lower()}.toml"), as_of)


def _market(data: Mapping[str, Any], as_of: date) -> Market:
    tax, sale, costs, offer = (_valid(data, table, as_of) for table in ("tax", "sale", "costs", "offer"))
    currency = data["currency"]

    def money(text: str) -> Money:
        return Money(Decimal(text), currency)

    return Market(
        code=data["code"],
        currency=currency,
        version=data["version"],
        tax_mode=TaxMode(tax["mode"]),
        vat_rate=Decimal(tax["vat_rate"]),
        commission=Decimal(sale["commission"]),
        requires_unlocked=sale["requires_unlocked"],
        test_and_clean=money(costs["test_and_clean"]),
        logistics=money(costs["logistics"]),
        warranty=Decimal(costs["warranty"]),
        refurbishing={grade: money(text) for grade, text in costs["refurbishing"].items()},
        battery={family: money(text) for family, text in costs["battery"].items()},
        margin_share=Decimal(offer["margin_share"]),
        margin_minimum=money(offer["margin_minimum"]),
        quantiles=_quantiles(offer),
        minimum_offer=money(offer["minimum"]),
        offer_step=money(offer["step"]),
        valid_days=offer["valid_days"],
    )


def _quantiles(offer: Mapping[str, Any]) -> dict[str, Decimal]:
    return {basis: Decimal(offer[f"{basis}_quantile"]) for basis in ("seed", "market", "own_deals")}


def _valid(data: Mapping[str, Any], table: str, as_of: date) -> Mapping[str, Any]:
    rows = cast("list[Mapping[str, Any]]", data[table])
    valid = [row for row in rows if row["valid_from"] <= as_of]
    if valid:
        return max(valid, key=lambda row: row["valid_from"])
    first = min(row["valid_from"] for row in rows)
    raise BadInput(
        f"The market {data['code']} has no rates for {as_of}.", f"They begin on {first}.", "no_rates"
    )
