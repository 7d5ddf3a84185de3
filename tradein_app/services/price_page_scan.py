"""The prices that a shop has: how many of what there are, and a fair draw of each kind to be shown."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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

    def joined(self, other: Drawn, chance: random.Random) -> Drawn:
        """Return both together, of each as large a part as it has of all; neither of them is changed."""
        count = self.count + other.count
        wanted = round(KEPT * self.count / count)
        mine = min(len(self.kept), max(wanted, KEPT - len(other.kept)))
        theirs = min(len(other.kept), KEPT - mine)
        return Drawn(count, [*chance.sample(self.kept, mine), *chance.sample(other.kept, theirs)])


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

    def add(self, other: Scan) -> None:
        """Take over what was found in another file."""
        self.phones.update(other.phones)
        self.places.update(other.places)
        for key, kinds in other.kinds.items():
            mine = self.kinds.setdefault(key, {})
            for kind, drawn in kinds.items():
                mine[kind] = drawn if kind not in mine else mine[kind].joined(drawn, self.chance)

    def count(self, values: Mapping[str, Any], what: str) -> None:
        """Count a row, and keep it by chance.

        Args:
            values: Its cells, by our names.
            what: `ASKS`, `SOLD` or `OWN`.
        """
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


def _paths(folder: Path) -> Iterator[Path]:
    yield folder / "own-deals.csv"
    yield folder / "feeds.toml"
    yield from sorted((folder / "data").glob("*.csv"))
    yield from sorted((folder / "feeds").glob("*/*"))


def stamp(folder: Path | None) -> tuple[object, ...]:
    """Return what changes when a file does: the same stamp, the same prices."""
    found = []
    for path in _paths(folder) if folder else ():
        try:
            stat = path.stat()
        except OSError:
            continue
        found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(found)
