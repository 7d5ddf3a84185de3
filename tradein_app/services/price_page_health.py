"""The health of a shop's prices, as the page is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tradein_app.services.price_page_records import Data, LeftOut, Place, Source

if TYPE_CHECKING:
    from pricing.pricedata.health import Health
    from tradein_app.services.price_page_files import Found

_MISSING = ("grade", "storage_gb", "date")


def data_of(found: Found) -> Data:
    """Return what is to be said of all prices of a shop.

    Args:
        found: All that was read of them.
    """
    from pricing.model.trained import KNOWN_FROM

    files, scan, bad = found.files, found.scan, found.bad_feeds
    refused = (
        [Source("feeds.toml", "asks", problem=bad.message, code=bad.code, params=_said(bad.params))]
        if bad
        else []
    )
    grade, storage, day = (_share(files, column) for column in _MISSING)
    return Data(
        (*refused, *map(_source, files)),
        models=len(scan.phones),
        known=sum(count >= KNOWN_FROM for count in scan.phones.values()),
        without_grade=grade,
        without_storage=storage,
        without_day=day,
        places=tuple(Place(*place, count) for place, count in scan.places.most_common()),
    )


def source_of(path: Path, today: date) -> Source:
    """Return the health of one file."""
    from pricing.pricedata.health import health_of

    return _source(health_of(path, today))


def _said(params: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in params.items())


def _share(files: Sequence[Health], column: str) -> float:
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
        file.code,
        file.params,
        any(each.code == "no_currency" for each in file.remarks),
        file.trouble_params,
    )
