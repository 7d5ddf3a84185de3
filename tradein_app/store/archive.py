"""The file of a backup: a ZIP of the database and of the data folder's own files, with a list of their digests."""

from __future__ import annotations

import json
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any

from diagnostics.errors import BadInput
from diagnostics.regular import check_regular

SCHEMA = "tradein/backup-1"
_ANY_SCHEMA = "tradein/backup-"
MANIFEST = "backup.json"
DATABASE = "tradein.sqlite3"
FOLDERS = ("photos", "prices", "price-model", "quotes", "standards")
"""Of the data folder; left out are keys of pairing, notes of windows that run, reports, and the practice bench."""
FILES = ("shop.toml", "repairs.toml", "android-names.toml", "iphone-names.toml")
_LEFT_OUT = frozenset({"thumbnails", "training.json", "training.cancel"})
_DRAFTS = (".new", ".part")
_PACKED = frozenset({".jpg", ".pdf", ".png", ".gz", ".zip"})
_CHUNK = 1 << 20
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_LARGEST_MANIFEST = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says that it holds.

    Attributes:
        made_at: When, UTC.
        revision: Of the database's tables.
        files: Size in bytes and SHA-256 by name.
    """

    made_at: datetime
    revision: str
    files: Mapping[str, tuple[int, str]]


def own_files(home: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name and the path of each file of the data folder that belongs into a backup."""
    for name in FILES:
        if (home / name).is_file():
            yield name, home / name
    for folder in FOLDERS:
        for place, folders, files in os.walk(home / folder):
            folders[:] = sorted(name for name in folders if _is_own(name))
            for name in sorted(files):
                path = Path(place, name)
                if _is_own(name) and _is_regular(path):
                    yield path.relative_to(home).as_posix(), path


def write(target: Path, parts: Iterator[tuple[str, Path]], about: Mapping[str, Any]) -> Contents:
    """Write a backup; it is on the disk when this returns.

    Args:
        target: A file that is not there yet.
        parts: Names and paths; a file that is gone by now is left out.
        about: What else its list says; ``made_at`` and ``revision`` among it.

    Raises:
        OSError: It cannot be written, or a part cannot be read.
    """
    files: dict[str, dict[str, Any]] = {}
    # No chmod afterwards: sticks that know no owners refuse that.
    with os.fdopen(os.open(target, _NEW, 0o600), "wb") as out:
        with zipfile.ZipFile(out, "w", compresslevel=1) as archive:
            for name, path in parts:
                found = _add(archive, name, path)
                if found:
                    files[name] = {"size": found[0], "sha256": found[1]}
            manifest = {"schema": SCHEMA, **about, "files": files}
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1), zipfile.ZIP_DEFLATED)
        out.flush()
        os.fsync(out.fileno())
    return _contents(json.loads(json.dumps(manifest)), target)


def contents(path: Path) -> Contents:
    """Return what a backup holds, by its own list.

    Raises:
        BadInput: It is no backup of ours, a newer program's, or damaged.
    """
    try:
        if not _begins_as_zip(path):
            raise foreign(path)
        with zipfile.ZipFile(path) as archive:
            listed = archive.getinfo(MANIFEST)
            if listed.file_size > _LARGEST_MANIFEST:
                raise damaged(path)
            found = _contents(json.loads(archive.read(MANIFEST)), path)
            if set(archive.namelist()) != {*found.files, MANIFEST}:
                raise damaged(path)
            return found
    except KeyError:
        raise foreign(path) from None
    # RuntimeError: it is locked by a password, packed in a way that is not known, or nested without end.
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, RuntimeError) as error:
        raise damaged(path) from error
    except OSError as error:
        raise unreadable(path, error) from error


