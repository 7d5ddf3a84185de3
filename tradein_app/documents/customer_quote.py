"""What a customer's copy of a quote says: every text ready, nothing of the shop's own business."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from diagnostics.errors import UserError
from diagnostics.model import LockState, Platform
from pricing.money import Money
from tradein_app.documents.wording import grade_sentence, groups, say
from tradein_app.viewmodels.formatting import format_day, format_day_time, format_money, format_value
from tradein_app.viewmodels.language import pick

if TYPE_CHECKING:
    from diagnostics.grading.checklist import Checklist, Question
    from diagnostics.model import Reading
    from pricing.quote import Quote
    from tradein_app.services.records import InspectionRecord

Rows = tuple[tuple[str, str], ...]
FINDINGS_SHOWN = 8
_LOCKS = {
    Platform.IOS: ("activation", "find_my", "mdm", "sim"),
    Platform.ANDROID: ("account", "mdm", "sim"),
    Platform.UNKNOWN: ("account", "sim"),
}
_YES_NO = {"mdm", "sim"}


@dataclass(frozen=True, slots=True)
class CustomerQuote:
    """The paper, text by text.

    Attributes:
        phone: Labels and values that name the phone.
        machine: What was read over the cable.
        checked: How many points a person looked at.
        findings: What the person found, in words.
        lines: Labels and amounts; they add up to the offer.
        subject_to: What has to be cleared first; empty for an offer that stands.
        versions: What it was made under, for disputes.
    """

    title: str
    number: str
    date: str
    phone: Rows
    machine: Rows
    checked: str
    findings: tuple[str, ...]
    condition: str
    lines: Rows
    basis: str
    offer: str
    validity: str
    subject_to: tuple[str, ...]
    versions: str


def customer_quote(record: InspectionRecord, *, language: str, made: datetime) -> CustomerQuote:
    """Return the paper of an inspection's quote.

    Args:
        record: With a quote that makes an offer, be it a conditional one.
        language: The customer's.
        made: When the paper is made.

    Raises:
        UserError: There is no offer that could be printed.
    """
    quote = _printable(record)
    assert quote.offer is not None
    conditional = quote.decision == "review"
    return CustomerQuote(
        title=say("conditional" if conditional else "title", language),
        number=_number(record),
        date=format_day(made.astimezone(), language=language),
        phone=tuple(_phone(record.reading, language)),
        machine=tuple(_machine(record.reading, language)),
        checked=say("checked", language, count=len(_checked(record))),
        findings=_findings(record, language),
        condition=grade_sentence(str(quote.grade.grade), language) if quote.grade.grade else "",
        lines=_lines(quote, language),
        basis=say(f"basis_{quote.resale.basis}", language) if quote.resale else "",
        offer=format_money(quote.offer, language=language),
        validity=_validity(quote, language),
        subject_to=_subject_to(quote, language) if conditional else (),
        versions=_versions(quote, language),
    )


def _printable(record: InspectionRecord) -> Quote:
    quote = record.quote
    if quote is None:
        raise UserError("There is no quote to print.", "Price the phone first.", "no_quote")
    if quote.offer is None or quote.offer.amount <= 0 or quote.decision not in {"offer", "review"}:
        raise UserError(
            "This quote makes no offer, so there is no paper for the customer.",
            "The window says why, and what to do.",
            "no_offer",
        )
    return quote


def _number(record: InspectionRecord) -> str:
    """Return the end of the quote's id: a UUIDv7 ends in its random part, so the ends differ."""
    return (record.quote_id or record.id).replace("-", "")[-10:].upper()


def _phone(reading: Reading, language: str) -> Iterable[tuple[str, str]]:
    identity = reading.identity
    model = " ".join(part for part in (identity.manufacturer, identity.model or identity.model_code) if part)
    yield say("model", language), model or say("not_read", language)
    size = reading.storage.capacity_gb
    yield (
        say("storage", language),
        format_value(size, "GB", language=language) if size else say("not_read", language),
    )
    if identity.colour:
        yield say("colour", language), identity.colour
    imeis = [imei for imei in (identity.imei, identity.imei2) if imei]
    yield say("imei", language), " / ".join(imeis) or say("not_read", language)
    if identity.serial:
        yield say("serial", language), identity.serial


def _machine(reading: Reading, language: str) -> Iterable[tuple[str, str]]:
    battery = reading.battery
    for key, value, unit in (
        ("health", battery.health_percent, "%"),
        ("cycles", battery.cycle_count, ""),
    ):
        shown = say("not_read", language) if value is None else format_value(value, unit, language=language)
        yield say(key, language), shown
    for name in _LOCKS[reading.platform]:
        yield say(name, language), _lock(name, getattr(reading.locks, name), language)


def _lock(name: str, state: LockState, language: str) -> str:
    if state is LockState.UNKNOWN:
        return say("not_read", language)
    on = state is LockState.ON
    words = ("yes", "no") if name in _YES_NO else ("on", "off")
    return say(words[0] if on else words[1], language)


def _checklist(record: InspectionRecord) -> Checklist:
    from diagnostics.grading.checklist import load_checklist

    return load_checklist(record.checklist)


def _checked(record: InspectionRecord) -> list[Question]:
    given = record.answers
    questions = [question for page in _checklist(record).pages for question in page.questions]
    return [q for q in questions if given.get(q.id) is not None and given[q.id] != "not_checked"]


def _findings(record: InspectionRecord, language: str) -> tuple[str, ...]:
    found = [finding for q in _checked(record) if (finding := _finding(record, q, language))]
    if len(found) <= FINDINGS_SHOWN:
        return tuple(found)
    rest = say("more_findings", language, count=len(found) - FINDINGS_SHOWN)
    return (*found[:FINDINGS_SHOWN], rest)


def _finding(record: InspectionRecord, question: Question, language: str) -> str:
    given = record.answers[question.id]
    if question.number:
        return f"{pick(question.text, language)} {given} %"
    if question.answers[0].id == given:
        return ""
    words = next((pick(a.text, language) for a in question.answers if a.id == given), str(given))
    return f"{pick(question.text, language)} {words}"


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


def _validity(quote: Quote, language: str) -> str:
    if quote.valid_until is None:
        return ""
    return say("valid", language, when=format_day_time(quote.valid_until, language=language))


def _subject_to(quote: Quote, language: str) -> tuple[str, ...]:
    from pricing.words import words

    return tuple(words(reason, language) for reason in quote.reasons)


def _versions(quote: Quote, language: str) -> str:
    return say(
        "as_of", language, model=quote.model_version, market=quote.market_version, rules=quote.grade.rule_set
    )
