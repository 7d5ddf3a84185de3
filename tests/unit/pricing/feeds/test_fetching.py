"""A feed is fetched over real HTTP only when it changed, and its copy stays when there is nothing newer."""

from __future__ import annotations

import json
import socket
from datetime import timedelta

from pricing.feeds.copies import BODY, META
from pricing.feeds.feed import Feed
from pricing.feeds.fetching import fetch, kept
from tests.fakes.feeds import GOOD, NEWER, NOW, a_feed, assert_good_copy, got
from tests.fakes.web_servers import WebServer, body, with_etag


def test_a_feed_is_fetched_checked_and_kept(tmp_path, limits) -> None:
    with WebServer(body(GOOD)) as server:
        found = got(server, tmp_path, limits)
    assert (found.problem, found.fresh, found.rows, found.used) == (None, True, 2, 2)
    assert found.path is not None
    assert found.path == tmp_path / "prices" / "feeds" / "market" / BODY
    assert found.path.read_bytes() == GOOD
    assert found.fetched_at == "2026-11-22T12:00:00Z"
    meta = json.loads((found.path.parent / META).read_text())
    assert (meta["sha256"], meta["url"], meta["problem"]) == (meta["sha256"], server.url(), "")


def test_what_did_not_change_is_not_sent_again_and_still_counts_as_checked(tmp_path, limits) -> None:
    with WebServer(with_etag(GOOD, '"7"')) as server:
        got(server, tmp_path, limits)
        later = fetch(a_feed(server), tmp_path, now=NOW + timedelta(days=2), limits=limits)
        server.answers = [with_etag(NEWER, '"8"')]
        newest = fetch(a_feed(server), tmp_path, now=NOW + timedelta(days=3), limits=limits)
    assert [seen.get("if-none-match") for _, seen in server.seen] == [None, '"7"', '"7"']
    assert (later.fresh, later.fetched_at, later.problem) == (False, "2026-11-22T12:00:00Z", None)
    assert later.age(NOW + timedelta(days=2)) == 2
    assert (newest.fresh, newest.rows) == (True, 3)


def test_a_time_tells_of_changes_where_there_is_no_etag(tmp_path, limits) -> None:
    stamp = "Sat, 21 Nov 2026 10:00:00 GMT"
    with WebServer(body(GOOD, Last_Modified=stamp), lambda visit: visit.send(b"", 304)) as server:
        got(server, tmp_path, limits)
        assert got(server, tmp_path, limits).problem is None
    assert server.seen[1][1]["if-modified-since"] == stamp


def test_without_a_server_the_copy_stays_and_says_how_old_it_is(tmp_path, limits) -> None:
    with WebServer(body(GOOD)) as server:
        got(server, tmp_path, limits)
        feed = a_feed(server)
    later = NOW + timedelta(days=12)
    found = fetch(feed, tmp_path, now=later, limits=limits)
    assert found.problem is not None
    assert found.problem.code == "no_connection"
    assert found.path is not None
    assert found.age(later) == 12


def test_a_copy_that_somebody_changed_is_not_used_and_is_fetched_anew(tmp_path, limits) -> None:
    with WebServer(with_etag(GOOD, '"7"')) as server:
        found = got(server, tmp_path, limits)
        assert found.path is not None
        found.path.write_bytes(GOOD.replace(b"400", b"4"))
        damaged = kept(a_feed(server), tmp_path)
        assert damaged.path is None
        assert damaged.problem is not None
        assert damaged.problem.code == "copy_damaged"
        assert got(server, tmp_path, limits).fresh
        assert "if-none-match" not in server.seen[1][1]
        assert_good_copy(tmp_path, server)


def test_a_feed_that_names_another_address_does_not_show_the_former_ones_copy(tmp_path, limits) -> None:
    with WebServer(with_etag(GOOD, '"7"')) as server:
        got(server, tmp_path, limits)
        other = a_feed(server, url=server.url("/other.csv"))
        assert kept(other, tmp_path).path is None
        fetch(other, tmp_path, now=NOW, limits=limits)
    assert "if-none-match" not in server.seen[1][1]


def test_nobody_listening_is_said(tmp_path, limits) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = fetch(Feed("market", url=f"http://127.0.0.1:{port}/p.csv"), tmp_path, now=NOW, limits=limits)
    assert found.problem is not None
    assert found.problem.code == "no_connection"
    assert found.path is None
