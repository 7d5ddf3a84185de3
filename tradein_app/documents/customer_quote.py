"""What a customer's paper says, offer or purchase: every text ready, nothing of the shop's own business."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from diagnostics.errors import UserError
from diagnostics.grading.words import reading_words, stated
from pricing.money import Money
from tradein_app.documents.findings import checked, condition, findings
from tradein_app.documents.phone_rows import Rows, phone_rows, read_rows, seen_rows
from tradein_app.documents.wording import groups, say, subject
from tradein_app.viewmodels.formatting import format_day, format_day_time, format_money
from tradein_app.viewmodels.numbers import quote_number

if TYPE_CHECKING:
    from pricing.quote import Quote
    from pricing.records import Reason
    from tradein_app.services.records import InspectionRecord

_OFFER_PRINT = ("conditions", "refusal")
_DEAL_PRINT = ("declaration", "duties")
_DEAL_LINES = ("seller", "seller_address", "seller_document", "payment")


@dataclass(frozen=True, slots=True)
class CustomerQuote:
    """The paper, text by text.

    Attributes:
        phone: Labels and values that name the phone.
        machine: What was read over the cable, and what was not.
        checked: How many points of the checklist were answered.
        seen: Battery and locks as a person saw them on the phone; empty where nobody had to.
        findings: What the person found, in short statements.
        condition: The grade, and why it is that one.
        lines: Labels and amounts; they add up to the offer.
        amount_label: What the amount is: an offer, or the price of a purchase.
        when: Until when the offer holds, or when it was accepted.
        subject_to: What has to be cleared first; empty for an offer that stands.
        fill_in: Labels and values of a purchase; an empty value is a line to write on.
        small_print: Headings and texts.
        signatures: Who signs.
        versions: What it was made under, for disputes.
    """

    title: str
    number: str
    date: str
    phone: Rows
    machine: Rows
    checked: str
    seen: str
    findings: tuple[str, ...]
    condition: tuple[str, str]
    lines: Rows
    basis: str
    amount_label: str
    offer: str
    when: str
    subject_to: tuple[str, ...]
    fill_in: Rows
    small_print: Rows
    signatures: tuple[str, str]
    versions: str


def customer_quote(
    record: InspectionRecord,
    *,
    language: str,
    made: datetime,
    accepted_at: datetime | None = None,
    accepted_by: str = "",
) -> CustomerQuote:
    """Return the paper of an inspection's quote: an offer that binds to nothing, or the purchase that it became.

    Args:
        record: With a quote that makes an offer, be it a conditional one.
        language: The customer's.
        made: When the paper is made.
        accepted_at: When the customer accepted; ``None`` for an offer.
        accepted_by: Who accepted for the shop; a line to write on where that is not known.

    Raises:
        UserError: ``paper_incomplete``: what the paper has to state is not there.
    """
    quote = _printable(record, accepted=accepted_at is not None)
    assert quote.offer is not None
    conditional = quote.decision == "review"
    deal = accepted_at is not None
    return CustomerQuote(
        title=say("accepted_title" if deal else "conditional" if conditional else "title", language),
        number=quote_number(record),
        date=format_day(made.astimezone(), language=language),
        phone=phone_rows(record.reading, language),
        machine=read_rows(record, language),
        checked=say("checked", language, count=len(checked(record))),
        seen=_seen(record, language),
        findings=findings(record, language),
        condition=condition(quote.grade, record, language),
        lines=_lines(quote, language),
        basis=_basis(quote, language),
        amount_label=say("paid" if deal else "offer", language),
        offer=format_money(quote.offer, language=language),
        when=_when(quote, accepted_at, language),
        subject_to=_subject_to(quote, record, language) if conditional else (),
        fill_in=_fill_in(accepted_by, language) if deal else (),
        small_print=_small_print(record, language, deal=deal),
        signatures=(say("customer_signature", language), say("shop_signature", language)),
        versions=_versions(quote, language),
    )


def _printable(record: InspectionRecord, *, accepted: bool) -> Quote:
    """Return the quote if a paper can state all that it has to."""
    quote, identity = record.quote, record.reading.identity
    if quote is None:
        raise _incomplete(
            "There is no quote, so there is no paper for the customer.", "Price the phone first."
        )
    if quote.offer is None or quote.offer.amount <= 0 or quote.decision not in {"offer", "review"}:
        raise _incomplete(
            "This quote makes no offer, so there is no paper for the customer.",
            "The window says why, and what to do.",
        )
    if accepted and quote.decision == "review":
        raise _incomplete(
            "This offer is conditional; it cannot be accepted yet.", "Clear its conditions first."
        )
    if quote.grade.unanswered:
        raise _incomplete(
            f"There is no paper for the customer while checklist questions are open ({len(quote.grade.unanswered)}).",
            "Answer them, then price the phone again.",
        )
    if not (identity.imei or identity.imei2 or identity.serial):
        raise _incomplete(
            "Neither IMEI nor serial number is known, so a paper could not say which phone it is about.",
            "Dial *#06# on the phone and scan the code, or read the phone again.",
        )
    return quote


def _incomplete(sentence: str, advice: str) -> UserError:
    return UserError(sentence, advice, "paper_incomplete")


def _lines(quote: Quote, language: str) -> Rows:
    """Return the waterfall in a customer's words; what a customer sees as one line is added up."""
    parts = groups()
    last = list(parts)[-1]
    sums: dict[str, Decimal] = dict.fromkeys(parts, Decimal(0))
    for step in quote.waterfall:
        group = next((name for name, keys in parts.items() if step.key in keys), last)
        sums[group] += step.amount.amount
    assert quote.offer is not None
    currency = quote.offer.currency
    return tuple(
        (say(name, language), format_money(Money(amount, currency), language=language))
        for name, amount in sums.items()
        if amount
    )


