"""Opens databases, the same way each time."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SAWarning
from sqlalchemy.pool import StaticPool

from diagnostics.errors import BadInput, ServiceMissing
from tradein_app.store.failures import place

BUSY_SECONDS = 5.0
"""How long to wait while another program writes."""

WRITES = "tradein_writes"
"""The execution option of connections that write."""

_IN_MEMORY = (None, "", ":memory:")

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    # Readers go on while one writes, and FULL: what was committed is on the disk, also when the power goes.
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
)


def parse_url(text: str) -> URL:
    """Return a database's URL.

    Raises:
        BadInput: The text is no such URL.
    """
    try:
        return make_url(text)
    except (ArgumentError, ValueError):
        raise _no_url() from None


def make_engine(url: URL) -> Engine:
    """Return an engine; nothing is opened yet.

    Raises:
        BadInput: The URL names an engine that is not known, or says what that engine does not understand.
        ServiceMissing: The engine's driver is not installed.
    """
    try:
        engine = _created(url)
    except NoSuchModuleError:
        raise BadInput(
            f"TRADEIN_DB names a kind of database that is not known: {url.drivername}.",
            "Use sqlite, or unset it.",
            "bad_environment",
        ) from None
    except (ArgumentError, SAWarning):
        raise _no_url() from None
    except ModuleNotFoundError as error:
        raise ServiceMissing(
            f"The driver for {url.drivername} databases is not installed.",
            f"Install the package that provides the Python module {error.name}.",
            "database_driver",
            place=url.drivername,
        ) from None
    if engine.dialect.name == "sqlite":
        _tune_sqlite(engine)
    return engine


def make_folder(url: URL) -> None:
    """Make the folder of a database file, for its owner only, if there is none.

    Raises:
        ServiceMissing: It cannot be made.
    """
    if not is_file(url):
        return
    folder = Path(str(url.database)).absolute().parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ServiceMissing(
            f"The folder of the database {place(url)} cannot be made: {error.strerror}.",
            "Set TRADEIN_DB or TRADEIN_HOME to a place that may be written.",
            "database_not_opened",
            place=place(url),
        ) from None


def is_file(url: URL) -> bool:
    """Return whether a database is one file, named by its path (SQLite's own ``file:`` URIs may mean other things)."""
    if url.get_backend_name() != "sqlite" or url.database in _IN_MEMORY:
        return False
    return not str(url.database).startswith("file:")


def _created(url: URL) -> Engine:
    with warnings.catch_warnings():
        # SQLAlchemy only warns of options that it then ignores, such as a misspelt one.
        warnings.simplefilter("error", SAWarning)
        return create_engine(url, **_options(url))


def _no_url() -> BadInput:
    return BadInput(
        "TRADEIN_DB is not a database URL that makes sense.",
        "Write it like sqlite:////home/me/tradein.sqlite3, or unset it.",
        "bad_environment",
    )


def _options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() != "sqlite":
        return {"pool_pre_ping": True}
    if url.database in _IN_MEMORY:
        return {"connect_args": {"check_same_thread": False}, "poolclass": StaticPool}
    return {"connect_args": {"timeout": BUSY_SECONDS}}


def _tune_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        # Python's driver begins transactions late and not around every statement; ours begin where we say.
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(pragma).close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        # A transaction that writes takes the lock at once: it waits at its beginning, and never fails in its middle.
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
