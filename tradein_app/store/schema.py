"""Brings a database to the tables that this program knows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection, Engine

from diagnostics.errors import ServiceMissing
from tradein_app.store.engines import WRITES
from tradein_app.store.failures import place

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0009"
"""The newest revision, said here too so that an ordinary start need not load Alembic; a test compares."""

REVISIONS_TABLE = "alembic_version"


def revision(connection: Connection) -> str | None:
    """Return a database's revision; ``None`` when it has none of our tables yet.

    Raises:
        ServiceMissing: The database is another program's.
    """
    tables = set(inspect(connection).get_table_names())
    if REVISIONS_TABLE in tables:
        return connection.execute(text(f"SELECT version_num FROM {REVISIONS_TABLE}")).scalar()  # noqa: S608
    if tables:
        raise _foreign(connection)
    return None


def upgrade(engine: Engine) -> str:
    """Bring a database to the newest revision, in one transaction, and return that.

    Raises:
        ServiceMissing: The database was made by a newer program, or by another one.
    """
    with engine.connect() as connection:
        found = revision(connection)
    if found != HEAD:
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            _migrate(connection)
    return HEAD


def check_known(connection: Connection, found: str | None) -> None:
    """Refuse a revision that this program does not know.

    Raises:
        ServiceMissing: The database was made by a newer program.
    """
    if found is not None and found not in known_revisions():
        raise ServiceMissing(
            f"The database {place(connection.engine.url)} was made by a newer version of tradein.",
            "Update tradein, or set TRADEIN_DB to another database.",
            "database_newer",
            place=place(connection.engine.url),
        )


def known_revisions() -> tuple[str, ...]:
    """Return the revisions that this program has, the newest first."""
    from alembic.script import ScriptDirectory

    return tuple(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _migrate(connection: Connection) -> None:
    from alembic import command

    # Looked up again: another program may have migrated while this one waited for the lock.
    check_known(connection, revision(connection))
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _foreign(connection: Connection) -> ServiceMissing:
    return ServiceMissing(
        f"The database {place(connection.engine.url)} belongs to another program.",
        "Set TRADEIN_DB to another database.",
        "database_foreign",
        place=place(connection.engine.url),
    )
