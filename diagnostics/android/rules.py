"""What names, properties and packages mean, from ``resources/android``."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from resources.opening import load_csv, load_toml

_SERIAL = re.compile(r"(?!0+$)[0-9A-Za-z][0-9A-Za-z.:_/\-]{3,63}")


def is_serial(text: str) -> bool:
    """Return whether a text can be a phone's serial, whoever tells it: its shell, fastboot or MTP."""
    return _SERIAL.fullmatch(text) is not None


def rules(section: str) -> dict[str, Any]:
    """Return one section of the rules."""
    found: dict[str, Any] = load_toml("android/rules.toml")[section]
    return found


@cache
def _names() -> dict[str, str]:
    return {row["code"].upper(): row["name"] for row in load_csv("android/models.csv")}


def name_of(code: str) -> str | None:
    """Return the name on the box for a model code, by the whole code, else by the longest family it belongs to."""
    names, sought = _names(), code.upper()
    if sought in names:
        return names[sought]
    stems = (f"{sought[:length]}*" for length in range(len(sought), 0, -1))
    return next((names[stem] for stem in stems if stem in names), None)
