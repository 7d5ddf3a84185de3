"""Who the shop is, as its papers say it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from diagnostics.errors import BadInput
from diagnostics.text import plain

FILE = "shop.toml"
_FIELDS = ("name", "address", "contact")


@dataclass(frozen=True, slots=True)
class ShopDetails:
    """The head of a paper; empty texts are placeholders until the shop fills in its ``shop.toml``."""

    name: str = ""
    address: str = ""
    contact: str = ""


def load_shop(home: Path) -> ShopDetails:
    """Return what ``shop.toml`` in the data folder says; nothing where there is no such file.

    Raises:
        BadInput: The file cannot be read.
    """
    path = home / FILE
    if not path.exists():
        return ShopDetails()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(
            f"{FILE} in the data folder cannot be read.", 'Write lines such as name = "My shop".', "bad_shop"
        ) from error
    return ShopDetails(**{field: plain(table.get(field, "")) for field in _FIELDS})
