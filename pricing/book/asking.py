"""What the trained model is asked for a phone of the catalogue: under which name, at which place, on which footing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import exp, isfinite, log, nan
from statistics import median

from diagnostics.grading.result import Grade
from pricing.catalogue import Model, load_catalogue
from pricing.model.columns import GRADES, Phone, phone
from pricing.model.single import Row
from pricing.model.trained import KNOWN_FROM, Own, Trained
from pricing.ports import PriceQuery
from pricing.rates.table import Rates

_FEW = 3
"""Models that both know, from which on they tell the footing of the launch prices."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where prices were seen.

    Attributes:
        seen: This very market and currency was.
    """

    market: str
    currency: str
    seen: bool


class Asking:
    """Turns queries into rows of price data.

    Args:
        model: What was trained.
        rates: For footings that no model tells.
    """

    def __init__(self, model: Trained, rates: Rates) -> None:
        self._model = model
        self._rates = rates
        self._names: dict[str, tuple[Phone, Own | None]] = {}
        self._of_makers: dict[str, int] = {}
        self._nearest: dict[tuple[str, str, date], Place | None] = {}

    def place(self, query: PriceQuery) -> Place | None:
        """Return the place whose prices come nearest; ``None`` where none of their currencies can be converted."""
        key = (query.market, query.currency, query.as_of)
        if key not in self._nearest:
            self._nearest[key] = self._place(query)
        return self._nearest[key]

    def _place(self, query: PriceQuery) -> Place | None:
        places = [tuple(place.split("|")) for place in sorted(self._model.places)]
        for market in (query.market, ""):  # a file that names no market is taken to be of this one
            if (market, query.currency) in places:
                return Place(market, query.currency, seen=True)
        if any(currency == query.currency for _, currency in places):
            return Place(query.market, query.currency, seen=False)
        places.sort(key=lambda place: place[0] != query.market)
        for market, currency in places:
            if currency and self._rates.rate(currency, query.currency, query.as_of) is not None:
                return Place(market, currency, seen=False)
        return None

    def count(self, query: PriceQuery) -> int:
        """Return how many prices of the phone's model were learned from in this market and currency."""
        own = self._named(query.model)[1]
        names = {
            f"{query.market}|{query.currency}",
            f"|{query.currency}",
        }  # one without a market is of this one
        return sum(own.counts.get(name, 0) for name in names) if own else 0

    def known_here(self, query: PriceQuery) -> bool:
        """Return whether they were enough to know the model in this market."""
        return self.count(query) >= KNOWN_FROM

    def elsewhere(self, query: PriceQuery) -> tuple[str, ...]:
        """Return in which markets the phone's model is known where it is not in this one; its currency if unnamed."""
        own = self._named(query.model)[1]
        if own is None or own.count < KNOWN_FROM or self.known_here(query):
            return ()
        places = (place.split("|") for place in sorted(own.counts))
        names = [market or currency for market, currency in places]
        return tuple(name for name in dict.fromkeys(names) if name != query.market)

    def alike(self, currency: str) -> tuple[str, ...]:
        """Return the markets of a currency, whose level is taken for others."""
        places = (place.split("|") for place in sorted(self._model.places))
        return tuple(market or own for market, own in places if own == currency)

    def known(self, model: Model) -> bool:
        """Return whether there were enough prices of a phone model, of whatever market, to know it."""
        own = self._named(model)[1]
        return own is not None and own.count >= KNOWN_FROM

    def of_maker(self, model: Model) -> int:
        """Return how many prices tell what a phone of its maker costs: those under a launch, as it is asked under one.

        Prices without a launch tell nothing of other models: the maker's level stands for the launch there, and would
        count twice. Those of the model itself do.
        """
        if model.brand not in self._of_makers:
            self._of_makers[model.brand] = self._makers.get(phone(model.brand, "").brand, 0)
        own = self._named(model)[1]
        return self._of_makers[model.brand] or (own.count if own and own.count >= KNOWN_FROM else 0)

    def last_day(self, query: PriceQuery, place: Place) -> int:
        """Return the day of the newest price of the phone's maker, as an ordinal; 0 where prices have no dates.

        At that place; of wherever the maker has prices where it has none there.
        """
        maker, last = self._named(query.model)[0].brand, self._model.last
        here = last.get(f"{place.market}|{place.currency}", {}).get(maker)
        if here is not None:
            return here
        return max((makers[maker] for makers in last.values() if maker in makers), default=0)

    def row(self, query: PriceQuery, place: Place) -> tuple[Phone, Row]:
        """Return a query as the model is asked: sold by a shop, with a warranty, as the seed book has it."""
        named, own = self._named(query.model)
        launch = self._launch(query, place, own)
        row = Row(
            storage=float(query.storage_gb),
            grade=float(GRADES.index(_sold_as(query))),
            battery=float(query.battery_percent),
            day=float(query.as_of.toordinal()),
            launch_day=launch[0],
            launch_price=launch[1],
            warranty=1.0,
            shop=1.0,
        )
        return named, row

    def list_step(self, query: PriceQuery, row: Row) -> str:
        """Return what the step from the catalogue's list price to the model's is called: by where that one is from.

        Args:
            query: The phone.
            row: As the model is asked for it.
        """
        own = self._named(query.model)[1]
        if isfinite(row.launch_price) or own is None or own.catalogued:
            return "list_in_catalogue"
        return "list_learned" if own.catalogued is None else "list_in_data"

    def _launch(self, query: PriceQuery, place: Place, own: Own | None) -> tuple[float, float]:
        """Return the day and the price of the launch as far as the model is to be told; NaN for what it knows."""
        if own and own.count >= KNOWN_FROM:
            # What it learned under its own launch it is asked under that one; the catalogue's may be another footing.
            return nan, nan
        told = own is not None and own.launch_day is not None
        day = nan if told else float(query.model.launch_date.toordinal())
        priced = own is not None and bool(own.launch_prices)
        return day, nan if priced else self._list_price(query, place)

    def _list_price(self, query: PriceQuery, place: Place) -> float:
        """Return the list price on the model's footing: of the next smaller storage, so that more is never cheaper.

        NaN where nothing leads to that footing.
        """
        prices = query.model.launch_prices
        fitting = [money for size, money in prices.items() if size <= query.storage_gb]
        money = max(fitting or [prices[query.model.base_storage]], key=lambda each: each.amount)
        footing = self._footing(money.currency, query, place)
        return nan if footing is None else float(money.amount) * footing

    def _footing(self, currency: str, query: PriceQuery, place: Place) -> float | None:
        """Return what brings a list price to the launch prices that were learned from.

        Models that both name tell it; else they are taken to be in the prices' own currency.
        """
        if currency in self._footings:
            return self._footings[currency]
        for other, found in sorted(self._footings.items()):
            step = self._rates.rate(currency, other, query.as_of)
            if step is not None:
                return found * float(step.value)
        step = self._rates.rate(currency, place.currency, query.as_of)
        return float(step.value) if step else None

    def _named(self, model: Model) -> tuple[Phone, Own | None]:
        """Return the phone as which a model was learned, and what was; by its plain name where it was not."""
        if model.id not in self._names:
            named = [phone(model.brand, name) for name in (model.name, *model.aliases)]
            known = [(each, self._model.models.get(each.key)) for each in named]
            self._names[model.id] = max(known, key=lambda each: each[1].count if each[1] else 0)
        return self._names[model.id]

    @cached_property
    def _makers(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for key, own in self._model.models.items():
            maker = key.partition("|")[0]
            found[maker] = found.get(maker, 0) + (own.count if own.launch_prices else 0)
        return found

    @cached_property
    def _footings(self) -> dict[str, float]:
        """By currency of the catalogue's list price; only where enough models tell."""
        ratios: dict[str, list[float]] = {}
        for model in load_catalogue():
            own = self._named(model)[1]
            money = model.launch_prices[model.base_storage]
            learned = _base_price(own, model.base_storage) if own else None
            if learned:
                ratios.setdefault(money.currency, []).append(log(learned / float(money.amount)))
        return {name: exp(median(found)) for name, found in ratios.items() if len(found) >= _FEW}


def _base_price(own: Own, size: int) -> float | None:
    return own.launch_prices.get(size, own.launch_prices.get(0))


def _sold_as(query: PriceQuery) -> str:
    """Return the grade that is priced: premium only where the parts are proved to be the maker's own."""
    proved = query.grade is not Grade.PREMIUM or query.genuine_parts
    return (query.grade if proved else Grade.EXCELLENT).value
