"""Names that a shop teaches the program, for phones that no table has: small TOML files in the data folder.

Each adapter has a file of its own, and says which sections it has. A file that cannot be used is not used at all, and
says why. How it is read again and shared by benches is in `diagnostics.learning`.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from diagnostics import text
from diagnostics.errors import BadInput
from diagnostics.regular import regular_bytes

LARGEST = 256 * 1024
"""Bytes: some thousand names."""
LONGEST_NAME = 60


class Learned(Protocol):
    """What a file says; nothing, where it is made without anything."""

    def __init__(self, *, wrong: str = "") -> None:
        """Keep what is wrong with a file of which nothing is used."""


L = TypeVar("L", bound=Learned)
Keys = tuple[str, ...]
"""Of a row: the sections from the outermost, and the code."""


@dataclass(frozen=True, slots=True)
class Form:
    """What all such files have in common, told by the name of one.

    Attributes:
        file: Its name in the data folder.
    """

    file: str

    def table(self, content: bytes) -> dict[str, object]:
        """Return the sections of a file.

        Raises:
            BadInput: It is no TOML, or too large; the sentence names the place.
        """
        if len(content) > LARGEST:
            raise self.bad(f"it is larger than {LARGEST // 1024} KB")
        try:
            return tomllib.loads(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise self.bad("it is not a text in UTF-8") from error
        except (ValueError, RecursionError) as error:  # also of a number with more digits than Python reads
            raise self.bad(text.plain(error, 80)) from error

    def name(self, section: str, code: str, value: object) -> str:
        """Return the name in a row.

        Raises:
            BadInput: It is no name, or one that a label could not show as it is.
        """
        if not isinstance(value, str) or not is_shown(value, LONGEST_NAME):
            place = f"[{section}] {text.plain(code, 30)}"
            raise self.bad(f"{place} must be a name of at most {LONGEST_NAME} characters")
        return value.strip()

    def bad(self, detail: str) -> BadInput:
        """Return what to say of a file that cannot be used."""
        return BadInput(f"{self.file} cannot be used: {detail}.", "Correct it, or delete it.", "bad_names")


def is_shown(value: str, longest: int) -> bool:
    """Return whether a text says something that a label shows as it is; blanks around it do not count."""
    return bool(value.strip()) and text.plain(value, longest) == value.strip()


def typed_name(name: str) -> str:
    """Return a name that a person typed, without blanks around it.

    Raises:
        BadInput: It cannot be one; the file that it would go into has no part in that.
    """
    if not is_shown(name, LONGEST_NAME):
        raise BadInput(
            f"“{text.plain(name, LONGEST_NAME)}” cannot be a name.",
            f"Type 1 to {LONGEST_NAME} characters that can be shown, without two blanks in a row.",
            "bad_name",
            name=text.plain(name, LONGEST_NAME),
        )
    return name.strip()


def bad_code(code: str, shape: str) -> BadInput:
    """Return what to say of a code that a person typed and that cannot be one.

    Args:
        code: As it was typed.
        shape: What it must be, as the end of “Give …”.
    """
    shown = text.plain(code, 30)
    return BadInput(f"“{shown}” cannot be a code.", f"Give {shape}.", "bad_code", typed=shown)


def rows_of(form: Form, content: bytes) -> dict[Keys, str]:
    """Return every row of a file.

    Raises:
        BadInput: It is no TOML, or too large.
    """
    return dict(_flat(form.table(content), ()))


def _flat(table: Mapping[str, object], before: Keys) -> Iterator[tuple[Keys, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, (*before, key))
        else:
            yield (*before, key), str(value)


def with_rows(form: Form, before: bytes, rows: Mapping[Keys, str]) -> bytes:
    """Return a file with some rows put in, or replaced; all else, order and remarks, stays as a person wrote it.

    Raises:
        BadInput: There is no room for such a row in it.
    """
    document = _parsed(form, before)
    for (*sections, code), name in rows.items():
        place: MutableMapping[str, Any] = document
        for depth, key in enumerate(sections, 1):
            place = cast("MutableMapping[str, Any]", place.setdefault(key, _section(depth < len(sections))))
        place[code] = name
    return _dumped(form, document)


def without_rows(form: Form, before: bytes, rows: Iterable[Keys], remarks: Iterable[str] = ()) -> bytes:
    """Return a file with some rows taken out, and remarks put at its end.

    Raises:
        BadInput: It is no TOML.
    """
    import tomlkit

    document = _parsed(form, before)
    for *sections, code in rows:
        place: MutableMapping[str, Any] = document
        for key in sections:
            place = place[key]
        del place[code]
    for remark in remarks:
        document.add(tomlkit.comment(remark))
    return _dumped(form, document)


def _section(holds_sections: bool) -> object:
    import tomlkit

    return tomlkit.table(is_super_table=holds_sections)


def _parsed(form: Form, content: bytes) -> Any:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        return tomlkit.parse(content.decode("utf-8-sig"))
    except (TOMLKitError, ValueError, RecursionError) as error:
        raise form.bad(text.plain(error, 80)) from error


def _dumped(form: Form, document: Any) -> bytes:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        return tomlkit.dumps(document).encode("utf-8")
    except TOMLKitError as error:
        raise form.bad(text.plain(error, 80)) from error


def content_of(path: Path) -> bytes:
    """Return what a file holds; nothing where it is not there.

    Raises:
        OSError: It cannot be read, or it is no ordinary file.
    """
    try:
        return regular_bytes(path, LARGEST)
    except FileNotFoundError:
        return b""


def replaced(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for a bench may read it at this moment.

    Raises:
        OSError: It cannot be written.
    """
    import secrets

    # Made with the permissions of any new file, as other benches read it.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
