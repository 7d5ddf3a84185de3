"""Fetches a shop's feeds and exchange rates: now, because a person asks, or when a feed's time has come."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from diagnostics.errors import BadInput

if TYPE_CHECKING:
    from pricing.feeds.fetching import Fetched
    from pricing.feeds.problems import Problem


@dataclass(frozen=True, slots=True)
class FeedNews:
    """What came of one feed.

    Attributes:
        name: Of the feed.
        fresh: New prices came; else what was there holds.
        rows: Of the copy that is there now, ``used`` those that can be used.
        fetched_at: When that copy came, RFC 3339 in UTC; empty where there is none.
        problem: Why nothing came; ``None`` where all is right. `pricing.feeds.problems.Problem.words` says it.
    """

    name: str
    fresh: bool
    rows: int
    used: int
    fetched_at: str
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class FetchNews:
    """What came of fetching.

    Attributes:
        feeds: Those of ``prices/feeds.toml``, in its order; none where there is no such file.
        rates_fresh: Exchange rates of a new day came; ``rates_problem`` why none could be had.
    """

    feeds: tuple[FeedNews, ...] = ()
    rates_fresh: bool = False
    rates_problem: Problem | None = None


def fetch_prices(home: Path) -> FetchNews:
    """Fetch all feeds and the exchange rates. It blocks for as long as they take: never where somebody waits.

    Args:
        home: The data folder.

    Raises:
        BadInput: ``bad_feeds``: the file that names the feeds cannot be used.
    """
    from pricing.feeds.feed import feeds_of
    from pricing.feeds.fetching import fetch
    from pricing.rates.fetching import fetch_rates

    feeds = tuple(_news(fetch(feed, home)) for feed in feeds_of(home))
    rates = fetch_rates(home)
    return FetchNews(feeds, rates.fresh, rates.problem)


def fetch_what_is_due(home: Path) -> None:
    """Fetch the feeds that say how often and whose time has come; what goes wrong is kept with the feed, and shown."""
    from pricing.feeds.feed import FILE
    from pricing.feeds.fetching import fetch_due
    from pricing.standing.places import prices_folder

    if (prices_folder(home) / FILE).is_file():
        with suppress(BadInput):
            fetch_due(home)


def _news(found: Fetched) -> FeedNews:
    return FeedNews(found.feed.name, found.fresh, found.rows, found.used, found.fetched_at, found.problem)
