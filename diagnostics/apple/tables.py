"""What the data files of ``resources/apple`` say about identifiers."""

from __future__ import annotations

from functools import cache

from resources.opening import load_csv, load_toml


@cache
def _models() -> dict[str, str]:
    return {row["product_type"]: row["name"] for row in load_csv("apple/models.csv")}


@cache
def _part_numbers() -> dict[str, dict[str, str]]:
    return {row["part_number"]: row for row in load_csv("apple/part_numbers.csv")}


def model_name(product_type: str) -> str | None:
    """Return what was sold under an identifier such as ``iPhone14,5``; ``None`` if it is not in our table."""
    return _models().get(product_type)


def colour_of_part(part_number: str, model: str | None) -> str | None:
    """Return the colour of a part number such as ``MLPF3``; ``None`` if unknown or sold as another model."""
    row = _part_numbers().get(part_number)
    return row["colour"] if row and row["model"] == model else None


def colour_of_enclosure(code: str, product_type: str) -> str | None:
    """Return the colour of a housing code of one product type; ``None`` if it has no published code."""
    for group in load_toml("apple/colours.toml")["codes"]:
        if product_type in group["products"]:
            return str(group["names"][code]) if code in group["names"] else None
    return None


def sold_as(part_number: str) -> str | None:
    """Return ``retail``, ``refurbished``, ``replacement`` or ``engraved`` by a part number's first letter."""
    kind = load_toml("apple/part_letters.toml")["first_letter"].get(part_number[:1])
    return None if kind is None else str(kind)
