"""Puts measured values, money and times into the person's language; the only place that does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

if TYPE_CHECKING:
    from decimal import Decimal

    from pricing.money import Money

_ISOLATE, _END = "\u2068", "\u2069"
_NO_BREAK = "\u00a0"
_MINUS = "\u2212"
_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}
_UNITS = {("fr", "GB"): "Go"}
_TERRITORIES = {"en": "en_GB", "fr": "fr_FR"}
_GENERATION = re.compile(r"\((\d+)(?:st|nd|rd|th) generation\)")
_BYTES_PER_GB = 1_000_000_000


def locale_for(language: str) -> QLocale:
    """Return the locale whose numbers and dates go with a language in Europe."""
    return QLocale(_TERRITORIES.get(language, language))


def format_value(value: object, unit: str = "", *, language: str = "en") -> str:
    """Return a measured value with its unit, isolated so that it reads the same inside right-to-left text.

    Args:
        value: Whole numbers get the language's grouping; all else is shown as it is.
        unit: Such as ``%`` or ``mAh``.
        language: Two letters.
    """
    number = isinstance(value, int) and not isinstance(value, bool)
    shown = locale_for(language).toString(int(str(value))) if number else str(value)
    unit = _UNITS.get((language, unit), unit)
    return isolated(f"{shown}{_NO_BREAK}{unit}" if unit else shown)


def format_decimal(value: float, unit: str = "", *, language: str = "en") -> str:
    """Return a measured value with one digit behind the point, such as ``31.5 °C``."""
    return format_value(locale_for(language).toString(value, "f", 1), unit, language=language)


def isolated(text: str) -> str:
    """Return a text between Unicode's isolates (UAX #9), which paint nothing."""
    return f"{_ISOLATE}{text}{_END}"


def without_isolates(text: str) -> str:
    """Return a text as a clipboard, a file or a test wants it."""
    return text.replace(_ISOLATE, "").replace(_END, "")


def format_money(money: Money, *, language: str = "en", sign: bool = False) -> str:
    """Return an amount to the cent in the language's form, such as ``€198.00`` or ``198,00 €``.

    The digits come from the decimal number itself: no binary fraction is involved.

    Args:
        money: Rounded already; digits beyond its own are not invented.
        language: Two letters.
        sign: Also mark amounts above zero.
    """
    locale = locale_for(language)
    pattern = locale.toCurrencyString(7, _SYMBOLS.get(money.currency, money.currency))
    shown = re.sub(r"[\d.,]+", lambda _: _digits(abs(money.amount), locale), pattern, count=1)
    mark = _MINUS if money.amount < 0 else "+" if sign and money.amount > 0 else ""
    return isolated(mark + shown.replace(" ", _NO_BREAK))


def _digits(amount: Decimal, locale: QLocale) -> str:
    whole, _, cents = f"{amount:f}".partition(".")
    grouped = locale.toString(int(whole))
    return f"{grouped}{locale.decimalPoint()}{cents}" if cents else grouped


def format_time(moment: datetime, *, language: str = "en") -> str:
    """Return the time of day here, such as ``14:02``; with the date when it was not today."""
    local = moment.astimezone()
    same_day = local.date() == datetime.now(UTC).astimezone().date()
    return local.strftime("%H:%M") if same_day else format_day_time(moment, language=language)


def format_day_time(moment: datetime, *, language: str = "en") -> str:
    """Return date and time here, such as ``29 Nov 2026, 14:02``."""
    local = moment.astimezone()
    return f"{format_day(local, language=language)}, {local:%H:%M}"


def format_day(moment: date, *, language: str = "en") -> str:
    """Return the date here, such as ``29 Nov 2026``."""
    month = locale_for(language).monthName(moment.month, QLocale.FormatType.ShortFormat)
    return f"{moment.day} {month} {moment.year}"


def format_gigabytes(count: int, *, language: str = "en") -> str:
    """Return a count of bytes in decimal GB with one digit, as the phone's own settings show it."""
    tenths = (count * 10 + _BYTES_PER_GB // 2) // _BYTES_PER_GB
    return format_decimal(tenths / 10, "GB", language=language)


def model_words(name: str, language: str) -> str:
    """Return a model's name as its maker writes it in a language, such as ``iPhone SE (3e génération)``."""
    return _GENERATION.sub(_generation, name) if language == "fr" else name


def _generation(found: re.Match[str]) -> str:
    number = found[1]
    return f"({number}{'re' if number == '1' else 'e'}{_NO_BREAK}génération)"


def masked(text: str) -> str:
    """Return a serial or IMEI with all but its last three characters hidden, its length too."""
    return isolated("••••" + text[-3:]) if len(text) > 3 else "••••"  # noqa: PLR2004 - nothing would be left to hide


def spans(numbers: Iterable[int], between: str) -> str:
    """Return numbers as spans: ``1 to 6, 9``.

    Args:
        numbers: In their order, each once.
        between: What stands between the ends of a span, such as ``{0} to {1}``.
    """
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(between.format(each[0], each[-1]) if len(each) > 1 else str(each[0]) for each in found)
