"""Makes a backup: one file with the database and what else is the shop's own, while windows go on working."""

from __future__ import annotations

import errno
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from diagnostics.errors import BadInput, ServiceMissing
from tradein_app.store import archive, lasting, tables
from tradein_app.store.archive import Contents
from tradein_app.store.copying import Summary, copy_database, file_url, refuse_damaged, settle, summary
from tradein_app.store.engines import is_file, make_engine, parse_url
from tradein_app.store.failures import damaged, in_words, place
from tradein_app.store.schema import HEAD
from tradein_app.store.verifying import SHOWN, Check, verify

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NEEDED = frozenset({"file", "tables"})
"""Checks without which a copy is no database of ours at all; others are findings that a copy only carries on."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made.

    Attributes:
        path: Where.
        size: In bytes.
        files: How many files are in it besides the database.
        holds: What is in its database.
        checks: What was examined of it, once it was written.
    """

    path: Path
    size: int
    files: int
    holds: Summary
    checks: tuple[Check, ...]


def back_up(url_text: str, home: Path, target: Path) -> Backup:
    """Make a backup, look whether it is whole, and only then give it its name.

    Args:
        url_text: The database.
        home: The data folder.
        target: Where it goes; an earlier backup there is replaced, any other file is not.

    Raises:
        BadInput: The database is a server's, or the target is another file, or cannot be written.
        ServiceMissing: There is no database, or it cannot be read.
    """
    database = database_file(url_text)
    if not database.exists():
        raise _absent(database)
    _check_target(target, database)
    with _drafts(target, database) as (draft, copy), _written(target):
        copy_database(database, copy)
        holds, checks = summary(copy), examine(copy)
        settle(copy)
        # The database first: the file of a photo is there before the row that names it, and is never taken away.
        parts = chain([(archive.DATABASE, copy)], archive.own_files(home))
        found = archive.write(draft, parts, _about(holds, _revision(checks)))
        checks = (*checks, photos_in(found, copy))
        archive.unpack(draft, archive.contents(draft), None, None)
        size = draft.stat().st_size
        draft.replace(target)
        keep_name(target.parent)
    return Backup(target, size, len(found.files) - 1, holds, checks)


def database_file(url_text: str) -> Path:
    """Return the file of a database.

    Raises:
        BadInput: It has none of its own.
    """
    url = parse_url(url_text)
    if not is_file(url):
        raise BadInput(
            f"The database {place(url)} is kept by a server, not in a file.",
            "Copy it with the server's own tools, such as pg_dump; photos and prices are in the data folder.",
            "database_of_a_server",
            place=place(url),
        )
    return Path(str(url.database)).absolute()


def examine(database: Path) -> tuple[Check, ...]:
    """Examine a database file that nobody else knows of, whatever revision of ours it has.

    Raises:
        ServiceMissing: It is damaged, another program's or a newer one's.
    """
    engine = make_engine(file_url(database))
    try:
        checks = _verified(engine)
    finally:
        engine.dispose()
    if any(not check.ok for check in checks if check.name in NEEDED):
        raise refuse_damaged(database)
    return checks


def keep_name(folder: Path) -> None:
    """Have a file's new name on the disk, too, as far as the disk does that: the file itself is there already."""
    with suppress(OSError):
        lasting.keep_name(folder)


def _verified(engine: Engine) -> tuple[Check, ...]:
    try:
        return verify(engine)
    except DBAPIError as error:
        raise (in_words(error, engine.url) or damaged(engine.url)) from error
    except UnicodeDecodeError as error:
        raise damaged(engine.url) from error


def _revision(checks: tuple[Check, ...]) -> str:
    """Return the revision that was found; an older one is no fault of a backup."""
    said = next(check.detail for check in checks if check.name == "schema")
    return said.split()[1].rstrip(",") if said.startswith("revision") else HEAD


def _about(holds: Summary, revision: str) -> Mapping[str, object]:
    from tradein_app.errors import version

    return {
        "made_at": datetime.now(UTC).isoformat(),
        "program": version(),
        "revision": revision,
        "inspections": holds.inspections,
        "newest": holds.newest.isoformat() if holds.newest else None,
        "entries": holds.entries,
        "last": holds.last,
    }


def photos_in(found: Contents, database: Path) -> Check:
    """Return whether the file of every photo of a database is in a backup, as it was kept."""
    engine = make_engine(file_url(database))
    try:
        with engine.connect() as connection:
            digests = set(connection.scalars(select(tables.Photo.digest)))
    except DBAPIError:
        digests = set()  # of before there were photos
    finally:
        engine.dispose()
    held = {digest for name, (_, digest) in found.files.items() if name.startswith("photos/")}
    bad = sorted(digests - held)
    if bad:
        named = ", ".join(digest[:12] for digest in bad[:SHOWN]) + (" …" if len(bad) > SHOWN else "")
        return Check("photos", False, f"{len(bad)} of {len(digests)} files gone or damaged: {named}")
    return Check("photos", True, f"{len(digests)} files, as they were kept")


def _check_target(target: Path, database: Path) -> None:
    if target.exists() and target.samefile(database):
        raise _taken(target)
    if target.exists() or target.is_symlink():
        try:
            archive.contents(target)
        except BadInput as error:
            if error.code == "backup_damaged":
                return  # of an earlier try: the new one is better
            raise _taken(target) from error


@contextmanager
def _drafts(target: Path, database: Path) -> Iterator[tuple[Path, Path]]:
    """Give the names of a file beside the target and of a copy of the database, and take away what is left of them.

    The copy is beside the database: on a network's drive SQLite has neither its locks nor its shared memory.
    """
    name = f".{target.name}.{secrets.token_hex(4)}"
    draft, copy = target.with_name(f"{name}.part"), database.with_name(f"{name}.sqlite3")
    try:
        yield draft, copy
    finally:
        for path in (draft, copy, *(copy.with_name(copy.name + end) for end in ("-wal", "-shm", "-journal"))):
            with suppress(OSError):  # a folder that cannot be written to has none in it
                path.unlink(missing_ok=True)


@contextmanager
def _written(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in _FULL or "full" in str(error)
        why = "the disk is full, or takes no file so large" if full else error.strerror or error
        raise ServiceMissing(
            f"The backup {target} could not be written: {why}.",
            "Make room, or name another place; what was there is as it was.",
            "backup_not_written",
            place=str(target),
        ) from error


def _taken(target: Path) -> BadInput:
    return BadInput(
        f"{target} is there already, and is no backup.",
        "Name another file; nothing was changed.",
        "backup_target_taken",
        place=str(target),
    )


def _absent(database: Path) -> ServiceMissing:
    return ServiceMissing(
        f"There is no database at {database}.",
        "Make one with: tradein db upgrade",
        "database_absent",
        place=str(database),
    )