def _when(quote: Quote, accepted_at: datetime | None, language: str) -> str:
    if accepted_at is not None:
        return say("accepted_on", language, when=format_day_time(accepted_at, language=language))
    if quote.valid_until is None:
        return ""
    return say("valid", language, when=format_day_time(quote.valid_until, language=language))


def _basis(quote: Quote, language: str) -> str:
    """Return what the selling price rests on, with how many prices of this model."""
    from pricing.words import basis_key

    if quote.resale is None:
        return ""
    counts = quote.resale.counts
    said = [say(f"basis_{basis_key(quote.resale, quote.warnings)}", language)]
    if counts.own_deals:
        said.append(say("basis_sales", language, count=str(counts.own_deals)))
    if counts.market:
        said.append(say("basis_prices", language, count=str(counts.market)))
    return " ".join(said)


def _subject_to(quote: Quote, record: InspectionRecord, language: str) -> tuple[str, ...]:
    return tuple(_condition(reason, record, language) for reason in quote.reasons)


def _condition(reason: Reason, record: InspectionRecord, language: str) -> str:
    params = dict(reason.params)
    if "lock" in params:
        params["lock"] = reading_words(f"locks.{params['lock']}", language, record.reading.platform)
    return subject(reason.code, language, params)


def _fill_in(staff: str, language: str) -> Rows:
    lines = tuple((say(key, language), "") for key in _DEAL_LINES)
    return (*lines, (say("staff", language), staff))


def _small_print(record: InspectionRecord, language: str, *, deal: bool) -> Rows:
    erased = record.answers.get("wiped") == "yes"
    data = ("erased" if erased else "erasure") if deal else ("data_erased" if erased else "data")
    keys = (*_DEAL_PRINT, data) if deal else (_OFFER_PRINT[0], data, *_OFFER_PRINT[1:])
    return tuple((say(key, language), say(f"{key}_text", language)) for key in keys)


def _seen(record: InspectionRecord, language: str) -> str:
    rows = [stated(label, value, language) for label, value in seen_rows(record, language)]
    return say("seen", language, what=say("separator", language).join(rows)) if rows else ""


def _versions(quote: Quote, language: str) -> str:
    return say(
        "as_of", language, model=quote.model_version, market=quote.market_version, rules=quote.grade.rule_set
    )
