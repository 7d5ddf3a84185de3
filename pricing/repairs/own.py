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
from pricing.repairs.words import fault_words
from resources.opening import load_toml

FILE = "repairs.toml"
_FORM = Form(FILE)
_MOST = Decimal(5000)
_AMOUNT = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_LONGEST = 600
"""Minutes of work."""
_HEAD = ("currency", "rate_per_hour", "handling")
_WORDS = frozenset({"minutes", "other"})
_PLACE = re.compile(r"line (?P<line>\d+), column (?P<column>\d+)")


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
        return replace(prices, wrong=str(error), fault=_fault(error))
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
            _bad("unknown_repair", found=checking.shown(name), known=checking.listed(known))
        if not isinstance(section, Mapping):
            _bad("no_section", name=name)
        yield _row(name, section, head, _usual_minutes(name, prices))


def _row(name: str, section: Mapping[str, object], head: _Head, usual: int) -> Row:
    models = {
        model: _amount(section[title], f"[{name}] {checking.shown(title)}")
        for model, title in _models(name, section, head.catalogue).items()
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


def _models(name: str, section: Mapping[str, object], catalogue: Catalogue) -> Mapping[str, str]:
    """Return a section's models and what each is called there: of two prices for one nobody could say which counts."""
    titles: dict[str, str] = {}
    for title in (each for each in section if each not in _WORDS):
        model = _model(catalogue, name, title)
        if model in titles:
            twice = {"name": name, "first": checking.shown(titles[model]), "found": checking.shown(title)}
            _bad("model_twice", **twice)
        titles[model] = title
    return titles


def _model(catalogue: Catalogue, name: str, title: str) -> str:
    """Return the id of a model that was named by its id, its name or its code."""
    by_id = next((model for model in catalogue if model.id == title), None)
    found = by_id or catalogue.find(manufacturer=None, name=title, code=None)
    if found is None:
        _bad("unknown_model", name=name, found=checking.shown(title))
    return found.id


def _usual_minutes(name: str, prices: RepairPrices) -> int:
    return next((row.minutes for row in prices.rows if row.repair == name and row.minutes), 0)


def _amount(value: object, place: str) -> Decimal:
    whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST
    written = isinstance(value, str) and _AMOUNT.fullmatch(value) and Decimal(value) <= _MOST
    if not (whole or written):
        _bad("bad_amount", place=place, most=str(_MOST), found=checking.shown(value))
    return Decimal(cast("str | int", value))


def _minutes(value: object, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LONGEST:
        _bad("bad_minutes", name=name, most=str(_LONGEST))
    return value


def _currency(value: object) -> str:
    try:
        return Money(Decimal(0), value).currency if isinstance(value, str) else _no_currency(value)
    except ValueError:
        return _no_currency(value)


def _no_currency(value: object) -> NoReturn:
    _bad("bad_currency", found=checking.shown(value))


def _bad(code: str, **params: str) -> NoReturn:
    detail, hint = fault_words(code, params)
    raise BadInput(f"{FILE} cannot be used: {detail}.", hint, "bad_repairs", fault=code, **params)


def _fault(error: BadInput) -> Mapping[str, str]:
    """Return what is wrong for a translation; of a file that is no TOML the place, which is said alike everywhere."""
    if "fault" in error.params:
        return error.params
    place = _PLACE.search(error.message)
    return {"fault": "syntax", **place.groupdict()} if place else {}


def _day(path: Path) -> date:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
