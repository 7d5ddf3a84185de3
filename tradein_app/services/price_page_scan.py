"""One pass over all prices that a shop has: how many of what there are, and a fair draw of each kind to be shown."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from diagnostics.errors import UserError
from tradein_app.services.price_page_records import Data, LeftOut, Place, Source

KEPT = 60
"""Prices of one phone model, storage, grade and market that are kept to be shown; all are counted."""
_MOST_KINDS = 100_000
_EXAMPLES = 8
FEED, FILE, OWN = "feed", "file", "own"
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
    sources: list[Source] = field(default_factory=list)
    places: Counter[tuple[str, str]] = field(default_factory=Counter)
    phones: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    number: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 - a draw, no secret
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def of_phone(self, key: str) -> Mapping[Kind, Drawn]:
        """Return what there is of a phone model."""
        return self.kinds.get(key, {})

    def data(self) -> Data:
        """Return what is said of the data as a whole."""
        from pricing.model.trained import KNOWN_FROM

        rows = sum(self.places.values()) or 1
        return Data(
            tuple(self.sources),
            models=len(self.phones),
            known=sum(count >= KNOWN_FROM for count in self.phones.values()),
            without_grade=self.missing["grade"] / rows,
            without_storage=self.missing["storage"] / rows,
            without_day=self.missing["day"] / rows,
            places=tuple(Place(*place, count) for place, count in self.places.most_common()),
        )

    def take(self, path: Path, name: str, kind: str) -> None:
        """Read a file; one that cannot be used at all says why."""
        from pricing.pricedata.rows import Rows

        rows = Rows(path, priced=True, last_day=date.today().toordinal())  # noqa: DTZ011 - the shop's own day
        days: list[float] = []
        problem = ""
        try:
            for row in rows:
                self._count(row.values, own=kind == OWN)
                days = _ends(days, row.values.get("day"))
        except UserError as error:
            problem = error.message
        found = rows.findings
        self.sources.append(
            Source(
                name,
                kind,
                found.rows,
                found.used,
                left_out=tuple(LeftOut(why, count) for why, count in found.counts.most_common()),
                examples=tuple(str(each) for each in found.examples[:_EXAMPLES]),
                oldest=date.fromordinal(int(days[0])) if days else None,
                newest=date.fromordinal(int(days[1])) if days else None,
                problem=problem,
            )
        )

    def _count(self, values: Mapping[str, Any], *, own: bool) -> None:
        place = values.get("market", ""), values.get("currency", "")
        self.places[place] += 1
        key = self._key(values.get("brand", ""), values.get("model", ""))
        for name in ("grade", "storage", "day"):
            self.missing[name] += name not in values
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


def _ends(days: list[float], day: float | None) -> list[float]:
    if day is None:
        return days
    return [min(days[0], day), max(days[1], day)] if days else [day, day]


def scan(folder: Path | None) -> Scan:
    """Return what lies in a shop's folder of prices; nothing without a folder."""
    found = Scan()
    for path, name, kind in files(folder):
        found.take(path, name, kind)
    return found


def files(folder: Path | None) -> Iterator[tuple[Path, str, str]]:
    """Yield each file of prices, what it is called, and its kind."""
    if folder is None:
        return
    own = folder / "own-deals.csv"
    if own.is_file():
        yield own, own.name, OWN
    for path in sorted((folder / "data").glob("*.csv")):
        yield path, path.name, FILE
    for path in sorted((folder / "feeds").glob("*/body.csv")):
        yield path, path.parent.name, FEED


def stamp(folder: Path | None) -> tuple[object, ...]:
    """Return what changes when a file does: the same stamp, the same prices."""
    found = []
    for path, _name, _kind in files(folder):
        try:
            stat = path.stat()
        except OSError:
            continue
        found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(found)
