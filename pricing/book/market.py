"""Estimates from a trained model of the market, with its own reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import log, log2

from pricing.book.asking import Asking, Place
from pricing.book.estimate import Estimate, checked, factor
from pricing.book.weights import Weights, ask_to_sold
from pricing.model.explaining import Explained, explain_row
from pricing.model.scoring import Scorer
from pricing.model.trained import Trained
from pricing.money import Money
from pricing.ports import PriceQuery
from pricing.rates.saying import rate_note, rate_warnings
from pricing.rates.table import Rate, Rates
from pricing.records import Factor, Reason, reason
from pricing.seed.tables import load_tables

_DAYS_PER_MONTH = 30.4375
_OLD = 45
"""Days after the last price from which on a model is said to be old."""
_NAMED = 5
"""Markets that a warning names."""


@dataclass(frozen=True, slots=True)
class Champion:
    """A trained model in use.

    Attributes:
        sold: It learned from sales; else from asks, and what is asked is not yet what is paid.
    """

    model: Trained
    sold: bool = False


class MarketPrices:
    """Prices phones by a trained model.

    Args:
        champion: The model.
        rates: For markets in whose currency no price was seen.
        weights: How far ranges widen.
    """

    def __init__(self, champion: Champion, rates: Rates, weights: Weights) -> None:
        self.asking = Asking(champion.model, rates)
        self.sold = champion.sold
        self._scorer = Scorer(champion.model)
        self._rates = rates
        self._weights = weights

    def estimate(self, query: PriceQuery) -> Estimate | None:
        """Return the price of a phone; ``None`` where nothing was learned of its market's currency.

        Raises:
            ValueError: What the model says is no price. A model that others made may raise anything else.
        """
        place = self.asking.place(query)
        if place is None:
            return None
        phone, row = self.asking.row(query, place)
        told = explain_row(self._scorer, phone, (place.market, place.currency), row)
        return checked(self._estimate(query, place, told, self.asking.list_step(query, row)), query.currency)

    def list_price(self, query: PriceQuery, doubling: float) -> float | None:
        """Return about what the phone cost when new, in the query's currency; ``None`` where no rate leads there.

        Args:
            query: The phone; of a storage between two sizes that are listed, the larger one's.
            doubling: How many times as much twice the largest storage that is listed costs.
        """
        listed = query.model.launch_prices
        size = min((each for each in listed if each >= query.storage_gb), default=max(listed))
        rate = self._rates.rate(listed[size].currency, query.currency, query.as_of)
        more = doubling ** max(log2(query.storage_gb / size), 0.0)
        return float(listed[size].amount * rate.value) * more if rate else None

    def _estimate(self, query: PriceQuery, place: Place, told: Explained, list_step: str) -> Estimate:
        launch = query.model.launch_prices[query.model.base_storage]
        steps = tuple(_steps(query, place, told, launch, list_step))
        ends = (log(told.p10 / told.p50), log(told.p90 / told.p50))
        found = Estimate(told.p50, min(ends[0], 0.0), max(ends[1], 0.0), steps, ())
        if place.currency != query.currency:
            rate = self._rate(query, place)
            found = found.times("currency", float(rate.value), rate_note(rate))
        if not self.sold:
            found = found.times("ask_to_sold", float(ask_to_sold()))
        if query.carrier_locked:
            found = found.times("carrier_lock", float(load_tables().carrier_lock))
        return self._cautious(found, query, place)

    def _rate(self, query: PriceQuery, place: Place) -> Rate:
        found = self._rates.rate(place.currency, query.currency, query.as_of)
        assert found is not None, "the place was chosen by it"
        return found

    def _cautious(self, found: Estimate, query: PriceQuery, place: Place) -> Estimate:
        sd = min(
            self._weights.month * self._days_after(query, place) / _DAYS_PER_MONTH, self._weights.most_age
        )
        wider = found.widened(sd) if sd else found
        wider = wider if place.seen else wider.widened(self._weights.other_market)
        return wider.saying(tuple(self._warnings(query, place)))

    def _warnings(self, query: PriceQuery, place: Place) -> Iterator[Reason]:
        if place.currency != query.currency:
            yield reason("market_converted", market=place.market, currency=place.currency)
            yield from rate_warnings(self._rate(query, place), query.as_of)
        elif not place.seen:
            alike = self.asking.alike(query.currency)
            yield reason("other_market", market=query.market, markets=", ".join(alike[:_NAMED]))
        markets = self.asking.elsewhere(query)
        if markets and (place.currency == query.currency or markets != (place.market,)):
            yield reason("model_elsewhere", market=query.market, markets=", ".join(markets[:_NAMED]))
        days = self._days_after(query, place)
        if days > _OLD:
            last = date.fromordinal(self.asking.last_day(query, place))
            yield reason("market_old", day=last.isoformat(), days=str(days))

    def _days_after(self, query: PriceQuery, place: Place) -> int:
        """Return how long before a phone's day the last price of its maker was; 0 where prices have no dates."""
        last = self.asking.last_day(query, place)
        return max(query.as_of.toordinal() - last, 0) if last > 0 else 0


def _steps(
    query: PriceQuery, place: Place, told: Explained, launch: Money, list_step: str
) -> Iterator[Factor]:
    """Yield the model's own multipliers, from the catalogue's list price on; ``list_step`` as of `Asking.list_step`."""
    months = (query.as_of - query.model.launch_date).days / _DAYS_PER_MONTH
    yield factor("launch_price", 1.0, f"{launch.amount:.2f} {launch.currency}")
    footing = told.base / float(launch.amount)
    if told.launch_known and footing != 1:
        # Apart from the market's level: that is one number for all phones of a market, this differs by phone.
        yield factor(list_step, footing, f"{told.base:.2f} {place.currency}".strip())
        footing = 1.0
    notes = {
        "market": f"{place.market} {place.currency}".strip(),
        "age": f"{int(months)} months",
        "storage": f"{query.storage_gb} GB",
        "grade": query.grade.value,
        "battery": f"{query.battery_percent} %",
    }
    for name, multiplier in told.steps.items():
        exact = multiplier * footing if name == "market" else multiplier
        step = factor(name, exact, notes.get(name, ""))
        if step.multiplier != 1 or name in notes:
            yield step
