"""Sales in the backroom, as the window holds them; each call may be asked twice, for the same sale is kept once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from datetime import date

    from pricing.drift import Drift
    from pricing.own_deals import OwnDeal
    from tradein_app.services.records import Actor
    from tradein_app.services.sale_records import ForSale, SaleRecord, SalesImport, Saved


class RemoteSales:
    """Does in the backroom what `tradein_app.services.sales_desk.SalesDesk` describes."""

    def _call(self, name: str, *arguments: object, **named: object) -> object:
        """Do something in the backroom; `tradein_app.backroom.desk.RemoteDesk` knows how."""
        raise NotImplementedError

    def for_sale(self, name: str, on: date | None = None) -> ForSale:
        """Return the deal of a phone that is about to be sold."""
        return cast("ForSale", self._call("for_sale", name, on))

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
        told = {"actor": actor, "on": on, "channel": channel, "corrects": corrects, "sure": sure}
        return cast("Saved", self._call("record_sale", inspection_id, amount, currency, **told))

    def take_back_sale(self, inspection_id: str, *, actor: Actor, corrects: int) -> Saved:
        """Keep that a sale came to nothing."""
        return cast("Saved", self._call("take_back_sale", inspection_id, actor=actor, corrects=corrects))

    def import_sales(self, text: str, *, actor: Actor) -> SalesImport:
        """Record the sales of a CSV file."""
        return cast("SalesImport", self._call("import_sales", text, actor=actor))

    def sales(self, since: date | None = None) -> tuple[SaleRecord, ...]:
        """Return the sales that hold."""
        return cast("tuple[SaleRecord, ...]", self._call("sales", since))

    def own_deals(self) -> tuple[OwnDeal, ...]:
        """Return the shop's closed deals as price data."""
        return cast("tuple[OwnDeal, ...]", self._call("own_deals"))

    def keep_own_deals(self) -> str:
        """Write the closed deals to the data folder."""
        return cast("str", self._call("keep_own_deals"))

    def drift(self) -> Drift:
        """Return what came of the promises of quotes."""
        return cast("Drift", self._call("drift"))
