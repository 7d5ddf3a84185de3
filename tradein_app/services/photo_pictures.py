"""Takes pictures in and gives them out; knows no database, so that it may work beside the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from diagnostics.errors import BadInput
from tradein_app.services.photo_records import Picture

FOLDER = "photos"
"""In the data folder."""


class Files(Protocol):
    """Where pictures are kept; `tradein_app.store.photo_files.PhotoFiles`."""

    def put(self, data: bytes) -> str:
        """Keep a picture, and return its digest."""
        ...

    def get(self, digest: str) -> bytes:
        """Return a picture, sure to be the one that was kept."""
        ...

    def small(self, digest: str, make: MakeSmall) -> bytes:
        """Return a picture's thumbnail."""
        ...


class MakeSmall(Protocol):
    """Makes a thumbnail of a picture."""

    def __call__(self, data: bytes, /) -> bytes:
        """Return it."""
        ...


class Pictures:
    """Blocking, and slow for a large photo: never called in the window's thread or the desk's.

    Args:
        files: Where they are kept.
    """

    def __init__(self, files: Files) -> None:
        self._files = files

    def keep(self, photo: Path | bytes) -> Picture:
        """Keep the picture of a file or of a camera; nothing is written before it is known to be one.

        Raises:
            BadInput: It is no photo, only a part of one, or more than a photo should be.
            ServiceMissing: It cannot be kept; what was there is as it was.
        """
        from tradein_app.services.photo_decoding import decode

        decoded = decode(photo if isinstance(photo, bytes) else _read(photo))
        digest = self._files.put(decoded.data)
        return Picture(
            digest, decoded.original, len(decoded.data), decoded.width, decoded.height, decoded.taken_at
        )

    def preview(self, path: Path) -> bytes:
        """Return a small JPEG of a file that is not kept.

        Raises:
            BadInput: See `keep`.
        """
        from tradein_app.services.photo_decoding import decode, thumbnail

        return thumbnail(decode(_read(path)).data)

    def picture(self, digest: str) -> bytes:
        """Return a kept picture as a JPEG.

        Raises:
            UserError: Its file is gone or damaged.
        """
        return self._files.get(digest)

    def thumbnail(self, digest: str) -> bytes:
        """Return a small JPEG of a kept picture.

        Raises:
            UserError: Its file is gone or damaged.
        """
        from tradein_app.services.photo_decoding import thumbnail

        return self._files.small(digest, thumbnail)


def _read(path: Path) -> bytes:
    from tradein_app.services.photo_decoding import check_size

    try:
        if not path.is_file():
            raise _unreadable(path)
        check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError:
        raise _unreadable(path) from None


def _unreadable(path: Path) -> BadInput:
    return BadInput(
        f"{path.name} cannot be read as a file.",
        "Check that it is there and may be read.",
        "photo_not_read",
        name=path.name,
    )
