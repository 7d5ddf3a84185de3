"""Fetches the European Central Bank's rates, when a person asks; what is wrong with the file leaves all as it was."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from diagnostics.errors import BadInput
from diagnostics.regular import regular_bytes
from pricing.feeds.alone import alone
from pricing.feeds.copies import moment
from pricing.feeds.getting import Ask, Limits, get, shown_url
from pricing.feeds.problems import NotFetched, Problem, failed
from pricing.feeds.sniffing import a_page
from pricing.feeds.stopping import Stop
from pricing.rates.ecb import DAILY, LARGEST, LAST_90_DAYS, parse
from pricing.rates.keeping import DAYS, FOLDER, Meta, keep, meta_of, rates_in
from pricing.rates.table import FETCHED, Rates, together

_DAILY_DAYS = 4
"""So many days after the last one the daily file alone may leave a gap: then the last 90 days are fetched."""


@dataclass(frozen=True, slots=True)
class FetchedRates:
    """What came of it.

    Attributes:
        rates: All rates there are now.
        fresh: New days came.
        problem: Why nothing came; ``None`` where all is right.
    """

    rates: Rates
    fresh: bool
    problem: Problem | None = None


def fetch_rates(
    folder: Path,
    *,
    now: datetime | None = None,
    limits: Limits | None = None,
    daily: str = "",
    history: str = "",
    stop: Stop | None = None,
) -> FetchedRates:
    """Fetch the rates that are not there yet. It blocks: never call it where a window waits.

    Args:
        folder: The data folder.
        now: Aware; the present by default.
        limits: Of time; a minute in all by default.
        daily: The address of the last day's rates; the bank's by default.
        history: That of the last ninety days'.
        stop: Cancels it: then the rates that were there stay, and the problem's code is ``cancelled``.
    """
    now, limits = now or datetime.now(UTC), replace(limits or Limits(total=60.0), stop=stop or Stop())
    place = folder / FOLDER
    urls = (daily or DAILY, history or LAST_90_DAYS)
    try:
        with alone(place, limits.total, limits.stop):
            return _fetched(folder, now, limits, urls)
    except NotFetched as error:
        return FetchedRates(rates_in(folder), fresh=False, problem=error.problem)


def _fetched(folder: Path, now: datetime, limits: Limits, urls: tuple[str, str]) -> FetchedRates:
    known, place = rates_in(folder), folder / FOLDER
    meta = Meta() if known.wrong else meta_of(place)
    url = urls[_gap(known, now.date()) > _DAILY_DAYS]
    tags = (meta.etag, meta.last_modified) if meta.url == shown_url(url) else ("", "")
    try:
        with _incoming(place) as path:
            got = get(Ask(url, *tags), path, a_page, replace(limits, most=LARGEST))
            days = parse(regular_bytes(path, LARGEST), known, now.date()) if got.changed else ()
        limits.stop.check()
        after = together(known, days, moment(now))
        _keep(place, known, after, Meta(moment(now), shown_url(url), got.etag, got.last_modified))
    except NotFetched as error:
        return FetchedRates(known, fresh=False, problem=error.problem)
    except BadInput as error:
        return FetchedRates(known, fresh=False, problem=_unusable(error))
    return FetchedRates(after, fresh=after.days != known.days)


def _gap(known: Rates, today: date) -> int:
    fetched = [each.day for each in known.days if each.origin == FETCHED]
    return (today - fetched[-1]).days if fetched else _DAILY_DAYS + 1


@contextmanager
def _incoming(place: Path) -> Iterator[Path]:
    path = place / f".rates-{secrets.token_hex(4)}.part"
    try:
        yield path
    except OSError as error:
        raise failed("unwritable", detail=error.strerror or "?") from None
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _keep(place: Path, known: Rates, after: Rates, meta: Meta) -> None:
    try:
        if known.wrong:  # what was damaged is kept beside it: it may hold days that nobody gives any more
            with suppress(FileNotFoundError):
                (place / DAYS).replace(place / f"{DAYS}.damaged")
        keep(place, replace(after, wrong=""), meta)
    except OSError as error:
        raise failed("unwritable", detail=error.strerror or "?") from None


def _unusable(error: BadInput) -> Problem:
    return Problem("bad_rates", {"detail": error.params.get("detail", error.message)})
