"""The shop's own prices of repairs: ``repairs.toml`` in its data folder, checked and said in words.

A file that cannot be used is not used at all, and says why; what the program brings along counts then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn, cast

from diagnostics import checking, text
from diagnostics.errors import BadInput
from diagnostics.learned import Form, content_of
from pricing.catalogue import Catalogue, load_catalogue
from pricing.money import Money
from pricing.rates.keeping import rates_in
from pricing.repairs.prices import OWN, RepairPrices, Row, load_prices
from resources.opening import load_toml

FILE = "repairs.toml"
_FORM = Form(FILE)
_MOST = Decimal(5000)
_AMOUNT = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_LONGEST = 600
"""Minutes of work."""
_HEAD = ("currency", "rate_per_hour", "handling")
_WORDS = frozenset({"minutes", "other"})
_EXAMPLE = 'Write a price as "69.00", minutes as 30.'


@dataclass(frozen=True, slots=True)
class _Head:
    """What holds for all sections."""

    catalogue: Catalogue
    currency: str
    day: date


def prices_of(folder: Path | None) -> RepairPrices:
    """Return all prices, the shop's own before those of the program.

    Args:
        folder: The data folder; ``None`` for none.
    """
    prices = load_prices()
    if folder is None:
        return prices
    prices = replace(prices, rates=rates_in(folder))
    path = folder / FILE
    try:
        content = content_of(path)
        return parse_own(content, prices, load_catalogue(), _day(path)) if content else prices
    except BadInput as error:
        return replace(prices, wrong=str(error))
    except OSError as error:
        return replace(prices, wrong=f"{FILE} cannot be read ({error.strerror}).")
    except (ValueError, ArithmeticError, RecursionError) as error:
        return replace(prices, wrong=f"{FILE} cannot be used: {text.plain(error, 80)}.")


def parse_own(content: bytes, prices: RepairPrices, catalogue: Catalogue, day: date) -> RepairPrices:
    """Return the prices with the shop's own in front.

    Args:
        content: The file.
        prices: What the program brings along.
        catalogue: By which models are found.
        day: When the file was written.

    Raises:
        BadInput: One sentence that names the place and says what it must be.
    """
    table = _FORM.table(content)
    currency = _currency(table.get("currency", prices.handling.currency))
    head = {name: Money(_amount(table[name], name), currency) for name in _HEAD[1:] if name in table}
    rows = tuple(_rows(table, prices, _Head(catalogue, currency, day)))
    return replace(
        prices,
        version=f"{prices.version}+own",
        rate_per_hour=head.get("rate_per_hour", prices.rate_per_hour),
        handling=head.get("handling", prices.handling),
        own=rows,
        file=FILE,
    )


def _rows(table: Mapping[str, object], prices: RepairPrices, head: _Head) -> Iterator[Row]:
    known = tuple(load_toml("repairs/kinds.toml")["kinds"])
    for name, section in table.items():
        if name in _HEAD:
            continue
        if name not in known:
            _bad(f"{checking.shown(name)} is no repair", f"Its repairs: {checking.listed(known)}.")
        if not isinstance(section, Mapping):
            _bad(f"[{name}] must be a section with prices", f"Begin it with [{name}].")
        yield _row(name, section, head, _usual_minutes(name, prices))


def _row(name: str, section: Mapping[str, object], head: _Head, usual: int) -> Row:
    models = {
        _model(head.catalogue, name, title): _amount(value, f"[{name}] {checking.shown(title)}")
        for title, value in section.items()
        if title not in _WORDS
    }
    return Row(
        repair=name,
        currency=head.currency,
        minutes=_minutes(section.get("minutes", usual), name),
        mark=OWN,
        source=FILE,
        as_of=head.day,
        models=MappingProxyType(models),
        families=MappingProxyType({}),
        other=_amount(section["other"], f"[{name}] other") if "other" in section else None,
    )


def _model(catalogue: Catalogue, name: str, title: str) -> str:
    """Return the id of a model that was named by its id, its name or its code."""
    by_id = next((model for model in catalogue if model.id == title), None)
    found = by_id or catalogue.find(manufacturer=None, name=title, code=None)
    if found is None:
        hint = 'Write a model as on its box, such as "iPhone 13", or other for all that are not named.'
        _bad(f"[{name}] {checking.shown(title)} is no model of the catalogue", hint)
    return found.id


def _usual_minutes(name: str, prices: RepairPrices) -> int:
    return next((row.minutes for row in prices.rows if row.repair == name and row.minutes), 0)


def _amount(value: object, place: str) -> Decimal:
    whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST
    written = isinstance(value, str) and _AMOUNT.fullmatch(value) and Decimal(value) <= _MOST
    if not (whole or written):
        _bad(f"{place} must be a price from 0 to {_MOST}, not {checking.shown(value)}", _EXAMPLE)
    return Decimal(cast("str | int", value))


def _minutes(value: object, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LONGEST:
        _bad(f"[{name}] minutes must be a whole number from 0 to {_LONGEST}", _EXAMPLE)
    return value


def _currency(value: object) -> str:
    try:
        return Money(Decimal(0), value).currency if isinstance(value, str) else _no_currency(value)
    except ValueError:
        return _no_currency(value)


def _no_currency(value: object) -> NoReturn:
    _bad(f"currency must be three letters such as EUR, not {checking.shown(value)}", "Correct it.")


def _bad(detail: str, hint: str) -> NoReturn:
    raise BadInput(f"{FILE} cannot be used: {detail}.", hint, "bad_repairs")


def _day(path: Path) -> date:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
