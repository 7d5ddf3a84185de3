"""Keeps pictures as files that are named by what is in them, and are never changed."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from diagnostics.errors import ServiceMissing, UserError
from diagnostics.regular import regular_bytes
from tradein_app.store.lasting import keep_name

SMALL = "thumbnails"
"""Made of the pictures, and made anew when they are gone: no backup needs them."""
LARGEST = 64 * 1024 * 1024
"""Bytes: a kept picture has less than 10 MB."""
_SEAL = 32
"""Bytes at a thumbnail's end, behind the picture: whoever shows a JPEG passes over them."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class PhotoFiles:
    """The folder of pictures: ``ab/cdef….jpg`` holds the bytes whose SHA-256 is ``abcdef…``.

    Args:
        folder: Made when the first picture comes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Return where a picture is, or would be."""
        return self.folder / digest[:2] / f"{digest[2:]}.jpg"

    def put(self, data: bytes) -> str:
        """Keep a picture, and return its digest; the same one twice is one file.

        Raises:
            ServiceMissing: It cannot be written; what was there is as it was.
        """
        digest = sha256(data).hexdigest()
        path = self.path(digest)
        if _bytes(path) != data:
            _write(path, data)
        return digest

    def get(self, digest: str) -> bytes:
        """Return a picture, sure to be the one that was kept.

        Raises:
            UserError: It is gone, or it is not any more what was kept.
        """
        data = _bytes(self.path(digest))
        if data is None:
            raise UserError(
                "The file of this photo is gone.",
                "Put the folder of photos back from a backup; the entry in the inspection stays.",
                "photo_gone",
            )
        if sha256(data).hexdigest() != digest:
            raise UserError(
                "The file of this photo was changed or is damaged, and is not shown.",
                "Put it back from a backup, or add the same photo again.",
                "photo_damaged",
            )
        return data

    def is_whole(self, digest: str) -> bool:
        """Return whether a picture is there and what was kept."""
        data = _bytes(self.path(digest))
        return data is not None and sha256(data).hexdigest() == digest

    def small(self, digest: str, make: Callable[[bytes], bytes]) -> bytes:
        """Return a picture's thumbnail, made when there is none yet; only of a picture that is what was kept.

        Raises:
            UserError: See `get`.
        """
        data = self.get(digest)
        path = self.folder / SMALL / digest[:2] / f"{digest[2:]}.jpg"
        kept = _unsealed(_bytes(path) or b"", digest)
        if kept:
            return kept
        made = make(data)
        try:
            _write(path, _sealed(made, digest), lasting=False)
        except ServiceMissing:
            return made  # it is made again the next time
        return made


def _bytes(path: Path) -> bytes | None:
    try:
        return regular_bytes(path, LARGEST)
    except OSError:
        return None


def _sealed(small: bytes, digest: str) -> bytes:
    """Return a thumbnail as it is kept: with the digest of itself and of its picture's name behind it."""
    return small + sha256(digest.encode() + small).digest()


def _unsealed(kept: bytes, digest: str) -> bytes:
    """Return a thumbnail; nothing where it is damaged, or not the one of this picture."""
    small = kept[:-_SEAL]
    return small if small and _sealed(small, digest) == kept else b""


def _write(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Write a file that is there as a whole or not at all, also when the power goes.

    Args:
        path: Where.
        data: What.
        lasting: It must be on the disk when this returns.
    """
    draft = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        draft.replace(path)
        if lasting:
            for folder in (path.parent, path.parent.parent):
                keep_name(folder)
    except OSError as error:
        with suppress(OSError):  # a folder that is a file has none in it
            draft.unlink(missing_ok=True)
        raise _not_kept(error, path.parent.parent) from error


def _not_kept(error: OSError, folder: Path) -> ServiceMissing:
    if error.errno in _FULL:
        return ServiceMissing(
            f"The photo could not be kept: the disk of {folder} is full.",
            "Make room and add it again; everything saved until now is kept.",
            "photo_disk_full",
            place=str(folder),
        )
    return ServiceMissing(
        f"The photo could not be kept: {folder} cannot be written.",
        "Allow writing there and add it again; everything saved until now is kept.",
        "photo_not_kept",
        place=str(folder),
    )
