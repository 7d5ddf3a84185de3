"""Which of the shop's feeds tell what was paid: a price model learns from what is asked."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pricing.standing.places import prices_folder

SOLD = "sold"


def sold_feeds(home: Path) -> frozenset[str]:
    """Return the names of those feeds; none where no feeds are named, or their file cannot be read.

    Args:
        home: The data folder.
    """
    try:
        document = tomllib.loads((prices_folder(home) / "feeds.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    return frozenset(
        str(name) for name, feed in document.items() if isinstance(feed, dict) and feed.get("kind") == SOLD
    )
