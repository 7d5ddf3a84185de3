"""``tradein sale``: what bought phones were sold for, and whether their quotes kept their promises."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diagnostics.errors import BadInput
from tradein_app import bootstrap
from tradein_app.cli.inputs import parse_date, read_text
from tradein_app.cli.output import put_exactly, put_json, put_line, put_table, say
from tradein_app.config import load_config

if TYPE_CHECKING:
    from pricing.drift import Drift
    from pricing.own_deals import Promise
    from tradein_app.services.desk import Desk
    from tradein_app.services.sale_records import SaleRecord, Saved

SALE_SCHEMA = "tradein/sale-1"
SALES_SCHEMA = "tradein/sales-1"
IMPORT_SCHEMA = "tradein/sales-import-1"
_VERDICTS = {
    "thin": "too few to say whether prices keep what they promise",
    "ok": "prices keep what they promise",
    "biased": "prices are off: train a model, or promote the one that waits",
    "overconfident": "ranges are too narrow: offers are made with wider ones until they hold",
    "wide": "ranges are wider than they need be",
}


def record_sale(
    phone: str, said: tuple[str, str, str, str], *, correct: bool, sure: bool, as_json: bool
) -> int:
    """Record a sale; returns the exit status.

    Args:
        phone: IMEI, serial number or inspection.
        said: Amount, currency (that of the quote when empty), day (today when empty) and channel.
        correct: In place of the sale that is kept.
        sure: Though it is far from what was expected.
        as_json: A document of ``tradein/sale-1`` in place of words.
    """
    from tradein_app.services.records import THE_PERSON

    amount, currency, day, channel = said
    on = _day(day)
    with _desk() as desk:
        deal = desk.for_sale(phone, on)
        done = desk.record_sale(
            deal.inspection_id,
            amount,
            currency or deal.currency,
            actor=THE_PERSON,
            on=on,
            channel=channel,
            corrects=deal.sale.number if correct and deal.sale else 0,
            sure=sure,
        )
    _put_saved(done, as_json=as_json)
    return 0


def take_back_sale(phone: str, day: str, *, as_json: bool) -> int:
    """Record that a sale came to nothing; returns the exit status."""
    from tradein_app.services.records import THE_PERSON

    with _desk() as desk:
        deal = desk.for_sale(phone, _day(day))
        number = deal.sale.number if deal.sale else 0
        done = desk.take_back_sale(deal.inspection_id, actor=THE_PERSON, corrects=number)
    _put_saved(done, as_json=as_json)
    return 0


def import_sales(file: str, *, as_json: bool) -> int:
    """Record the sales of a CSV file; returns 1 when a row could not be recorded.

    Raises:
        BadInput: The file cannot be read, or lacks a column.
    """
    from tradein_app.services.records import THE_PERSON

    text = read_text(file)
    with _desk() as desk:
        done = desk.import_sales(text, actor=THE_PERSON)
    for finding in done.findings:
        say(str(finding))
    _warn(done.unwritten)
    left = len(done.findings)
    if as_json:
        rows = [
            {"line": each.line, "phone": each.id, "column": each.column, "message": each.words}
            for each in done.findings
        ]
        counts = {"rows": done.rows, "added": done.added, "same": done.same, "left_out": left}
        put_json({"schema": IMPORT_SCHEMA, **counts, "findings": rows})
    else:
        put_line(
            f"{done.rows} rows: {done.added} sales recorded, {done.same} known already, {left} left out."
        )
    return 1 if left else 0


def list_sales(since: str, *, as_json: bool) -> int:
    """Print the sales that hold, and what came of the quotes' promises; returns the exit status."""
    with _desk() as desk:
        found, drift = desk.sales(_day(since)), desk.drift()
    if as_json:
        rows = [_sale_to_json(each) for each in found]
        put_json({"schema": SALES_SCHEMA, "sales": rows, "drift": drift_to_json(drift)})
    elif not found:
        put_line("No sale is recorded. Record one: tradein sale record PHONE AMOUNT")
    else:
        put_table(("Sold on", "Phone", "Price", "Expected", "Where", "By"), [_cells(each) for each in found])
        put_line(drift_words(drift))
    return 0


