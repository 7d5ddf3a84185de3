"""The shop's own sales as the book asks about them: each phone as it was, on the day of its sale."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from diagnostics.grading.result import Grade
from pricing.book.weights import Weights
from pricing.catalogue import Catalogue, Model
from pricing.own_deals import OwnDeal
from pricing.ports import PriceQuery

_SOLD = {grade.value: grade for grade in Grade}


@dataclass(frozen=True, slots=True)
class Deal:
    """One sale.

    Attributes:
        query: What the book is asked for the phone on the day of the sale.
        price: What it brought, in the query's currency.
    """

    query: PriceQuery
    price: float


@dataclass(frozen=True, slots=True)
class Deals:
    """The sales that count.

    Attributes:
        version: Of what they say; empty without sales.
        left_out: Sales that cannot be priced: no such model, or no storage or grade.
    """

    deals: tuple[Deal, ...] = ()
    version: str = ""
    left_out: int = 0


def counting(sold: Sequence[OwnDeal], catalogue: Catalogue, today: date, weights: Weights) -> Deals:
    """Return the sales that count, the oldest first.

    Args:
        sold: In any order; those of tomorrow and of long ago are left aside.
        catalogue: By which models are found.
        today: Until when.
        weights: How long ago, and how many count.
    """
    named = {model.id: model for model in catalogue}
    first = today - timedelta(days=weights.days)
    recent = [deal for deal in sold if first <= deal.sold_on <= today]
    found = [_deal(deal, _model(deal, named, catalogue), weights) for deal in recent]
    deals = sorted((each for each in found if each), key=lambda each: each.query.as_of)
    kept = tuple(deals[-weights.most :])
    return Deals(kept, _version(kept) if kept else "", len(recent) - len(deals))


def _model(deal: OwnDeal, named: dict[str, Model], catalogue: Catalogue) -> Model | None:
    return named.get(deal.model_id) or catalogue.find(manufacturer=deal.brand, name=deal.model, code=None)


def _deal(sold: OwnDeal, model: Model | None, weights: Weights) -> Deal | None:
    grade = _SOLD.get(sold.grade)
    if model is None or grade is None or not sold.storage_gb or sold.sold_on < model.launch_date:
        return None
    query = PriceQuery(
        model=model,
        storage_gb=sold.storage_gb,
        grade=grade,
        # As the quote has it: a battery that nobody read is priced as the worst that sells.
        battery_percent=sold.battery_percent or weights.unread_battery,
        as_of=sold.sold_on,
        market=sold.market,
        currency=sold.currency,
        genuine_parts=grade is Grade.PREMIUM,
    )
    return Deal(query, float(sold.price))


def _version(deals: Iterable[Deal]) -> str:
    """Return a name that changes with the sales."""
    digest = hashlib.sha256()
    for deal in deals:
        asked = deal.query
        said = (asked.model.id, asked.storage_gb, asked.grade.value, asked.battery_percent, asked.as_of)
        digest.update(repr((*said, asked.market, asked.currency, deal.price)).encode())
    return f"own-{digest.hexdigest()[:8]}"
