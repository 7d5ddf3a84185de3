"""What can be a sale: an amount of money on a day after the phone was bought, not far from all that was expected."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from diagnostics.errors import BadInput, UserError
from diagnostics.text import plain
from pricing.money import Money, rounded
from pricing.own_deals import Promise
from tradein_app.services.sale_records import SoldAs

FAR = 5
"""A sale of so many times the expected price, or of such a part of it, is more often a slip than a sale."""
_MOST = Decimal(10) ** 9
_LONGEST_CHANNEL = 80
_SHORT_TAIL = 2


def sold_as(amount: str, currency: str, day: date, channel: str = "") -> SoldAs:
    """Return a sale from what a person typed.

    Args:
        amount: With a point, or a comma before the last one or two digits.
        currency: Three letters, in any case.
        day: Of the sale.
        channel: Any words.

    Raises:
        BadInput: ``sale_amount`` or ``sale_currency``.
    """
    try:
        money = Money(_decimal(amount), currency.strip().upper())
    except ValueError:
        raise BadInput(
            f"'{plain(currency, 20)}' is not a currency.",
            "Write its three letters, such as EUR.",
            "sale_currency",
            name=plain(currency, 20),
        ) from None
    if not 0 < money.amount <= _MOST or rounded(money).amount != money.amount:
        raise _no_amount(amount)
    return SoldAs(rounded(money).amount, money.currency, day, plain(channel, _LONGEST_CHANNEL))


def check_day(day: date, *, bought: date, today: date) -> None:
    """Refuse a day on which the phone cannot have been sold.

    Raises:
        UserError: ``sale_in_future`` or ``sale_before_deal``.
    """
    if day > today:
        raise UserError(
            f"{day} is in the future.", "Name the day of the sale.", "sale_in_future", day=str(day)
        )
    if day < bought:
        raise UserError(
            f"The phone was bought on {bought}, after {day}.",
            "Name the day of the sale, or the deal before that one.",
            "sale_before_deal",
            day=str(day),
            bought=str(bought),
        )


def check_near(sold: SoldAs, promise: Promise | None) -> None:
    """Refuse a price that is more likely a slip of the finger, as is a currency that the quote was not in.

    A sale in another currency says nothing to the shop's prices; whoever means it records it once more.

    Raises:
        UserError: ``sale_far``.
    """
    if promise is None:
        return
    near = promise.p50 / FAR <= sold.amount <= promise.p50 * FAR
    if not near or promise.currency != sold.currency:
        raise UserError(
            f"{sold.amount} {sold.currency} is far from the {promise.p50} {promise.currency} that were expected.",
            "Record it once more if it is right.",
            "sale_far",
            price=f"{sold.amount} {sold.currency}",
            expected=f"{promise.p50} {promise.currency}",
        )


def _decimal(text: str) -> Decimal:
    bare = text.strip().replace("\u00a0", "").replace("\u202f", "")
    head, comma, tail = bare.rpartition(",")
    if comma and "." not in bare and "," not in head and 0 < len(tail) <= _SHORT_TAIL:
        bare = f"{head}.{tail}"
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        raise _no_amount(text) from None
    if not amount.is_finite() or "_" in bare:
        raise _no_amount(text)
    return amount


def _no_amount(text: str) -> BadInput:
    return BadInput(
        f"'{plain(text, 20)}' is not a price.",
        "Write it like 311.50, above 0 and without the currency.",
        "sale_amount",
        name=plain(text, 20),
    )