def export_deals(file: str) -> int:
    """Write the closed deals as price data; returns the exit status.

    Raises:
        BadInput: The file cannot be written.
    """
    from pricing.own_deals import own_deals_csv

    with _desk() as desk:
        text = own_deals_csv(desk.own_deals())
        _warn(desk.keep_own_deals())
    if not file:
        put_exactly(text.rstrip("\n"))
        return 0
    try:
        # The BOM lets spreadsheets see that it is UTF-8.
        Path(file).write_text(text, encoding="utf-8-sig", newline="")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise BadInput(f"{file} cannot be written: {why}.", code="unwritable_file") from None
    return 0


def drift_words(drift: Drift) -> str:
    """Return what came of the promises, in a sentence."""
    if drift.bias_percent is None or drift.coverage is None:
        return f"No quote can be held against a sale yet: {_VERDICTS[drift.verdict]}."
    error = f" ± {drift.bias_error:.1f}" if drift.bias_error is not None else ""
    return (
        f"Of {drift.sales} sales since {drift.since}: {drift.bias_percent:+.1f} %{error} beside what was expected, "
        f"{100 * drift.coverage:.0f} % within the range (80 % is meant); {_VERDICTS[drift.verdict]}."
    )


def drift_to_json(drift: Drift) -> dict[str, Any]:
    """Return what came of the promises as JSON values."""
    return {
        "sales": drift.sales,
        "bias_percent": _rounded(drift.bias_percent),
        "bias_error": _rounded(drift.bias_error),
        "coverage": _rounded(drift.coverage),
        "verdict": drift.verdict.value,
        "since": _text(drift.since),
        "until": _text(drift.until),
    }


@contextmanager
def _desk() -> Iterator[Desk]:
    desk = bootstrap.open_desk(load_config())
    try:
        yield desk
    finally:
        desk.close()


def _day(text: str) -> date | None:
    return parse_date(text) if text else None


def _put_saved(done: Saved, *, as_json: bool) -> None:
    _warn(done.unwritten)
    sale = done.sale
    if as_json:
        put_json({"schema": SALE_SCHEMA, **_sale_to_json(sale), "new": done.new})
        return
    known = "" if done.new else " (known already)"
    if sale.sold is None:
        put_line(f"{sale.model}: the sale is taken back{known}.")
    else:
        where = f", {sale.sold.channel}" if sale.sold.channel else ""
        put_line(f"{sale.model}: sold for {_price(sale)} on {sale.sold.day}{where}{known}.")


def _warn(unwritten: str) -> None:
    if unwritten:
        say(f"The sale is kept, but the price model does not see it yet: {unwritten}")


def _sale_to_json(sale: SaleRecord) -> dict[str, Any]:
    sold, promise = sale.sold, sale.deal.promise if sale.deal else None
    return {
        "id": sale.id,
        "inspection": sale.inspection_id,
        "number": sale.number,
        "model": sale.model,
        "price": {"amount": f"{sold.amount:f}", "currency": sold.currency} if sold else None,
        "sold_on": _text(sold.day) if sold else None,
        "channel": sold.channel if sold else "",
        "promised": _promise_to_json(promise) if promise else None,
        "by": sale.by.name,
        "at": sale.at.isoformat().replace("+00:00", "Z"),
    }


def _promise_to_json(promise: Promise) -> dict[str, Any]:
    prices = {
        name: {"amount": f"{getattr(promise, name):f}", "currency": promise.currency}
        for name in ("p10", "p50", "p90")
    }
    return {**prices, "model_version": promise.version, "basis": promise.basis, "as_of": _text(promise.day)}


def _cells(sale: SaleRecord) -> tuple[str, ...]:
    promise = sale.deal.promise if sale.deal else None
    expected = f"{promise.p50} ({promise.p10}–{promise.p90}) {promise.currency}" if promise else "–"
    day, channel = (str(sale.sold.day), sale.sold.channel) if sale.sold else ("", "")
    return day, sale.model, _price(sale), expected, channel, sale.by.name


def _price(sale: SaleRecord) -> str:
    return f"{sale.sold.amount} {sale.sold.currency}" if sale.sold else ""


def _rounded(value: float | None) -> float | None:
    return round(value, 4) if value is not None else None


def _text(value: date | None) -> str | None:
    return value.isoformat() if value else None
