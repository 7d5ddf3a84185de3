"""Opens a shop's book from its data folder, and keeps it open for as long as nothing there changes.

The counter never waits for a model that cannot be used: then the book goes on without it, and each price says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from diagnostics.errors import UserError
from pricing.book.deals import Deals, counting
from pricing.book.estimate import Estimate
from pricing.book.shop import Caution, ShopBook
from pricing.book.weights import load_weights
from pricing.catalogue import load_catalogue
from pricing.drift import caution, drift_of
from pricing.own_deals import FILE as OWN_DEALS
from pricing.own_deals import OwnDeal, examined
from pricing.ports import PriceModel
from pricing.pricedata.remarks import Remark
from pricing.rates.keeping import DAYS as RATES_FILE
from pricing.rates.keeping import FOLDER as RATES_FOLDER
from pricing.rates.keeping import rates_in
from pricing.records import Reason, reason
from pricing.seed.book import SeedBook
from pricing.standing.keeping import read_standing
from pricing.standing.places import model_folder, prices_folder, standing_file
from pricing.standing.records import Standing

if TYPE_CHECKING:
    from pricing.book.market import MarketPrices
    from pricing.rates.table import Rates

PRICE_MODEL = "price-model"
"""In the data folder: the model that counts where none is champion, as ``price predict`` has it."""
_KEPT = ("model.json", "trees.npz")
_SOLD = "sold"
_Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Market:
    """The trained model, opened, or why it is not.

    Attributes:
        cells: Estimates of the shop's sales by it, made once.
    """

    prices: MarketPrices | None = None
    version: str = ""
    problems: tuple[Reason, ...] = ()
    cells: dict[tuple[object, ...], Estimate | None] = field(default_factory=dict)


def shop_book(folder: Path | None, today: date | None = None) -> PriceModel:
    """Return the book of a shop; the published curves alone where it has nothing else.

    It never fails over what is in the folder: what cannot be used is left aside and said with each price.

    Args:
        folder: The data folder; ``None`` for none.
        today: Until when sales count; the day of this computer when left out.
    """
    if folder is None:
        return _seeds()
    return _book(folder, today or datetime.now(UTC).astimezone().date(), _stamps(folder))


@lru_cache(maxsize=1)
def _seeds() -> PriceModel:
    return SeedBook()


def _stamps(folder: Path) -> tuple[tuple[_Stamp, ...], _Stamp]:
    """Return what changes with the model and its rates, and what changes with the sales."""
    market = (standing_file(folder), *_model_files(folder), folder / RATES_FOLDER / RATES_FILE)
    return tuple(map(_stamp, market)), _stamp(prices_folder(folder) / OWN_DEALS)


def _model_files(folder: Path) -> Iterator[Path]:
    try:
        place, _ = _champion(folder)
    except UserError:  # said when the book is opened
        return
    yield from (place / name for name in _KEPT) if place else ()


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def model_in_use(folder: Path) -> Path:
    """Return where the model lies that prices: the champion's folder, else `PRICE_MODEL`, which need not be there.

    Args:
        folder: The data folder.

    Raises:
        BadInput: What says which one counts is damaged.
    """
    return _champion(folder)[0] or folder / PRICE_MODEL


def _champion(folder: Path) -> tuple[Path | None, bool]:
    """Return where the model lies that counts, and whether it learned from sales.

    Raises:
        BadInput: What says which one counts is damaged.
    """
    champion = _standing(folder, _stamp(standing_file(folder))).champion
    if champion is not None:
        return model_folder(folder, champion.version), champion.kind == _SOLD
    place = folder / PRICE_MODEL
    return (place if place.is_dir() else None), False


@lru_cache(maxsize=4)
def _standing(folder: Path, _at: _Stamp) -> Standing:
    return read_standing(folder)


@lru_cache(maxsize=4)
def _book(folder: Path, today: date, stamps: tuple[tuple[_Stamp, ...], _Stamp]) -> PriceModel:
    rates = rates_in(folder)
    market = _market(folder, stamps[0])
    sold, unread = _sold(prices_folder(folder) / OWN_DEALS)
    unread += (reason("rates_unused", detail=rates.wrong),) if rates.wrong else ()
    weights = load_weights()
    deals = counting(sold, load_catalogue(), today, weights) if sold else Deals()
    seeds = SeedBook(rates=rates)
    if not (market.prices or market.problems or sold or unread):
        return seeds
    return ShopBook(
        seeds,
        market.prices,
        deals,
        weights,
        version=market.version,
        caution=_caution(sold, today),
        problems=(*market.problems, *unread),
        cells=market.cells,
    )


@lru_cache(maxsize=2)
def _market(folder: Path, _stamps: tuple[_Stamp, ...]) -> _Market:
    try:
        place, sold = _champion(folder)
        return _opened(place, sold, rates_in(folder)) if place else _Market()
    except UserError as error:
        return _Market(problems=(reason("price_model_unused", detail=error.message),))


def _opened(place: Path, sold: bool, rates: Rates) -> _Market:
    """Return a kept model, ready to price; numpy is first needed here."""
    from pricing.book.market import Champion, MarketPrices
    from pricing.model.keeping import load

    model = load(place, "" if place.name == PRICE_MODEL else place.name)
    return _Market(MarketPrices(Champion(model, sold), rates, load_weights()), model.card.version)


def _sold(path: Path) -> tuple[tuple[OwnDeal, ...], tuple[Reason, ...]]:
    """Return the shop's own sales; those that cannot be used are said."""
    found = examined(path)
    if found.problem:
        return found.deals, (_unused(found.problem),)
    if found.left_out:
        return found.deals, (
            reason("own_deals_left_out", count=str(found.left_out), file=OWN_DEALS, line=str(found.line)),
        )
    return found.deals, ()


def _unused(problem: Remark) -> Reason:
    """Return that own sales are not used; the file's remarks and the quote's reasons have one code."""
    told = {name: value for name, value in problem.params.items() if isinstance(value, str)}
    return reason(problem.code, **told)


def _caution(sold: tuple[OwnDeal, ...], today: date) -> Caution:
    drift = drift_of(sold, today)
    if not drift.suspect:
        return Caution()
    percent = f"{drift.bias_percent or 0.0:+.0f}"
    covered = f"{100 * (drift.coverage or 0.0):.0f}"
    told = reason("price_drift", sales=str(drift.sales), percent=percent, covered=covered)
    return Caution(caution(drift), (told,))
