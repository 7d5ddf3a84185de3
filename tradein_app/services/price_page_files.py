"""Reads a shop's prices for their page: each file once, and anew when it changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from diagnostics.errors import BadInput
from tradein_app.services.price_page_scan import ASKS, Scan

if TYPE_CHECKING:
    from pricing.pricedata.health import Health


@dataclass(frozen=True, slots=True)
class Found:
    """All that was read of a shop's prices.

    Attributes:
        scan: How many of what there are, and some of each kind.
        files: The health of each, feeds first.
        bad_feeds: Why the file that names the feeds cannot be used; ``None`` where it can.
    """

    scan: Scan = field(default_factory=Scan)
    files: tuple[Health, ...] = ()
    bad_feeds: BadInput | None = None


@dataclass(frozen=True, slots=True)
class _File:
    stamp: tuple[object, ...]
    health: Health
    scan: Scan


class Files:
    """Remembers what it read of each file until that changes."""

    def __init__(self) -> None:
        self._before: dict[tuple[Path, str, str], _File] = {}
        self._now: dict[tuple[Path, str, str], _File] = {}

    def read(self, home: Path, today: date) -> Found:
        """Return all that a shop's prices say.

        Args:
            home: The data folder.
            today: No price may be later.
        """
        from pricing.pricedata.health import feed_health, file_health

        self._before, self._now, refused = self._now, {}, None
        files: tuple[Health, ...] = ()
        try:
            files = feed_health(home, today, self._look)
        except BadInput as error:
            refused = error
        files = (*files, *file_health(home, today, self._look))
        scan = Scan()
        for each in self._now.values():
            scan.add(each.scan)
        return Found(scan, files, refused)

    def _look(self, path: Path, today: date, *, name: str = "", kind: str = ASKS) -> Health:
        key, stamp = (path, name, kind), _stamp(path, today)
        known = self._before.get(key)
        if known is None or known.stamp != stamp:
            known = _read(path, today, name, kind, stamp)
        self._now[key] = known
        return known.health


def _read(path: Path, today: date, name: str, kind: str, stamp: tuple[object, ...]) -> _File:
    from pricing.pricedata.health import health_of

    scan = Scan()
    health = health_of(path, today, name=name, kind=kind, each=lambda values: scan.count(values, kind))
    return _File(stamp, health, scan)


def _stamp(path: Path, today: date) -> tuple[object, ...]:
    """Return what changes when a file does, taken before it is read: what is written meanwhile is read again."""
    try:
        found = path.stat()
    except OSError as error:
        return (today, error.errno)
    return (today, found.st_ino, found.st_mtime_ns, found.st_size)
