"""A feed is fetched over real HTTP; whatever the server does, the last good copy stays and it is said why."""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
import threading
import time
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pricing.feeds.alone import alone
from pricing.feeds.copies import BODY, META
from pricing.feeds.feed import Feed
from pricing.feeds.fetching import Fetched, due, fetch, fetch_due, kept, place_of
from pricing.feeds.getting import Limits
from tests.fakes.web_servers import (
    Answer,
    Visit,
    WebServer,
    body,
    bomb,
    broken_off,
    drip,
    hanging,
    to,
    with_etag,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HEAD = b"id,brand,model,date,currency,price\n"
GOOD = HEAD + b"1,Apple,iPhone 13,2026-11-20,EUR,400\n2,Apple,iPhone 12,2026-11-20,EUR,300\n"
NEWER = GOOD + b"3,Apple,iPhone 14,2026-11-21,EUR,500\n"


def a_feed(server: WebServer, **changes) -> Feed:
    return Feed("market", **({"url": server.url()} | changes))


def got(server: WebServer, folder: Path, limits: Limits, **changes) -> Fetched:
    return fetch(a_feed(server, **changes), folder, now=NOW, limits=limits)


def assert_good_copy(folder: Path, server: WebServer) -> None:
    found = kept(a_feed(server), folder)
    assert found.path is not None
    assert found.path.read_bytes() == GOOD
    assert not list(found.path.parent.glob("*.part"))


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


@pytest.mark.parametrize(
    ("answers", "visits"),
    [
        ([body(b"", 500), body(b"", 503), body(GOOD)], 3),
        ([broken_off(HEAD), body(GOOD)], 2),
        ([hanging, body(GOOD)], 2),
    ],
    ids=["500 and 503", "broken off", "hangs once"],
)
def test_what_goes_wrong_once_is_tried_again(tmp_path, limits, answers: list[Answer], visits: int) -> None:
    with WebServer(*answers) as server:
        found = got(server, tmp_path, limits)
    assert (found.problem, found.fresh, len(server.seen)) == (None, True, visits)


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
    assert time.monotonic() - begun < 3


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


@pytest.mark.parametrize("total", [0.5, 60.0])
def test_a_server_that_has_had_enough_is_named_so_and_left_alone_at_once(tmp_path, limits, total) -> None:
    begun = time.monotonic()
    with WebServer(lambda visit: visit.send(b"", 429, Retry_After="999999")) as server:
        found = got(server, tmp_path, replace(limits, total=total))
    assert found.problem is not None
    assert (found.problem.code, found.problem.params["status"]) == ("too_many", "429")
    assert len(server.seen) == 1
    assert time.monotonic() - begun < 2


def test_a_server_that_says_nonsense_of_when_to_come_again_is_asked_again(tmp_path, limits) -> None:
    with WebServer(lambda visit: visit.send(b"", 503, Retry_After="soon"), body(GOOD)) as server:
        assert got(server, tmp_path, limits).fresh


def test_a_server_that_says_to_wait_for_an_hour_is_not_waited_for(tmp_path, limits) -> None:
    begun = time.monotonic()
    with WebServer(lambda visit: visit.send(b"", 503, Retry_After="1")) as server:
        found = got(server, tmp_path, replace(limits, total=0.5, tries=9))
    assert found.problem is not None
    assert time.monotonic() - begun < 3


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


# ------------------------------------------------------------------------------------------------------------- secrets

SECRET = "s3cret-t0ken"


def test_secrets_go_to_the_server_and_nowhere_else(tmp_path, limits, caplog, monkeypatch) -> None:
    caplog.set_level(logging.DEBUG)
    with WebServer(body(GOOD), body(GOOD), body(b"", 404)) as server:
        token = a_feed(server, url=server.url(f"/p.csv?key={SECRET}"), secret_env="FEED_SECRET")
        found = fetch(token, tmp_path, now=NOW, limits=limits, environ={"FEED_SECRET": SECRET})
        basic = replace(token, name="other", user="shop")
        fetch(basic, tmp_path, now=NOW, limits=limits, environ={"FEED_SECRET": SECRET})
        missing = fetch(token, tmp_path, now=NOW, limits=limits, environ={})
        gone = fetch(token, tmp_path, now=NOW, limits=limits, environ={"FEED_SECRET": SECRET})
    assert found.problem is None
    assert server.seen[0][1]["authorization"] == f"Bearer {SECRET}"
    assert server.seen[1][1]["authorization"].startswith("Basic ")
    assert missing.problem is not None
    assert "FEED_SECRET" in missing.problem.words()
    assert gone.problem is not None
    written = "".join(path.read_text() for path in tmp_path.rglob("*.json"))
    for said in (caplog.text, written, gone.problem.words(), repr(token), repr(found), token.source):
        assert SECRET not in said


def test_a_secret_does_not_follow_to_another_server(tmp_path, limits) -> None:
    with WebServer(body(GOOD)) as other, WebServer(to(other.url())) as server:
        feed = a_feed(server, secret_env="FEED_SECRET")
        found = fetch(feed, tmp_path, now=NOW, limits=limits, environ={"FEED_SECRET": SECRET})
    assert found.problem is None
    assert "authorization" in server.seen[0][1]
    assert "authorization" not in other.seen[0][1]


def test_a_secret_is_not_sent_unencrypted(tmp_path, limits) -> None:
    feed = Feed("market", url="http://prices.example/p.csv", secret_env="FEED_SECRET")
    found = fetch(feed, tmp_path, now=NOW, limits=limits, environ={"FEED_SECRET": SECRET})
    assert found.problem is not None
    assert found.problem.code == "insecure"


def test_a_server_that_proves_nothing_is_not_believed(tmp_path, limits) -> None:
    with WebServer(body(GOOD)) as server:
        found = got(server, tmp_path, limits, url=server.url().replace("http:", "https:"))
    assert found.problem is not None
    assert found.problem.code in {"tls", "no_connection"}


def test_nobody_listening_is_said(tmp_path, limits) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = fetch(Feed("market", url=f"http://127.0.0.1:{port}/p.csv"), tmp_path, now=NOW, limits=limits)
    assert found.problem is not None
    assert found.problem.code == "no_connection"
    assert found.path is None


# --------------------------------------------------------------------------------------------------------------- files


def test_a_file_on_a_drive_is_copied_and_its_copy_outlives_the_drive(tmp_path) -> None:
    drive = tmp_path / "drive.csv"
    feed = Feed("drive", path=drive)
    missing = fetch(feed, tmp_path / "home", now=NOW)
    assert missing.problem is not None
    assert missing.problem.code == "no_file"
    drive.write_bytes(GOOD)
    assert fetch(feed, tmp_path / "home", now=NOW).fresh
    assert not fetch(feed, tmp_path / "home", now=NOW).fresh
    drive.write_bytes(NEWER)
    assert fetch(feed, tmp_path / "home", now=NOW).rows == 3
    drive.unlink()
    gone = fetch(feed, tmp_path / "home", now=NOW)
    assert gone.path is not None
    assert gone.path.read_bytes() == NEWER


def test_a_folder_a_pipe_or_a_large_file_is_said(tmp_path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large.csv").write_bytes(HEAD + b"x" * (1 << 20))
    codes = []
    for name in (".", "pipe", "large.csv"):
        found = fetch(Feed("drive", path=tmp_path / name, max_mb=1), tmp_path / "home", now=NOW)
        assert found.problem is not None
        codes.append(found.problem.code)
    assert codes == ["unreadable", "unreadable", "too_large"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path, limits) -> None:
    (tmp_path / "prices").write_text("a file where the folder should be")
    with WebServer(body(GOOD)) as server:
        found = got(server, tmp_path, limits)
    assert found.problem is not None
    assert found.problem.code == "unwritable"


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
