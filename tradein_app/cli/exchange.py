"""``tradein price rates``: exchange rates, their day and where they come from."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from diagnostics.errors import BadInput
from tradein_app.cli.inputs import parse_date
from tradein_app.cli.output import put_json, put_line, put_table, say
from tradein_app.config import load_config

if TYPE_CHECKING:
    from pricing.rates.table import Rate, Rates

SCHEMA = "tradein/rates-1"
_ORIGINS = {"ecb": "fetched from the ECB", "shipped": "came with the program", "": "–"}


def show_rates(source: str, target: str, day: str, *, fetch: bool, as_json: bool) -> int:
    """Print rates; returns 1 where there is none, or nothing could be fetched.

    Args:
        source: Three letters.
        target: Three letters, or ``""`` for all currencies.
        day: Such as ``2026-11-22``, or ``""`` for today.
        fetch: Whether newer ones are fetched first.
        as_json: The document of ``tradein/rates-1`` in place of words.
    """
    from pricing.rates.keeping import rates_in

    asked = parse_date(day) if day else datetime.now(UTC).astimezone().date()
    codes = tuple(_currency(code) for code in (source, target) if code)
    status = _fetch() if fetch else 0
    rates = rates_in(load_config().home)
    if rates.wrong:
        say(f"tradein: {rates.wrong}")
    wanted = codes[1:] or _others(rates, codes[0], asked)
    found = [rate for code in wanted if (rate := rates.rate(codes[0], code, asked))]
    if not found:
        return _none(rates, codes, asked)
    if as_json:
        put_json(_document(rates, found, codes[0], asked))
    else:
        _print(rates, found, codes[0], asked)
    return status


def _fetch() -> int:
    from pricing.feeds.problems import said
    from pricing.rates.fetching import fetch_rates

    config = load_config()
    now = datetime.now(UTC)
    after = fetch_rates(config.home, now=now)
    last = after.rates.days[-1].day
    if after.problem:
        say(f"tradein: {after.problem.words(config.language)}")
    key = "rates_kept" if after.problem else "rates_fresh" if after.fresh else "rates_same"
    say(said(f"states.{key}", config.language, day=str(last), days=str((now.date() - last).days)))
    return 1 if after.problem else 0


def _others(rates: Rates, source: str, asked: date) -> tuple[str, ...]:
    held = rates.on(asked)
    return tuple(code for code in sorted({"EUR", *(held.per_euro if held else ())}) if code != source)


def _none(rates: Rates, codes: tuple[str, ...], asked: date) -> int:
    from pricing.rates.saying import lack_words

    lack = rates.lack(codes[0], codes[-1] if len(codes) > 1 else "EUR", asked)
    say(f"tradein: {lack_words(lack, load_config().language) if lack else 'There is no exchange rate.'}")
    return 1


def _currency(text: str) -> str:
    from pricing.rates.columns import is_currency

    if not is_currency(text.upper()):
        raise BadInput(f"{text[:20]!r} is no currency.", "Write three letters such as EUR.", "bad_currency")
    return text.upper()


def _print(rates: Rates, found: list[Rate], source: str, asked: date) -> None:
    from pricing.rates.saying import significant

    rows = [
        (f"1 {source}", f"{significant(rate.value)} {rate.target}", _age(rate, asked), _ORIGINS[rate.origin])
        for rate in found
    ]
    put_table(("", "is", "Of", ""), rows)
    if rates.fetched_at:
        put_line(f"Last asked the ECB at {rates.fetched_at}.")


def _age(rate: Rate, asked: date) -> str:
    if rate.day is None:
        return "–"
    age = rate.age(asked)
    return f"{rate.day}" + (f", {age} day{'s' * (age != 1)} old" if age else "")


def _document(rates: Rates, found: list[Rate], source: str, asked: date) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "asked": str(asked),
        "from": source,
        "fetched_at": rates.fetched_at or None,
        "rates": [
            {
                "to": rate.target,
                "value": str(rate.value),
                "day": str(rate.day) if rate.day else None,
                "age_days": rate.age(asked),
                "source": rate.origin or None,
            }
            for rate in found
        ],
    }
