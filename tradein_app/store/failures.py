"""Says in words why a database cannot be used."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from diagnostics.errors import ServiceMissing

_IN_USE = (
    "is in use by another program",
    "Close the other program or wait a little, then try again.",
    "database_locked",
)
_READ_ONLY = (
    "cannot be written",
    "Allow writing there, or set TRADEIN_DB to another place.",
    "database_read_only",
)
_NO_ENTRY = (
    "cannot be opened",
    "Check that its folder exists and may be written, or set TRADEIN_DB to another place.",
    "database_not_opened",
)
_FULL = ("cannot grow: the disk is full", "Make room; everything saved until now is kept.", "disk_full")
_FOREIGN = (
    "is not a database, or it is damaged",
    "Set TRADEIN_DB to another file, or put a copy from a backup in its place.",
    "database_damaged",
)
_DISK = ("cannot be read or written by the disk", "Check the disk, then try again.", "disk_error")
_AWAY = ("cannot be reached", "Check TRADEIN_DB and that the server runs.", "database_away")

_SAID: Mapping[int, tuple[str, str, str]] = MappingProxyType(
    {
        sqlite3.SQLITE_BUSY: _IN_USE,
        sqlite3.SQLITE_LOCKED: _IN_USE,
        # Of a WAL whose locks were not got in a hundred tries: on a loaded disk, or one of a network.
        sqlite3.SQLITE_PROTOCOL: _IN_USE,
        sqlite3.SQLITE_READONLY: _READ_ONLY,
        sqlite3.SQLITE_PERM: _READ_ONLY,
        sqlite3.SQLITE_AUTH: _READ_ONLY,
        sqlite3.SQLITE_CANTOPEN: _NO_ENTRY,
        sqlite3.SQLITE_FULL: _FULL,
        sqlite3.SQLITE_NOTADB: _FOREIGN,
        sqlite3.SQLITE_CORRUPT: _FOREIGN,
        sqlite3.SQLITE_IOERR: _DISK,
    }
)
"""By SQLite's primary result code (sqlite.org/rescode.html): what, what to do, and the error's code."""


def place(url: URL) -> str:
    """Return how a database is called in messages: its file, or its URL without the password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.render_as_string(hide_password=True)


def in_words(error: DBAPIError, url: URL) -> ServiceMissing | None:
    """Return what a database's failure means for a person, or ``None`` for a bug of ours."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    said = _SAID.get(code & 0xFF) if code is not None else None
    if said is None and code is None and isinstance(error, OperationalError | InterfaceError):
        # SQLite has no server; without a code it is Python that could not read a text in the file.
        said = _FOREIGN if url.get_backend_name() == "sqlite" else _AWAY
    return _missing(url, *said) if said else None


def said_of(error: sqlite3.Error, url: URL) -> ServiceMissing:
    """Return what SQLite's own failure means for a person; what has no words is that the file cannot be used."""
    return _missing(url, *_SAID.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, _FOREIGN))


def damaged(url: URL) -> ServiceMissing:
    """Return the error for a file that cannot be read as a database."""
    return _missing(url, *_FOREIGN)


def _missing(url: URL, what: str, hint: str, code: str) -> ServiceMissing:
    return ServiceMissing(f"The database {place(url)} {what}.", hint, code, place=place(url))
