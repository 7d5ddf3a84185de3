"""Where a training's prices come from: the shop's feeds of what is asked, and the files that a person loaded."""

from __future__ import annotations

from pathlib import Path

from diagnostics.errors import BadInput
from pricing.feeds.feed import ASKS, Feed, feeds_of
from pricing.feeds.fetching import kept
from pricing.pricedata.gathering import Source, price_files
from pricing.standing.places import prices_folder


def sources_of(home: Path) -> list[Source]:
    """Return what there is to learn from, in an order that is always the same.

    A copy of a feed that is named no more is left out: nobody can say what its prices are.

    Args:
        home: The data folder.

    Raises:
        BadInput: The feeds' file cannot be used, code ``bad_feeds``: what is asked and what was paid would be mixed.
    """
    asks = sorted((feed for feed in feeds_of(home) if feed.kind == ASKS), key=lambda feed: feed.name)
    return [*(_of_feed(feed, home) for feed in asks), *price_files(prices_folder(home))]


def _of_feed(feed: Feed, home: Path) -> Source:
    copy = kept(feed, home)
    if copy.path is not None:
        return Source(feed.name, copy.path)
    damaged = copy.problem is not None and copy.problem.code == "copy_damaged"
    why = "Its copy was changed since it was fetched" if damaged else "It has not been fetched yet"
    code = "feed_copy_changed" if damaged else "feed_not_kept"
    problem = BadInput(f"{why}.", f"Fetch it: tradein price fetch {feed.name}", code, feed=feed.name)
    return Source(feed.name, Path(), problem=problem)
