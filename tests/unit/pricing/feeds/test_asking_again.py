"""What goes wrong once is tried again, as often and as late as the server wants it, and no longer."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from tests.fakes.feeds import GOOD, HEAD, got
from tests.fakes.web_servers import Answer, WebServer, body, broken_off, hanging

PATIENCE = 45.0
"""Seconds that a busy computer may take; the server says to come again in eleven days."""


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


@pytest.mark.parametrize("total", [0.5, 60.0])
def test_a_server_that_has_had_enough_is_named_so_and_left_alone_at_once(tmp_path, limits, total) -> None:
    begun = time.monotonic()
    with WebServer(lambda visit: visit.send(b"", 429, Retry_After="999999")) as server:
        found = got(server, tmp_path, replace(limits, total=total))
    assert found.problem is not None
    assert (found.problem.code, found.problem.params["status"]) == ("too_many", "429")
    assert len(server.seen) == 1
    assert time.monotonic() - begun < PATIENCE


def test_a_server_that_says_nonsense_of_when_to_come_again_is_asked_again(tmp_path, limits) -> None:
    with WebServer(lambda visit: visit.send(b"", 503, Retry_After="soon"), body(GOOD)) as server:
        assert got(server, tmp_path, limits).fresh


def test_a_server_that_says_to_wait_for_an_hour_is_not_waited_for(tmp_path, limits) -> None:
    with WebServer(lambda visit: visit.send(b"", 503, Retry_After="1")) as server:
        found = got(server, tmp_path, replace(limits, total=0.5, tries=9))
    assert found.problem is not None
    assert len(server.seen) == 1
