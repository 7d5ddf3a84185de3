"""A feed of prices on a server of the tests, and what a good copy of it is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pricing.feeds.feed import Feed
from pricing.feeds.fetching import Fetched, fetch, kept
from pricing.feeds.getting import Limits
from tests.fakes.web_servers import WebServer

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HEAD = b"id,brand,model,date,currency,price\n"
GOOD = HEAD + b"1,Apple,iPhone 13,2026-11-20,EUR,400\n2,Apple,iPhone 12,2026-11-20,EUR,300\n"
NEWER = GOOD + b"3,Apple,iPhone 14,2026-11-21,EUR,500\n"


def a_feed(server: WebServer, **changes: Any) -> Feed:
    """Return the feed of a server."""
    return Feed("market", **({"url": server.url()} | changes))


def got(server: WebServer, folder: Path, limits: Limits, **changes: Any) -> Fetched:
    """Fetch the feed of a server."""
    return fetch(a_feed(server, **changes), folder, now=NOW, limits=limits)


def assert_good_copy(folder: Path, server: WebServer) -> None:
    """Hold that the copy is the first good one, and that nothing half made lies beside it."""
    found = kept(a_feed(server), folder)
    assert found.path is not None
    assert found.path.read_bytes() == GOOD
    assert not list(found.path.parent.glob("*.part"))
