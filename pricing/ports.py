"""The door behind which a price model stands: the seed book, or the shop's book of all that it knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from diagnostics.grading.engine import Grade
from pricing.catalogue import Model
from pricing.records import Counts, Factor, PriceRange, Reason


@dataclass(frozen=True, slots=True)
class PriceQuery:
    """What a price depends on.

    Attributes:
        storage_gb: Size on the box, decimal GB.
        battery_percent: 1..100; the caller decides what stands for a battery that was not read.
        as_of: The day for which the price is asked.
        market: Two letters of ISO 3166.
        currency: What the price shall be in.
        carrier_locked: The phone takes one carrier's SIM only.
        genuine_parts: Somebody saw that all parts are the maker's own.
    """

    model: Model
    storage_gb: int
    grade: Grade
    battery_percent: int
    as_of: date
    market: str
    currency: str
    carrier_locked: bool = False
    genuine_parts: bool = False


@dataclass(frozen=True, slots=True)
class Price:
    """A price with its reasons.

    Attributes:
        factors: The launch price first, with multiplier 1; the price that its note states times all multipliers,
            rounded to the currency's smallest unit, is the p50.
        warnings: What lowers the confidence.
        version: Of the model and its data.
    """

    range: PriceRange
    factors: tuple[Factor, ...]
    warnings: tuple[Reason, ...]
    version: str

    @property
    def counts(self) -> Counts:
        """Return how many prices of the phone's own model it rests on."""
        return self.range.counts


class PriceModel(Protocol):
    """Prices phones. Better grade, better battery, more storage or less age never lowers the p50."""

    @property
    def version(self) -> str:
        """Names the model and its data, kept with each quote."""
        ...

    def price(self, query: PriceQuery) -> Price:
        """Return what the phone is expected to sell for.

        Raises:
            UserError: It has no honest price; the code says why, such as ``launch_in_future`` or ``no_rate``.
        """
        ...
