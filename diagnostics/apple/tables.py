"""What the data files say about identifiers: those that came with the program, and the shop's own (`Names`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from diagnostics.apple.names import NONE, Names
from resources.opening import load_csv, load_toml

_SHIPPED, OWN = "", "own names: "


@dataclass(frozen=True, slots=True)
class Known:
    """What a table says.

    Attributes:
        text: The name.
        by: What to write before the source: ``""`` for the program's own tables.
    """

    text: str
    by: str = _SHIPPED

    @property
    def typed(self) -> bool:
        """Whether a person of the shop wrote it down."""
        return self.by == OWN


@cache
def _models() -> dict[str, str]:
    return {row["product_type"]: row["name"] for row in load_csv("apple/models.csv")}


@cache
def _part_numbers() -> dict[str, dict[str, str]]:
    return {row["part_number"]: row for row in load_csv("apple/part_numbers.csv")}


def model_name(product_type: str, names: Names = NONE) -> Known | None:
    """Return what was sold under an identifier such as ``iPhone14,5``; ``None`` if no table has it."""
    return _own(names.models.get(product_type)) or _shipped(_models().get(product_type))


def colour_of_part(part_number: str, model: str | None, names: Names = NONE) -> Known | None:
    """Return the colour of a part number such as ``MLPF3``; ``None`` if unknown or sold as another model."""
    row = _part_numbers().get(part_number)
    fits = row["colour"] if row and row["model"] == model else None
    return _own(names.parts.get(part_number)) or _shipped(fits)


def colour_of_enclosure(code: str, product_type: str, names: Names = NONE) -> Known | None:
    """Return the colour of a housing code of one product type; ``None`` if no table has it."""
    own = _own(names.colours.get(product_type, {}).get(code))
    return own or _shipped(_published_colours(product_type).get(code))


def sold_as(part_number: str) -> str | None:
    """Return ``retail``, ``refurbished``, ``replacement`` or ``engraved`` by a part number's first letter."""
    kind = load_toml("apple/part_letters.toml")["first_letter"].get(part_number[:1])
    return None if kind is None else str(kind)


def a_number(product_type: str, region: str | None) -> str | None:
    """Return the regulatory model number that a product type most likely has in a region such as ``CH/A``."""
    table = load_toml("apple/a_numbers.toml")
    numbers = table["numbers"].get(product_type, {})
    letters = (region or "").partition("/")[0]
    place = next((name for name, found in table["letters"].items() if letters in found), None)
    found = numbers.get("all") or numbers.get(place)
    return None if found is None else str(found)


def jailbreak_apps() -> tuple[str, ...]:
    """Return the bundle ids of the apps that come with a jailbreak."""
    return tuple(load_toml("apple/jailbreak_apps.toml")["apps"])


def sim_status(raw: str) -> tuple[str, bool] | None:
    """Return our word for a ``SIMStatus``, and whether the phone turned the card down because of a lock."""
    row: dict[str, Any] | None = load_toml("apple/sim.toml")["status"].get(raw)
    return None if row is None else (str(row["word"]), row.get("locked") is True)


def _published_colours(product_type: str) -> dict[str, str]:
    for group in load_toml("apple/colours.toml")["codes"]:
        if product_type in group["products"]:
            return dict(group["names"])
    return {}


def _own(text: str | None) -> Known | None:
    return None if text is None else Known(text, OWN)


def _shipped(text: str | None) -> Known | None:
    return None if text is None else Known(text)
