"""How the book weighs what it has, from ``resources/catalogue/shop_book.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from resources.opening import load_toml

_FILE = "catalogue/shop_book.toml"
Z90 = 1.2815515655446004
"""How many standard deviations the ninetieth percentile lies above the middle."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers of the book; their sources stand in the data file.

    Attributes:
        maker_prior: Prices of a maker's other models that the published curves are worth.
        all_prior: Own sales of different models that the book without them is worth, for the level of all phones;
            ``model_prior`` for one model: the variance of a sale by that of the level, and by that of a model.
        least_own: Own sales of a model from which on its price counts as the shop's own.
        most_ratio: A sale that is farther than so many times from the book's price is taken for a mistake.
        days: How old an own sale may be; ``most`` how many count.
        unread_battery: Percent that stand for the battery of a sold phone that nobody read.
        other_market: Standard deviation of ln(price) for a market that was not seen; ``month`` for each month since
            the last price of the maker, at most ``most_age``.
        disagreement: Two estimates of one phone that are so many times apart, beyond their ranges, are said.
        new_days: Age from which on a price above the list price is a contradiction; a younger phone's list price in
            another currency counts ``new_abroad`` times. ``doubling`` is how many times as much twice the storage
            costs when new, beyond the sizes that are listed.
        proof_most: Own sales of a model that are enough to prove a price far away, however many market prices there
            are; ``proof_unsure`` times is what two standard errors of their mean may come to.
        range_prior: Own sales that the range without them is worth; it is left as it is below ``range_least``.
        narrowest: How far own sales may narrow a range at most, ``widest`` how far they may widen it.
    """

    maker_prior: float
    all_prior: float
    model_prior: float
    least_own: int
    most_ratio: float
    days: int
    most: int
    unread_battery: int
    other_market: float
    month: float
    most_age: float
    disagreement: float
    new_days: int
    new_abroad: float
    doubling: float
    proof_most: int
    proof_unsure: float
    range_prior: float
    range_least: int
    narrowest: float
    widest: float


@cache
def load_weights() -> Weights:
    """Return the numbers that came with the program, read once."""
    data = load_toml(_FILE)
    market, own, ranges, widening = (data[name] for name in ("market", "own", "own_ranges", "widening"))
    return Weights(
        maker_prior=float(market["maker_prior"]),
        all_prior=float(own["all_prior"]),
        model_prior=float(own["model_prior"]),
        least_own=own["least"],
        most_ratio=float(own["most_ratio"]),
        days=own["days"],
        most=own["most"],
        unread_battery=own["unread_battery"],
        other_market=float(widening["other_market"]),
        month=float(widening["month"]),
        most_age=float(widening["most_age"]),
        disagreement=float(data["disagreement"]["ratio"]),
        new_days=data["disagreement"]["new_days"],
        new_abroad=float(data["disagreement"]["new_abroad"]),
        doubling=float(data["disagreement"]["doubling"]),
        proof_most=data["proof"]["most"],
        proof_unsure=float(data["proof"]["unsure"]),
        range_prior=float(ranges["prior"]),
        range_least=ranges["least"],
        narrowest=float(ranges["narrowest"]),
        widest=float(ranges["widest"]),
    )


@cache
def ask_to_sold() -> Decimal:
    """Return what part of an ask a phone sells for, until the shop's own sales tell; from the seed book's data."""
    from pricing.seed.tables import load_tables

    return load_tables().ask_to_sold
