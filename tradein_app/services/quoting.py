"""Prices an inspection and keeps every quote that was made."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from pricing.book.opening import shop_book
from pricing.codec import quote_from_json, quote_to_json
from pricing.quote import Quote, quote
from pricing.repairs.own import prices_of
from tradein_app.services import assembling
from tradein_app.services.ports import UnitOfWork
from tradein_app.services.records import Actor, InspectionRecord, Stage
from tradein_app.services.saved_rows import SEALS, Document, Saved, SavedInspection, seals
from tradein_app.services.saving import digests
from tradein_app.services.shop import Shop


def quote_inspection(
    shop: Shop,
    inspection_id: str,
    actor: Actor,
    *,
    market: str = "FR",
    as_of: date | None = None,
    folder: Path | None = None,
) -> InspectionRecord:
    """Price an inspection; the quote is saved when it differs from the last one, or when that has run out.

    Args:
        shop: Where it happens.
        inspection_id: An open inspection.
        actor: Who asked.
        market: Two letters.
        as_of: The day whose rates hold; today when left out.
        folder: The data folder, for the shop's own book of prices and prices of repairs; ``None`` for none.

    Raises:
        BadInput: An unknown inspection or market.
        UserError: The inspection is closed.
    """
    # Before the transaction: opening a book may take a moment, and nobody else can save meanwhile.
    book, costs, day = shop_book(folder, shop.today()), prices_of(folder), as_of or shop.today()
    with shop.store.writing() as uow:
        saved = assembling.still_open(uow, inspection_id)
        inspection = assembling.inspected(uow, saved)
        priced = quote(
            inspection, market=market, as_of=day, now=shop.now(), price_model=book, repair_prices=costs
        )
        fresh = Saved(shop.new_id(), quote_to_json(priced), assembling.inputs_digest(inspection))
        if not _holds(uow.quotes.last(saved.id), fresh, shop.now()):
            _save(shop, uow, saved, fresh, actor)
        record = assembling.refreshed(uow, inspection_id)
        uow.commit()
    return record


def expired(priced: Quote, now: datetime) -> bool:
    """Return whether a quote does not hold any more."""
    return priced.valid_until is not None and now > priced.valid_until


def _holds(last: Saved | None, fresh: Saved, now: datetime) -> bool:
    if last is None or last.inputs != fresh.inputs or _undated(last.document) != _undated(fresh.document):
        return False
    return not expired(quote_from_json(last.document), now)


def _undated(document: Document) -> Document:
    return {**document, "valid_until": None}


def _save(shop: Shop, uow: UnitOfWork, saved: SavedInspection, fresh: Saved, actor: Actor) -> None:
    at = shop.now()
    data: Document = {
        "inspection": saved.id,
        "quote": fresh.id,
        "decision": fresh.document["decision"],
        "offer": fresh.document.get("offer"),
        "saved": digests(fresh),
        SEALS: seals(saved.advanced(Stage.QUOTED, at), fresh),
    }
    entry = uow.audit.append(actor, "inspection.quoted", data, at)
    uow.quotes.add(saved.id, fresh, entry)
    uow.inspections.advance(saved.id, Stage.QUOTED, at)
