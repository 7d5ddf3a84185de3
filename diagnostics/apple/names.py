"""Names that a shop adds itself, for phones that are newer than the program.

::

    [models]
    "iPhone20,1" = "iPhone 19"

    [parts]
    MYEX3 = "ultramarine"

    [colours."iPhone20,1"]
    1 = "black"

What it says goes before the program's own tables. Models and colours by housing code are written by `learn`, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from diagnostics import text
from diagnostics.learned import Form, bad_code, typed_name
from diagnostics.learning import LearnedFile, teach
from diagnostics.model import Platform
from diagnostics.teaching import FILES

FILE = FILES[Platform.IOS]
_FORM = Form(FILE)
_CODE, _PART = r"[A-Za-z]{2,20}\d{1,3},\d{1,3}", r"[A-Z0-9]{4,8}"
_LONGEST_HOUSING = 40
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
        path: Where a bench's own would be; ``None`` for none. It need not exist.
        shop: Where the one for all benches would be; ``None`` for none.
    """

    def __init__(self, path: Path | None, shop: Path | None = None) -> None:
        super().__init__(path, _FORM, parse_names, NONE, shop)


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


def is_code(code: str) -> bool:
    """Return whether a text is what Apple's devices call themselves, such as ``iPhone14,5``."""
    return re.fullmatch(_CODE, code.strip(), re.ASCII) is not None


def is_housing(colour: str) -> bool:
    """Return whether a text can be the code of a housing's colour, such as ``7`` or ``#e1e4e3``."""
    return bool(colour) and text.plain(colour, _LONGEST_HOUSING) == colour


def learn(path: Path, model: str, name: str, *, colour: str = "", shop: Path | None = None) -> bool:
    """Write a name into a shop's file, in place of the one that stood there; blocks, so never call it from the loop.

    Args:
        path: The file; it need not exist.
        model: The product type, such as ``iPhone20,1``.
        name: What stands on the box; of a colour its name, as Apple calls it.
        colour: The housing code (``DeviceEnclosureColor``) that the name is of; the model's where it is left out.
        shop: The file for all benches, where there is one.

    Returns:
        Whether it is where it belongs; ``False`` where it waits for the shared folder (`diagnostics.learning.teach`).

    Raises:
        BadInput: The name or a code cannot be one, or the file cannot be used as it is: nothing was written.
        OSError: The file cannot be written.
    """
    return teach(path, _FORM, row(model, name, colour), parse_names, shop)


def row(model: str, name: str, colour: str = "") -> tuple[tuple[str, ...], str]:
    """Return where in the file a typed name goes, sections and code, and the name as it is kept.

    Raises:
        BadInput: The name or a code cannot be one.
    """
    model, colour = model.strip(), colour.strip()
    if not is_code(model):
        raise bad_code(model, "a product type such as iPhone14,5")
    if colour and not is_housing(colour):
        raise bad_code(colour, f"a colour's code of at most {_LONGEST_HOUSING} characters that can be shown")
    return (("colours", model, colour) if colour else ("models", model)), typed_name(name)


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
