"""The health of a shop's prices, as the page is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from diagnostics.errors import UserError
from tradein_app.services.price_page_records import Data, LeftOut, Place, Source

if TYPE_CHECKING:
    from pricing.pricedata.health import Health
    from tradein_app.services.price_page_scan import Scan

_MISSING = ("grade", "storage_gb", "date")


def data_of(home: Path | None, found: Scan, today: date) -> Data:
    """Return what is to be said of all prices of a shop.

    Args:
        home: The data folder; ``None`` for none.
        found: Its prices, counted.
        today: No price may be later.
    """
    from pricing.model.trained import KNOWN_FROM

    files, problem = _health(home, today)
    grade, storage, day = (_share(files, column) for column in _MISSING)
    return Data(
        (*map(_source, files), *problem),
        models=len(found.phones),
        known=sum(count >= KNOWN_FROM for count in found.phones.values()),
        without_grade=grade,
        without_storage=storage,
        without_day=day,
        places=tuple(Place(*place, count) for place, count in found.places.most_common()),
    )


def source_of(path: Path, today: date) -> Source:
    """Return the health of one file."""
    from pricing.pricedata.health import health_of

    return _source(health_of(path, today))


def _health(home: Path | None, today: date) -> tuple[tuple[Health, ...], tuple[Source, ...]]:
    from pricing.pricedata.health import shop_health

    if home is None:
        return (), ()
    try:
        return shop_health(home, today), ()
    except UserError as error:
        return (), (Source("feeds.toml", "asks", problem=error.message),)


def _share(files: tuple[Health, ...], column: str) -> float:
    rows = sum(each.looked_at for each in files)
    empty = sum(each.missing.get(column, 0.0) * each.looked_at for each in files)
    return empty / rows if rows else 0.0


def _source(file: Health) -> Source:
    return Source(
        file.name,
        file.kind,
        file.rows,
        file.used,
        file.repeated,
        tuple(LeftOut(*each) for each in file.left_out),
        file.examples,
        file.first,
        file.last,
        file.problem,
        file.absurd,
        file.thin_count,
        file.trouble,
    )
