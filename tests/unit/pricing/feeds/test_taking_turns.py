"""One program at a time fetches a feed, and by itself only when its time has come."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta

from pricing.feeds.alone import alone
from pricing.feeds.copies import META
from pricing.feeds.fetching import due, fetch, fetch_due, place_of
from tests.fakes.feeds import GOOD, NOW, a_feed, got
from tests.fakes.web_servers import Visit, WebServer, body, with_etag

_FETCHER = """
import sys
from pathlib import Path
from pricing.feeds.feed import Feed
from pricing.feeds.fetching import fetch
from pricing.feeds.getting import Limits
found = fetch(Feed("market", url=sys.argv[1]), Path(sys.argv[2]), limits=Limits())
print(found.rows, found.problem)
"""


def test_two_programs_that_fetch_the_same_feed_do_so_one_after_the_other(tmp_path) -> None:
    at_once, most = 0, 0
    watch = threading.Lock()

    def answer(visit: Visit) -> None:
        nonlocal at_once, most
        with watch:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.5)
        with watch:
            at_once -= 1
        with_etag(GOOD, '"7"')(visit)

    with WebServer(answer) as server:
        command = [sys.executable, "-c", _FETCHER, server.url(), str(tmp_path)]
        programs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
        said = [program.communicate(timeout=60)[0].strip() for program in programs]
    assert said == ["2 None"] * 3
    assert most == 1
    assert [seen.get("if-none-match") for _, seen in server.seen] == [None, '"7"', '"7"']


def test_who_waits_too_long_for_another_program_says_so_and_notes_nothing(tmp_path, limits) -> None:
    with WebServer(body(GOOD)) as server:
        got(server, tmp_path, limits)
        feed = a_feed(server)
        before = (place_of(feed, tmp_path) / META).read_bytes()
        with alone(place_of(feed, tmp_path), 0):
            found = got(server, tmp_path, replace(limits, total=0.2))
    assert found.problem is not None
    assert (found.problem.code, found.rows, len(server.seen)) == ("busy", 2, 1)
    assert (place_of(feed, tmp_path) / META).read_bytes() == before


def test_only_a_feed_that_says_how_often_is_due_by_itself(tmp_path, limits) -> None:
    with WebServer(body(b"", 404)) as server:
        daily = a_feed(server, every=timedelta(days=1))
        assert not due(a_feed(server), tmp_path, NOW)
        assert due(daily, tmp_path, NOW)
        fetch(daily, tmp_path, now=NOW, limits=limits)
    assert not due(daily, tmp_path, NOW + timedelta(hours=23)), "one that failed is not asked for ever"
    assert due(daily, tmp_path, NOW + timedelta(hours=24))


def test_those_whose_time_has_come_are_fetched_together_and_the_others_left_alone(tmp_path, limits) -> None:
    with WebServer(body(GOOD)) as server:
        (tmp_path / "prices").mkdir()
        (tmp_path / "prices" / "feeds.toml").write_text(
            f'[daily]\nurl = "{server.url("/daily")}"\nevery = "1d"\n[asked]\nurl = "{server.url("/asked")}"\n'
        )
        names = [
            [
                found.feed.name
                for found in fetch_due(tmp_path, now=NOW + timedelta(hours=hours), limits=limits)
            ]
            for hours in (0, 5, 25)
        ]
    assert names == [["daily"], [], ["daily"]]
    assert {path for path, _ in server.seen} == {"/daily"}
