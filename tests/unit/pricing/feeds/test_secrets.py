"""A feed's password or token goes to its own server, encrypted, and nowhere else."""

from __future__ import annotations

import logging
from dataclasses import replace

from pricing.feeds.feed import Feed
from pricing.feeds.fetching import fetch
from tests.fakes.feeds import GOOD, NOW, a_feed, got
from tests.fakes.web_servers import WebServer, body, to

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
