"""Notes of answers that are not in the database yet: a small file that outlives the program, however that ends."""

from __future__ import annotations

import contextlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from diagnostics.errors import BadInput
from diagnostics.file_locks import lock
from diagnostics.grading.defects import change_from_json, change_to_json
from tradein_app.services.records import How
from tradein_app.services.shop import new_id
from tradein_app.services.unsaved import Given
from tradein_app.store.lasting import keep_name

ROOM = 64 * 1024
"""Bytes that are taken from the disk at the start, so that notes can be written when it is full."""

_SUFFIX = ".answers"
_UNREAD = ".unread"
"""Notes that this program does not understand wait in such files for the one that wrote them."""
_INSPECTION, _ROUND = "inspection", "round"
_END = b"\0"
"""Follows the last note: whatever stands behind it is old."""


class Journal:
    """One window's notes. Each is one line of JSON; no window writes into the notes of another one.

    A note is handed to the system at once, which keeps it when this program is killed; `sync` also waits for the disk.

    Args:
        folder: Where the notes of all windows are; made when needed, for its owner only.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / f"{new_id()}{_SUFFIX}"
        self._file: int | None = None
        self._length = 0
        with contextlib.suppress(OSError):
            self._file = _made(self._path)

    def add(self, given: Given) -> bool:
        """Note answers; ``False`` when the folder or the disk does not allow it."""
        at = given.at or datetime.now(UTC)
        row: dict[str, Any] = {
            _ROUND if given.of_round else _INSPECTION: given.inspection_id,
            "answers": dict(given.answers),
            "at": at.isoformat(),
        }
        if given.marks:
            row["marks"] = [change_to_json(change) for change in given.marks]
        if given.how != How.ANSWERED:
            row["how"] = given.how
        return self._put(json.dumps(row).encode("ascii") + b"\n")

    def sync(self) -> None:
        """Wait until the notes are on the disk."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                os.fsync(self._file)

    def clear(self) -> None:
        """Forget all notes."""
        self._length = 0
        self._put(b"")

    def close(self) -> None:
        """End; the file goes unless notes are left in it."""
        if self._file is None:
            return
        os.close(self._file)
        self._file = None
        if not self._length:
            self._path.unlink(missing_ok=True)

    def left_behind(self) -> tuple[Given, ...]:
        """Return what windows that ended noted and never saved, the oldest first; from now on it is noted here.

        What a newer program noted and this one does not understand is kept for that.
        """
        found: list[Given] = []
        for path in sorted(path for end in (_SUFFIX, _UNREAD) for path in self._folder.glob(f"*{end}")):
            with contextlib.suppress(OSError):
                found += self._taken_over(path)
        return tuple(found)

    def _taken_over(self, path: Path) -> list[Given]:
        if path == self._path:
            return []
        file = os.open(path, os.O_RDWR)
        try:
            if not lock(file):
                return []  # its window lives, and saves them itself
            notes, unread = _notes(path.read_bytes())
        finally:
            os.close(file)
        waiting = path.suffix == _UNREAD
        if unread and waiting and not notes:
            return []
        if unread and not waiting:
            _keep(path.with_suffix(_UNREAD), unread)
        for given in notes:
            if not self.add(given):
                return []  # a later start finds them where they are
        self.sync()
        if unread and waiting:
            _keep(path, unread)
        else:
            path.unlink(missing_ok=True)
        return notes

    def _put(self, line: bytes) -> bool:
        if self._file is None:
            return False
        data = line + _END
        try:
            os.lseek(self._file, self._length, os.SEEK_SET)
            written = os.write(self._file, data) == len(data)
        except OSError:
            return False
        self._length += len(line) if written else 0
        return written


def _made(path: Path) -> int:
    """Make a file with room in it; it gets its name when it is locked, so that nobody takes it for left behind."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    file = os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(file, bytes(ROOM))
        os.fsync(file)
        lock(file)
        new.rename(path)
        # Notes that are on the disk under a name that is not would never be found again.
        keep_name(path.parent)
    except OSError:
        os.close(file)
        new.unlink(missing_ok=True)
        raise
    return file


def _keep(path: Path, lines: list[bytes]) -> None:
    new = path.with_suffix(".new")
    new.touch(mode=0o600)
    with new.open("wb") as file:
        file.write(b"".join(line + b"\n" for line in lines) + _END)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    keep_name(path.parent)


def _notes(content: bytes) -> tuple[list[Given], list[bytes]]:
    """Return the notes of a file, and its whole lines that say nothing to this program.

    A line that a failing computer tore is left out.
    """
    notes, unread = list[Given](), list[bytes]()
    for line in content.split(_END, 1)[0].splitlines():
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if (given := _note(row)) is not None:
            notes.append(given)
        elif isinstance(row, dict):
            unread.append(line)
    return notes, unread


def _note(row: Any) -> Given | None:
    try:
        at = datetime.fromisoformat(row["at"])
        of_round = _ROUND in row
        key, answers = row[_ROUND if of_round else _INSPECTION], row["answers"]
        marks = tuple(change_from_json(each) for each in row.get("marks", ()))
        how = How(row.get("how", How.ANSWERED)).value
    except (ValueError, TypeError, KeyError, RecursionError, BadInput):
        return None
    if not isinstance(key, str) or not isinstance(answers, dict) or at.utcoffset() is None:
        return None
    given = Given(key, answers, at, marks, how, of_round)
    return given if all(map(_is_answer, answers.values())) else None


def _is_answer(value: object) -> bool:
    return value is None or (isinstance(value, str | int) and not isinstance(value, bool))
