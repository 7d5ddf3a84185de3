"""Copies of SQLite files: made while others write, and looked at without the tables of today."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.engine import URL

from diagnostics.errors import ServiceMissing
from tradein_app.store.failures import damaged, said_of
from tradein_app.store.presence import in_use

_BUSY_SECONDS = 5.0
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


@dataclass(frozen=True, slots=True)
class Summary:
    """What is in a database, in a few figures.

    Attributes:
        inspections: How many.
        newest: When the newest was opened, UTC; ``None`` without any.
        entries: Of the audit chain.
        last: The hash of its end; empty without any.
    """

    inspections: int = 0
    newest: datetime | None = None
    entries: int = 0
    last: str = ""


def copy_database(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, by SQLite's online backup: nobody who writes has to wait.

    Raises:
        ServiceMissing: The source is damaged, or cannot be read.
        OSError: The target cannot be written.
    """
    try:
        with closing(_opened(source)) as here:
            here.execute("PRAGMA schema_version").fetchone()
            _copy(here, target)
    except sqlite3.Error as error:
        raise said_of(error, file_url(source)) from error


def _copy(here: sqlite3.Connection, target: Path) -> None:
    try:
        with closing(sqlite3.connect(target)) as there:
            here.backup(there)
            # One file: what is moved about must not need a second one beside it.
            there.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _DAMAGE:
            raise
        raise OSError(0, str(error), str(target)) from error


def settle(database: Path) -> None:
    """Bring a database into its one file, which nobody else may have open; one that is damaged stays as it is.

    Raises:
        ServiceMissing: Another program has it open.
    """
    try:
        with closing(_opened(database, 0.5)) as here:
            # Leaving WAL needs every other connection gone: that is how SQLite itself tells who is there.
            here.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise in_use(database) from error
    except sqlite3.DatabaseError:
        return


def summary(database: Path) -> Summary:
    """Return the figures of a database; those that it cannot tell are zero."""
    try:
        with closing(_opened(database)) as here:
            count, newest = here.execute("SELECT count(*), max(opened_at) FROM inspection").fetchone()
            last = here.execute("SELECT sequence, hash FROM audit_entry ORDER BY sequence DESC LIMIT 1")
            entries, found = last.fetchone() or (0, "")
            opened = datetime.fromisoformat(newest).replace(tzinfo=UTC) if newest else None
            return Summary(count, opened, entries, str(found))
    except (sqlite3.Error, ValueError, TypeError):
        return Summary()


def file_url(path: Path) -> URL:
    """Return the URL of a database file, whatever signs are in its name."""
    return URL.create("sqlite", database=str(path))


def is_database(path: Path) -> bool:
    """Return whether a file begins as those of SQLite do.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def refuse_damaged(path: Path) -> ServiceMissing:
    """Return the error for a database whose file is damaged."""
    return damaged(file_url(path))


def _opened(path: Path, patience: float = _BUSY_SECONDS) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?mode=rw"
    return sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None)
