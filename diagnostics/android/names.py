"""Names that a shop teaches the program, for phones that no table has: one small file in the data folder.

::

    [models]
    "SM-S999B" = "Galaxy S99"
    "A1|codename" = "Shop phone"

The second form is for model codes that several phones share. What it says goes before everything else. It is looked at
for every reading, so a name that was typed once is there for the next phone, on every bench that shares the folder.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from diagnostics import text
from diagnostics.errors import BadInput

FILE = "android-names.toml"
LARGEST = 256 * 1024
"""Bytes: some thousand names."""
LONGEST_NAME = 60
_LONGEST_CODE = 80
_BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class Names:
    """What a shop's own file says.

    Attributes:
        models: Names by ``model`` or ``model|device``.
        wrong: What is wrong with the file; nothing of it is used then.
    """

    models: Mapping[str, str] = field(default_factory=dict)
    wrong: str = ""

    def name_of(self, model: str, device: str) -> str | None:
        """Return the name of a phone, by both its codes where they are there."""
        return self.models.get(f"{model}{_BETWEEN}{device}") or self.models.get(model)


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
    rows = table.pop("models", {})
    if table or not isinstance(rows, Mapping):
        raise _bad("it must hold one section [models] with rows such as “code = name”")
    return Names({code: _name(code, value) for code, value in rows.items()})


def _name(code: str, value: object) -> str:
    fits = isinstance(value, str) and value.strip() and text.plain(value, LONGEST_NAME) == value.strip()
    if not fits or not code.strip() or text.plain(code, _LONGEST_CODE) != code.strip():
        raise _bad(f"[models] {text.plain(code, 30)} must be a name of at most {LONGEST_NAME} characters")
    return str(value).strip()


def _bad(detail: str) -> BadInput:
    return BadInput(f"{FILE} cannot be used: {detail}.", "Correct it, or delete it.", "bad_names")


def learn(path: Path, model: str, name: str, *, device: str = "") -> None:
    """Write a name into a shop's file, in place of the one that stood there; blocks, so never call it from the loop.

    Args:
        path: The file; it need not exist.
        model: The code (``ro.product.model``).
        name: What stands on the box.
        device: The codename (``ro.product.device``), where the model code alone does not tell the phone.

    Raises:
        BadInput: The name or the code cannot be one, or the file cannot be used as it is: nothing was written.
        OSError: The file cannot be written.
    """
    code = f"{model.strip()}{_BETWEEN}{device.strip()}" if device.strip() else model.strip()
    kept = dict(parse_names(path.read_bytes()).models) if path.exists() else {}
    kept[code] = _name(code, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = (f"{_quoted(code)} = {_quoted(kept[code])}\n" for code in sorted(kept))
    _replace(path, "[models]\n" + "".join(rows))


def _quoted(value: str) -> str:
    # A basic string of TOML 1.0 knows every escape that JSON writes but the one for DEL, which is no printable text.
    return json.dumps(value, ensure_ascii=False)


def _replace(path: Path, content: str) -> None:
    """Write a file whole or not at all, for a bench may read it at this moment."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


class NamesFile:
    """A shop's file, read again when it has changed.

    Args:
        path: Where it would be; ``None`` for none. It need not exist.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._names = NONE

    async def look(self) -> Names:
        """Return what the file says now, looked at beside the loop. A bad file says nothing but what is wrong."""
        return NONE if self._path is None else await asyncio.to_thread(self._look, self._path)

    def _look(self, path: Path) -> Names:
        try:
            status = path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            if stamp != self._stamp:
                self._names = parse_names(path.read_bytes())
                self._stamp = stamp
        except FileNotFoundError:
            self._stamp, self._names = None, NONE
        except BadInput as error:
            return Names(wrong=str(error))
        except OSError as error:
            return Names(wrong=str(_bad(f"it cannot be opened ({error.strerror})")))
        return self._names
