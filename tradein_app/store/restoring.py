"""Puts a backup back: looked at as a whole first, and what was there is kept."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

from sqlalchemy.orm import Session

from diagnostics.errors import ServiceMissing, UserError
from diagnostics.regular import check_regular
from tradein_app.services.records import THE_PERSON
from tradein_app.store import archive
from tradein_app.store.archive import Contents
from tradein_app.store.backing_up import database_file, examine, keep_name, photos_in
from tradein_app.store.copying import Summary, file_url, is_database, settle, summary
from tradein_app.store.engines import make_engine
from tradein_app.store.photo_files import PhotoFiles
from tradein_app.store.presence import alone_with
from tradein_app.store.schema import upgrade
from tradein_app.store.unit_of_work import SqlStore
from tradein_app.store.verifying import Check, check_photos

ACTION = "store.restored"
_BESIDE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was put back.

    Attributes:
        holds: What is in the database now.
        made_at: When the backup was made; ``None`` of a bare database.
        files: How many other files were put back, because they were not there or differed.
        kept: Where the database that was there lies now; ``None`` when there was none.
        replaced: Where other files lie that differed; ``None`` when there were none.
        checks: What was examined.
    """

    holds: Summary
    made_at: datetime | None
    files: int
    kept: Path | None
    replaced: Path | None
    checks: tuple[Check, ...]


def restore(url_text: str, home: Path, source: Path, *, anyway: bool = False) -> Restored:
    """Put a backup in the place of the database, which is kept, and its files into the data folder.

    Args:
        url_text: The database.
        home: The data folder.
        source: A backup, or a bare database of ours.
        anyway: Also where its records are not as they were written.

    Raises:
        BadInput: The file is no backup, damaged, or a newer program's; nothing was changed.
        UserError: Its records are not as they were written.
        ServiceMissing: The database is open elsewhere, or the disk does not take it.
    """
    database = database_file(url_text)
    with _in_words(database):
        for folder in (database.parent, home):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone_with(database), _stages(database, home) as (staged, files):
            found = _unpack(source, staged, files, database)
            checks = _examined(source, staged, anyway=anyway)
            checks += (photos_in(found, staged) if found else _photos_here(home, staged),)
            made_at = found.made_at if found else None
            settle(database)
            holds = summary(staged)
            _note(staged, made_at, holds, summary(database))
            return _put(database, home, staged, files, Restored(holds, made_at, 0, None, None, checks))


def _photos_here(home: Path, database: Path) -> Check:
    engine = make_engine(file_url(database))
    with Session(engine) as session:
        found = check_photos(PhotoFiles(home / archive.FOLDERS[0]), session)
    engine.dispose()
    return found


def _unpack(source: Path, staged: Path, files: Path, database: Path) -> Contents | None:
    """Lay a backup out beside the places where it belongs, and return what it holds; ``None`` of a bare database."""
    try:
        check_regular(source)
        bare = is_database(source)
    except (OSError, ValueError) as error:
        said = error if isinstance(error, OSError) else OSError(0, str(error))
        raise archive.unreadable(source, said) from error
    if not bare:
        found = archive.contents(source)
        archive.unpack(source, found, {archive.DATABASE: staged}, files)
        return found
    if database.exists() and source.samefile(database):
        raise archive.foreign(source)
    shutil.copyfile(source, staged)
    wal = source.with_name(source.name + "-wal")
    if wal.exists():  # of a program that was killed: the last steps are in it
        shutil.copyfile(wal, staged.with_name(staged.name + "-wal"))
    return None


def _examined(source: Path, staged: Path, *, anyway: bool) -> tuple[Check, ...]:
    """Bring the database to the tables of today and examine it, in words of the backup."""
    try:
        examine(staged)
        engine = make_engine(file_url(staged))
        try:
            upgrade(engine)
        finally:
            engine.dispose()
        checks = examine(staged)
    except ServiceMissing as error:
        said = {"database_newer": archive.newer, "database_foreign": archive.foreign}
        raise said.get(error.code, archive.damaged)(source) from error
    bad = [check for check in checks if not check.ok]
    if bad and not anyway:
        raise UserError(
            f"What is in {source} is not as it was written: {bad[0].name}, {bad[0].detail}.",
            "Take another backup, or put it back as it is with --anyway; nothing was changed.",
            "backup_altered",
            place=str(source),
        )
    return checks


def _note(staged: Path, made_at: datetime | None, holds: Summary, before: Summary) -> None:
    """Write into the chain that it goes on from here, and where the one ended that it replaces."""
    engine = make_engine(file_url(staged))
    store = SqlStore(engine)
    data = {
        "made_at": made_at.isoformat() if made_at else None,
        "entries": holds.entries,
        "last": holds.last,
        "replaced": {"entries": before.entries, "last": before.last} if before.entries else None,
    }
    with store.writing() as uow:
        uow.audit.append(THE_PERSON, ACTION, data, datetime.now(UTC))
        uow.commit()
    store.close()
    settle(staged)


def _put(database: Path, home: Path, staged: Path, files: Path, found: Restored) -> Restored:
    stamp = f"replaced-{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    count, differed = _put_files(files, home, home / stamp)
    kept = _put_database(staged, database, database.parent / stamp)
    return Restored(found.holds, found.made_at, count, kept, home / stamp if differed else None, found.checks)


def _put_files(files: Path, home: Path, replaced: Path) -> tuple[int, bool]:
    """Put files where they belong; of those that differ what was there is kept, and nothing else goes."""
    count, differed = 0, False
    for path in sorted(each for each in files.rglob("*") if each.is_file()):
        name = path.relative_to(files)
        target = home / name
        if target.is_file() and _same(target, path):
            continue
        if os.path.lexists(target):
            differed = True
            (replaced / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.move(target, replaced / name)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.move(path, target)  # a folder of photos may be a link to another disk
        count += 1
    return count, differed


def _put_database(staged: Path, database: Path, kept: Path) -> Path | None:
    """Put the database in its place, in which there is one at each moment; return where the old one is."""
    if not database.exists():
        staged.replace(database)
        keep_name(database.parent)
        return None
    kept.mkdir(mode=0o700, exist_ok=True)
    try:
        os.link(database, kept / database.name)
    except OSError:  # disks without a second name for a file
        shutil.copy2(database, kept / database.name)
    for end in _BESIDE:
        beside = database.with_name(database.name + end)
        if beside.exists():  # of a damaged one: SQLite must never take it for part of the new one
            beside.rename(kept / beside.name)
    keep_name(kept)
    staged.replace(database)
    keep_name(database.parent)
    return kept / database.name


def _same(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        return file_digest(first, "sha256").digest() == file_digest(second, "sha256").digest()


@contextmanager
def _stages(database: Path, home: Path) -> Iterator[tuple[Path, Path]]:
    """Give places on the disks of the database and of the data folder, and take away what is left there."""
    name = f".restoring-{secrets.token_hex(4)}"
    stages = (database.parent / name, home / f"{name}-files")
    try:
        for stage in stages:
            stage.mkdir(mode=0o700)
        yield stages[0] / archive.DATABASE, stages[1]
    finally:
        for stage in stages:
            shutil.rmtree(stage, ignore_errors=True)


@contextmanager
def _in_words(database: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ServiceMissing(
            f"The backup could not be put back beside {database}: {error.strerror or error}.",
            "Make room or allow writing there, then try again; the database is as it was.",
            "restore_not_written",
            place=str(database),
        ) from error
