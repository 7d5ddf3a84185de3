"""Fetches a feed: what comes is checked before it takes the place of the last good copy."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from diagnostics.errors import BadInput
from diagnostics.text import plain
from pricing.feeds.alone import alone
from pricing.feeds.copies import BODY, Meta, days_since, digest_of, meta_in, moment, source_of, write_meta
from pricing.feeds.feed import FOLDER, Feed, feeds_of
from pricing.feeds.getting import Ask, Check, Got, Limits, get
from pricing.feeds.local import take
from pricing.feeds.problems import NotFetched, Problem, failed
from pricing.feeds.sniffing import csv_only
from pricing.feeds.stopping import CANCELLED, Stop
from pricing.pricedata.rows import Rows

_HALF = 2
_LONGEST = 200
_LEFT_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of a feed.

    Attributes:
        path: The last good copy; ``None`` where there is none.
        fetched_at: When that copy came, RFC 3339 in UTC; ``""`` for never.
        fresh: It came just now; else it is what was there.
        rows: Of the copy, ``used`` those that can be used.
        problem: Why nothing new came; ``None`` where all is right.
    """

    feed: Feed
    path: Path | None
    fetched_at: str
    fresh: bool
    rows: int
    used: int
    problem: Problem | None = None

    def age(self, now: datetime) -> int | None:
        """Return how many whole days old the copy is; ``None`` without one."""
        return days_since(self.fetched_at, now)


def place_of(feed: Feed, folder: Path) -> Path:
    """Return where a feed's copy lies in a data folder."""
    return folder / FOLDER / feed.name


def due(feed: Feed, folder: Path, now: datetime) -> bool:
    """Return whether a feed that may be fetched by itself should be: its time has passed since the last try."""
    if feed.every is None:
        return False
    meta = meta_in(place_of(feed, folder))
    try:
        return not meta.tried_at or now - datetime.fromisoformat(meta.tried_at) >= feed.every
    except (ValueError, TypeError):
        return True


def kept(feed: Feed, folder: Path) -> Fetched:
    """Return what is there of a feed, without asking anybody; a copy that was changed since is not used."""
    place = place_of(feed, folder)
    meta, path = meta_in(place), place / BODY
    if meta.source != source_of(feed) or not meta.sha256 or not path.is_file():
        return Fetched(feed, None, "", fresh=False, rows=0, used=0, problem=meta.trouble())
    with suppress(OSError):
        if digest_of(path) == meta.sha256:
            return Fetched(
                feed,
                path,
                meta.fetched_at,
                fresh=False,
                rows=meta.rows,
                used=meta.used,
                problem=meta.trouble(),
            )
    return Fetched(feed, None, "", fresh=False, rows=0, used=0, problem=Problem("copy_damaged"))


def fetch(
    feed: Feed,
    folder: Path,
    *,
    now: datetime | None = None,
    limits: Limits | None = None,
    environ: Mapping[str, str] = os.environ,
    stop: Stop | None = None,
) -> Fetched:
    """Fetch a feed, and return its newest good copy. It blocks: never call it where a window waits.

    Where another program fetches it already, that is waited for: then little or nothing is to be brought.

    Args:
        feed: From `pricing.feeds.feed.feeds_of`.
        folder: The data folder.
        now: Aware; the present by default.
        limits: Of time; those of the feed by default.
        environ: Where its secret stands.
        stop: Cancels it: then all that was there stays as it was, and the problem's code is ``cancelled``.
    """
    now, place = now or datetime.now(UTC), place_of(feed, folder)
    limits = replace(limits or Limits(total=float(feed.timeout)), stop=stop or Stop())
    try:
        with alone(place, limits.total, limits.stop):
            return _fetched(_Visit(feed, place, kept(feed, folder), now), limits, environ)
    except NotFetched as error:  # not a word is noted: the folder is another one's, or nobody's
        return replace(kept(feed, folder), problem=error.problem)


def fetch_due(
    folder: Path,
    *,
    now: datetime | None = None,
    limits: Limits | None = None,
    environ: Mapping[str, str] = os.environ,
    stop: Stop | None = None,
) -> tuple[Fetched, ...]:
    """Fetch the feeds that say how often, and whose time has come; for what a person started, such as a training.

    Raises:
        BadInput: ``bad_feeds``: `feeds.toml` cannot be used.
    """
    now = now or datetime.now(UTC)
    wanted = [feed for feed in feeds_of(folder) if due(feed, folder, now)]
    return tuple(fetch(feed, folder, now=now, limits=limits, environ=environ, stop=stop) for feed in wanted)


