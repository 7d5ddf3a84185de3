"""Whatever a server answers, the last good copy stays and it is said why."""

from __future__ import annotations

import time
import tracemalloc
from dataclasses import replace

import pytest

from pricing.feeds.fetching import kept, place_of
from tests.fakes.feeds import GOOD, HEAD, NEWER, a_feed, assert_good_copy, got
from tests.fakes.web_servers import Answer, Visit, WebServer, body, bomb, broken_off, drip, hanging, to

PATIENCE = 60.0
"""Seconds that a busy computer may take; the answer itself goes on for half an hour."""
BAD: list[tuple[Answer, str, int]] = [
    (body(b"", 500), "status", 3),
    (body(b"", 404), "not_found", 1),
    (body(b"", 401), "refused", 1),
    (lambda visit: visit.send(b"", 503, Retry_After="0"), "status", 3),
    (lambda visit: visit.send(b"", 304), "status", 1),
    (body(b""), "empty", 3),
    (broken_off(GOOD), "broken_off", 3),
    (hanging, "timeout", 3),
    (body(b"<!DOCTYPE html><html>Sign in</html>", Content_Type="text/html"), "web_page", 1),
    (body(b"\n  <HTML>no type said", Content_Type="text/csv"), "web_page", 1),
    (body(b'{"error": "quota"}'), "wrong_kind", 1),
    (body(b"PK\x03\x04xlsx"), "wrong_kind", 1),
    (body(GOOD, Content_Encoding="gzip"), "damaged", 3),
    (body(b"colour,weight\nred,3\n"), "not_usable", 1),
    (body(HEAD), "mostly_unusable", 1),
    (body(GOOD + b"x,A,B,2026-11-20,EUR,-5\n" * 9), "mostly_unusable", 1),
    (body(b"\x80\x81" + GOOD), "not_usable", 1),
    (to("file:///etc/passwd"), "bad_redirect", 1),
    (to("gopher://127.0.0.1/"), "bad_redirect", 1),
    (to("http://[::1"), "bad_url", 1),
    (to("/prices.csv"), "redirects", 6),
]


@pytest.mark.parametrize(("bad", "code", "visits"), BAD, ids=[f"{n}-{bad[1]}" for n, bad in enumerate(BAD)])
def test_what_is_wrong_never_replaces_a_good_copy(
    tmp_path, limits, bad: Answer, code: str, visits: int
) -> None:
    with WebServer(body(GOOD)) as server:
        got(server, tmp_path, limits)
        server.answers, server.seen[:] = [bad], []
        found = got(server, tmp_path, replace(limits, read=0.2))
        assert found.problem is not None
        assert (found.problem.code, len(server.seen)) == (code, visits)
        assert (found.fresh, found.rows) == (False, 2)
        assert found.path is not None
        for language in ("en", "fr"):
            assert "–" not in found.problem.words(language), "every parameter is said"
        assert_good_copy(tmp_path, server)
        remembered = kept(a_feed(server), tmp_path).problem
        assert remembered == found.problem


@pytest.mark.parametrize("slow", [drip(GOOD), drip(GOOD, headers=True)], ids=["body", "headers"])
def test_an_answer_that_drips_ends_with_the_time_for_all(tmp_path, limits, slow: Answer) -> None:
    begun = time.monotonic()
    with WebServer(slow) as server:
        found = got(server, tmp_path, replace(limits, total=0.8))
    assert found.problem is not None
    assert (found.problem.code, found.problem.params["seconds"]) == ("timeout", "0.8")
    assert time.monotonic() - begun < PATIENCE


def cut_without_a_length(visit: Visit) -> None:
    """Send rows slowly, and never say how many there will be."""
    visit.send_response(200)
    visit.send_header("Content-Type", "text/csv")
    visit.send_header("Connection", "close")
    visit.end_headers()
    for number in range(200):
        row = f"{number},Apple,iPhone 13,2026-11-20,EUR,400\n"
        visit.wfile.write(row.encode() if number else HEAD + row.encode())
        time.sleep(0.02)


def test_an_answer_without_a_length_that_the_time_cuts_is_not_taken_for_a_whole_one(tmp_path, limits) -> None:
    with WebServer(body(GOOD)) as server:
        got(server, tmp_path, limits)
        server.answers = [cut_without_a_length]
        found = got(server, tmp_path, replace(limits, total=0.6))
        assert found.problem is not None
        assert (found.problem.code, found.rows) == ("timeout", 2)
        assert_good_copy(tmp_path, server)


def close_delimited(content: bytes) -> Answer:
    """Send what ends where the connection does."""

    def answer(visit: Visit) -> None:
        visit.send_response(200)
        visit.send_header("Content-Type", "text/csv")
        visit.end_headers()
        visit.wfile.write(content)

    return answer


def test_an_end_in_the_middle_of_a_row_is_said_where_nothing_vouches_for_it(tmp_path, limits) -> None:
    with WebServer(body(GOOD)) as server:
        got(server, tmp_path, limits)
        cuts = (b"3,Apple,iPhone 14,2026-11-21,EUR,", b"3,App", b"3,Apple,iPhone")
        server.answers = [close_delimited(NEWER + cut) for cut in cuts]
        found = got(server, tmp_path, limits)
        assert found.problem is not None
        assert (found.problem.code, found.rows) == ("open_end", 2)
        assert_good_copy(tmp_path, server)


@pytest.mark.parametrize("content", [NEWER, NEWER.rstrip()], ids=["ends a line", "ends so each time"])
def test_a_server_that_never_says_a_length_is_believed_when_it_says_the_same_again(
    tmp_path, limits, content: bytes
) -> None:
    with WebServer(close_delimited(content)) as server:
        found = got(server, tmp_path, limits)
    assert (found.problem, found.rows, len(server.seen)) == (None, 3, 1 if content is NEWER else 2)


def test_a_bomb_is_stopped_at_the_limit_and_memory_stays_small(tmp_path, limits) -> None:
    with WebServer(bomb(64)) as server:
        got(server, tmp_path, limits, max_mb=1)  # imports aside
        tracemalloc.start()
        try:
            found = got(server, tmp_path, limits, max_mb=2)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert found.problem is not None
    assert (found.problem.code, found.path) == ("too_large", None)
    assert peak < 8 << 20
    assert not list(place_of(a_feed(server), tmp_path).glob("*.part"))
