"""Names that a shop teaches the program, for phones that no table has: small TOML files in the data folder.

Each adapter has a file of its own, and says which sections it has. It is looked at for every reading, so a name counts
for the next phone, on every bench that shares the folder. A file that cannot be used is not used at all, and says why.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar, cast

from diagnostics import text
from diagnostics.errors import BadInput

LARGEST = 256 * 1024
"""Bytes: some thousand names."""
LONGEST_NAME = 60


class Learned(Protocol):
    """What a file says; nothing, where it is made without anything."""

    def __init__(self, *, wrong: str = "") -> None:
        """Keep what is wrong with a file of which nothing is used."""


L = TypeVar("L", bound=Learned)


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
        except (tomllib.TOMLDecodeError, RecursionError) as error:
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


class LearnedFile(Generic[L]):
    """A shop's file, read again when it has changed.

    Args:
        path: Where it would be; ``None`` for none. It need not exist.
        form: What kind of file it is.
        parse: Returns what its bytes say, or raises `BadInput`.
        nothing: What a file says that is not there.
    """

    def __init__(self, path: Path | None, form: Form, parse: Callable[[bytes], L], nothing: L) -> None:
        self._path = path
        self._form = form
        self._parse = parse
        self._nothing = nothing
        self._stamp: tuple[int, int] | None = None
        self._names = nothing

    async def look(self) -> L:
        """Return what the file says now, looked at beside the loop."""
        import asyncio  # a window, which only asks how long a name may be, does without it

        return self._nothing if self._path is None else await asyncio.to_thread(self.names)

    def names(self) -> L:
        """Return what the file says now; blocks for one look at the file. A bad file says nothing but what is wrong."""
        if self._path is None:
            return self._nothing
        try:
            self._look(self._path)
        except FileNotFoundError:
            self._stamp, self._names = None, self._nothing
        except OSError as error:
            # Not kept: opening it to us changes neither its time nor its size.
            return self._wrong(self._form.bad(f"it cannot be opened ({error.strerror})"))
        return self._names

    def _look(self, path: Path) -> None:
        status = path.stat()
        stamp = (status.st_mtime_ns, status.st_size)
        if stamp != self._stamp:
            self._names = self._read(path)
            self._stamp = stamp

    def _read(self, path: Path) -> L:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        try:
            return self._parse(content)
        except BadInput as error:
            return self._wrong(error)

    def _wrong(self, error: BadInput) -> L:
        return type(self._nothing)(wrong=str(error))


def teach(path: Path, form: Form, keys: Sequence[str], name: str, check: Callable[[bytes], L]) -> None:
    """Write one row into a file, whole or not at all, for a bench may read it at this moment; blocks.

    What a person wrote there by hand stays as it is, with its order and its remarks.

    Args:
        path: The file; it need not exist.
        form: What kind of file it is.
        keys: Of the section, or the sections from the outermost, and of the row: it replaces one that is there.
        name: What the row says.
        check: Returns what the bytes of a file say, or raises `BadInput`: asked before anything is written.

    Raises:
        BadInput: The file cannot be used as it is, or could not be with this row: nothing was written.
        OSError: The file cannot be read or written.
    """
    before = path.read_bytes() if path.exists() else b""
    check(before)
    content = _with_row(form, before.decode("utf-8-sig"), keys, name)
    check(content.encode("utf-8"))
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, content)


def _with_row(form: Form, before: str, keys: Sequence[str], name: str) -> str:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    *sections, code = keys
    try:
        document = tomlkit.parse(before)
        place: MutableMapping[str, object] = document
        for depth, key in enumerate(sections, 1):
            made = tomlkit.table(is_super_table=depth < len(sections))
            place = cast("MutableMapping[str, object]", place.setdefault(key, made))
        place[code] = name
        return tomlkit.dumps(document)
    except TOMLKitError as error:
        raise form.bad(text.plain(error, 80)) from error


def _replace(path: Path, content: str) -> None:
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        # The ends of lines stay as they are: a person's editor may have written them as Windows does.
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(content)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
