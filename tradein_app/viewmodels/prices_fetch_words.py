"""What came of fetching, and how new the exchange rates are, in the person's words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from tradein_app.viewmodels.formatting import format_day, format_time
from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.prices_words import count

if TYPE_CHECKING:
    from pricing.feeds.problems import Problem
    from tradein_app.services.price_fetching import FeedNews, FetchNews
    from tradein_app.services.price_page_records import Overview, RatesKnown

Line = tuple[str, str]
"""Words and their tone."""


def rates_words(rates: RatesKnown | None, today: date, language: str) -> Line:
    """Return how new the exchange rates are."""
    if rates is None:
        return translate("prices", "! There are no exchange rates: fetch them."), "bad"
    days = (today - rates.day).days
    one, many = translate("prices", "1 day old"), translate("prices", "{0} days old")
    age = translate("prices", "today's") if days <= 0 else one if days == 1 else many.format(days)
    text = translate("prices", "Exchange rates of {0}, {1}.").format(
        format_day(rates.day, language=language), age
    )
    # Each in a call of its own: what stands in braces is not found when texts are gathered to be translated.
    if rates.damaged:
        why, tone = translate("prices", "! The fetched ones are damaged: fetch them anew."), "bad"
    elif rates.old:
        why, tone = translate("prices", "! Fetch newer ones."), "warn"
    elif rates.shipped:
        why, tone = translate("prices", "They came with the program."), ""
    else:
        return text, ""
    return f"{text} {why}", tone


def running_words(seconds: int, *, cancelling: bool = False) -> str:
    """Return that it is being fetched and since when, or that it ends."""
    if cancelling:
        return translate("prices", "Fetching is being cancelled; what was there stays in use.")
    text = translate("prices", "Fetching, {0} s. What is there stays in use; go on working.")
    return text.format(seconds)


def news_lines(news: FetchNews, overview: Overview, ended: datetime, language: str) -> Iterator[Line]:
    """Yield when it was fetched, and for each feed and the rates what came of it."""
    cancelled, fetched = translate("prices", "Cancelled {0}:"), translate("prices", "Fetched {0}:")
    head = cancelled if news.cancelled else fetched
    yield head.format(format_time(ended, language=language)), "strong"
    for feed in news.feeds:
        yield _feed_line(feed, language)
    yield _rates_line(news, overview, language)
    if not news.feeds:
        yield translate("prices", "No feed of prices is named yet."), "strong"


def feed_help() -> str:
    """Return how a feed is named."""
    text = translate(
        "prices",
        "A feed is a CSV file of prices on a server or in a folder. Name it in the file below, in a text editor, "
        "with two lines such as:\n{0}\nThen fetch again.",
    )
    return text.format('[market]\nurl = "https://prices.example/fr.csv"')


def _feed_line(feed: FeedNews, language: str) -> Line:
    day = _day(feed.fetched_at, language)
    if _is_cancelled(feed.problem):
        kept = translate("prices", "! {0}: cancelled, the copy of {1} stays in use")
        none = translate("prices", "! {0}: cancelled, and there is no copy")
        return (kept.format(feed.name, day) if day else none.format(feed.name)), "warn"
    if feed.problem is not None:
        why = feed.problem.words(language)
        if day:
            text = translate("prices", "! {0}: not fetched, the copy of {1} stays in use. {2}")
            return text.format(feed.name, day, why), "warn"
        return translate("prices", "\u2717 {0}: not fetched, and there is no copy. {1}").format(
            feed.name, why
        ), "bad"
    if not feed.fresh:
        text = translate("prices", "\u2713 {0}: nothing newer than the copy of {1}")
        return text.format(feed.name, day), "ok"
    one, many = (
        translate("prices", "\u2713 {0}: new, 1 price"),
        translate("prices", "\u2713 {0}: new, {1} prices"),
    )
    return (one if feed.used == 1 else many).format(feed.name, count(feed.used, language)), "ok"


def _rates_line(news: FetchNews, overview: Overview, language: str) -> Line:
    day = format_day(overview.rates.day, language=language) if overview.rates else "\u2013"
    if _is_cancelled(news.rates_problem):
        text = translate("prices", "! Exchange rates: cancelled, those of {0} stay in use")
        return text.format(day), "warn"
    if news.rates_problem is not None:
        text = translate("prices", "! Exchange rates: not fetched, those of {0} stay in use. {1}")
        return text.format(day, news.rates_problem.words(language)), "warn"
    if news.rates_fresh:
        return translate("prices", "\u2713 Exchange rates: new, of {0}").format(day), "ok"
    return translate("prices", "\u2713 Exchange rates: nothing newer than {0}").format(day), "ok"


def summary(news: FetchNews, language: str) -> tuple[str, str, str]:
    """Return what came of it all in a sentence, what to do about it, and its tone."""
    if news.cancelled:
        return _summary_of_cancelled(news)
    return _summary_of_feeds(news) if news.feeds else _summary_of_rates(news, language)


def _is_cancelled(problem: Problem | None) -> bool:
    return problem is not None and problem.code == "cancelled"


def _summary_of_cancelled(news: FetchNews) -> tuple[str, str, str]:
    """Return what stands after a person ended it."""
    if any(feed.fresh for feed in news.feeds):
        said = translate("prices", "Fetching is cancelled; feeds that had come whole are kept.")
        return said, translate("prices", "Which they are stands under Cancelled."), "ok"
    said = translate("prices", "Fetching is cancelled; what was there stays in use.")
    return said, translate("prices", "Ctrl+R fetches again."), "ok"


def _summary_of_rates(news: FetchNews, language: str) -> tuple[str, str, str]:
    """Return what came of the exchange rates where no feed is named."""
    how = translate("prices", "No feed of prices is named; how to name one stands under Fetched.")
    if news.rates_problem is not None:
        text = translate(
            "prices", "The exchange rates could not be fetched; those that are there stay in use."
        )
        return text, f"{news.rates_problem.words(language)} {how}", "warn"
    if news.rates_fresh:
        return translate("prices", "New exchange rates are fetched; they hold at once."), how, "ok"
    return translate("prices", "There are no newer exchange rates."), how, "ok"


def _summary_of_feeds(news: FetchNews) -> tuple[str, str, str]:
    feeds_failed = any(feed.problem for feed in news.feeds)
    if feeds_failed or news.rates_problem is not None:
        all_failed = all(feed.problem for feed in news.feeds) and news.rates_problem is not None
        text = (
            translate("prices", "Nothing could be fetched; what was there stays in use.")
            if all_failed
            else translate("prices", "Not everything could be fetched; what was there stays in use.")
        )
        return text, translate("prices", "Why stands under Fetched, for each feed."), "warn"
    if any(feed.fresh for feed in news.feeds):
        train = translate("prices", "Train now, and the new prices count.")
        return translate("prices", "New prices are fetched."), train, "ok"
    if news.rates_fresh:
        return translate("prices", "New exchange rates are fetched; they hold at once."), "", "ok"
    return translate("prices", "There is nothing newer to fetch."), "", "ok"


def _day(moment: str, language: str) -> str:
    return format_day(datetime.fromisoformat(moment).astimezone(), language=language) if moment else ""
