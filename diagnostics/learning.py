"""Reads a file of taught names again when it changed, and writes into it: a bench's own, or one for all benches.

Benches that share a folder hand each name on into the file there (`shop`). A bench's own file then holds only what it
has not handed on yet, and beside it lies a copy of what the shop's said last: with those two every reading is made,
whether or not the shared folder can be reached.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Generic, cast

from diagnostics.aside import Aside
from diagnostics.errors import BadInput
from diagnostics.learned import LARGEST, Form, Keys, L, content_of, replaced, rows_of, with_rows, without_rows
from diagnostics.locking import locked
from diagnostics.regular import regular_handle

READING_WAITS = 0.3
"""Seconds that a reading waits for the shared folder, once; a look there takes milliseconds."""
TEACHING_WAITS = 3.0
"""Seconds that a person waits for it who teaches a name."""
COPIES = "shop-names"
"""The folder beside a bench's own file with what the shop's said last."""
Parse = Callable[[bytes], L]
_Stamp = tuple[int, int, int] | None


class Shared:
    """What a bench and its shop know, in three files; each method blocks.

    Args:
        own: What the bench was taught and has not handed on.
        shop: The file for all benches, on a network drive.
        form: What kind of file they are.
        check: Returns what the bytes of such a file say, or raises `BadInput`.
    """

    def __init__(self, own: Path, shop: Path, form: Form, check: Callable[[bytes], object]) -> None:
        self._own, self._shop, self._copy = own, shop, copy_of(own)
        self._form, self._check = form, check
        self._stamp: _Stamp = None
        self.wrong = ""
        """What is wrong with the shop's file; what it said before is used then."""

    def settle(self) -> None:
        """Hand on what waits, and note what the shop's file says.

        Raises:
            OSError: The shared folder cannot be reached: everything stays as it is.
        """
        try:
            if self._waiting():
                with locked(self._own), locked(self._shop):
                    self._hand_on()
            self._fetch()
        except BadInput as error:
            self.wrong = str(error)

    def _waiting(self) -> dict[Keys, str]:
        with contextlib.suppress(BadInput):  # one's own bad file is said by who reads it
            return rows_of(self._form, self._checked(content_of(self._own)))
        return {}

    def _hand_on(self) -> None:
        """Put the waiting names into the shop's file, but where another bench has taught another one meanwhile."""
        own, shop = self._waiting(), self._checked(self._theirs())
        theirs, before = rows_of(self._form, shop), rows_of(self._form, content_of(self._copy))
        stands = {k: theirs[k] for k in own if k in theirs and theirs[k] not in {own[k], before.get(k)}}
        new = {keys: name for keys, name in own.items() if keys not in stands and theirs.get(keys) != name}
        if new:
            shop = self._checked(with_rows(self._form, shop, new))
            replaced(self._shop, shop)
        self._keep(shop)
        remarks = [f"{'.'.join(k)} = {own[k]!r} was taught here; the shop says {stands[k]!r}" for k in stands]
        replaced(self._own, without_rows(self._form, content_of(self._own), own, remarks))

    def _fetch(self) -> None:
        if not self._copy.exists() and not self._shop.exists() and self._shop.parent.is_dir():
            return  # nobody has taught anything yet
        with os.fdopen(regular_handle(self._shop), "rb") as file:
            # Opened first: network drives may answer the time of a file from memory, but not of one that is opened.
            stamp = _stamp(os.fstat(file.fileno()))
            if stamp != self._stamp:
                content = self._checked(file.read(LARGEST + 1))
                if content != content_of(self._copy):
                    self._keep(content)
                self._stamp, self.wrong = stamp, ""

    def _keep(self, content: bytes) -> None:
        self._copy.parent.mkdir(parents=True, exist_ok=True)
        replaced(self._copy, content)

    def _theirs(self) -> bytes:
        """Return the shop's file; one that was there once, and is gone, is a drive that is away."""
        if self._copy.exists() and not self._shop.exists():
            raise FileNotFoundError(None, "the shared folder is not there", str(self._shop))
        return content_of(self._shop)

    def _checked(self, content: bytes) -> bytes:
        self._check(content)
        return content