def unpack(path: Path, found: Contents, folders: Mapping[str, Path] | None, elsewhere: Path | None) -> None:
    """Unpack a backup, or only look whether it is whole.

    Args:
        path: The backup.
        found: What it holds.
        folders: Where single files go, by their name in the backup; ``None`` to unpack nothing.
        elsewhere: The folder of all others.

    Raises:
        BadInput: Something in it is not what its list says.
        OSError: It cannot be written.
    """
    with zipfile.ZipFile(path) as archive:
        for name, said in found.files.items():
            target = None
            if folders is not None and elsewhere is not None:
                target = folders.get(name, elsewhere / name)
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _unpacked(archive, name, target, path) != said:
                raise damaged(path)


def foreign(path: Path) -> BadInput:
    """Return the error for a file that is no backup of this program."""
    return BadInput(
        f"{path} is not a backup of tradein.",
        "Name a file that tradein db backup wrote, or a database of tradein.",
        "backup_foreign",
        place=str(path),
    )


def damaged(path: Path) -> BadInput:
    """Return the error for a backup that is cut off or was changed."""
    return BadInput(
        f"The backup {path} is damaged: it is cut off, or was changed.",
        "Take another one; nothing was changed.",
        "backup_damaged",
        place=str(path),
    )


def newer(path: Path) -> BadInput:
    """Return the error for a backup that this program cannot know."""
    return BadInput(
        f"The backup {path} was made by a newer version of tradein.",
        "Update tradein; nothing was changed.",
        "backup_newer",
        place=str(path),
    )


def unreadable(path: Path, error: OSError) -> BadInput:
    """Return the error for a backup that cannot be read."""
    return BadInput(
        f"The backup {path} cannot be read: {error.strerror or error}.",
        "Check the name and the disk; nothing was changed.",
        "backup_unreadable",
        place=str(path),
    )


def _begins_as_zip(path: Path) -> bool:
    check_regular(path)
    with path.open("rb") as file:
        return file.read(4) == b"PK\3\4"


def _is_own(name: str) -> bool:
    return not (name.startswith(".") or name.endswith(_DRAFTS) or name in _LEFT_OUT)


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> tuple[int, str] | None:
    """Add a file and return its size and digest; one that is gone meanwhile, such as a draft, is left out."""
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return None
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_STORED if path.suffix in _PACKED else zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    with source, archive.open(info, "w", force_zip64=True) as out:
        return _streamed(source, out)


def _unpacked(archive: zipfile.ZipFile, name: str, target: Path | None, path: Path) -> tuple[int, str]:
    try:
        source = archive.open(name)
    except (zipfile.BadZipFile, RuntimeError) as error:
        raise damaged(path) from error
    with source:
        if target is None:
            return _read(source, None, path)
        with target.open("xb") as out:
            found = _read(source, out, path)
            out.flush()
            os.fsync(out.fileno())
        return found


def _read(source: IO[bytes], out: IO[bytes] | None, path: Path) -> tuple[int, str]:
    try:
        return _streamed(source, out)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise damaged(path) from error


def _streamed(source: IO[bytes], out: IO[bytes] | None) -> tuple[int, str]:
    size, hashed = 0, sha256()
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        hashed.update(chunk)
        if out is not None:
            out.write(chunk)
    return size, hashed.hexdigest()


def _contents(said: Any, path: Path) -> Contents:
    schema = said.get("schema") if isinstance(said, dict) else None
    if not isinstance(schema, str) or not schema.startswith(_ANY_SCHEMA):
        raise foreign(path)
    if schema != SCHEMA:
        raise newer(path)
    try:
        files = {str(name): (int(row["size"]), str(row["sha256"])) for name, row in said["files"].items()}
        made = datetime.fromisoformat(said["made_at"])
        found = Contents(made, str(said["revision"]), files)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise damaged(path) from error
    if DATABASE not in files or not all(map(_is_place, files)):
        raise damaged(path)
    return found


def _is_place(name: str) -> bool:
    """Whether a name is one that we would have given: nothing is ever unpacked outside of the data folder."""
    if name == DATABASE or name in FILES:
        return True
    parts = PurePosixPath(name).parts
    inside = len(parts) > 1 and parts[0] in FOLDERS and PurePosixPath(name).as_posix() == name
    return inside and not any(part == ".." or "\\" in part or ":" in part for part in parts)
