"""Takes a feed that is a file, such as one on a shared drive that another program writes."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from pricing.feeds.copies import Meta
from pricing.feeds.feed import Feed
from pricing.feeds.getting import Got
from pricing.feeds.problems import NotFetched, failed
from pricing.feeds.sniffing import csv_only

_PIECE = 1 << 20
# A pipe that nobody writes into would keep `open` waiting for ever.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def take(feed: Feed, meta: Meta, target: Path) -> Got:
    """Copy a feed's file, where its time or size say that it changed.

    Raises:
        NotFetched: It is not there, cannot be read, is too large, or changed while it was read.
    """
    assert feed.path is not None
    shown = str(feed.path)
    try:
        handle = os.open(feed.path, _FLAGS)
    except FileNotFoundError:
        raise failed("no_file", path=shown) from None
    except (OSError, ValueError) as error:
        raise failed("unreadable", path=shown, detail=_why(error)) from None
    try:
        return _copied(handle, feed, meta, target)
    except OSError as error:
        raise failed("unreadable", path=shown, detail=_why(error)) from None
    finally:
        os.close(handle)


def _copied(handle: int, feed: Feed, meta: Meta, target: Path) -> Got:
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        raise failed("unreadable", path=str(feed.path), detail="not an ordinary file")
    stamp = f"{found.st_mtime_ns}-{found.st_size}"
    if meta.last_modified == stamp:
        return Got(changed=False, last_modified=stamp)
    most = feed.max_mb << 20
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as file:
        while piece := os.read(handle, _PIECE):
            problem = None if size else csv_only("", piece)
            if problem:
                raise NotFetched(problem)
            size += len(piece)
            if size > most:
                raise failed("too_large", most=str(feed.max_mb))
            digest.update(piece)
            file.write(piece)
    if not size:
        raise failed("empty")
    return Got(True, "", stamp, digest.hexdigest(), size)


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or "?"
