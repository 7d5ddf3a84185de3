"""The copies of feeds that are kept: the last file that could be used, when it came, and what the last try came to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from diagnostics.learned import replaced
from diagnostics.regular import regular_bytes
from pricing.feeds.feed import Feed
from pricing.feeds.problems import Problem

BODY = "body.csv"
META = "meta.json"
_LARGEST = 64 * 1024
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a feed's copy.

    Attributes:
        url: Where it came from, without secrets.
        source: A digest of the whole address, to tell that a feed now names another one.
        fetched_at: When the copy came, RFC 3339 in UTC; ``""`` where there is none.
        checked_at: When the source last said that the copy holds, or a new one came.
        tried_at: When it was last tried.
        etag: What the server calls the copy; ``last_modified`` the same by time, or the file's own.
        sha256: Of the copy.
        rows: Of the copy, ``used`` those that can be used.
        problem: What the last try came to; ``""`` where it was right.
    """

    url: str = ""
    source: str = ""
    fetched_at: str = ""
    checked_at: str = ""
    tried_at: str = ""
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    rows: int = 0
    used: int = 0
    problem: str = ""
    params: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def trouble(self) -> Problem | None:
        """Return what the last try came to; ``None`` where it was right."""
        return Problem(self.problem, self.params) if self.problem else None


def source_of(feed: Feed) -> str:
    """Return a digest of where a feed comes from; its address may hold a key, so it is not kept itself."""
    return hashlib.sha256((feed.url or str(feed.path)).encode()).hexdigest()


def meta_in(place: Path) -> Meta:
    """Return what is known of the copy in a folder; nothing where nothing is, or where that is damaged."""
    try:
        said = json.loads(regular_bytes(place / META, _LARGEST))
        texts = {name: said[name] for name in Meta.__slots__ if name not in {"rows", "used", "params"}}
        if not all(isinstance(text, str) for text in texts.values()):
            return Meta()
        params = MappingProxyType({str(key): str(value) for key, value in said["params"].items()})
        return Meta(**texts, rows=int(said["rows"]), used=int(said["used"]), params=params)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Meta()


def write_meta(place: Path, meta: Meta) -> None:
    """Keep what is known of a copy.

    Raises:
        OSError: The folder cannot be written.
    """
    known = {name: getattr(meta, name) for name in Meta.__slots__}
    replaced(place / META, json.dumps(known | {"params": dict(meta.params)}, indent=1).encode())


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises:
        OSError: It cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def moment(at: datetime) -> str:
    """Return a time as it is kept."""
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def days_since(at: str, now: datetime) -> int | None:
    """Return how many whole days ago a kept time was; ``None`` for none."""
    try:
        return max(0, (now - datetime.fromisoformat(at)).days) if at else None
    except (ValueError, TypeError):
        return None
