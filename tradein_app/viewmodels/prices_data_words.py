"""What the page of prices says of its data: the files and feeds, what was left out of them, and how old they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from diagnostics.errors import UserError
from tradein_app.viewmodels.formatting import (
    format_day,
)
from tradein_app.viewmodels.language import error_words, translate
from tradein_app.viewmodels.prices_left_out import why_words
from tradein_app.viewmodels.prices_words import count

if TYPE_CHECKING:
    from tradein_app.services.price_page_records import Data, Source

_NEEDED = ("model", "price", "currency")
_BETTER = ("brand", "storage_gb", "grade", "battery_pct", "date", "market")
_OLD_DAYS = 60
"""Days after which market prices are called old: a phone loses a twentieth of its price in that time."""


def columns_words() -> str:
    """Return which columns a file of prices has, by the names that they have in every language."""
    text = translate(
        "prices",
        "A file is a CSV whose first line names its columns. Needed: {0}. Better with: {1}. "
        "French and German names for them are understood, too.",
    )
    return text.format(", ".join(_NEEDED), ", ".join(_BETTER))


def example_note() -> str:
    """Return what the rows of an example file say of themselves."""
    return translate("prices", "Example without a price, so it counts nowhere: write a price such as 349.00")


def train_hint(*, training: bool) -> str:
    """Return how new prices come to count; a training that runs has read its prices already."""
    if training:
        return translate("prices", "Train again when this training has ended: it began without them.")
    return translate("prices", "Train now, and the new prices count.")


def loaded_words(source: Source, language: str, *, training: bool = False) -> tuple[str, str, str]:
    """Return what became of a file that was loaded, what to do about it, and its tone."""
    out = source.rows - source.used
    one, many = translate("prices", "{0}: 1 price is taken"), translate("prices", "{0}: {1} prices are taken")
    said = (one if source.used == 1 else many).format(source.name, count(source.used, language))
    if not out and source.no_currency:
        return f"{said}.", _no_currency(language), "warn"
    if not out:
        return f"{said}.", train_hint(training=training), "ok"
    left = (
        translate("prices", "{0}, 1 row is left out.")
        if out == 1
        else translate("prices", "{0}, {1} rows are left out.")
    )
    first = why_words(source.examples[0]) if source.examples else ""
    why = translate("prices", "The first: {0}. All reasons: Alt+2.").format(first)
    hints = [why if first else "", _no_currency(language) if source.no_currency else ""]
    return (
        left.format(said, count(out, language)),
        "\n".join(filter(None, hints)),
        "warn" if out < source.used else "bad",
    )


def _no_currency(language: str) -> str:
    """Return what is to be said of prices of which no row names a currency."""
    from pricing.feeds.problems import said

    return said("remarks.no_currency", language)


def data_words(data: Data, language: str) -> str:
    """Return what there is to learn from, in one line."""
    if not data.sources:
        return translate("prices", "No prices are loaded, and no sale is recorded.")
    counted = (
        (data.used, translate("prices", "1 market price"), translate("prices", "{0} market prices")),
        (data.own, translate("prices", "1 own sale"), translate("prices", "{0} own sales")),
        (data.models, translate("prices", "1 phone model"), translate("prices", "{0} phone models")),
    )
    parts = [one if number == 1 else many.format(count(number, language)) for number, one, many in counted]
    known = translate("prices", "{0} of them with three prices or more").format(count(data.known, language))
    said = ", ".join(parts) + (f" ({known})" if data.known < data.models else "")
    return translate("prices", "Loaded: {0}").format(said)


def missing_words(data: Data) -> str:
    """Return which cells the data leaves empty; nothing where it leaves few."""
    shares = (
        (data.without_grade, translate("prices", "no grade in {0} %")),
        (data.without_storage, translate("prices", "no storage in {0} %")),
        (data.without_day, translate("prices", "no date in {0} %")),
    )
    return ", ".join(text.format(round(100 * share)) for share, text in shares if share >= 0.005)  # noqa: PLR2004 - shown as 1 %


def source_words(source: Source, language: str, today: date | None = None) -> tuple[str, str]:
    """Return one file or feed in a line, and its tone."""
    if source.problem:
        why = problem_words(source, language)
        named = translate("prices", "\u2717 {0}: {1}")
        return f"\u2717 {why}" if why.startswith(source.name) else named.format(source.name, why), "bad"
    one, many = translate("prices", "1 price"), translate("prices", "{0} prices")
    parts = [one if source.used == 1 else many.format(count(source.used, language))]
    tone = ""
    if source.newest is not None:
        age = ((today or datetime.now(UTC).astimezone().date()) - source.newest).days
        parts.append(translate("prices", "newest {0}").format(format_day(source.newest, language=language)))
        if age > _OLD_DAYS and source.kind != "own":
            parts.append(translate("prices", "! {0} days old").format(age))
            tone = "warn"
    for text in _odd(source, language):
        parts.append(text)
        tone = "warn"
    name = translate("prices", "Own sales") if source.kind == "own" else source.name
    said = translate("prices", "{0}: {1}").format(name, ", ".join(parts))
    return (f"{said}\n{_trouble(source, language)}", "warn") if source.trouble else (said, tone)


def problem_words(source: Source, language: str) -> str:
    """Return why a file or feed cannot be used at all."""
    params = dict(source.params)
    if source.code.startswith("remarks."):
        from pricing.feeds.problems import said

        return said(source.code, language, **params)
    said_so, _hint = error_words(UserError(source.problem, "", source.code, **params), language)
    return said_so


def can_be_taken_out(source: Source) -> bool:
    """Return whether a source is a file that a person loaded; feeds are named in a file, own sales are kept."""
    return source.kind == "asks" and source.name.endswith(".csv")


def _trouble(source: Source, language: str) -> str:
    """Return why nothing newer of a feed came, and what to do."""
    from pricing.feeds.problems import Problem

    why = Problem(source.trouble, dict(source.trouble_params)).words(language)
    return translate("prices", "! The last try to fetch it failed. {0}").format(why)


def _odd(source: Source, language: str) -> Iterator[str]:
    """Yield what is odd about a file or feed."""
    if source.absurd:
        text = translate("prices", "absurd prices left out: {0}")
        yield text.format(count(source.absurd, language))
    left_out = source.rows - source.used - source.absurd
    if left_out > 0:
        one = translate("prices", "1 row left out")
        many = translate("prices", "{0} rows left out")
        yield one if left_out == 1 else many.format(count(left_out, language))
    if source.repeated:
        text = translate("prices", "rows that repeat others: {0}")
        yield text.format(count(source.repeated, language))


def is_old(data: Data, today: date) -> int:
    """Return how many days old the newest market price is where that is too old; else 0."""
    days = [each.newest for each in data.sources if each.newest is not None and each.kind != "own"]
    age = (today - max(days)).days if days else 0
    return age if age > _OLD_DAYS else 0


def left_out_rows(data: Data, language: str) -> list[tuple[str, ...]]:
    """Return file, rows and reason of what is left out, and the first rows of it by line and column."""
    rows: list[tuple[str, ...]] = []
    for source in data.sources:
        rows += [(source.name, count(each.rows, language), why_words(each.why)) for each in source.left_out]
        rows += [(source.name, "", why_words(example)) for example in source.examples]
        if source.problem:
            rows.append((source.name, "", problem_words(source, language)))
    return rows
