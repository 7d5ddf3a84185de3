"""What repairs cost by model: rows with their sources, the shop's own before all others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from pricing.catalogue import Model
from pricing.money import Money, rounded
from pricing.rates.columns import shipped
from pricing.rates.table import Rates
from pricing.records import Reason
from pricing.repairs.records import RepairCost
from resources.opening import load_toml

_FILE = "repairs/prices.toml"
OWN = "own"
"""The mark of a price that the shop wrote down itself."""

Convert = Callable[[Money], Money | None]
"""Brings money into the market's currency; ``None`` where there is no rate."""


@dataclass(frozen=True, slots=True)
class Row:
    """One repair's prices from one source.

    Attributes:
        models: The part by the catalogue's id of the model.
        families: The part by the model's family.
        other: The part for every other phone; ``None`` where the row says nothing of them.
        launched_from: The row is for phones that came out on this day or later.
        launched_before: It is for phones that came out before this day.
    """

    repair: str
    currency: str
    minutes: int
    mark: str
    source: str
    as_of: date
    models: Mapping[str, Decimal]
    families: Mapping[str, Decimal]
    other: Decimal | None
    launched_from: date = date.min
    launched_before: date = date.max

    def part(self, model: Model | None, closeness: int) -> Decimal | None:
        """Return the part's price: by model (0), by family (1), or for every phone (2)."""
        if closeness == 0:
            return self.models.get(model.id) if model else None
        if model is not None and not self.launched_from <= model.launch_date < self.launched_before:
            return None
        if closeness == 1:
            return self.families.get(model.family) if model else None
        return self.other


@dataclass(frozen=True, slots=True)
class RepairPrices:
    """All prices of repairs.

    Attributes:
        rows: Of two that know a model equally well, the earlier one counts.
        rate_per_hour: Of the shop's own work.
        handling: Of a visit to the workshop, however many parts.
        wrong: What is wrong with the shop's own file, of which nothing is used then; ``""`` for nothing.
        fault: The same for a translation: which of ``faults`` in ``messages/repairs.toml``, and what that names.
        own: The shop's own rows.
        file: The name of the shop's own file, where something of it is used.
        rates: What brings prices in other currencies into the market's.
        remarks: What to know about the rates that were used.
    """

    version: str
    rate_per_hour: Money
    handling: Money
    rows: tuple[Row, ...]
    wrong: str = ""
    fault: Mapping[str, str] = field(default_factory=dict)
    own: tuple[Row, ...] = ()
    file: str = ""
    rates: Rates = field(default_factory=shipped, repr=False)
    remarks: tuple[Reason, ...] = ()

    def cost(self, repair: str, model: Model | None, convert: Convert) -> RepairCost | None:
        """Return what a repair costs, ``None`` where nobody knows.

        Args:
            repair: Its id.
            model: ``None`` where it is not in the catalogue: then it is an estimate for any phone.
            convert: Into the market's currency.
        """
        for rows in (self.own, self.rows):
            for row, part, closeness in _fitting(rows, repair, model):
                cost = self._made(row, part, closeness, convert)
                if cost is not None:
                    return cost
        return None

    def _made(self, row: Row, part: Decimal, closeness: int, convert: Convert) -> RepairCost | None:
        paid = convert(Money(part, row.currency))
        work = convert(self.rate_per_hour * (Decimal(row.minutes) / 60))
        if paid is None or work is None:
            return None
        return RepairCost(
            kind=row.repair,
            part=rounded(paid),
            minutes=row.minutes,
            total=rounded(paid + work),
            mark=row.mark,
            quality="estimate" if closeness else "exact",
            source=row.source,
            as_of=row.as_of,
        )


def _fitting(rows: Iterable[Row], repair: str, model: Model | None) -> Iterator[tuple[Row, Decimal, int]]:
    """Yield the rows that have a price, the one that knows the model best first."""
    asked = [row for row in rows if row.repair == repair]
    for closeness in range(3):
        for row in asked:
            part = row.part(model, closeness)
            if part is not None:
                yield row, part, closeness


@cache
def load_prices() -> RepairPrices:
    """Return the prices that came with the program, read once."""
    data = load_toml(_FILE)
    shop = data["shop"]
    return RepairPrices(
        version=data["version"],
        rate_per_hour=Money(Decimal(shop["rate_per_hour"]), shop["currency"]),
        handling=Money(Decimal(shop["handling"]), shop["currency"]),
        rows=tuple(_row(row) for row in data["prices"]),
    )


def _row(row: Mapping[str, Any]) -> Row:
    return Row(
        repair=row["repair"],
        currency=row["currency"],
        minutes=row["minutes"],
        mark=row["mark"],
        source=row["source"],
        as_of=row["as_of"],
        models=_parts(row.get("models", {})),
        families=_parts(row.get("families", {})),
        other=Decimal(row["other"]) if "other" in row else None,
        launched_from=row.get("launched_from", date.min),
        launched_before=row.get("launched_before", date.max),
    )


def _parts(rows: Mapping[str, str]) -> Mapping[str, Decimal]:
    return MappingProxyType({name: Decimal(text) for name, text in rows.items()})
