"""``tradein price fetch`` and ``health``: where prices come from, and what they are good for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from diagnostics.errors import BadInput
from tradein_app.cli.output import put_json, put_line, put_table, say
from tradein_app.config import load_config

if TYPE_CHECKING:
    from pricing.feeds.feed import Feed
    from pricing.feeds.fetching import Fetched
    from pricing.pricedata.health import Health

FETCHED = "tradein/feeds-1"
HEALTH = "tradein/price-health-1"


def fetch_feeds(names: tuple[str, ...], *, as_json: bool) -> int:
    """Fetch feeds one after the other; returns 1 when one of them brought nothing, else 0.

    Args:
        names: Of the feeds; all when empty.
        as_json: The document of ``tradein/feeds-1`` in place of words.
    """
    from pricing.feeds.fetching import fetch

    config, now = load_config(), datetime.now(UTC)
    feeds = _feeds(config.home, names)
    if not feeds:
        say("No feeds are named. Name them in prices/feeds.toml in the data folder.")
    found = [fetch(feed, config.home, now=now) for feed in feeds]
    if as_json:
        put_json({"schema": FETCHED, "feeds": [_fetched(each, config.language, now) for each in found]})
    elif found:
        rows = [
            (each.feed.name, each.feed.source, each.feed.kind, _state(each, config.language, now))
            for each in found
        ]
        put_table(("Feed", "From", "Prices", "Came to"), rows)
    for each in found:
        if each.problem:
            say(f"tradein: {each.feed.name}: {each.problem.words(config.language)}")
    return 1 if any(each.problem for each in found) else 0


def _feeds(home: Path, names: tuple[str, ...]) -> tuple[Feed, ...]:
    from pricing.feeds.feed import feeds_of

    feeds = feeds_of(home)
    known = [feed.name for feed in feeds]
    for name in names:
        if name not in known:
            raise BadInput(
                f"There is no feed {name[:40]!r}.", f"Known: {', '.join(known) or 'none'}.", "unknown_feed"
            )
    return tuple(feed for feed in feeds if not names or feed.name in names)


def _state(found: Fetched, language: str, now: datetime) -> str:
    from pricing.feeds.problems import said

    if found.path is None:
        return said("states.none", language)
    key = "fresh" if found.fresh else "kept" if found.problem else "unchanged"
    figures = {"rows": str(found.rows), "used": str(found.used), "day": found.fetched_at[:10]}
    return said(f"states.{key}", language, days=str(found.age(now)), **figures)


def _fetched(found: Fetched, language: str, now: datetime) -> dict[str, object]:
    return {
        "name": found.feed.name,
        "kind": found.feed.kind,
        "source": found.feed.source,
        "fresh": found.fresh,
        "fetched_at": found.fetched_at or None,
        "age_days": found.age(now),
        "rows": found.rows,
        "used": found.used,
        "problem": {"code": found.problem.code, "message": found.problem.words(language)}
        if found.problem
        else None,
    }


def show_health(files: tuple[str, ...], *, as_json: bool) -> int:
    """Print the health of price data; returns 1 when some of it cannot be used, else 0.

    Args:
        files: Price data; all that the shop has when empty.
        as_json: The document of ``tradein/price-health-1`` in place of words.
    """
    from pricing.pricedata.health import health_of, shop_health

    config, today = load_config(), datetime.now(UTC).astimezone().date()
    home, language = config.home, config.language
    found = [health_of(Path(file), today) for file in files] if files else list(shop_health(home, today))
    if not found:
        say(
            "There are no prices yet. In the data folder, name feeds in prices/feeds.toml, or fill prices/data."
        )
    if as_json:
        put_json({"schema": HEALTH, "files": [_document(each, today, language) for each in found]})
    else:
        for each in found:
            _print(each, today, language)
    return 1 if any(each.problem or each.trouble or each.rows > each.used for each in found) else 0


def _document(health: Health, today: date, language: str) -> dict[str, object]:
    from tradein_app.cli.health_words import trouble_words

    plain = (
        "name",
        "kind",
        "rows",
        "used",
        "looked_at",
        "repeated",
        "absurd",
        "models",
        "thin_count",
        "cells",
    )
    return {name: getattr(health, name) for name in plain} | {
        "first": str(health.first) if health.first else None,
        "last": str(health.last) if health.last else None,
        "age_days": health.age(today),
        "left_out": [{"reason": reason, "rows": rows} for reason, rows in health.left_out],
        "examples": list(health.examples),
        "missing": {name: round(share, 4) for name, share in health.missing.items()},
        "places": [
            {"market": market, "currency": money, "rows": rows} for market, money, rows in health.places
        ],
        "grades": dict(health.grades),
        "thin": [{"model": model, "rows": rows} for model, rows in health.thin],
        "remarks": [each.words(language) for each in health.remarks],
        "problem": health.problem or None,
        "fetched_at": health.fetched_at or None,
        "trouble": health.trouble or None,
        "trouble_message": trouble_words(health, language) if health.trouble else None,
    }


def _print(health: Health, today: date, language: str) -> None:
    from tradein_app.cli.health_words import kind_words, lines

    put_line(f"{health.name} ({kind_words(health.kind, language)})")
    for line in lines(health, today, language):
        put_line(f"  {line}")
