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
ASKS, OWN = "asks", "own"
Kind = tuple[str, str, str, float | None, float | None, bool]
"""Phone, market, currency, storage, grade, and whether it is an own sale."""


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
                self._count(row.values, own=kind == OWN)

    def _count(self, values: Mapping[str, Any], *, own: bool) -> None:
        place = values.get("market", ""), values.get("currency", "")
        self.places[place] += 1
        key = self._key(values.get("brand", ""), values.get("model", ""))
        if not key:
            return
        self.phones[key] += 1
        kind = (key, *place, values.get("storage"), values.get("grade"), own)
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
    for path, kind in files(folder):
        found.take(path, kind, today)
    return found


def files(folder: Path | None) -> Iterator[tuple[Path, str]]:
    """Yield each file of prices, and its kind."""
    if folder is None:
        return
    own = folder / "own-deals.csv"
    if own.is_file():
        yield own, OWN
    for path in sorted((folder / "data").glob("*.csv")):
        yield path, ASKS
    for path in sorted((folder / "feeds").glob("*/body.csv")):
        yield path, ASKS


def stamp(folder: Path | None) -> tuple[object, ...]:
    """Return what changes when a file does: the same stamp, the same prices."""
    found = []
    feeds = [] if folder is None else [folder / "feeds.toml", *(folder / "feeds").glob("*/meta.json")]
    for path in (*(path for path, _kind in files(folder)), *feeds):
        try:
            stat = path.stat()
        except OSError:
            continue
        found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(found)
