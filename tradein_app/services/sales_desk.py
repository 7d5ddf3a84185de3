"""The desk's part that keeps what bought phones were sold for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tradein_app.services import sales
from tradein_app.services.records import Actor
from tradein_app.services.sale_records import ForSale, SaleRecord, SalesImport, Saved
from tradein_app.services.shop import Shop

if TYPE_CHECKING:
    from pricing.drift import Drift
    from pricing.own_deals import OwnDeal


class SalesDesk:
    """Saves each sale as it is told; errors as of `tradein_app.services.desk.Desk`."""

    _shop: Shop
    _folder: Path | None

    def for_sale(self, name: str, on: date | None = None) -> ForSale:
        """Return the deal of a phone that is about to be sold, with its last sale.

        Args:
            name: Its IMEI or serial number, or the id of its inspection.
            on: The day of the sale; today when left out. Of several deals the last one before it counts.

        Raises:
            UserError: It was not bought before that day, or several phones are called so.
        """
        return sales.for_sale(self._shop, sales.number_of(name), on)

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
        """Keep what a bought phone was sold for; the same sale twice is kept once.

        Args:
            inspection_id: An accepted inspection.
            amount: As it was typed.
            currency: Three letters.
            actor: Who recorded it.
            on: The day of the sale; today when left out.
            channel: Where it was sold; may be empty.
            corrects: The number of the sale that the person saw and means to correct; 0 for none.
            sure: The price is right, however far it is from what was expected.

        Raises:
            BadInput: The amount or the currency is none.
            UserError: ``sale_not_bought``, ``sale_recorded``, ``sale_before_deal``, ``sale_in_future``, ``sale_far``.
        """
        return sales.sell(
            self._shop,
            self._folder,
            inspection_id,
            (amount, currency, on, channel),
            actor,
            corrects=corrects,
            sure=sure,
        )

    def take_back_sale(self, inspection_id: str, *, actor: Actor, corrects: int) -> Saved:
        """Keep that a sale came to nothing: the phone is in the shop again. What was recorded stays on record."""
        done = sales.record_sale(self._shop, inspection_id, None, actor, corrects=corrects)
        return sales.saved(self._shop, self._folder, done)

    def import_sales(self, text: str, *, actor: Actor) -> SalesImport:
        """Record the sales of a CSV file; a row that was recorded before adds nothing, a wrong one costs no other.

        Raises:
            BadInput: The columns are not there.
        """
        from tradein_app.services.sales_import import import_sales

        return import_sales(self._shop, self._folder, text, actor)

    def sales(self, since: date | None = None) -> tuple[SaleRecord, ...]:
        """Return the sales that hold, by their day."""
        return sales.sales(self._shop, since)

    def own_deals(self) -> tuple[OwnDeal, ...]:
        """Return the shop's closed deals as price data, with what their quotes had promised."""
        return sales.own_deals(self._shop)

    def keep_own_deals(self) -> str:
        """Write the closed deals to the data folder where they changed; returns why not, or ``""``."""
        return sales.keep_own_deals(self._shop, self._folder)

    def drift(self) -> Drift:
        """Return what came of the promises of quotes until today."""
        from pricing.drift import drift_of

        return drift_of(self.own_deals(), self._shop.today())
