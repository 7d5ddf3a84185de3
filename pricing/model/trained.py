"""A trained model as a record: everything that scoring needs, and what is said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pricing.model.forest import Forest
from pricing.model.intervals import Ranges
from pricing.model.shape import Shape

KNOWN_FROM = 3
"""Prices of a phone model from which on it counts as known; its effect is used, shrunken, from the first one."""


@dataclass(frozen=True, slots=True)
class Own:
    """What was learned of one phone model.

    Attributes:
        effect: Added to ln(price); shrunken towards 0, the more the fewer prices there are.
        count: Of its prices; ``counts`` by market and currency, ``FR|EUR``.
        launch_day: As `datetime.date.toordinal`; ``None`` where no row told it.
        launch_prices: By storage in GB, on the training data's footing; 0 for any storage.
        catalogued: Whether they are the catalogue's, because no row told one; ``None`` where a model does not say, as
            it was kept before this was noted.
    """

    effect: float
    count: int
    launch_day: float | None
    launch_prices: Mapping[int, float]
    counts: Mapping[str, int] = field(default_factory=dict)
    catalogued: bool | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """How good a model was on prices that it had not seen.

    Attributes:
        split: ``sellers`` (rows left out), ``models`` (phone models left out) or ``time`` (later prices).
        rows: How many were tried.
        r2: In units of price, 0 where all prices are one; ``mape`` in percent.
        coverage: Share of the prices between p10 and p90.
        width: Median of (p90 - p10) / p50.
        violations: Share of the steps to a better grade, battery or storage or to less age that lowered the price;
            ``None`` where it was not tried.
    """

    split: str
    rows: int
    r2: float
    mape: float
    coverage: float
    width: float
    violations: float | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What a model was made from.

    Attributes:
        version: Made from the data, the seed and the way of learning: the same ones give the same.
        fingerprint: SHA-256 of the training data.
        rows: Used, after ``absurd`` ones were left out.
        days: First and last day of the prices, as ordinals; equal to 0 where none was told.
        scores: Of the model on rows that were left out.
    """

    version: str
    fingerprint: str
    seed: int
    rows: int
    models: int
    absurd: int
    days: tuple[int, int]
    scores: tuple[Score, ...] = ()


@dataclass(frozen=True, slots=True)
class Trained:
    """The model.

    Attributes:
        coefficients: Of `pricing.model.terms.terms`, in their order.
        level: ln(price) that everything is added to.
        brands: Effects by maker; those of makers that are not here are 0. ``tokens`` are words of names.
        usual: What the phones of the training rows add to ln(price) on average; for explanations only.
        slopes: How much ln(price) falls in five years more than elsewhere, by maker; ``slope`` for others.
        months: By market and currency how far the level has gone since the first month there, by
            `pricing.model.scoring.month_of`, ascending; a month that is not here has that of the last one before it.
        places: The level by market and currency, ``FR|EUR``.
        models: By `pricing.model.columns.Phone.key`.
        numbered: The makers in the order in which the trees know them.
        ranges: ``known`` and ``new``.
        last: By market and currency, and by maker, the day of the newest price as an ordinal. What a place's prices did
            after that is not known of this maker; one that is not here has no prices there.
    """

    shape: Shape
    coefficients: tuple[float, ...]
    level: float
    brands: Mapping[str, float]
    tokens: Mapping[str, float]
    usual: float
    slopes: Mapping[str, float]
    slope: float
    months: Mapping[str, Mapping[int, float]]
    places: Mapping[str, float]
    models: Mapping[str, Own]
    numbered: tuple[str, ...]
    forest: Forest
    card: Card
    ranges: Mapping[str, Ranges] = field(default_factory=dict)
    last: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
