"""A fetch that a person cancels ends at once, wherever it waits, and leaves all as it was."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from pricing.feeds.alone import alone
from pricing.feeds.copies import META
from pricing.feeds.feed import Feed
from pricing.feeds.fetching import Fetched, fetch, kept, place_of
from pricing.feeds.getting import Limits
from pricing.feeds.stopping import Stop
from pricing.rates.fetching import FetchedRates, fetch_rates
from tests.fakes.web_servers import Answer, WebServer, body, drip, hanging

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
GOOD = b"id,brand,model,date,currency,price\n1,Apple,iPhone 13,2026-11-20,EUR,400\n"
LONG = Limits(connect=60.0, read=60.0, total=120.0, tries=3, backoff=60.0)
"""Nothing but being cancelled ends it while a test waits."""
PATIENCE = 45.0
T = TypeVar("T", Fetched, FetchedRates)


def cancelled(work: Callable[[Stop], T], reached: Callable[[], object]) -> T:
    """Begin work, cancel it once it got somewhere, and return what came of it."""
    stop, pause = Stop(), threading.Event()
    found: list[T] = []
    thread = threading.Thread(target=lambda: found.append(work(stop)))
    thread.start()
    while not reached():
        pause.wait(0.01)
    stop.ask()
    thread.join(PATIENCE)
    assert not thread.is_alive(), "it goes on"
    return found[0]


def code(found: Fetched | FetchedRates) -> str:
    assert found.problem is not None
    return found.problem.code


@pytest.mark.parametrize(
    "answer",
    [hanging, drip(GOOD), drip(GOOD, headers=True), lambda visit: visit.send(b"", 503, Retry_After="9")],
    ids=["hangs", "drips", "drips headers", "wants a pause"],
)
def test_it_ends_wherever_it_waits_and_the_last_good_copy_stays_as_it_was(
    tmp_path: Path, answer: Answer
) -> None:
    with WebServer(body(GOOD)) as server:
        feed = Feed("market", url=server.url())
        fetch(feed, tmp_path, now=NOW)
        before = (place_of(feed, tmp_path) / META).read_text()
        server.answers = [answer]
        found = cancelled(
            lambda stop: fetch(feed, tmp_path, limits=LONG, stop=stop), lambda: len(server.seen) > 1
        )
    assert (code(found), found.fresh, found.used) == ("cancelled", False, 1)
    assert found.path is not None
    assert found.path.read_bytes() == GOOD
    assert (place_of(feed, tmp_path) / META).read_text() == before, "nothing is said against the feed"
    assert kept(feed, tmp_path).problem is None
    assert not list(found.path.parent.glob("*.part"))


def test_it_ends_while_another_program_fetches_the_same(tmp_path: Path) -> None:
    feed = Feed("market", url="http://127.0.0.1:1/p.csv")
    waits = threading.Event()

    def work(stop: Stop) -> Fetched:
        waits.set()
        return fetch(feed, tmp_path, limits=LONG, stop=stop)

    with alone(place_of(feed, tmp_path), 1.0):
        assert code(cancelled(work, waits.is_set)) == "cancelled"


def test_it_ends_while_the_other_side_is_silent_about_how_to_encrypt(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, ExitStack() as taken:
        feed = Feed("market", url=f"https://127.0.0.1:{silent.getsockname()[1]}/p.csv")

        def greeted() -> bytes:
            return taken.enter_context(silent.accept()[0]).recv(1)

        found = cancelled(lambda stop: fetch(feed, tmp_path, limits=LONG, stop=stop), greeted)
    assert code(found) == "cancelled"


@pytest.mark.parametrize("by_itself", [False, True], ids=["cancelled", "time over"])
def test_it_ends_while_a_proxy_drips(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_itself: bool
) -> None:
    feed = Feed("market", url="https://prices.invalid/p.csv")
    with WebServer(drip(GOOD, headers=True)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url(""))
        if by_itself:
            found = fetch(feed, tmp_path, limits=replace(LONG, total=1.0))
        else:
            found = cancelled(lambda stop: fetch(feed, tmp_path, limits=LONG, stop=stop), lambda: proxy.seen)
    assert code(found) == ("timeout" if by_itself else "cancelled")


def test_what_was_cancelled_before_it_began_asks_nobody(tmp_path: Path) -> None:
    stop = Stop()
    stop.ask()
    with WebServer(body(GOOD)) as server:
        assert code(fetch(Feed("market", url=server.url()), tmp_path, stop=stop)) == "cancelled"
        assert code(fetch_rates(tmp_path, daily=server.url(), history=server.url(), stop=stop)) == "cancelled"
        assert not server.seen


def test_a_file_that_never_ends_is_let_go(tmp_path: Path) -> None:
    """The reading of a file is cancelled between two pieces of it, and of its rows."""
    path = tmp_path / "drive.csv"
    path.write_bytes(GOOD + b"2,Apple,iPhone 13,2026-11-20,EUR,400\n" * 300_000)
    feed = Feed("drive", path=path)

    def begun() -> bool:
        return any(place_of(feed, tmp_path).glob("*.part"))

    assert code(cancelled(lambda stop: fetch(feed, tmp_path, stop=stop), begun)) == "cancelled"
    assert [path.name for path in place_of(feed, tmp_path).iterdir()] == [".fetching.lock"]


def test_rates_that_are_cancelled_stay_as_they_were(tmp_path: Path) -> None:
    with WebServer(hanging) as server:
        found = cancelled(
            lambda stop: fetch_rates(
                tmp_path, limits=LONG, daily=server.url(), history=server.url(), stop=stop
            ),
            lambda: server.seen,
        )
    assert (code(found), found.fresh) == ("cancelled", False)
    assert not list((tmp_path / "prices" / "rates").glob("*.part"))


def test_a_server_that_fails_is_not_said_to_be_cancelled(tmp_path: Path) -> None:
    quick = replace(LONG, backoff=0.0)
    with WebServer(body(b"", 500)) as server:
        assert code(fetch(Feed("market", url=server.url()), tmp_path, limits=quick, stop=Stop())) == "status"
