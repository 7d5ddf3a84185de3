"""What the desk offers of sales, for those who need not know in which process it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    from pricing.drift import Drift
    from pricing.own_deals import OwnDeal
    from tradein_app.services.records import Actor
    from tradein_app.services.sale_records import ForSale, SaleRecord, SalesImport, Saved


class SalesDoor(Protocol):
    """What `tradein_app.services.sales_desk.SalesDesk` does."""

    def for_sale(self, name: str, on: date | None = None) -> ForSale:
        """Return the deal of a phone that is about to be sold."""
        ...

    def record_sale(
        self,
        inspection_id: str,
        amount: str,
        currency: str,
        *,
        actor: Actor,
        on: date | None = None,
        channel: str = "",
        corrects: int = 0,
        sure: bool = False,
    ) -> Saved:
        """Keep what a bought phone was sold for."""
        ...

    def take_back_sale(self, inspection_id: str, *, actor: Actor, corrects: int) -> Saved:
        """Keep that a sale came to nothing."""
        ...

    def import_sales(self, text: str, *, actor: Actor) -> SalesImport:
        """Record the sales of a CSV file."""
        ...

    def sales(self, since: date | None = None) -> tuple[SaleRecord, ...]:
        """Return the sales that hold."""
        ...

    def own_deals(self) -> tuple[OwnDeal, ...]:
        """Return the shop's closed deals as price data."""
        ...

    def keep_own_deals(self) -> str:
        """Write the closed deals to the data folder."""
        ...

    def drift(self) -> Drift:
        """Return what came of the promises of quotes."""
        ...
