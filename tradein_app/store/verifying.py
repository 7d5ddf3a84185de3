"""Examines a database: its file, its tables, and whether what was saved is still what was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from tradein_app.store import tables
from tradein_app.store.chain import broken_at, last_entry
from tradein_app.store.photo_files import PhotoFiles
from tradein_app.store.schema import HEAD, check_known, revision
from tradein_app.store.sealing import against_seals
from tradein_app.store.vouching import altered

SHOWN = 5
"""How many findings of one kind are named."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was examined.

    Attributes:
        name: ``file``, ``schema``, ``tables``, ``references``, ``audit chain``, ``documents``, ``records`` or
            ``photos``.
        ok: Whether it is as it should be.
        detail: What was found.
    """

    name: str
    ok: bool
    detail: str


def check_photos(files: PhotoFiles, session: Session) -> Check:
    """Return whether every photo's file is there and what was kept; one that was taken away keeps its file, too."""
    digests = sorted(set(session.scalars(select(tables.Photo.digest))))
    bad = [digest for digest in digests if not files.is_whole(digest)]
    if bad:
        named = ", ".join(digest[:12] for digest in bad[:SHOWN]) + (" …" if len(bad) > SHOWN else "")
        return Check("photos", False, f"{len(bad)} of {len(digests)} files gone or damaged: {named}")
    return Check("photos", True, f"{len(digests)} files, as they were kept")


def verify(engine: Engine, photos: PhotoFiles | None = None) -> tuple[Check, ...]:
    """Examine a database without changing it, and the files of its photos where they are given.

    Raises:
        ServiceMissing: The database was made by a newer program, or by another one.
    """
    with engine.connect() as connection:
        found = revision(connection)
        check_known(connection, found)
        checks = [_file(connection), _schema(found)]
        if found == HEAD:
            checks += _look_inside(connection, photos)
        elif found is not None:
            # Its rows are asked for by today's columns; the chain has had the same ones since the first revision.
            with Session(connection) as session:
                checks += [_references(connection), _readable("audit chain", _chain, session)]
    return tuple(checks)


def _look_inside(connection: Connection, photos: PhotoFiles | None) -> list[Check]:
    made = _tables(connection)
    checks = [made, _references(connection)]
    if not made.ok:
        # Rows are asked for by name: where a table or a column is gone, that would fail.
        return checks
    with Session(connection) as session:
        looks: list[tuple[str, Callable[[Session], Check]]]
        looks = [("audit chain", _chain), ("documents", _documents), ("records", _records)]
        if photos is not None:
            looks.append(("photos", partial(check_photos, photos)))
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
    # Whoever wrote the last one down on paper can see later that no entry was cut off at the end.
    named = f"; the last one is {last.hash[:16]}" if last else ""
    return Check("audit chain", True, f"{last.sequence if last else 0} entries, unbroken{named}")


def _documents(session: Session) -> Check:
    found = list(altered(session))
    if found:
        named = ", ".join(found[:SHOWN]) + (" …" if len(found) > SHOWN else "")
        return Check("documents", False, f"{len(found)} not as they were written: {named}")
    return Check("documents", True, "as they were written")


def _records(session: Session) -> Check:
    found = against_seals(session)
    if found.altered:
        named = ", ".join(found.altered[:SHOWN]) + (" …" if len(found.altered) > SHOWN else "")
        return Check("records", False, f"{len(found.altered)} not as they were written: {named}")
    older = (
        f"; {found.adopted} of them are older than the seals: proved only since {found.since}"
        if found.adopted
        else ""
    )
    return Check("records", True, f"{found.rows} rows, as they were written{older}")


def _readable(name: str, look: Callable[[Session], Check], session: Session) -> Check:
    """Return what a look finds; a value that no column of ours can hold is a finding, too."""
    try:
        return look(session)
    except (ValueError, TypeError) as error:
        return Check(name, False, f"a value in it cannot be read ({type(error).__name__})")
