"""The catalogue of phones: when a model came out, what it cost, and how a phone's own names lead to it.

The rows are data (``resources/catalogue/phones.csv``). A name is matched exactly after normalisation, never by
likeness: a wrong model would be a wrong price that nobody sees.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from pricing.money import Money
from resources.opening import load_csv, load_toml

_PHONES = "catalogue/phones.csv"
_MAKERS = "catalogue/makers.toml"
_CONFIDENCES = frozenset({"published", "derived", "approximate"})
_NOT_NAME = re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w.]|_")
_CODE_TAIL = re.compile(r"/\w{1,4}$")


@dataclass(frozen=True, slots=True)
class Model:
    """One phone model.

    Attributes:
        codes: What the phone calls itself to machines: ``iPhone14,5``, ``SM-S911B``.
        aliases: Further names of exactly this model.
        family: ``iphone``, ``galaxy_s``, ``pixel``, ``foldable``, …
        launch_prices: By storage in GB; the base storage is always there. Each in its own list currency.
        storages: GB, ascending.
        confidence: ``published``, ``derived`` or ``approximate``: how sure launch date and price are.
    """

    id: str
    brand: str
    name: str
    codes: tuple[str, ...]
    aliases: tuple[str, ...]
    family: str
    launch_date: date
    launch_prices: Mapping[int, Money]
    storages: tuple[int, ...]
    source: str
    confidence: str

    @property
    def base_storage(self) -> int:
        """Return the smallest storage whose launch price is known, in GB."""
        return min(self.launch_prices)

    @property
    def title(self) -> str:
        """Return brand and name, without saying the brand twice."""
        return self.name if normal_name(self.name).startswith(normal_name(self.brand)) else self._branded

    @property
    def _branded(self) -> str:
        return f"{self.brand} {self.name}"


class Catalogue:
    """All models, found by what phones call themselves."""

    def __init__(self, models: Iterable[Model]) -> None:
        self._models = tuple(models)
        self._codes = _index((normal_code(code), model) for model in self for code in model.codes)
        self._names = _index((normal_name(name), model) for model in self for name in _names(model))

    def __len__(self) -> int:
        return len(self._models)

    def __iter__(self) -> Iterator[Model]:
        return iter(self._models)

    def find(self, *, manufacturer: str | None, name: str | None, code: str | None) -> Model | None:
        """Return the one model that is meant, or ``None``.

        The code decides before the name; either may stand in the other's place, and a name may go without its brand
        where the manufacturer is known. It is ``None`` when nothing matches,
        when more than one model does, when code and name mean different models, and when another maker is named.
        """
        by_code = self._coded(code, manufacturer) or self._named(code, manufacturer)
        by_name = self._named(name, manufacturer) or self._coded(name, manufacturer)
        if by_code is None or by_name is None:
            return by_code or by_name
        return by_code if by_code is by_name else None

    def _coded(self, code: str | None, maker: str | None) -> Model | None:
        return self._one(self._codes, normal_code(code or ""), maker)

    def _named(self, name: str | None, maker: str | None) -> Model | None:
        branded = normal_name(f"{maker or ''}{name}") if name else ""
        return self._one(self._names, normal_name(name or ""), maker) or self._one(
            self._names, branded, maker
        )

    def _one(self, index: Mapping[str, tuple[Model, ...]], key: str, maker: str | None) -> Model | None:
        found = [model for model in index.get(key, ()) if _made_by(model, maker)]
        return found[0] if len(found) == 1 else None


def normal_name(text: str) -> str:
    """Return a name without case, blanks and punctuation; ``+`` is read as "plus", a decimal point stays."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("+", "plus")
    return _NOT_NAME.sub("", folded)


def normal_code(text: str) -> str:
    """Return a model code without case, blanks and the dual-SIM tail of Samsung's (``SM-G991B/DS``)."""
    folded = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return _CODE_TAIL.sub("", folded)


def _names(model: Model) -> set[str]:
    plain = {model.name, *model.aliases}
    return plain | {f"{model.brand} {name}" for name in plain}


def _index(pairs: Iterable[tuple[str, Model]]) -> dict[str, tuple[Model, ...]]:
    found: dict[str, dict[str, Model]] = defaultdict(dict)
    for key, model in pairs:
        found[key][model.id] = model
    return {key: tuple(models.values()) for key, models in found.items() if key}


def _made_by(model: Model, manufacturer: str | None) -> bool:
    """Return whether a maker may have made a model; a copy that calls itself iPhone is none."""
    maker = normal_name(manufacturer or "")
    brand = normal_name(model.brand)
    return maker in {"", brand} or bool(_groups(maker) & _groups(brand))


@cache
def _groups(maker: str) -> frozenset[str]:
    rows = load_toml(_MAKERS)["groups"].items()
    return frozenset(group for group, names in rows if maker in {normal_name(name) for name in names})


@cache
def load_catalogue() -> Catalogue:
    """Return the catalogue that came with the program, read once.

    Raises:
        ValueError: A row of the data file is wrong; it names the row. A fault of the data, found by a test.
    """
    return parse_catalogue(load_csv(_PHONES))


def parse_catalogue(rows: Iterable[Mapping[str, str]]) -> Catalogue:
    """Return the catalogue of some rows.

    Raises:
        ValueError: A row is wrong; it names the row.
    """
    models: dict[str, Model] = {}
    for row in rows:
        model = _model(row)
        if model.id in models:
            raise ValueError(f"{model.id} is in the catalogue twice.")
        models[model.id] = model
    return Catalogue(models.values())


def _model(row: Mapping[str, str]) -> Model:
    try:
        return _checked(_parsed(row))
    except (KeyError, ValueError, ArithmeticError) as error:
        raise ValueError(f"Catalogue row {row.get('id') or row}: {error!r}") from error


def _parsed(row: Mapping[str, str]) -> Model:
    price = Money(Decimal(row["launch_price"]), row["currency"])
    return Model(
        id=row["id"],
        brand=row["brand"],
        name=row["name"],
        codes=_split(row["codes"]),
        aliases=_split(row["aliases"]),
        family=row["family"],
        launch_date=date.fromisoformat(row["launch_date"]),
        launch_prices=MappingProxyType({int(row["base_storage"]): price}),
        storages=tuple(sorted(int(size) for size in _split(row["storages"]))),
        source=row["source"],
        confidence=row["confidence"],
    )


def _checked(model: Model) -> Model:
    if not all((model.id, model.brand, model.name, model.family, model.source)):
        raise ValueError("a cell is empty")
    if model.confidence not in _CONFIDENCES:
        raise ValueError(f"confidence {model.confidence!r}")
    if model.base_storage not in model.storages or min(model.storages) <= 0:
        raise ValueError(f"storages {model.storages}")
    if model.launch_prices[model.base_storage].amount <= 0:
        raise ValueError("the launch price is not positive")
    return model


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())
