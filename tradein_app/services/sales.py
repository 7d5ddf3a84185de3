"""Keeps what bought phones were sold for: each sale once, a correction as a new row, and own deals in a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from diagnostics.errors import BadInput, UserError
from diagnostics.imei import is_imei
from pricing.own_deals import FILE, OwnDeal, write_own_deals
from tradein_app.services import assembling
from tradein_app.services.ports import UnitOfWork
from tradein_app.services.records import Actor, InspectionRecord, Stage
from tradein_app.services.sale_checking import check_day, check_near
from tradein_app.services.sale_checking import sold_as as checked
from tradein_app.services.sale_documents import phone_title, promised, sale_document, sale_record, sold_as
from tradein_app.services.sale_ports import SavedSale
from tradein_app.services.sale_records import Bought, ForSale, SaleRecord, SoldAs
from tradein_app.services.sale_records import Saved as SavedResult
from tradein_app.services.saved_rows import Document, Saved
from tradein_app.services.saving import digests
from tradein_app.services.shop import Shop

ACTION = "sale.recorded"
FOLDER = "prices"
"""In the data folder."""


def record_sale(
    shop: Shop,
    inspection_id: str,
    sold: SoldAs | None,
    actor: Actor,
    *,
    corrects: int = 0,
    sure: bool = False,
) -> tuple[SaleRecord, bool]:
    """Keep what a phone was sold for; return it, and whether it is new. The same sale twice is kept once.

    Args:
        shop: Where it happens.
        inspection_id: An accepted inspection.
        sold: ``None`` takes a sale back: the phone is in the shop again.
        actor: Who recorded it.
        corrects: The number of the sale that the person saw; 0 for none.
        sure: The price is right, however far it is from what was expected.

    Raises:
        BadInput: An unknown inspection.
        UserError: The phone was not bought, the day cannot be, the price is far off, or another sale holds by now.
    """
    with shop.store.writing() as uow:
        before = _bought(uow, inspection_id)
        last = uow.sales.last(inspection_id)
        kept = sold_as(last.document) if last else None
        if kept == sold:
            if last is None:
                raise UserError("This phone was not sold yet.", "Record the sale first.", "sale_none")
            return sale_record(last), False
        _check_seen(last, kept, corrects)
        number = last.document["number"] + 1 if last else 1
        document = sale_document(number, sold, before)
        if sold is not None:
            _check(shop, before, document, sold, sure=sure)
        added = _add(shop, uow, inspection_id, document, actor)
        uow.commit()
    return added, True


def for_sale(shop: Shop, name: str, on: date | None = None) -> ForSale:
    """Return the deal of a phone that is about to be sold.

    Args:
        shop: Where it happens.
        name: Its IMEI or serial number, or the id of the inspection.
        on: The day of the sale; today when left out. Of several deals the last one before it counts.

    Raises:
        UserError: It was not bought before that day, or several phones are called so.
    """
    with shop.store.reading() as uow:
        deal = deal_before(uow, [name], on or shop.today())
        before = assembling.refreshed(uow, deal.inspection_id)
        last = uow.sales.last(deal.inspection_id)
    resale = before.quote.resale if before.quote else None
    return ForSale(
        inspection_id=before.id,
        model=phone_title(before),
        bought_on=_day(before),
        paid=before.paid,
        expected=resale.p50.amount if resale else None,
        low=resale.p10.amount if resale else None,
        high=resale.p90.amount if resale else None,
        currency=resale.p50.currency if resale else before.paid.currency if before.paid else "",
        sale=sale_record(last) if last else None,
    )


def deal_before(uow: UnitOfWork, names: Sequence[str], day: date) -> Bought:
    """Return the deal by which a phone was bought last, before or on a day.

    Args:
        uow: The transaction.
        names: IMEI, serial number and the inspection's id, or some of them; all must mean it.
        day: Of the sale.

    Raises:
        UserError: ``sale_unknown``, ``sale_names_differ``, ``sale_ambiguous`` or ``sale_before_deal``.
    """
    found = {each.inspection_id: each for each in uow.sales.bought(names[0])}
    if not found:
        raise _unknown(names[0])
    for name in names[1:]:
        meant = {each.inspection_id for each in uow.sales.bought(name)}
        found = {key: each for key, each in found.items() if key in meant}
        if not found:
            raise UserError(
                f"{names[0]} and {name} are not one phone that was bought.",
                "Correct one of them.",
                "sale_names_differ",
                name=names[0],
                other=name,
            )
    deals = list(found.values())
    if len({each.imei for each in deals if each.imei}) > 1:
        raise UserError(
            f"Several phones with the number {names[0]} were bought.",
            "Name the IMEI, or the inspection.",
            "sale_ambiguous",
            name=names[0],
        )
    before = [each for each in deals if each.at.astimezone().date() <= day]
    if not before:
        check_day(day, bought=deals[0].at.astimezone().date(), today=date.max)
    return before[-1]


def sales(shop: Shop, since: date | None = None) -> tuple[SaleRecord, ...]:
    """Return the sales that hold, by their day."""
    with shop.store.reading() as uow:
        return tuple(sale_record(each) for each in uow.sales.holding(since))


def own_deals(shop: Shop) -> tuple[OwnDeal, ...]:
    """Return the shop's closed deals as price data, by the day of the sale."""
    with shop.store.reading() as uow:
        return _deals(uow)


