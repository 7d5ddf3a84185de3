"""Reads files that anybody may have put into a folder: never waits for ever, and never takes more than is asked."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

# A pipe that nobody writes into would keep `open` waiting for ever; Windows has no such flag, and needs the last one.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def regular_bytes(path: Path, most: int) -> bytes:
    """Return what a file holds, cut after one byte more than ``most``: so a caller sees that it is too large.

    Raises:
        OSError: It cannot be read, or it is a folder, a pipe, a socket or a device.
        ValueError: The path can be none.
    """
    with os.fdopen(regular_handle(path), "rb") as file:
        return file.read(most + 1)


def regular_handle(path: Path) -> int:
    """Open a file for reading and return its handle, for `os.fdopen`; it is the caller's to close.

    Raises:
        OSError: It cannot be read, or it is a folder, a pipe, a socket or a device.
        ValueError: The path can be none.
    """
    handle = os.open(path, _FLAGS)
    try:
        _check_regular(handle, path)
    except OSError:
        os.close(handle)
        raise
    return handle


def check_regular(path: Path) -> None:
    """Check that a path is of a file, before it is opened by what cannot look first.

    Raises:
        OSError: It cannot be looked at, or it is a folder, a pipe, a socket or a device.
        ValueError: The path can be none.
    """
    _check_kind(path.stat().st_mode, path)


def _check_regular(handle: int, path: Path) -> None:
    _check_kind(os.fstat(handle).st_mode, path)


def _check_kind(kind: int, path: Path) -> None:
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(kind):
        raise OSError(errno.EINVAL, "not an ordinary file", str(path))
