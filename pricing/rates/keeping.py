"""The rates that were fetched, in ``prices/rates`` of the data folder: a table of days, and when it was fetched."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from diagnostics.errors import BadInput
from diagnostics.learned import replaced
from diagnostics.regular import regular_bytes
from diagnostics.text import plain
from pricing.rates.columns import days_of, shipped, written
from pricing.rates.ecb import check_days
from pricing.rates.table import FETCHED, Rates, together

FOLDER = Path("prices", "rates")
DAYS = "ecb.csv"
META = "meta.json"
_LARGEST = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Meta:
    """How the rates came.

    Attributes:
        fetched_at: When they were last fetched or found unchanged, RFC 3339 in UTC.
        url: From where.
        etag: What the server calls this version, to ask for a newer one only.
        last_modified: The same by its time.
    """

    fetched_at: str = ""
    url: str = ""
    etag: str = ""
    last_modified: str = ""


def rates_in(folder: Path | None) -> Rates:
    """Return all rates there are: those that came with the program, and before them those that were fetched.

    A file that is damaged is not used, and `Rates.wrong` says so.

    Args:
        folder: The data folder; ``None`` for the program's rates alone.
    """
    if folder is None:
        return shipped()
    path = folder / FOLDER / DAYS
    try:
        found = path.stat()
    except FileNotFoundError:
        return shipped()
    except OSError as error:
        return replace(shipped(), wrong=f"{DAYS} cannot be read ({error.strerror}).")
    return _read(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, _size: int) -> Rates:
    try:
        days = tuple(days_of(_text(path), FETCHED))
        check_days(days, shipped(), last_day=_fetched_on(path.parent))
    except BadInput as error:
        return replace(
            shipped(), wrong=f"{DAYS} cannot be used: {error.params['detail']}. Fetch the rates anew."
        )
    except OSError as error:
        return replace(shipped(), wrong=f"{DAYS} cannot be read ({error.strerror}).")
    except (ValueError, IndexError, csv.Error) as error:
        return replace(shipped(), wrong=f"{DAYS} cannot be used: {plain(error, 80)}. Fetch the rates anew.")
    return together(shipped(), days, meta_of(path.parent).fetched_at)


def _fetched_on(place: Path) -> date | None:
    try:
        return datetime.fromisoformat(meta_of(place).fetched_at).date()
    except ValueError:
        return None


def _text(path: Path) -> str:
    content = regular_bytes(path, _LARGEST)
    if len(content) > _LARGEST:
        raise ValueError("it is too large")
    return content.decode("utf-8")


def meta_of(place: Path) -> Meta:
    """Return how the rates in a folder came; nothing where that is not known."""
    try:
        said = json.loads(regular_bytes(place / META, _LARGEST))
        return Meta(**{name: str(said[name]) for name in Meta.__slots__})
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Meta()


def keep(place: Path, rates: Rates, meta: Meta) -> None:
    """Keep the days that were fetched; each file is replaced whole or not at all.

    Raises:
        OSError: The folder cannot be written.
    """
    place.mkdir(parents=True, exist_ok=True)
    fetched = [each for each in rates.days if each.origin == FETCHED]
    replaced(place / META, json.dumps(asdict(meta), indent=1).encode())
    replaced(place / DAYS, written(fetched).encode())
