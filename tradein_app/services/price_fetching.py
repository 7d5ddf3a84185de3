"""Fetches a shop's feeds and exchange rates: now, because a person asks, or when a feed's time has come."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from diagnostics.errors import BadInput

if TYPE_CHECKING:
    from pricing.feeds.fetching import Fetched
    from pricing.feeds.problems import Problem
    from pricing.feeds.stopping import Stop


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
        cancelled: A person ended it; what had come whole by then is kept, of the rest nothing.
    """

    feeds: tuple[FeedNews, ...] = ()
    rates_fresh: bool = False
    rates_problem: Problem | None = None
    cancelled: bool = False


def fetch_prices(home: Path, stop: Stop | None = None) -> FetchNews:
    """Fetch all feeds and the exchange rates. It blocks for as long as they take: never where somebody waits.

    Args:
        home: The data folder.
        stop: Cancels it.

    Raises:
        BadInput: ``bad_feeds``: the file that names the feeds cannot be used.
    """
    from pricing.feeds.feed import feeds_of
    from pricing.feeds.fetching import fetch
    from pricing.feeds.stopping import CANCELLED
    from pricing.rates.fetching import fetch_rates

    feeds = tuple(_news(fetch(feed, home, stop=stop)) for feed in feeds_of(home))
    rates = fetch_rates(home, stop=stop)
    ended = [*(each.problem for each in feeds), rates.problem]
    cancelled = any(problem is not None and problem.code == CANCELLED for problem in ended)
    return FetchNews(feeds, rates.fresh, rates.problem, cancelled)


def fetch_what_is_due(home: Path, stop: Stop | None = None) -> None:
    """Fetch the feeds that say how often and whose time has come; what goes wrong is kept with the feed, and shown."""
    from pricing.feeds.feed import FILE
    from pricing.feeds.fetching import fetch_due
    from pricing.standing.places import prices_folder

    if (prices_folder(home) / FILE).is_file():
        with suppress(BadInput):
            fetch_due(home, stop=stop)


class Stops:
    """Which fetches were asked to end, by the numbers that who asks gives them: also before they begin."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stops: dict[int, Stop] = {}

    def of(self, number: int) -> Stop:
        """Return what ends a fetch."""
        from pricing.feeds.stopping import Stop

        with self._lock:
            return self._stops.setdefault(number, Stop())

    def forget(self, number: int) -> None:
        """Forget a fetch that is over."""
        with self._lock:
            self._stops.pop(number, None)

    def ask_all(self) -> None:
        """Have all of them end."""
        with self._lock:
            stops = tuple(self._stops.values())
        for stop in stops:
            stop.ask()


def _news(found: Fetched) -> FeedNews:
    return FeedNews(found.feed.name, found.fresh, found.rows, found.used, found.fetched_at, found.problem)
