"""What selling a bought phone gives and takes: frozen records that may cross processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from tradein_app.services.records import Actor

if TYPE_CHECKING:
    from pricing.money import Money
    from pricing.own_deals import OwnDeal
    from pricing.pricedata.findings import Finding


@dataclass(frozen=True, slots=True)
class SoldAs:
    """What a person says of a sale.

    Attributes:
        amount: What it brought, above 0, in the currency's own digits.
        currency: Three letters of ISO 4217.
        day: Of the sale; not before the phone was bought, and not after today.
        channel: Where, in the shop's own words; may be empty.
    """

    amount: Decimal
    currency: str
    day: date
    channel: str = ""


@dataclass(frozen=True, slots=True)
class SaleRecord:
    """A sale as it is kept. A correction is another one of the same inspection, with the next number.

    Attributes:
        id: UUIDv7.
        number: Counts up within an inspection, from 1; the last one holds.
        sold: ``None`` when a sale was taken back: the phone is in the shop again.
        deal: The phone as it was priced and sold, with what its quote had promised; of a sale that was taken back
            ``None``.
        model: How the phone is called.
        by: Who recorded it.
        at: When it was recorded, UTC.
    """

    id: str
    inspection_id: str
    number: int
    sold: SoldAs | None
    deal: OwnDeal | None
    model: str
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """A sale that was recorded, or found to be recorded already.

    Attributes:
        sale: As it holds now.
        new: Whether something was added by this call.
        unwritten: Why the file of own deals could not be written; ``""`` when it was. The sale itself is kept.
    """

    sale: SaleRecord
    new: bool
    unwritten: str = ""


@dataclass(frozen=True, slots=True)
class Bought:
    """A phone that was bought, for whoever is about to sell it.

    Attributes:
        inspection_id: Of the deal.
        phone_key: The physical phone's key in the store.
        imei: As far as it is known.
        at: When it was bought, UTC.
    """

    inspection_id: str
    phone_key: str
    imei: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ForSale:
    """What the counter is shown before a sale is recorded.

    Attributes:
        model: How the phone is called.
        bought_on: The day, here.
        paid: ``None`` where the deal had no offer.
        expected: The p50 that its quote promised; ``None`` without one.
        low: The p10.
        high: The p90.
        currency: In which the quote was made.
        sale: The last one, also one that was taken back; ``None`` when it was never sold.
    """

    inspection_id: str
    model: str
    bought_on: date
    paid: Money | None
    expected: Decimal | None
    low: Decimal | None
    high: Decimal | None
    currency: str
    sale: SaleRecord | None


@dataclass(frozen=True, slots=True)
class SalesImport:
    """What became of a file of sales.

    Attributes:
        rows: How many it had.
        added: How many of them were recorded.
        same: How many were recorded before, word for word.
        findings: What could not be recorded, by row and column.
        unwritten: As of `Saved`.
    """

    rows: int
    added: int
    same: int
    findings: tuple[Finding, ...]
    unwritten: str = ""
