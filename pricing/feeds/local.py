"""Takes a feed that is a file, such as one on a shared drive that another program writes."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from time import time as time_now

from diagnostics.regular import regular_handle
from pricing.feeds.copies import Meta
from pricing.feeds.feed import Feed
from pricing.feeds.getting import LINE_ENDS, Got
from pricing.feeds.problems import NotFetched, failed
from pricing.feeds.sniffing import csv_only
from pricing.feeds.stopping import Stop
from pricing.pricedata.rows import stamp_of

_PIECE = 1 << 20
_QUIET = 10.0
"""Seconds that a file whose last row has no end must have been left alone: who writes it may be in the middle."""


def take(feed: Feed, meta: Meta, target: Path, stop: Stop) -> Got:
    """Copy a feed's file, where its time or size say that it changed.

    Raises:
        NotFetched: It is not there, cannot be read, is too large, or changed while it was read; or it was cancelled.
    """
    assert feed.path is not None
    shown = str(feed.path)
    try:
        handle = regular_handle(feed.path)
    except FileNotFoundError:
        raise failed("no_file", path=shown) from None
    except (OSError, ValueError) as error:
        raise failed("unreadable", path=shown, detail=_why(error)) from None
    try:
        return _copied(handle, feed, meta, target, stop)
    except OSError as error:
        raise failed("unreadable", path=shown, detail=_why(error)) from None
    finally:
        os.close(handle)


def _copied(handle: int, feed: Feed, meta: Meta, target: Path, stop: Stop) -> Got:
    time, size = before = stamp_of(handle)
    stamp = f"{time}-{size}"
    if meta.last_modified == stamp:
        return Got(changed=False, last_modified=stamp)
    most = feed.max_mb << 20
    digest, size, last = hashlib.sha256(), 0, b""
    with target.open("wb") as file:
        while piece := os.read(handle, _PIECE):
            stop.check()
            problem = None if size else csv_only("", piece)
            if problem:
                raise NotFetched(problem)
            size, last = size + len(piece), piece
            if size > most:
                raise failed("too_large", most=str(feed.max_mb))
            digest.update(piece)
            file.write(piece)
    if stamp_of(handle) != before:
        raise failed("changing", path=str(feed.path))
    if not size:
        raise failed("empty")
    if not last.endswith(LINE_ENDS) and 0.0 <= time_now() - time / 1e9 < _QUIET:
        raise failed("unfinished", path=str(feed.path), seconds=f"{_QUIET:g}")
    return Got(True, "", stamp, digest.hexdigest(), size)


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or "?"
