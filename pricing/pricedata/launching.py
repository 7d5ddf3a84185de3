"""Launch dates and list prices from the catalogue, for price data that do not tell them.

Few shops keep a phone's launch in their tables, and without it nothing is known of a model that no row names. The
catalogue knows both of most phones; what the data tell themselves counts before it.

List prices come on the footing of those that the data tell: a file may give launch prices in dollars beside prices in
euros. Each market's level takes up a factor that all its phones share, but not one that some of them lack.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from datetime import date
from functools import cache
from math import exp, log, nan
from statistics import median

import numpy as np

from pricing.catalogue import Model, load_catalogue
from pricing.model.columns import Columns, Floats, phone
from pricing.model.trained import Trained
from pricing.money import Money
from pricing.rates.keeping import rates_in

_FEW = 3
"""Phone models that both know, from which on they tell the footing."""
_COMMON = "USD"
"""The footing of launch prices where nothing leads to the prices' own currency."""

Told = Mapping[str, float]
"""Launch prices of base storages by phone (`pricing.model.columns.Phone.key`)."""


def with_launches(data: Columns) -> tuple[Columns, int]:
    """Return rows to learn from with the launches that the catalogue knows and no row of their model tells.

    The same rows give the same launches to the bit: fetched exchange rates are not asked.

    Returns:
        The rows, and how many of them got a launch date or price.
    """
    dated, priced = (_keys_of(data, known) for known in (data.launch_day, data.launch_price))
    footing = _Footing(_told(data), _main(data.places[place][1] for place in data.place.tolist()))
    filled = _filled(data, footing, dated, priced)
    more = [
        np.isnan(getattr(data, name)) & ~np.isnan(getattr(filled, name))
        for name in ("launch_day", "launch_price")
    ]
    return filled.with_(catalogued=_keys_of(filled, filled.launch_price) - priced), int(
        (more[0] | more[1]).sum()
    )


def with_launches_for(model: Trained, data: Columns) -> Columns:
    """Return phones to be priced with the launches that neither they nor a trained model tell.

    A maker of whose phones no launch was known when the model learned them is asked without one: the maker's level
    stands for it, and a launch beside that would count twice. No phone's price hangs on other phones in the file.
    """
    known = _models()
    told = {
        key: price
        for key, own in model.models.items()
        if key in known
        and (price := own.launch_prices.get(known[key].base_storage, own.launch_prices.get(0)))
    }
    learned = frozenset(
        key for key, own in model.models.items() if own.launch_day is not None or own.launch_prices
    )
    counts = Counter[str]()
    for own in model.models.values():
        counts.update({place.partition("|")[2]: count for place, count in own.counts.items()})
    filled = _filled(data, _Footing(told, _main(counts.elements())), learned, learned)
    return _without(_bare_makers(model), filled, kept=model.models.keys())


def _bare_makers(model: Trained) -> frozenset[str]:
    launched: dict[str, bool] = defaultdict(bool)
    for key, own in model.models.items():
        launched[key.partition("|")[0]] |= bool(own.launch_prices)
    return frozenset(maker for maker, known in launched.items() if not known)


def _without(makers: frozenset[str], data: Columns, *, kept: Container[str]) -> Columns:
    bare = np.array([each.brand in makers and each.key not in kept for each in data.phones], dtype=bool)
    if not bare.any():
        return data
    day, price = (np.where(bare[data.phone], nan, told) for told in (data.launch_day, data.launch_price))
    return data.with_(launch_day=day, launch_price=price)


def _filled(data: Columns, footing: _Footing, dated: Container[str], priced: Container[str]) -> Columns:
    """Return the rows with the catalogue's launch dates and prices, but for phones whose ones are known."""
    found = [(each.key, _models().get(each.key)) for each in data.phones]
    days = [
        float(model.launch_date.toordinal()) if model and key not in dated else nan for key, model in found
    ]
    prices = [footing.price(model) if model and key not in priced else nan for key, model in found]
    day, price = (
        np.where(np.isnan(own), np.array(new, dtype=np.float64)[data.phone], own)
        for own, new in ((data.launch_day, days), (data.launch_price, prices))
    )
    return data.with_(launch_day=day, launch_price=price)


def _keys_of(data: Columns, values: Floats) -> frozenset[str]:
    """Return the phones of which some row tells a number."""
    return frozenset(data.phones[number].key for number in np.unique(data.phone[~np.isnan(values)]).tolist())


def _told(data: Columns) -> Told:
    """Return the launch prices that rows tell of phones of the catalogue, of the base storage where they do."""
    found: dict[str, list[tuple[bool, float]]] = defaultdict(list)
    rows = np.flatnonzero(~np.isnan(data.launch_price))
    known = [_models().get(each.key) for each in data.phones]
    for row, number in zip(rows.tolist(), data.phone[rows].tolist(), strict=True):
        model = known[number]
        if model is not None:
            base = data.storage[row] == model.base_storage
            found[data.phones[number].key].append((bool(base), float(data.launch_price[row])))
    return {key: _base_price(prices) for key, prices in found.items()}


def _base_price(prices: Iterable[tuple[bool, float]]) -> float:
    """Return the median of the base storage's prices, else the least of all."""
    told = list(prices)
    own = [price for base, price in told if base]
    return median(own) if own else min(price for _, price in told)


class _Footing:
    """What brings the catalogue's list prices to the launch prices that are told.

    Args:
        told: Those.
        currency: Of the prices; list prices come in it where too few launch prices are told.
    """

    def __init__(self, told: Told, currency: str) -> None:
        self._currency = currency
        self._factors = _factors(told)

    def price(self, model: Model) -> float:
        """Return a model's list price for its base storage; NaN where no rate leads to the footing."""
        money = model.launch_prices[model.base_storage]
        if money.currency in self._factors:
            return float(money.amount) * self._factors[money.currency]
        for other, factor in sorted(self._factors.items()):
            amount = _converted(money, other, model.launch_date)
            if amount is not None:
                return amount * factor
        if self._factors:
            return nan
        own = _converted(money, self._currency, model.launch_date)
        common = _converted(money, _COMMON, model.launch_date)
        return next((amount for amount in (own, common) if amount is not None), nan)


def _factors(told: Told) -> dict[str, float]:
    """Return by the catalogue's currency what the told launch prices are of its list prices, where enough tell."""
    ratios: dict[str, list[float]] = defaultdict(list)
    for key, price in told.items():
        model = _models()[key]
        money = model.launch_prices[model.base_storage]
        ratios[money.currency].append(log(price / float(money.amount)))
    return {currency: exp(median(found)) for currency, found in ratios.items() if len(found) >= _FEW}


def _converted(money: Money, currency: str, day: date) -> float | None:
    """Return an amount in another currency at the rate of the launch."""
    rate = rates_in(None).rate(money.currency, currency, day)
    return float(rate.of(money).amount) if rate else None


def _main(currencies: Iterable[str]) -> str:
    """Return the currency of most prices: launch prices have one footing for all of them."""
    counts = Counter(currencies)
    return min(counts, key=lambda currency: (-counts[currency], currency), default="")


@cache
def _models() -> Mapping[str, Model]:
    """Return the models of the catalogue by how price data name them; without names that are two models'."""
    found: dict[str, dict[str, Model]] = defaultdict(dict)
    for model in load_catalogue():
        for name in (model.name, *model.aliases):
            found[phone(model.brand, name).key][model.id] = model
    return {key: next(iter(models.values())) for key, models in found.items() if len(models) == 1}
