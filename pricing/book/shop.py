"""The shop's book: published curves, a trained model of the market, and the shop's own sales, each where it knows most.

First the market model or the curves give an estimate. Of a phone model that the market model has not seen, its estimate
from launch, maker and age is drawn towards the curves, the less the more prices of that maker there are. Then the
shop's own sales move it: curves and market fade as sales come. All of that is the same for all phones of one model, so
a better one is never cheaper.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from math import exp, log, sqrt
from typing import TYPE_CHECKING, TypeVar

from diagnostics.errors import UserError
from diagnostics.grading.result import Grade
from pricing.book.deals import Deal, Deals
from pricing.book.estimate import Estimate, drawn, of_price, settled
from pricing.book.own import Effects, Error, Moved
from pricing.book.proving import list_doubt, own_doubts, shown
from pricing.book.weights import Weights
from pricing.money import Money, rounded
from pricing.ports import Price, PriceModel, PriceQuery
from pricing.records import Counts, PriceRange, Reason, reason

if TYPE_CHECKING:
    from pricing.book.market import MarketPrices

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")
_USUAL = 87
"""Percent of a usual battery's health."""
_NO_SALES = {
    "seed_estimate", "model_unseen", "maker_unseen", "other_market", "model_elsewhere", "market_converted",
    "no_brand_curve", "extrapolated",
}  # fmt: skip
"""What is said of a price that no sale of the model here stands behind; not true once the shop's own do."""


@dataclass(frozen=True, slots=True)
class Caution:
    """What the drift watch says.

    Attributes:
        widening: Of the reach, at least 1: confidence is lowered, a price is never moved by it.
        warnings: What to tell.
    """

    widening: float = 1.0
    warnings: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Apart:
    """What market model and published curves say of one phone of a model, in good condition, before own sales.

    Attributes:
        storage: Of that phone.
        market: Its estimate by the market; ``curves`` by the curves.
    """

    storage: int
    market: Estimate
    curves: Estimate

    @property
    def log(self) -> float:
        """Return how far both are apart, in the logarithm."""
        return abs(log(self.market.p50 / self.curves.p50))

    def disagree(self, ratio: float) -> bool:
        """Return whether one is so many times the other and neither range reaches the other one."""
        low, high = sorted((self.market, self.curves), key=lambda each: each.p50)
        return self.log > log(ratio) and low.p50 * exp(low.high) < high.p50 * exp(high.low)


