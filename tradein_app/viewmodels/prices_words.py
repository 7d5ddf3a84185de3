"""What the page of prices says: plain words before numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from diagnostics.grading.words import result_words
from tradein_app.viewmodels.formatting import (
    format_day,
    format_day_time,
    format_money,
    locale_for,
    without_isolates,
)
from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.prices_axis import age_words, name_of, storage_words
from tradein_app.viewmodels.quote import basis_words

if TYPE_CHECKING:
    from pricing.money import Money
    from pricing.standing.records import Entry, Tried
    from tradein_app.services.price_page_records import Asked, Place, Point, PriceCurve, Watch

_CAUTIONS = frozenset(
    {
        "curves_differ",
        "own_deals_differ",
        "own_deals_few",
        "own_deals_apart",
        "above_list",
        "above_new",
        "price_drift",
        "price_model_unused",
        "own_deals_unused",
    }
)
"""Codes of warnings after which a person should look before paying."""
_SPLITS = {"sellers": "known", "models": "new", "time": "later", "later": "later"}


def money(amount: object, language: str) -> str:
    """Return an amount without isolates, for texts that are painted."""
    return without_isolates(format_money(amount, language=language))  # type: ignore[arg-type]


def rounded_whole(amount: Money) -> Money:
    """Return an amount in whole units, for where cents are no help."""
    return type(amount)(amount.amount.quantize(Decimal(1)), amount.currency)


def count(number: int, language: str) -> str:
    """Return a whole number with its language's grouping."""
    return locale_for(language).toString(number)


def asked_words(curve: PriceCurve, language: str) -> str:
    """Return what the price is of."""
    asked = curve.asked
    text = translate("prices", "{0}, {1}, {2}, battery {3} %, genuine parts, {4}, today ({5} old)")
    return text.format(
        curve.title,
        storage_words(asked.storage_gb, language),
        result_words(asked.grade, language),
        curve.battery,
        place_words(asked.market, asked.currency),
        age_words(curve.age_months),
    )


def range_words(point: Point, language: str) -> str:
    """Return the range of a price as a promise that can be checked."""
    text = translate("prices", "8 of 10 should sell between {0} and {1}")
    return text.format(money(point.range.p10, language), money(point.range.p90, language))


def point_words(curve: PriceCurve, number: int, language: str) -> str:
    """Return one place of the curve as a sentence, for the eye and for a screen reader."""
    point = curve.points[number]
    text = translate("prices", "{0}: {1}, between {2} and {3}")
    amounts = (money(part, language) for part in (point.range.p50, point.range.p10, point.range.p90))
    return text.format(name_of(curve, number, language), *amounts)


