"""What the services of sales ask of a store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from tradein_app.services.records import Actor

if TYPE_CHECKING:
    from tradein_app.services.sale_records import Bought
    from tradein_app.services.saved_rows import Entry, Saved


@dataclass(frozen=True, slots=True)
class SavedSale:
    """The row of a sale.

    Attributes:
        document: Its JSON, see `tradein_app.services.sale_documents`.
        by: Who recorded it.
        at: When, UTC.
    """

    id: str
    inspection_id: str
    document: dict[str, Any]
    by: Actor
    at: datetime


class Sales(Protocol):
    """The sales: only ever added."""

    def add(self, inspection_id: str, saved: Saved, entry: Entry) -> None:
        """Add a sale, or what corrects one."""
        ...

    def last(self, inspection_id: str) -> SavedSale | None:
        """Return the sale of an inspection that holds, also one that takes back what was before it."""
        ...

    def holding(self, since: date | None = None) -> Iterator[SavedSale]:
        """Yield the sales that hold, by their day; those that were taken back are none."""
        ...

    def bought(self, name: str) -> Sequence[Bought]:
        """Return the deals of a phone, by its IMEI, serial number or the inspection's id, the oldest first."""
        ...
