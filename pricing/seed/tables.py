"""The numbers of the seed book as records, from ``resources/catalogue/seed_curves.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from pricing.catalogue import Model
from pricing.seed.curves import Curve, between
from resources.opening import load_toml

_FILE = "catalogue/seed_curves.toml"
Points = tuple[tuple[Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class PhoneClass:
    """Phones that share one curve.

    Attributes:
        below_usd: List price below which phones belong here; ``None`` for any price.
        fade_usd: Over how much below that price the class passes into the next one.
        relative: Share of the curve by age; empty is all of it.
        log_sd: Standard deviation of ln(price).
        list_basis: By currency of the list price, what brings it to the curve's footing.
        unpublished: No curve of the brand was published.
    """

    key: str
    brands: frozenset[str]
    families: frozenset[str]
    below_usd: Decimal | None
    fade_usd: Decimal
    curve: Curve
    relative: Points
    list_basis: Mapping[str, Decimal]
    log_sd: Decimal
    unpublished: bool

    def retention(self, months: Decimal) -> Decimal:
        """Return the share of the list price that is asked at an age."""
        return self.curve.at(months) * (between(self.relative, months) if self.relative else Decimal(1))

    def own_share(self, price_usd: Decimal) -> Decimal:
        """Return how far a phone that fits belongs here and not to the next class, 0 to 1."""
        if self.below_usd is None or not self.fade_usd:
            return Decimal(1)
        return min(Decimal(1), (self.below_usd - price_usd) / self.fade_usd)

    def fits(self, model: Model, price_usd: Decimal) -> bool:
        """Return whether a model belongs here; ``price_usd`` is its list price on the US footing."""
        return (
            (not self.brands or model.brand.casefold() in self.brands)
            and (not self.families or model.family in self.families)
            and (self.below_usd is None or price_usd < self.below_usd)
        )


@dataclass(frozen=True, slots=True)
class SeedTables:
    """All numbers of the seed book; their meaning and sources stand in the data file.

    Attributes:
        usd_per_eur: The rate of the curves' footing, by which a phone's class is found; no money is converted with it.
    """

    version: str
    usd_per_eur: Decimal
    classes: tuple[PhoneClass, ...]
    other_basis: Mapping[str, Decimal]
    ask_to_sold: Decimal
    warranty: Decimal
    per_doubling: Decimal
    grades: Mapping[str, Decimal]
    battery: Points
    carrier_lock: Decimal
    widening: Mapping[str, Decimal]


@cache
def load_tables() -> SeedTables:
    """Return the seed book that came with the program, read once."""
    data = load_toml(_FILE)
    return SeedTables(
        version=data["version"],
        usd_per_eur=Decimal(data["footing"]["usd_per_eur"]),
        classes=tuple(_phone_class(row, data) for row in data["classes"]),
        other_basis=_decimals(data["list_basis"]["other"]),
        ask_to_sold=Decimal(data["ask_to_sold"]["factor"]),
        warranty=Decimal(data["warranty"]["factor"]),
        per_doubling=Decimal(data["storage"]["per_doubling"]),
        grades=_decimals(data["grade"]),
        battery=_points(data["battery"]["steps"]),
        carrier_lock=Decimal(data["carrier_lock"]["factor"]),
        widening=_decimals(data["widening"]),
    )


def _phone_class(row: Mapping[str, Any], data: Mapping[str, Any]) -> PhoneClass:
    below = row.get("below_usd")
    points = _points(data["curves"][row["curve"]]["points"])
    return PhoneClass(
        key=row["key"],
        brands=frozenset(brand.casefold() for brand in row["brands"]),
        families=frozenset(row.get("families", ())),
        below_usd=Decimal(below) if below else None,
        fade_usd=Decimal(row.get("fade_usd", 0)),
        curve=Curve(points, Decimal(data["drift"]["monthly"])),
        relative=_points(row.get("relative", ())),
        list_basis=_decimals(data["list_basis"][row.get("list_basis", "other")]),
        log_sd=Decimal(row["log_sd"]),
        unpublished=bool(row.get("unpublished", False)),
    )


def _points(rows: Iterable[Iterable[str]]) -> Points:
    return tuple((Decimal(at), Decimal(value)) for at, value in rows)


def _decimals(table: Mapping[str, Any]) -> dict[str, Decimal]:
    return {key: Decimal(value) for key, value in table.items() if key != "source"}