@dataclass(frozen=True, slots=True)
class _Visit:
    feed: Feed
    place: Path
    before: Fetched
    now: datetime


def _fetched(visit: _Visit, limits: Limits, environ: Mapping[str, str]) -> Fetched:
    try:
        with _incoming(visit.place) as path:
            return _brought(visit, path, limits, environ)
    except NotFetched as error:
        if error.problem.code != CANCELLED:  # of the feed itself nothing is known that was not before
            _note(visit, error.problem)
        return replace(visit.before, fresh=False, problem=error.problem)


@contextmanager
def _incoming(place: Path) -> Iterator[Path]:
    """Lend a file beside the copy, and clean up; also what a program left that was ended while it fetched."""
    path = place / f".body-{secrets.token_hex(4)}.part"
    try:
        for left in place.glob(".body-*.part"):
            if time.time() - left.stat().st_mtime > _LEFT_SECONDS:
                left.unlink(missing_ok=True)
    except OSError as error:
        raise failed("unwritable", detail=error.strerror or "?") from None
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _brought(visit: _Visit, path: Path, limits: Limits, environ: Mapping[str, str]) -> Fetched:
    feed, before = visit.feed, visit.before
    meta = meta_in(visit.place) if before.path else Meta()
    got = take(feed, meta, path, limits.stop) if feed.path else _from_web(feed, meta, path, limits, environ)
    if not got.changed or got.sha256 == meta.sha256:
        same = replace(meta, etag=got.etag, last_modified=got.last_modified)
        return _kept_on(visit, same)
    rows, used = _usable(path, visit.now, limits.stop)
    fresh = Meta(
        url=feed.source,
        source=source_of(feed),
        fetched_at=moment(visit.now),
        etag=got.etag,
        last_modified=got.last_modified,
        sha256=got.sha256,
        rows=rows,
        used=used,
    )
    return _taken_over(visit, path, fresh)


def _kept_on(visit: _Visit, meta: Meta) -> Fetched:
    _write(visit, meta)
    return replace(visit.before, problem=None)


def _taken_over(visit: _Visit, path: Path, meta: Meta) -> Fetched:
    body = visit.place / BODY
    try:
        path.replace(body)
    except OSError as error:
        raise failed("unwritable", detail=error.strerror or "?") from None
    _write(visit, meta)
    return Fetched(visit.feed, body, meta.fetched_at, fresh=True, rows=meta.rows, used=meta.used)


def _write(visit: _Visit, meta: Meta) -> None:
    at = moment(visit.now)
    try:
        write_meta(visit.place, replace(meta, checked_at=at, tried_at=at, problem="", params={}))
    except OSError as error:
        raise failed("unwritable", detail=error.strerror or "?") from None


def _note(visit: _Visit, problem: Problem) -> None:
    """Keep what a try came to beside the copy that stays; where even that cannot be written, it is said at least."""
    feed, place = visit.feed, visit.place
    known = meta_in(place)
    if known.source != source_of(feed):
        known = Meta(url=feed.source, source=source_of(feed))
    if visit.before.path is None:  # nothing to compare with: the next try brings the whole
        known = replace(known, etag="", last_modified="", sha256="")
    with suppress(OSError):
        write_meta(
            place, replace(known, tried_at=moment(visit.now), problem=problem.code, params=problem.params)
        )


def _from_web(feed: Feed, meta: Meta, path: Path, limits: Limits, environ: Mapping[str, str]) -> Got:
    secret = environ.get(feed.secret_env, "") if feed.secret_env else ""
    if feed.secret_env and not secret:
        raise failed("secret_missing", name=feed.secret_env)
    ask = Ask(feed.url, meta.etag, meta.last_modified, feed.user, secret)
    check: Check = csv_only
    return get(ask, path, check, replace(limits, most=feed.max_mb << 20))


def _usable(path: Path, now: datetime, stop: Stop) -> tuple[int, int]:
    """Return a file's rows and those that can be used; refuse one of which fewer than half can be."""
    rows = Rows(path, priced=True, last_day=now.astimezone().date().toordinal())
    try:
        for _ in rows:
            stop.check()
    except BadInput as error:
        detail = str(error).replace(str(path), "it")
        raise failed("not_usable", detail=plain(detail, _LONGEST)) from None
    found = rows.findings
    if found.cut_off:
        raise failed("cut_off", rows=str(found.rows))
    if not found.used or found.used * _HALF < found.rows:
        first = str(found.examples[0]) if found.examples else ""
        raise failed(
            "mostly_unusable", rows=str(found.rows), used=str(found.used), detail=plain(first, _LONGEST)
        )
    return found.rows, found.used