class ShopBook:
    """Prices phones by everything that a shop knows; a `pricing.ports.PriceModel`.

    Args:
        seeds: The published curves.
        market: The trained model; ``None`` without one.
        deals: The shop's own sales.
        weights: How all that is weighed.
        version: Of the trained model; empty without one.
        caution: Of the drift watch.
        problems: What could not be used, said with every price.
        cells: Estimates that were made before, by the phone: a sale more does not ask for all others again.
    """

    def __init__(
        self,
        seeds: PriceModel,
        market: MarketPrices | None,
        deals: Deals,
        weights: Weights,
        *,
        version: str = "",
        caution: Caution | None = None,
        problems: tuple[Reason, ...] = (),
        cells: dict[tuple[object, ...], Estimate | None] | None = None,
    ) -> None:
        self._seeds = seeds
        self._market = market
        self._weights = weights
        self._caution = caution or Caution()
        self._problems = problems
        self._cells = {} if cells is None else cells
        self._versions = tuple(part for part in (version, deals.version) if part)
        self._deals: dict[tuple[str, str], list[Deal]] = defaultdict(list)
        for deal in deals.deals:
            self._deals[deal.query.market, deal.query.currency].append(deal)
        self._effects: dict[tuple[str, str], Effects] = {}
        self._gaps: dict[tuple[object, ...], Apart | None] = {}
        self._plains: dict[tuple[object, ...], Estimate | None] = {}
        self._failed = False

    @property
    def version(self) -> str:
        """Return the versions of all that a price is made from."""
        return "+".join((self._seeds.version, *self._versions))

    def price(self, query: PriceQuery) -> Price:
        """Return what the phone is expected to sell for, with the reasons and how many prices they rest on.

        Raises:
            UserError: It has no honest price: ``launch_in_future``, ``no_rate``.
        """
        base = self._base(query)
        moved = self._moved(query)
        asked = _of_market(base)
        counts = Counts(moved.count, self._count(query) if asked else 0)
        found = base.times("own_deals", moved.multiplier, f"{moved.all} sales") if moved.all else base
        low, high = moved.low * self._caution.widening, moved.high * self._caution.widening
        found = found.stretched(low, high, self._plain(query, base) if max(low, high) > 1.0 else base)
        basis = self._basis(query, counts, asked=asked)
        p50, factors = settled(found, query.currency)
        return Price(
            range=_range(found, p50, basis, counts),
            factors=factors,
            warnings=tuple(self._warnings(query, base, found, moved, basis)),
            version=self.version,
        )

    def _base(self, query: PriceQuery) -> Estimate:
        """Return the estimate without own sales."""
        if self._market is None:
            return self._by_curves(query, unseen=False)
        asked, fault = self._asked(lambda market: self._by_market(market, query))
        if asked is not None:
            return asked
        curves = self._by_curves(query, unseen=False)
        return curves.saying((*curves.warnings, reason("price_model_unused", detail=fault)))

    def _by_market(self, market: MarketPrices, query: PriceQuery) -> Estimate:
        """Return the market model's estimate; the curves' where it knows nothing that would help."""
        learned = market.asking.of_maker(query.model)
        if not learned or query.as_of < query.model.launch_date:
            return self._by_curves(query, unseen=True)
        found = market.estimate(query)
        if found is None:
            return self._by_curves(query, unseen=True)
        return found if market.asking.known(query.model) else self._unseen(query, found, learned)

    def _asked(self, ask: Callable[[MarketPrices], _T]) -> tuple[_T | None, str]:
        """Return what the market model says, or ``None`` and what went wrong in it.

        Whatever goes wrong there, the counter goes on without it: what checks it when it is read cannot know all that
        another hand may have written into it.
        """
        if self._market is None:
            return None, ""
        try:
            return ask(self._market), ""
        except UserError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the counter goes on
            if not self._failed:
                _LOG.warning("The price model in use cannot price a phone.", exc_info=True)
            self._failed = True
            return None, f"it gives no price for this phone ({type(error).__name__})."

    def _by_curves(self, query: PriceQuery, *, unseen: bool) -> Estimate:
        """Return the published curves' estimate.

        Args:
            query: The phone.
            unseen: There is a market model, which knows nothing that would help.
        """
        found = of_price(self._seeds.price(query))
        if not unseen:
            return found
        others = (each for each in found.warnings if each.code != "seed_estimate")
        return found.saying((reason("maker_unseen", brand=query.model.brand), *others))

    def _unseen(self, query: PriceQuery, found: Estimate, learned: int) -> Estimate:
        """Return the estimate of a model that the market model has not seen, drawn towards the curves."""
        said = [reason("model_unseen", brand=query.model.brand, count=str(learned))]
        if query.model.confidence == "approximate":
            said.append(reason("launch_approximate"))
        found = found.saying((*said, *found.warnings))
        try:
            curves = of_price(self._seeds.price(query))
        except UserError:  # no rate from the list price's currency: the market model needs none
            return found
        weight = self._weights.maker_prior / (self._weights.maker_prior + learned)
        apart = self._apart(query)
        sd = sqrt(weight * (1.0 - weight)) * (apart.log if apart else 0.0)
        return drawn(found, curves, weight).widened(sd)

    def _apart(self, query: PriceQuery) -> Apart | None:
        """Return what market model and curves say of a model, worked out once a day.

        Of one phone of the model, in good condition: were it of each for itself, a better one could have the lower p10.
        """
        key = (query.model.id, query.as_of, query.market, query.currency)
        if key not in self._gaps:
            self._gaps[key] = self._gap(query)
        return self._gaps[key]

    def _plain(self, query: PriceQuery, otherwise: Estimate) -> Estimate:
        """Return the estimate of one phone of a model, in good condition, without own sales, worked out once a day."""
        key = (query.model.id, query.as_of, query.market, query.currency)
        if key not in self._plains:
            try:
                self._plains[key] = self._base(_plain(query))
            except UserError:
                self._plains[key] = None
        return self._plains[key] or otherwise

    def _gap(self, query: PriceQuery) -> Apart | None:
        size, plain = query.model.base_storage, _plain(query)
        found, _ = self._asked(lambda market: market.estimate(plain))
        try:
            return Apart(size, found, of_price(self._seeds.price(plain))) if found else None
        except UserError:  # no rate from the list price's currency
            return None

    def _count(self, query: PriceQuery) -> int:
        """Return how many market prices of the phone's model there are of this market, in this currency."""
        return self._asked(lambda market: market.asking.count(query))[0] or 0

    def _basis(self, query: PriceQuery, counts: Counts, *, asked: bool) -> str:
        if counts.own_deals >= self._weights.least_own:
            return "own_deals"
        here, _ = self._asked(lambda market: market.asking.known_here(query))
        return "market" if here and asked else "seed"

    def _warnings(
        self, query: PriceQuery, base: Estimate, found: Estimate, moved: Moved, basis: str
    ) -> Iterable[Reason]:
        yield from (each for each in found.warnings if basis != "own_deals" or each.code not in _NO_SALES)
        if not moved.all and self._market and not self._market.sold and _of_market(found):
            yield reason("market_asks")
        yield from self._disagreeing(query, base, found, moved, basis)
        yield from self._caution.warnings
        yield from self._problems

    def _disagreeing(
        self, query: PriceQuery, base: Estimate, found: Estimate, moved: Moved, basis: str
    ) -> Iterable[Reason]:
        """Yield what of all that a price is made from says something quite different of the phone."""
        market = self._count(query) if _of_market(base) else 0
        yield from own_doubts((base, found), moved, market, query.currency, self._weights)
        if basis == "own_deals" or not _of_market(base):
            return
        apart = self._apart(query)
        if apart and apart.disagree(self._weights.disagreement):
            market_says, curves = (shown(each.p50, query.currency) for each in (apart.market, apart.curves))
            yield reason("curves_differ", market=market_says, curves=curves, storage=str(apart.storage))
        new, _ = self._asked(lambda market: market.list_price(query, self._weights.doubling))
        doubt = list_doubt(query, found.p50, new, self._weights) if new is not None else None
        if doubt:
            yield doubt

    def _moved(self, query: PriceQuery) -> Moved:
        place = (query.market, query.currency)
        if place not in self._deals:
            return Moved()
        if place not in self._effects:
            self._effects[place] = Effects(self._errors(self._deals[place]), self._weights)
        return self._effects[place].of(query.model.id)

    def _errors(self, deals: Iterable[Deal]) -> Iterable[Error]:
        for deal in deals:
            base = self._remembered(deal.query)
            if base is not None and deal.price > 0.0:  # what is smaller than floating point has is a mistake
                yield Error(deal.query.model.id, log(deal.price / base.p50), base.low, base.high)

    def _remembered(self, query: PriceQuery) -> Estimate | None:
        key = _key(query)
        if key not in self._cells:
            try:
                self._cells[key] = self._base(query)
            except UserError:
                self._cells[key] = None
        return self._cells[key]


def _range(found: Estimate, p50: Money, basis: str, counts: Counts) -> PriceRange:
    p10, p90 = (
        rounded(Money(Decimal(found.p50 * exp(reach)), p50.currency)) for reach in (found.low, found.high)
    )
    # By amounts: all three are of one currency, and what holds that costs more than the comparison.
    low, high = (p10 if p10.amount < p50.amount else p50), (p90 if p90.amount > p50.amount else p50)
    return PriceRange(low, p50, high, basis, counts)


def _plain(query: PriceQuery) -> PriceQuery:
    """Return the one phone of a model that speaks for all of them."""
    return replace(
        query,
        storage_gb=query.model.base_storage,
        grade=Grade.GOOD,
        battery_percent=_USUAL,
        carrier_locked=False,
        genuine_parts=False,
    )


def _of_market(estimate: Estimate) -> bool:
    """Return whether an estimate comes of the market model, at least in part."""
    return any(each.key == "market" for each in estimate.factors)


def _key(query: PriceQuery) -> tuple[object, ...]:
    return (
        query.model.id,
        query.storage_gb,
        query.grade,
        query.battery_percent,
        query.as_of,
        query.market,
        query.currency,
        query.carrier_locked,
        query.genuine_parts,
    )
