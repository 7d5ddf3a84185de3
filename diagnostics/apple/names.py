"""Names that a shop adds itself, for phones that are newer than the program: one small file in the data folder.

::

    [models]
    "iPhone20,1" = "iPhone 19"

    [parts]
    MYEX3 = "ultramarine"

    [colours."iPhone20,1"]
    1 = "black"

What it says goes before the program's own tables. It is looked at for every reading, so nothing need be restarted.
"""

from __future__ import annotations

import asyncio
import dataclasses
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from diagnostics import text
from diagnostics.errors import BadInput

FILE = "iphone-names.toml"
LARGEST = 256 * 1024
"""Bytes: some thousand names."""
_LONGEST_NAME = 60
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


def parse_names(content: bytes) -> Names:
    """Return what a file says.

    Raises:
        BadInput: It is no such file; the sentence names the place.
    """
    if len(content) > LARGEST:
        raise _bad(f"it is larger than {LARGEST // 1024} KB")
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _bad("it is not a text in UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _bad(text.plain(error, 80)) from error
    for section in table.keys() - _SECTIONS.keys():
        raise _bad(f"there is no section [{text.plain(section, 30)}]; there are {', '.join(_SECTIONS)}")
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
            raise _bad(f"[{section}]: “{text.plain(key, 30)}” is not a code such as {example}")
    return rows


def _mapping(section: str, value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise _bad(f"[{section}] must hold rows such as “code = name”")
    return value


def _names(section: str, rows: Mapping[str, object]) -> Mapping[str, str]:
    return {code: _name(section, code, value) for code, value in rows.items()}


def _name(section: str, code: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or text.plain(value, _LONGEST_NAME) != value.strip():
        place = f"[{section}] {text.plain(code, 30)}"
        raise _bad(f"{place} must be a name of at most {_LONGEST_NAME} characters")
    return value.strip()


def _bad(detail: str) -> BadInput:
    return BadInput(f"{FILE} cannot be used: {detail}.", "Correct it, or delete it.", "bad_names")


class NamesFile:
    """A shop's file, read again when it has changed.

    Args:
        path: Where it would be; ``None`` for none. It need not exist.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._kept: tuple[tuple[int, int] | None, Names] = (None, NONE)

    async def look(self) -> Names:
        """Return what the file says now, looked at beside the loop."""
        return NONE if self._path is None else await asyncio.to_thread(self.names)

    def names(self) -> Names:
        """Return what the file says now; blocks for one look at the file. A bad file says nothing but what is wrong."""
        stamp = self._stamp()
        if stamp != self._kept[0]:
            self._kept = (stamp, NONE if stamp is None else self._read())
        return self._kept[1]

    def _stamp(self) -> tuple[int, int] | None:
        try:
            if self._path is None:
                return None
            status = self._path.stat()
        except FileNotFoundError:
            return None
        except OSError:
            return (-1, -1)
        return status.st_mtime_ns, status.st_size

    def _read(self) -> Names:
        assert self._path is not None
        try:
            with self._path.open("rb") as file:
                return parse_names(file.read(LARGEST + 1))
        except BadInput as error:
            return dataclasses.replace(NONE, wrong=str(error))
        except OSError as error:
            return dataclasses.replace(NONE, wrong=str(_bad(f"it cannot be opened ({error.strerror})")))