def copy_of(own: Path) -> Path:
    """Return where the copy lies of what the shop's file said last."""
    return own.parent / COPIES / own.name


class LearnedFile(Generic[L]):
    """A shop's file, read again when it has changed.

    Args:
        path: Where a bench's own would be; ``None`` for none. It need not exist.
        form: What kind of file it is.
        parse: Returns what its bytes say, or raises `BadInput`.
        nothing: What a file says that is not there.
        shop: Where the file for all benches would be; ``None`` for none.
    """

    def __init__(
        self, path: Path | None, form: Form, parse: Parse[L], nothing: L, shop: Path | None = None
    ) -> None:
        self._path, self._form, self._parse, self._nothing = path, form, parse, nothing
        self._shared = Shared(path, shop, form, parse) if path and shop else None
        self._aside = Aside(self._shared.settle, READING_WAITS) if self._shared else None
        self._stamps: tuple[_Stamp, _Stamp] = (None, None)
        self._names = nothing

    async def look(self) -> L:
        """Return what the files say now, looked at beside the loop; what the shop's said last where it is away."""
        if self._path is None:
            return self._nothing
        if self._aside:
            await self._aside.done()
        return await asyncio.to_thread(self.names)

    def names(self) -> L:
        """Return what this bench knows; blocks for a look at its own files. Of a bad one only what is wrong counts."""
        if self._path is None:
            return self._nothing
        try:
            self._look(self._path)
        except OSError as error:
            # Not kept: opening it to us changes neither its time nor its size.
            return self._wrong(self._form.bad(f"it cannot be opened ({error.strerror})"))
        if self._shared and self._shared.wrong:
            return _saying(self._names, self._shared.wrong)
        return self._names

    def _look(self, path: Path) -> None:
        stamps = _stamp_of(path), _stamp_of(copy_of(path))
        if stamps != self._stamps:
            self._names = self._nothing if stamps == (None, None) else self._read(path)
            self._stamps = stamps

    def _read(self, path: Path) -> L:
        own, shop = content_of(path), content_of(copy_of(path))
        try:
            rows: Mapping[Keys, str] = rows_of(self._form, own) if shop else {}
            self._parse(own)
            return self._parse(with_rows(self._form, shop, rows) if shop else own)
        except BadInput as error:
            return _saying(self._parse(shop), str(error)) if shop else self._wrong(error)

    def _wrong(self, error: BadInput) -> L:
        return type(self._nothing)(wrong=str(error))


def _saying(names: L, wrong: str) -> L:
    return cast("L", dataclasses.replace(cast("Any", names), wrong=wrong))


def _stamp_of(path: Path) -> _Stamp:
    try:
        return _stamp(path.stat())
    except FileNotFoundError:
        return None


def _stamp(status: os.stat_result) -> _Stamp:
    """Tell one state of a file from others; each writing makes another file, as far as the drive numbers them."""
    return status.st_mtime_ns, status.st_size, status.st_ino


def teach(
    path: Path, form: Form, row: tuple[Keys, str], check: Callable[[bytes], object], shop: Path | None = None
) -> bool:
    """Write one row into a file, whole or not at all; blocks. What a person wrote there by hand stays as it is.

    Args:
        path: The bench's own file; it need not exist.
        form: What kind of file it is.
        row: Where it goes and what it says: it replaces one that is there.
        check: Returns what the bytes of a file say, or raises `BadInput`: asked before anything is written.
        shop: The file for all benches, where there is one.

    Returns:
        Whether the name is where it belongs: ``False`` where the shared folder could not be written in time, so that it
        waits in the bench's own file, counts here, and is handed on at a later reading.

    Raises:
        BadInput: The file cannot be used as it is, or could not be with this row: nothing was written.
        OSError: The file cannot be written.
    """
    shared = Shared(path, shop, form, check) if shop else None
    aside = Aside(shared.settle, TEACHING_WAITS) if shared else None
    # Before it is written, so that the name replaces what the shop says now.
    reached = aside.done_here() if aside else True
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path):
        before = content_of(path)
        check(before)
        content = with_rows(form, before, dict([row]))
        check(content)
        replaced(path, content)
    if aside is None or shared is None:
        return True
    return reached and aside.done_here() and not shared.wrong