def keep_own_deals(shop: Shop, folder: Path | None) -> str:
    """Write the closed deals to the data folder where they changed; returns why they could not be written, or ``""``.

    The store's write lock is held meanwhile, so that of two windows the later one writes last.
    """
    if folder is None:
        return ""
    path = folder / FOLDER / FILE
    with shop.store.writing() as uow:
        deals = _deals(uow)
        try:
            if deals or path.exists():
                write_own_deals(path, deals)
        except OSError as error:
            return f"{path}: {error.strerror or error}"
    return ""


def saved(shop: Shop, folder: Path | None, done: tuple[SaleRecord, bool]) -> SavedResult:
    """Return what became of a sale, once the file of own deals says so, too."""
    sale, new = done
    return SavedResult(sale, new, keep_own_deals(shop, folder))


def _deals(uow: UnitOfWork) -> tuple[OwnDeal, ...]:
    records = (sale_record(each) for each in uow.sales.holding())
    return tuple(record.deal for record in records if record.deal)


def _bought(uow: UnitOfWork, inspection_id: str) -> InspectionRecord:
    found = assembling.existing(uow, inspection_id)
    if found.stage is not Stage.ACCEPTED:
        raise UserError(
            "This phone was not bought, so there is nothing to sell.",
            "Close its deal first.",
            "sale_not_bought",
        )
    return assembling.record(uow, found)


def _day(before: InspectionRecord) -> date:
    assert before.decided_at is not None, "an accepted inspection was decided"
    return before.decided_at.astimezone().date()


def _check_seen(last: SavedSale | None, kept: SoldAs | None, corrects: int) -> None:
    number = last.document["number"] if last else 0
    if number == corrects:
        return
    if kept is None:
        if corrects or last is None:
            raise UserError("The sale was taken back meanwhile.", "Look at the phone again.", "sale_outdated")
        return
    raise UserError(
        f"This phone is already kept as sold for {kept.amount} {kept.currency} on {kept.day}.",
        "Correct that sale, if it is wrong.",
        "sale_recorded",
        price=f"{kept.amount} {kept.currency}",
        day=str(kept.day),
    )


def _check(shop: Shop, before: InspectionRecord, document: Document, sold: SoldAs, *, sure: bool) -> None:
    check_day(sold.day, bought=_day(before), today=shop.today())
    promise = document["promise"]
    if promise and not sure:
        check_near(sold, promised(promise))


def _add(shop: Shop, uow: UnitOfWork, inspection_id: str, document: Document, actor: Actor) -> SaleRecord:
    fresh, at = Saved(shop.new_id(), document), shop.now()
    data: Document = {
        "inspection": inspection_id,
        "number": document["number"],
        "taken_back": document["amount"] is None,
        "saved": digests(fresh),
    }
    uow.sales.add(inspection_id, fresh, uow.audit.append(actor, ACTION, data, at))
    return sale_record(SavedSale(fresh.id, inspection_id, document, actor, at))


def _unknown(name: str) -> BadInput:
    return BadInput(
        f"No phone with the number {name} was bought.",
        "Check the IMEI, the serial number or the inspection's id.",
        "sale_unknown",
        name=name,
    )


def sell(
    shop: Shop,
    folder: Path | None,
    inspection_id: str,
    typed: tuple[str, str, date | None, str],
    actor: Actor,
    *,
    corrects: int,
    sure: bool,
) -> SavedResult:
    """Keep a sale as a person typed it: amount, currency, day (today when left out) and channel."""
    amount, currency, day, channel = typed
    sold = checked(amount, currency, day or shop.today(), channel)
    return saved(shop, folder, record_sale(shop, inspection_id, sold, actor, corrects=corrects, sure=sure))


def number_of(name: str) -> str:
    """Return an IMEI without what people write between its digits; everything else without blanks around it."""
    bare = name.strip()
    digits = "".join(sign for sign in bare if sign not in " -/.\u00a0\u202f")
    return digits if is_imei(digits) else bare
