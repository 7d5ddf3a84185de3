"""Phrases inside of sentences about damaged files, in the person's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import cast

_FILE = "messages/phrases.toml"
_PLACE = re.compile(r"\\\{(\w+)\\\}")


def phrase(text: str, language: str) -> str:
    """Return a phrase in a language; itself where nobody translated it."""
    for form, texts in _phrases():
        found = form.fullmatch(text)
        if found and language in texts:
            return texts[language].format_map(found.groupdict())
    return text


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]:
    from resources.opening import load_toml

    rows = cast("Mapping[str, Mapping[str, str]]", load_toml(_FILE))
    return tuple((_form(english), texts) for english, texts in rows.items())


def _form(english: str) -> re.Pattern[str]:
    """Return what a phrase with names in braces looks like when they are filled in."""
    return re.compile(_PLACE.sub(r"(?P<\1>.*)", re.escape(english)), re.DOTALL)
