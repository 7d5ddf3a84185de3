"""Puts a phone's colour into the person's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from resources.opening import load_toml

_FILE = "messages/colours.toml"


def colour_words(colour: str | None, language: str) -> str:
    """Return a colour's words; one that is not in the table stays as its maker calls it, and none is ``""``."""
    if colour is None:
        return ""
    texts = cast("Mapping[str, str]", load_toml(_FILE).get(colour, {}))
    return texts.get(language, colour)
