"""A shop's prices for tests: a small trained model, phones of the catalogue, and sales of the shop's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from diagnostics.grading.result import Grade
from pricing.book.deals import Deal, Deals
from pricing.book.market import Champion, MarketPrices
from pricing.book.shop import Caution, ShopBook
from pricing.book.weights import load_weights
from pricing.catalogue import Model, load_catalogue
from pricing.model.columns import columns
from pricing.model.intervals import Ranges
from pricing.model.trained import Card, Trained
from pricing.model.training import fit
from pricing.own_deals import OwnDeal
from pricing.ports import PriceQuery
from pricing.rates.columns import shipped
from pricing.records import Reason
from pricing.seed.book import SeedBook
from tests.fakes.phone_market import market_rows

TODAY = date(2025, 11, 20)


def named(name: str) -> Model:
    """Return a phone of the catalogue."""
    model = load_catalogue().find(manufacturer=None, name=name, code=None)
    assert model is not None, name
    return model


def a_query(name: str = "iPhone 13", **changes: object) -> PriceQuery:
    """Return what a French shop asks the book for a good phone."""
    query = PriceQuery(named(name), 128, Grade.GOOD, 87, TODAY, "FR", "EUR", genuine_parts=True)
    return replace(query, **changes)  # type: ignore[arg-type]


@cache
def trained(currency: str = "EUR", market: str = "FR") -> Trained:
    """Return a model of iPhones, without the forty fits that its ranges and scores would take."""
    rows = [row | {"currency": currency, "market": market} for row in market_rows(400)]
    days = sorted(int(row["day"]) for row in rows)
    card = Card("model-test", "f" * 64, 1, len(rows), 24, 0, (days[0], days[-1]))
    ranges = {name: Ranges((5.0, 7.0), (-far, -far), (far, far), 300) for name, far in RANGES.items()}
    return replace(fit(columns(rows), 1, card), ranges=ranges)


RANGES = {"known": 0.15, "new": 0.3}


def a_book(
    model: Trained | None = None,
    deals: Iterable[Deal] = (),
    *,
    widening: float = 1.0,
    problems: tuple[Reason, ...] = (),
) -> ShopBook:
    """Return a book of a model and sales."""
    rates = shipped()
    market = MarketPrices(Champion(model), rates, load_weights()) if model else None
    sold = tuple(deals)
    return ShopBook(
        SeedBook(rates=rates),
        market,
        Deals(sold, f"own-{len(sold)}" if sold else ""),
        load_weights(),
        version=model.card.version if model else "",
        caution=Caution(widening),
        problems=problems,
    )


def sold_at(
    ratio: float, count: int, query: PriceQuery | None = None, model: Trained | None = None
) -> list[Deal]:
    """Return sales that brought so many times what the book without them says."""
    asked = query or a_query()
    base = a_book(model)
    days = [replace(asked, as_of=TODAY - timedelta(days=1 + number % 90)) for number in range(count)]
    return [Deal(each, ratio * base._base(each).p50) for each in days]


def own_deal(name: str, price: str, number: int = 1, day: date = TODAY) -> OwnDeal:
    """Return a sale as the store writes it."""
    model = named(name)
    return OwnDeal(
        id=f"deal-{number}",
        model_id=model.id,
        brand=model.brand,
        model=model.name,
        storage_gb=128,
        grade="good",
        battery_percent=87,
        sold_on=day,
        market="FR",
        currency="EUR",
        price=Decimal(price),
    )


def kept_in(home: Path, model: Trained | None = None) -> Path:
    """Keep a model in a data folder as ``price train`` does; return where."""
    from pricing.model.keeping import save

    place = home / "price-model"
    save(model or trained(), place)
    return place


def crowned(home: Path, *, kind: str = "asks") -> Path:
    """Make the small model the champion; return its folder."""
    from pricing.model.keeping import save
    from pricing.standing.keeping import write_standing
    from pricing.standing.places import model_folder
    from pricing.standing.records import Entry, Standing

    version = trained().card.version
    entry = Entry(version, datetime(2025, 11, 1, tzinfo=UTC), kind, 400, 24, None, None, "f" * 64, 1)
    save(trained(), model_folder(home, version))
    write_standing(home, Standing(entry, None, (entry,), ()))
    return model_folder(home, version)
