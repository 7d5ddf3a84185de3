"""One pass over all prices that a shop has: how many of what there are, and a fair draw of each kind to be shown."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from diagnostics.errors import UserError

KEPT = 60
"""Prices of one phone model, storage, grade and market that are kept to be shown; all are counted."""
_MOST_KINDS = 100_000
ASKS, SOLD, OWN = "asks", "sold", "own"
Kind = tuple[str, str, str, float | None, float | None, str]
"""Phone, market, currency, storage, grade, and whether it was asked, sold by others or sold by this shop."""


@dataclass(slots=True)
class Drawn:
    """Prices of one kind: all are counted, some kept, as (day, price); a row that says no day has ``None``."""

    count: int = 0
    kept: list[tuple[int | None, float]] = field(default_factory=list)

    def add(self, day: int | None, price: float, chance: random.Random) -> None:
        """Count a price, and keep it by chance: each with the same."""
        self.count += 1
        if len(self.kept) < KEPT:
            self.kept.append((day, price))
        elif (place := chance.randrange(self.count)) < KEPT:
            self.kept[place] = (day, price)


@dataclass(slots=True)
class Scan:
    """What was found; ``kinds`` by phone model, as `pricing.model.columns.Phone.key` names it."""

    kinds: dict[str, dict[Kind, Drawn]] = field(default_factory=dict)
    places: Counter[tuple[str, str]] = field(default_factory=Counter)
    phones: Counter[str] = field(default_factory=Counter)
    number: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 - a draw, no secret
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def of_phone(self, key: str) -> Mapping[Kind, Drawn]:
        """Return what there is of a phone model."""
        return self.kinds.get(key, {})

    def take(self, path: Path, kind: str, today: date) -> None:
        """Read a file; what cannot be used is left aside, `tradein_app.services.price_page_health` says why."""
        from pricing.pricedata.rows import Rows

        rows = Rows(path, priced=True, last_day=today.toordinal())
        with suppress(UserError):
            for row in rows:
                self._count(row.values, kind)

    def _count(self, values: Mapping[str, Any], what: str) -> None:
        place = values.get("market", ""), values.get("currency", "")
        self.places[place] += 1
        key = self._key(values.get("brand", ""), values.get("model", ""))
        if not key:
            return
        self.phones[key] += 1
        kind = (key, *place, values.get("storage"), values.get("grade"), what)
        kinds = self.kinds.setdefault(key, {})
        if kind not in kinds:
            self.number += 1
            if self.number > _MOST_KINDS:
                return
        day = values.get("day")
        drawn = kinds.setdefault(kind, Drawn())
        drawn.add(None if day is None else int(day), values["price"], self.chance)

    def _key(self, brand: str, model: str) -> str:
        found = self.names.get((brand, model))
        if found is None:
            from pricing.model.columns import phone

            found = self.names[brand, model] = phone(brand, model).key
        return found


def scan(folder: Path | None, today: date) -> Scan:
    """Return what lies in a shop's folder of prices; nothing without a folder."""
    found = Scan()
    for path, kind in (*_loaded(folder), *_copies(folder)):
        found.take(path, kind, today)
    return found


def _loaded(folder: Path | None) -> Iterator[tuple[Path, str]]:
    """Yield own sales and each file that a person loaded, and its kind."""
    if folder is None:
        return
    own = folder / "own-deals.csv"
    if own.is_file():
        yield own, OWN
    for path in sorted((folder / "data").glob("*.csv")):
        yield path, ASKS


def _copies(folder: Path | None) -> Iterator[tuple[Path, str]]:
    """Yield the copy of each feed that is named now and its kind: a feed that was taken out counts no more."""
    if folder is None:
        return
    from pricing.feeds.feed import feeds_of
    from pricing.feeds.fetching import kept

    home = folder.parent
    with suppress(UserError):
        for feed in feeds_of(home):
            path = kept(feed, home).path
            if path is not None:
                yield path, feed.kind


def stamp(folder: Path | None) -> tuple[object, ...]:
    """Return what changes when a file does: the same stamp, the same prices."""
    found = []
    copies = sorted((folder / "feeds").glob("*/*")) if folder else []
    feeds = [] if folder is None else [folder / "feeds.toml", *copies]
    for path in (*(path for path, _kind in _loaded(folder)), *feeds):
        try:
            stat = path.stat()
        except OSError:
            continue
        found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(found)
