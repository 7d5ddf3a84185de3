"""Names that a shop adds itself, for phones that are newer than the program.

::

    [models]
    "iPhone20,1" = "iPhone 19"

    [parts]
    MYEX3 = "ultramarine"

    [colours."iPhone20,1"]
    1 = "black"

What it says goes before the program's own tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from diagnostics import text
from diagnostics.learned import Form, LearnedFile

FILE = "iphone-names.toml"
_FORM = Form(FILE)
_CODE, _PART = r"[A-Za-z]{2,20}\d{1,3},\d{1,3}", r"[A-Z0-9]{4,8}"
_SECTIONS = {"models": (_CODE, "iPhone14,5"), "parts": (_PART, "MLPF3"), "colours": (_CODE, "iPhone14,5")}


@dataclass(frozen=True, slots=True)
class Names:
    """What a shop's own file says.

    Attributes:
        models: Names by product type.
        parts: Colours by part number without its region.
        colours: Colours by product type and housing code.
        wrong: What is wrong with the file; nothing of it is used then.
    """

    models: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    colours: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    wrong: str = ""


NONE = Names()


class NamesFile(LearnedFile[Names]):
    """A shop's file, read again when it has changed.

    Args:
        path: Where it would be; ``None`` for none. It need not exist.
    """

    def __init__(self, path: Path | None) -> None:
        super().__init__(path, _FORM, parse_names, NONE)


def parse_names(content: bytes) -> Names:
    """Return what a file says.

    Raises:
        BadInput: It is no such file; the sentence names the place.
    """
    table = _FORM.table(content)
    for section in table.keys() - _SECTIONS.keys():
        raise _FORM.bad(f"there is no section [{text.plain(section, 30)}]; there are {', '.join(_SECTIONS)}")
    models, parts, housings = (_rows(section, table.get(section, {})) for section in _SECTIONS)
    colours = {
        code: _names(f"colours.{code}", _mapping(f"colours.{code}", housings[code])) for code in housings
    }
    return Names(_names("models", models), _names("parts", parts), colours)


def _rows(section: str, value: object) -> Mapping[str, object]:
    """Return a section whose keys are what they must be."""
    rows = _mapping(section, value)
    shape, example = _SECTIONS[section]
    for key in rows:
        if not re.fullmatch(shape, key, re.ASCII):
            raise _FORM.bad(f"[{section}]: “{text.plain(key, 30)}” is not a code such as {example}")
    return rows


def _mapping(section: str, value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise _FORM.bad(f"[{section}] must hold rows such as “code = name”")
    return value


def _names(section: str, rows: Mapping[str, object]) -> Mapping[str, str]:
    return {code: _FORM.name(section, code, value) for code, value in rows.items()}
