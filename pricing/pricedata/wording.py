"""The words of shops' own tables, from ``resources/catalogue/price_data.toml``: without regard to case and accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from resources.opening import load_toml

_FILE = "catalogue/price_data.toml"


def folded(text: str) -> str:
    """Return a word without case and accents, with one blank between its parts."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(each for each in apart if not unicodedata.combining(each)).split())


@cache
def meanings(section: str) -> Mapping[str, str]:
    """Return what each word of a section means: ``columns``, ``grades``, ``markets``, ``answers`` or ``sellers``."""
    table = load_toml(_FILE)[section]
    return MappingProxyType({folded(word): ours for ours, words in table.items() for word in words})


@cache
def currencies_of(sign: str) -> tuple[str, ...]:
    """Return the currencies that a sign or a code may mean; none where it is neither."""
    table = load_toml(_FILE)
    if sign in table["codes"]["known"]:
        return (sign,)
    return tuple({folded(each): found for each, found in table["signs"].items()}.get(folded(sign), ()))
