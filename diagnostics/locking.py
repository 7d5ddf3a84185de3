"""One writer of a file at a time, among all benches that write it; on network drives as well as on this computer's.

A lock is a file that only one can make. The locks of the operating system are not kept by every network drive; that
one of two makers of a file fails is (`open(2)`, ``O_EXCL``; SMB's ``FILE_CREATE``).
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PATIENCE = 2.0
"""Seconds to wait for another writer, who needs a few milliseconds."""
STALE = 30.0
"""Seconds after which a lock is one of a writer that died."""
_PAUSE = 0.01


@contextlib.contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Keep a file from being written by others who ask in this way; blocks.

    Raises:
        OSError: The folder is not there, or cannot be written to, or another writer does not end.
    """
    lock = path.with_name(f".{path.name}.lock")
    until = time.monotonic() + patience
    while not _made(lock):
        if not _break_if_stale(lock) and time.monotonic() > until:
            raise TimeoutError(None, "another bench is writing it", str(path))
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _made(lock: Path) -> bool:
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        return False
    return True


def _break_if_stale(lock: Path) -> bool:
    """Take away the lock of a writer that died; returns whether there was one.

    Its age is told by a file made beside it, for the drive's clock need not be this computer's.
    """
    with contextlib.suppress(FileNotFoundError):
        made = lock.stat().st_mtime
        with tempfile.NamedTemporaryFile(dir=lock.parent, prefix=f"{lock.name}.") as probe:
            now = os.fstat(probe.fileno()).st_mtime
        if now - made > STALE and lock.stat().st_mtime == made:
            lock.unlink(missing_ok=True)
            return True
    return False
