"""A quote as the panel shows it: every text ready, nothing computed in a widget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tradein_app.viewmodels.closing import closed_words
from tradein_app.viewmodels.formatting import (
    format_day,
    format_day_time,
    format_money,
    format_value,
    without_isolates,
)
from tradein_app.viewmodels.holding import hold_reasons
from tradein_app.viewmodels.language import step_words, translate
from tradein_app.viewmodels.numbers import quote_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pricing.money import Money
    from pricing.quote import Quote
    from pricing.records import Factor, PriceRange, Reason, Step
    from tradein_app.services.records import InspectionRecord

TONES = {"offer": "ok", "review": "warn", "repair_first": "warn", "recycle": "dim", "refuse": "bad"}
_TIMES = "\u00d7"


@dataclass(frozen=True, slots=True)
class RangeView:
    """The range bar: three amounts, where the middle stands between the ends (0..1), and what it rests on."""

    low: str
    middle: str
    high: str
    share: float
    basis: str

    def as_text(self) -> str:
        """Return the bar as a sentence."""
        text = translate("quote", "Expected resale {0}, between {1} and {2}. {3}")
        return without_isolates(text.format(self.middle, self.low, self.high, self.basis))


@dataclass(frozen=True, slots=True)
class Line:
    """A label and an amount; ``total`` for the last one.

    Attributes:
        note: A second line under the label; ``tone`` is its colour.
        tip: What more there is to know.
    """

    label: str
    amount: str
    total: bool = False
    negative: bool = False
    note: str = ""
    tone: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class QuoteView:
    """The quote.

    Attributes:
        decision: The contract's word, ``""`` without a quote.
        headline: What to do with the phone, in words.
        offer: The amount, ``""`` without one.
        outdated: The offer does not hold any more: it is shown crossed out.
        acceptable: It can be accepted now.
        declinable: It can be declined now.
        priceable: A price can be asked for, because there is none that holds.
        printable: There is an amount that a paper can state.
        reasons: Why it is not simply an offer.
        warnings: What to know about the price.
        validity: Until when it holds.
        versions: Model, rates and rules it was made under.
    """

    decision: str = ""
    headline: str = ""
    tone: str = "dim"
    offer: str = ""
    outdated: bool = False
    acceptable: bool = False
    declinable: bool = False
    priceable: bool = False
    printable: bool = False
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    validity: str = ""
    range: RangeView | None = None
    lines: tuple[Line, ...] = ()
    factors: tuple[Line, ...] = ()
    versions: str = ""

    def as_text(self) -> str:
        """Return the panel as a person would read it out."""
        parts = [self.headline, self.offer, self.validity, *self.reasons, *self.warnings]
        parts += [self.range.as_text()] if self.range else []
        parts += [f"{line.label} {line.amount}" for line in (*self.lines, *self.factors)]
        return without_isolates("\n".join(part for part in (*parts, self.versions) if part))


def quote_view(
    record: InspectionRecord | None,
    *,
    previous: Quote | None,
    language: str,
    questions: int = 0,
    chosen: bool = False,
    now: datetime | None = None,
) -> QuoteView:
    """Return an inspection's quote, or the one before it, crossed out, when that does not hold any more.

    Args:
        record: The shown inspection.
        previous: What was quoted last, under other answers.
        language: Two letters.
        questions: How many have to be answered still: until then no price is shown, whoever may have made one.
        chosen: A phone is shown, whether there is an inspection of it yet or not.
        now: Aware.
    """
    if record is None:
        return _nothing_yet(chosen=chosen)
    moment = now or datetime.now(UTC)
    closed = str(record.stage) if record.stage.closed else ""
    if closed and record.quote is None:
        return QuoteView(headline=closed_words(record, language), tone="dim")
    if not closed and is_held(record) and (record.quote is None or questions):
        return _held(record, language)
    if questions and not closed:
        return _asking(questions)
    if record.quote is None:
        return _without(previous, language)
    quote = record.quote
    expired = quote.valid_until is not None and quote.valid_until < moment
    view = _full(quote, quote_number(record), language, expired=expired, closed=closed)
    return replace(view, headline=closed_words(record, language)) if closed else view


def is_held(record: InspectionRecord) -> bool:
    """Return whether a phone cannot be bought as it is, whatever else may be answered."""
    return record.grade is not None and record.grade.disposition in {"stop", "hold", "reject"}


def _nothing_yet(*, chosen: bool) -> QuoteView:
    reading = translate("quote", "No price before the phone is read")
    return QuoteView(headline=reading if chosen else translate("quote", "No phone chosen"))


def _asking(questions: int) -> QuoteView:
    """Say that there is no price yet, and why."""
    if questions == 1:
        return QuoteView(headline=translate("quote", "Answer 1 question for a price"), declinable=True)
    text = translate("quote", "Answer {0} questions for a price")
    return QuoteView(headline=text.format(questions), declinable=True)


def _held(record: InspectionRecord, language: str) -> QuoteView:
    """Say what to do with a phone that is held, and what to tell the customer."""
    from pricing.words import reason_lines

    assert record.grade is not None
    stop = record.grade.disposition == "stop"
    headline = step_words("stop", language) if stop else translate("quote", "Not bought as it is")
    return QuoteView(
        headline=headline,
        tone="bad",
        reasons=reason_lines(hold_reasons(record), language),
        declinable=True,
    )


def _without(previous: Quote | None, language: str) -> QuoteView:
    if previous is None or previous.offer is None or previous.grade.unanswered:
        return QuoteView(headline=translate("quote", "Not priced yet"), priceable=True, declinable=True)
    return QuoteView(
        priceable=True,
        declinable=True,
        headline=translate("quote", "Something changed: price it again"),
        tone="warn",
        offer=format_money(previous.offer, language=language),
        outdated=True,
    )


def _full(quote: Quote, number: str, language: str, *, expired: bool, closed: str) -> QuoteView:
    from pricing.words import reason_lines, words

    decision = str(quote.decision)
    pays = quote.offer is not None and quote.offer.amount > 0
    headline = words(f"decisions.{decision}", language)
    return QuoteView(
        decision=decision,
        headline=translate("quote", "Expired: price it again") if expired and not closed else headline,
        tone="warn" if expired and not closed else TONES[decision],
        offer=format_money(quote.offer, language=language) if quote.offer else "",
        outdated=expired and not closed,
        priceable=expired and not closed,
        declinable=not closed,
        acceptable=decision == "offer" and pays and not expired and not closed,
        printable=pays and not expired and decision in {"offer", "review"},
        reasons=reason_lines(quote.reasons, language),
        warnings=tuple(words(warning, language) for warning in quote.warnings),
        validity="" if closed else _validity(quote, language),
        range=_range(quote.resale, quote.warnings, language) if quote.resale else None,
        lines=_lines(quote.waterfall, quote.offer, language),
        factors=tuple(_factor(factor, language) for factor in quote.price_factors),
        versions=_versions(quote, number, language),
    )


def _validity(quote: Quote, language: str) -> str:
    if quote.valid_until is None:
        return ""
    text = translate("quote", "valid until {0}")
    return text.format(format_day_time(quote.valid_until, language=language))


def _range(resale: PriceRange, warnings: Iterable[Reason], language: str) -> RangeView:
    from pricing.words import basis_key, count_lines

    width = resale.p90.amount - resale.p10.amount
    share = float((resale.p50.amount - resale.p10.amount) / width) if width else 0.5
    low, middle, high = (
        format_money(money, language=language) for money in (resale.p10, resale.p50, resale.p90)
    )
    grounds = (basis_words(basis_key(resale, warnings)), *count_lines(resale, language))
    return RangeView(low, middle, high, share, " · ".join(grounds))


def basis_words(basis: str) -> str:
    """Return what a price rests on."""
    words = {
        "seed": translate("quote", "Seed: estimate from published curves"),
        "unseen": translate("quote", "Seed: estimate from launch price, maker and age"),
        "elsewhere": translate("quote", "Seed: estimate from prices of other markets"),
        "market": translate("quote", "Market: from prices of others"),
        "own_deals": translate("quote", "Own deals: from what this shop sold"),
    }
    return words.get(basis, basis)


def _lines(steps: tuple[Step, ...], offer: Money | None, language: str) -> tuple[Line, ...]:
    from pricing.words import words

    lines = [_line(words(step, language), step.amount, language) for step in steps]
    if offer is not None and lines:
        total = translate("quote", "Offer")
        lines.append(Line(total, format_money(offer, language=language), total=True))
    return tuple(lines)


def _line(label: str, amount: Money, language: str) -> Line:
    shown = label[:1].upper() + label[1:]
    return Line(shown, format_money(amount, language=language), negative=amount.amount < 0)


def _factor(factor: Factor, language: str) -> Line:
    from pricing.words import shown_multiplier, words

    label = words(factor, language)
    label = label[:1].upper() + label[1:]
    if factor.key == "launch_price":
        return Line(label, format_value(factor.note))
    note = f" ({factor.note})" if factor.note else ""
    return Line(f"{label}{note}", format_value(f"{_TIMES} {shown_multiplier(factor).normalize():f}"))


def _versions(quote: Quote, number: str, language: str) -> str:
    rows = (
        (translate("quote", "Quote"), number),
        (translate("quote", "prices"), quote.model_version),
        (translate("quote", "rates"), quote.market_version),
        (translate("quote", "rules"), quote.grade.rule_set),
        (translate("quote", "as of"), format_day(_noon(quote), language=language)),
    )
    return " · ".join(f"{label} {value}" for label, value in rows if value)


def _noon(quote: Quote) -> datetime:
    return datetime(quote.as_of.year, quote.as_of.month, quote.as_of.day, 12, tzinfo=UTC)
