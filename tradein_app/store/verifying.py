"""Examines a database: its file, its tables, and whether what was saved is still what was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from tradein_app.store import tables
from tradein_app.store.chain import broken_at, last_entry
from tradein_app.store.schema import HEAD, check_known, revision
from tradein_app.store.vouching import altered

SHOWN = 5
"""How many findings of one kind are named."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was examined.

    Attributes:
        name: ``file``, ``schema``, ``tables``, ``references``, ``audit chain`` or ``documents``.
        ok: Whether it is as it should be.
        detail: What was found.
    """

    name: str
    ok: bool
    detail: str


def verify(engine: Engine) -> tuple[Check, ...]:
    """Examine a database without changing it.

    Raises:
        ServiceMissing: The database was made by a newer program, or by another one.
    """
    with engine.connect() as connection:
        found = revision(connection)
        check_known(connection, found)
        checks = [_file(connection), _schema(found)]
        if found == HEAD:
            checks += _look_inside(connection)
    return tuple(checks)


def _look_inside(connection: Connection) -> list[Check]:
    made = _tables(connection)
    checks = [made, _references(connection)]
    if not made.ok:
        # Rows are asked for by name: where a table or a column is gone, that would fail.
        return checks
    with Session(connection) as session:
        looks = (("audit chain", _chain), ("documents", _documents))
        return checks + [_readable(name, look, session) for name, look in looks]


def _file(connection: Connection) -> Check:
    if connection.dialect.name != "sqlite":
        return Check("file", True, "kept by the server")
    said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(5)")]
    return Check("file", said == ["ok"], "; ".join(said))


def _schema(found: str | None) -> Check:
    if found == HEAD:
        return Check("schema", True, f"revision {HEAD}")
    have = f"revision {found}" if found else "no tables"
    return Check("schema", False, f"{have}, this program needs {HEAD}: run tradein db upgrade")


def _tables(connection: Connection) -> Check:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    differences = compare_metadata(MigrationContext.configure(connection), tables.Base.metadata)
    detail = (
        f"{len(differences)} differences from what revision {HEAD} makes"
        if differences
        else "as they should be"
    )
    return Check("tables", not differences, detail)


def _references(connection: Connection) -> Check:
    if connection.dialect.name != "sqlite":
        return Check("references", True, "kept by the server")
    # A separate check, because another tool may have written with foreign keys off.
    bad = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    where = ", ".join(sorted({str(row[0]) for row in bad}))
    detail = f"{len(bad)} rows point nowhere: {where}" if bad else "every row points to one that is there"
    return Check("references", not bad, detail)


def _chain(session: Session) -> Check:
    broken = broken_at(session)
    if broken is not None:
        return Check("audit chain", False, f"broken at entry {broken}: it is missing or was changed")
    last = last_entry(session)
    return Check("audit chain", True, f"{last.sequence if last else 0} entries, unbroken")


def _documents(session: Session) -> Check:
    found = list(altered(session))
    if found:
        named = ", ".join(found[:SHOWN]) + (" …" if len(found) > SHOWN else "")
        return Check("documents", False, f"{len(found)} not as they were written: {named}")
    return Check("documents", True, "as they were written")


def _readable(name: str, look: Callable[[Session], Check], session: Session) -> Check:
    """Return what a look finds; a value that no column of ours can hold is a finding, too."""
    try:
        return look(session)
    except (ValueError, TypeError) as error:
        return Check(name, False, f"a value in it cannot be read ({type(error).__name__})")
