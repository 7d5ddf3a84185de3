"""The sales of bought phones: only ever added, also what corrects one or takes it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from tradein_app.services.records import Actor, Stage
from tradein_app.services.sale_ports import SavedSale
from tradein_app.services.sale_records import Bought
from tradein_app.services.saved_rows import Entry, Saved
from tradein_app.store.repositories import _is_key
from tradein_app.store.tables import AuditEntry, Base, Decision, Documented, Inspection, Phone

_AT_ONCE = 500


class SaleRow(Documented, Base):
    """What a phone brought. The number lets no two windows correct the same sale, on any engine."""

    __tablename__ = "sale"
    __table_args__ = (UniqueConstraint("inspection_id", "number"),)

    number: Mapped[int]
    sold_on: Mapped[date | None] = mapped_column(index=True)


class SqlSales:
    """Implements `tradein_app.services.sale_ports.Sales`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, inspection_id: str, saved: Saved, entry: Entry) -> None:
        """Add a sale, or what corrects one."""
        day = saved.document["sold_on"]
        self._session.add(
            SaleRow(
                id=saved.id,
                inspection_id=inspection_id,
                entry=entry.sequence,
                actor_id=entry.actor.id,
                at=entry.at,
                document=saved.document,
                number=saved.document["number"],
                sold_on=date.fromisoformat(day) if day else None,
            )
        )
        self._session.flush()

    def last(self, inspection_id: str) -> SavedSale | None:
        """Return the sale of an inspection that holds."""
        chosen = _sales().where(SaleRow.inspection_id == inspection_id).order_by(SaleRow.number.desc())
        row = self._session.execute(chosen.limit(1)).first()
        return _sale(*row) if row else None

    def holding(self, since: date | None = None) -> Iterator[SavedSale]:
        """Yield the sales that hold, by their day."""
        newest = (
            select(SaleRow.inspection_id, func.max(SaleRow.number).label("number"))
            .group_by(SaleRow.inspection_id)
            .subquery()
        )
        chosen = (
            _sales()
            .join(
                newest,
                (newest.c.inspection_id == SaleRow.inspection_id) & (newest.c.number == SaleRow.number),
            )
            .where(SaleRow.sold_on.is_not(None))
            .order_by(SaleRow.sold_on, SaleRow.entry)
        )
        if since is not None:
            chosen = chosen.where(SaleRow.sold_on >= since)
        for row in self._session.execute(chosen).yield_per(_AT_ONCE):
            yield _sale(*row)

    def bought(self, name: str) -> Sequence[Bought]:
        """Return the deals of a phone, by its IMEI, serial number or the inspection's id, the oldest first."""
        called = or_(Phone.imei == name, Phone.serial == name)
        if _is_key(name):
            called = or_(called, Inspection.id == name)
        chosen = (
            select(Inspection.id, Phone.id, Phone.imei, Decision.at)
            .join(Phone, Phone.id == Inspection.phone_id)
            .join(Decision, Decision.inspection_id == Inspection.id)
            .where(Decision.stage == Stage.ACCEPTED.value, called)
            .order_by(Decision.entry)
        )
        return [Bought(*row) for row in self._session.execute(chosen)]


def _sales() -> Any:
    return select(SaleRow, AuditEntry.actor_name).join(AuditEntry, AuditEntry.sequence == SaleRow.entry)


def _sale(row: SaleRow, actor_name: str) -> SavedSale:
    return SavedSale(row.id, row.inspection_id, row.document, Actor(row.actor_id, actor_name), row.at)