def curve_words(curve: PriceCurve, language: str) -> str:
    """Return the whole plot as sentences."""
    ends = sorted({0, len(curve.points) // 2, len(curve.points) - 1}) if curve.points else []
    if curve.asked.by != "age":
        ends = list(range(len(curve.points)))
    return ". ".join(point_words(curve, number, language) for number in ends)


def basis_words_of(curve: PriceCurve, language: str) -> str:
    """Return where the price comes from, with the counts of what stands behind it."""
    from pricing.words import basis_key, count_lines

    found = curve.today.range
    first = basis_words(basis_key(found, curve.warnings))
    counts = " \u00b7 ".join(count_lines(found, language))
    if not counts:
        counts = translate("prices", "no sale of yours and no market price of this model counts in it")
    return f"{first} \u00b7 {counts}"


def caution_lines(curve: PriceCurve, language: str) -> list[str]:
    """Return what speaks against the price, and asks to be looked at before a phone is bought at it."""
    from pricing.words import words

    return [f"! {words(each, language)}" for each in curve.warnings if each.code in _CAUTIONS]


def note_lines(curve: PriceCurve, language: str) -> list[str]:
    """Return what else is to be known of the price."""
    from pricing.words import words

    quiet = {"seed_estimate", *_CAUTIONS}
    return [words(each, language) for each in curve.warnings if each.code not in quiet]


def legend_words(curve: PriceCurve, language: str) -> tuple[str, str, str]:
    """Return what own sales, sales of others and asks beside the curve are, with their counts."""
    own = _of_all(curve.own_dots, curve.own_all, language)
    others = _of_all(curve.sold_dots, curve.sold_all, language)
    asks = _of_all(curve.market_dots, curve.market_all, language)
    elsewhere = translate("prices", "sold by others: {0}").format(others)
    sold = translate("prices", "your sales: {0}").format(own)
    asked = translate("prices", "asked in the market, loaded: {0}").format(asks)
    return sold, elsewhere, asked


def _of_all(shown: int, every: int, language: str) -> str:
    if shown >= every:
        return count(shown, language)
    return translate("prices", "{0} of {1}").format(count(shown, language), count(every, language))


def paid_words(curve: PriceCurve, language: str) -> str:
    """Return how much less is paid than asked, where asks are drawn: most of them lie above the curve for it."""
    found = next((each.multiplier for each in curve.factors if each.key == "ask_to_sold"), None)
    if found is None or found >= 1 or not curve.market_dots:
        return ""
    text = translate("prices", "about {0} % less is paid than asked")
    return text.format(count(round(100 * (1 - found)), language))


def learned_words(curve: PriceCurve) -> str:
    """Return why fewer market prices count in the price than are loaded; nothing where none do."""
    if curve.market_all <= curve.today.range.counts.market:
        return ""
    return translate("prices", "loaded prices count once a training has learned from them")


def only_words(curve: PriceCurve, language: str) -> str:
    """Return of which phones the dots are where others of the model are left out; nothing where none is."""
    every = curve.own_all + curve.market_all + curve.sold_all
    if curve.own_dots + curve.market_dots + curve.sold_dots >= every:
        return ""
    storage = storage_words(curve.asked.storage_gb, language)
    grade = result_words(curve.asked.grade, language)
    parts = {"age": (storage, grade), "grade": (storage,), "storage": (grade,)}[curve.asked.by]
    return translate("prices", "only {0}").format(", ".join(parts))


def place_words(market: str, currency: str) -> str:
    """Return a market and its currency, such as ``France \u00b7 EUR``."""
    from tradein_app.viewmodels.prices_places import country

    return f"{country(market)} \u00b7 {currency}"


def place_button(place: Place) -> str:
    """Return what stands on a market's button."""
    return f"{place.market} {place.currency}"


def grade_button(grade: str, language: str) -> str:
    """Return what stands on a grade's button."""
    word = result_words(grade, language)
    return word[:1].upper() + word[1:]


def chosen_is(asked: Asked, place: Place) -> bool:
    """Return whether a market is the chosen one."""
    return (asked.market, asked.currency) == (place.market, place.currency)


# --- how good


def champion_words(entry: Entry | None, language: str) -> str:
    """Return which model prices now."""
    if entry is None:
        return translate("prices", "Published curves by age set the price now; no model of yours is in use.")
    if entry.models == 1:
        return _entry_words(
            translate("prices", "In use: trained {0}, learned from {1} prices of 1 model"), entry, language
        )
    return _entry_words(
        translate("prices", "In use: trained {0}, learned from {1} prices of {2} models"), entry, language
    )


def challenger_words(entry: Entry, language: str) -> str:
    """Return which model waits."""
    if entry.models == 1:
        return _entry_words(
            translate("prices", "New: trained {0}, learned from {1} prices of 1 model"), entry, language
        )
    return _entry_words(
        translate("prices", "New: trained {0}, learned from {1} prices of {2} models"), entry, language
    )


def model_name(entry: Entry, language: str) -> str:
    """Return how a model is called, at the begin of a sentence."""
    when = format_day_time(entry.trained_at, language=language)
    return translate("prices", "The model of {0}").format(when)


def _entry_words(text: str, entry: Entry, language: str) -> str:
    day = format_day(entry.trained_at.astimezone(), language=language)
    return text.format(day, count(entry.rows, language), count(entry.models, language))


def split_words(split: str) -> str:
    """Return on what a model was tried."""
    words = {
        "known": translate("prices", "Phones it knows"),
        "new": translate("prices", "Phones it has never seen"),
        "later": translate("prices", "Later prices"),
    }
    return words.get(_SPLITS.get(split, split), split)


def tried_words(tried: Tried | None, language: str) -> str:
    """Return how good a model was, in one breath."""
    if tried is None:
        return "\u2013"
    text = translate("prices", "off by {0} %, its range held {1} of 100")
    return text.format(_number(tried.mape, 0, language), round(100 * tried.coverage))


def figures(tried: Tried | None, language: str) -> tuple[str, ...]:
    """Return the same as numbers: rows, R\u00b2, MAPE, coverage and width in percent, rank violations."""
    if tried is None:
        return ("\u2013",) * 6
    broken = "\u2013" if tried.violations is None else f"{_number(100 * tried.violations, 2, language)} %"
    return (
        count(tried.rows, language),
        _number(tried.r2, 3, language),
        f"{_number(tried.mape, 1, language)} %",
        f"{_number(100 * tried.coverage, 0, language)} %",
        f"{_number(100 * tried.width, 0, language)} %",
        broken,
    )


def figure_heads() -> tuple[str, ...]:
    """Return the titles of the numbers' columns."""
    return (
        translate("prices", "Tried on"),
        translate("prices", "Model"),
        translate("prices", "Prices"),
        translate("prices", "Explains (R\u00b2)"),
        translate("prices", "Off by (MAPE)"),
        translate("prices", "80 % range holds"),
        translate("prices", "Its width"),
        translate("prices", "Better, but cheaper"),
    )


def _number(value: float, digits: int, language: str) -> str:
    return locale_for(language).toString(value, "f", digits)


# --- own sales, data


def watch_words(watch: Watch) -> tuple[str, str]:
    """Return what came of the quotes' prices, and its tone."""
    if watch.sales == 0:
        return translate(
            "prices", "No sale of a quoted phone is recorded yet, so nobody knows how right quotes are."
        ), "dim"
    bias = round(abs(watch.bias_percent))
    more = translate("prices", "Your phones sold for {0} % more than quoted.")
    less = translate("prices", "Your phones sold for {0} % less than quoted.")
    even = translate("prices", "Your phones sold for what was quoted.")
    first = even if not bias else (more if watch.bias_percent > 0 else less).format(bias)
    held = translate("prices", "{0} of {1} lay in their range.").format(watch.held, watch.sales)
    verdict, tone = _watch_verdict(watch.verdict)
    return f"{verdict} {first} {held}", tone


def _watch_verdict(verdict: str) -> tuple[str, str]:
    words = {
        "ok": (translate("prices", "\u2713 Quotes hold."), "ok"),
        "wide": (translate("prices", "\u2713 Ranges hold more than they promise."), "ok"),
        "biased": (translate("prices", "! Quotes are off; ranges are widened until a new training."), "bad"),
        "overconfident": (translate("prices", "! Ranges are too narrow; they are widened."), "bad"),
    }
    return words.get(verdict, (translate("prices", "Too few sales to judge."), "dim"))
