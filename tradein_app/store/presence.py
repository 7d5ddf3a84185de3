"""Who has a database open: each desk holds a small file beside it, which the system lets go of when the desk ends.

A desk shows itself first and looks for a restoring then; a restoring does it the other way round. So of two that begin
at one moment at least one sees the other.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from diagnostics.errors import ServiceMissing
from diagnostics.file_locks import lock
from tradein_app.services.shop import new_id

PATIENCE = 0.5
"""Seconds: whoever only looks at a lock holds it for a moment."""
_PAUSE = 0.02
_OPEN = ".open"
_RESTORING = ".restoring"


class Presence:
    """Shows that a database is open here, until it is left or this process ends.

    Args:
        database: Its file.

    Raises:
        ServiceMissing: A backup is put in its place at this moment.
    """

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}.{new_id()}{_OPEN}")
        self._file: int | None = None
        with suppress(OSError):  # where nothing can be written, the database says so itself
            self._file = _made(self._path)
        if _is_held(database.with_name(database.name + _RESTORING)):
            self.leave()
            raise ServiceMissing(
                f"A backup is being put in the place of the database {database} at this moment.",
                "Wait until that is done, then try again.",
                "database_restoring",
                place=str(database),
            )

    def leave(self) -> None:
        """Show it no more."""
        if self._file is not None:
            with suppress(OSError):
                self._path.unlink()
            os.close(self._file)
            self._file = None


@contextmanager
def alone_with(database: Path) -> Iterator[None]:
    """Keep every desk away from a database, and others that would restore it.

    Raises:
        ServiceMissing: ``database_in_use``: a desk has it open, or it is being restored by another command.
        OSError: Its folder cannot be written to.
    """
    path = database.with_name(database.name + _RESTORING)
    file = _locked(path)
    if file is None:
        raise in_use(database)
    try:
        if any(not _is_stale(each) for each in database.parent.glob(f"{escape(database.name)}.*{_OPEN}")):
            raise in_use(database)
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(file)


def in_use(database: Path) -> ServiceMissing:
    """Return the error for a database that another program has open."""
    return ServiceMissing(
        f"The database {database} is open in another window or program.",
        "Close it there, then try again; nothing was changed.",
        "database_in_use",
        place=str(database),
    )


def _made(path: Path) -> int:
    new = path.with_suffix(".new")
    file = os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        lock(file)
        new.rename(path)
    except OSError:
        os.close(file)
        new.unlink(missing_ok=True)
        raise
    return file


def _locked(path: Path) -> int | None:
    """Return a file, opened and locked; ``None`` where somebody goes on holding it."""
    end = time.monotonic() + PATIENCE
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        # Whoever held it last took its name away: then this is a file that nobody else will look at.
        if lock(file) and _is_named(file, path):
            return file
        os.close(file)
        if time.monotonic() > end:
            return None
        time.sleep(_PAUSE)


def _is_named(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except OSError:
        return False


def _is_held(path: Path) -> bool:
    end = time.monotonic() + PATIENCE
    while _holds(path):
        if time.monotonic() > end:
            return True
        time.sleep(_PAUSE)
    return False


def _holds(path: Path) -> bool:
    """Whether somebody holds a file at this moment; nobody holds one that is not there."""
    try:
        file = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        return not lock(file)
    finally:
        os.close(file)


def _is_stale(path: Path) -> bool:
    """Whether the desk of this file has ended; then the file goes."""
    if _holds(path):
        return False
    with suppress(OSError):
        path.unlink()
    return True
