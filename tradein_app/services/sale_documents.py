"""A sale as JSON: what was said of it, and beside it the phone as it was priced with what its quote had promised.

The deal is kept with the sale, because everything that it is made of is closed and changes no more: the file of own
deals is then one look into one table.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.inspection import Inspection
from pricing.catalogue import Model, load_catalogue
from pricing.own_deals import OwnDeal, Promise
from pricing.quote import Quote
from pricing.sale import as_sold, find_model, priced_storage
from tradein_app.services.records import InspectionRecord
from tradein_app.services.sale_ports import SavedSale
from tradein_app.services.sale_records import SaleRecord, SoldAs
from tradein_app.services.saved_rows import Document


def sale_document(number: int, sold: SoldAs | None, before: InspectionRecord) -> Document:
    """Return what is kept of a sale; without ``sold`` it takes back the one before it."""
    return {
        "number": number,
        "sold_on": sold.day.isoformat() if sold else None,
        "amount": f"{sold.amount:f}" if sold else None,
        "currency": sold.currency if sold else None,
        "channel": sold.channel if sold else "",
        "phone": _phone(before),
        "promise": _promise(before.quote) if before.quote else None,
    }


def sale_record(saved: SavedSale) -> SaleRecord:
    """Return a sale as it is kept."""
    document = saved.document
    sold = sold_as(document)
    return SaleRecord(
        id=saved.id,
        inspection_id=saved.inspection_id,
        number=document["number"],
        sold=sold,
        deal=_deal(saved.inspection_id, document, sold) if sold else None,
        model=_title(document["phone"]),
        by=saved.by,
        at=saved.at,
    )


def sold_as(document: Document) -> SoldAs | None:
    """Return what was said of a sale; ``None`` for one that was taken back."""
    if document["amount"] is None:
        return None
    day = date.fromisoformat(document["sold_on"])
    return SoldAs(Decimal(document["amount"]), document["currency"], day, document["channel"])


def phone_title(before: InspectionRecord) -> str:
    """Return how the phone of an inspection is called."""
    return _title(_phone(before))


def _title(phone: dict[str, Any]) -> str:
    brand, model = phone["brand"], phone["model"]
    return str(model if model.casefold().startswith(brand.casefold()) else f"{brand} {model}").strip()


def _phone(before: InspectionRecord) -> Document:
    reading = before.reading
    model = find_model(load_catalogue(), reading.identity)
    return {
        "model_id": model.id if model else "",
        "brand": model.brand if model else reading.identity.manufacturer or "",
        "model": model.name if model else reading.identity.model or reading.identity.model_code or "",
        "launch_date": model.launch_date.isoformat() if model else None,
        "storage_gb": _storage(model, reading.storage.capacity_gb),
        "market": before.quote.market if before.quote else "",
        **_priced_as(before),
    }


def _storage(model: Model | None, read: int | None) -> int | None:
    """Return the size that was priced; one that was not read stays unknown."""
    return priced_storage(model, read)[0] if model and read else read


def _priced_as(before: InspectionRecord) -> Document:
    if before.quote is None:
        return {"grade": "", "battery_percent": None}
    inspection = Inspection(before.reading, before.checklist, before.answers)
    standards = (load_checklist(before.checklist).standard,)
    sale = as_sold(inspection, before.quote.grade, standards)
    return {
        "grade": sale.grade.value if sale.grade else "",
        "battery_percent": sale.battery_percent if sale.battery_read else None,
    }


def _promise(quote: Quote) -> Document | None:
    resale = quote.resale
    if resale is None or resale.p10.amount <= 0:
        return None
    return {
        **{name: f"{getattr(resale, name).amount:f}" for name in ("p10", "p50", "p90")},
        "currency": resale.p50.currency,
        "version": quote.model_version,
        "basis": resale.basis,
        "day": quote.as_of.isoformat(),
    }


def _deal(inspection_id: str, document: Document, sold: SoldAs) -> OwnDeal:
    phone, promise = document["phone"], document["promise"]
    launch = phone["launch_date"]
    return OwnDeal(
        id=inspection_id,
        model_id=phone["model_id"],
        brand=phone["brand"],
        model=phone["model"],
        storage_gb=phone["storage_gb"],
        grade=phone["grade"],
        battery_percent=phone["battery_percent"],
        sold_on=sold.day,
        market=phone["market"],
        currency=sold.currency,
        price=sold.amount,
        launch_date=date.fromisoformat(launch) if launch else None,
        channel=sold.channel,
        promise=promised(promise) if promise else None,
    )


def promised(row: Document) -> Promise:
    """Return what the quote had promised, as it is kept with the sale."""
    p10, p50, p90 = (Decimal(row[name]) for name in ("p10", "p50", "p90"))
    day = date.fromisoformat(row["day"])
    return Promise(p10, p50, p90, row["currency"], row["version"], row["basis"], day)
