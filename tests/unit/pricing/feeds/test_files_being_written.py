"""A feed that is a file which another program is writing: it is noticed and said, and the earlier copy stays."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from diagnostics.errors import BadInput
from pricing.feeds.feed import Feed
from pricing.feeds.fetching import Fetched, fetch, kept
from pricing.feeds.sniffing import csv_only
from pricing.pricedata.health import health_of
from pricing.pricedata.rows import Rows

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HEAD = "id,brand,model,date,currency,price,seller_type\n"
GOOD = HEAD + "".join(f"{n},Apple,iPhone 13,2026-11-20,EUR,{400 + n},shop\n" for n in range(40))
FURTHER = "40,Apple,iPhone 13,2026-11-20,EUR,433,shop\n"


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    path = tmp_path / "till.csv"
    path.write_text(GOOD, encoding="utf-8")
    return Feed("till", path=path)


def write(path: Path, text: str, *, seconds_ago: float = 3600.0) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, times=(time.time() - seconds_ago,) * 2)


def assert_kept(found: Fetched, feed: Feed, folder: Path, code: str) -> None:
    assert (found.fresh, found.problem and found.problem.code) == (False, code)
    assert found.problem is not None
    assert all("{" not in found.problem.words(language) for language in ("en", "fr"))
    copy = kept(feed, folder)
    assert copy.path is not None
    assert copy.path.read_text(encoding="utf-8") == GOOD
    assert not list(copy.path.parent.glob("*.part"))


def test_what_is_written_while_it_is_read_is_not_taken(feed, tmp_path, monkeypatch) -> None:
    assert fetch(feed, tmp_path, now=NOW).fresh
    write(feed.path, GOOD + FURTHER)
    check = csv_only

    def meanwhile(kind: str, start: bytes):
        with feed.path.open("a", encoding="utf-8") as file:
            file.write(FURTHER.replace("40,", "41,", 1))
        return check(kind, start)

    monkeypatch.setattr("pricing.feeds.local.csv_only", meanwhile)
    assert_kept(fetch(feed, tmp_path, now=NOW), feed, tmp_path, "changing")
    monkeypatch.undo()
    found = fetch(feed, tmp_path, now=NOW)
    assert (found.fresh, found.rows, found.problem) == (True, 42, None)


@pytest.mark.parametrize("cut", [",433,shop\n", "hop\n", "2026-11-20,EUR,433,shop\n", ",shop\n"])
def test_a_file_that_breaks_off_in_a_row_is_not_taken(feed, tmp_path, cut) -> None:
    assert fetch(feed, tmp_path, now=NOW).fresh
    write(feed.path, GOOD + FURTHER.removesuffix(cut))
    found = fetch(feed, tmp_path, now=NOW)
    if cut == "hop\n":  # all cells are there: only that it was written just now would tell
        assert found.fresh
    else:
        assert_kept(found, feed, tmp_path, "cut_off")


def test_a_last_row_without_an_end_counts_once_nobody_writes_any_more(feed, tmp_path) -> None:
    assert fetch(feed, tmp_path, now=NOW).fresh
    write(feed.path, GOOD + FURTHER.removesuffix("\n"), seconds_ago=0.0)
    assert_kept(fetch(feed, tmp_path, now=NOW), feed, tmp_path, "unfinished")
    write(feed.path, GOOD + FURTHER.removesuffix("\n"), seconds_ago=11.0)
    found = fetch(feed, tmp_path, now=NOW)
    assert (found.fresh, found.used) == (True, 41)


def test_a_file_by_hand_that_is_written_while_it_is_read_is_refused(feed) -> None:
    rows = iter(Rows(feed.path, priced=True, last_day=None))
    next(rows)
    with feed.path.open("a", encoding="utf-8") as file:
        file.write(FURTHER)
    with pytest.raises(BadInput) as error:
        list(rows)
    assert error.value.code == "file_changes"


def test_a_file_by_hand_that_breaks_off_says_so(feed) -> None:
    write(feed.path, GOOD + "40,Apple,iPho")
    health = health_of(feed.path, NOW.date())
    assert (health.rows, health.used) == (41, 40)
    assert "breaks off" in health.remarks[-1].words()


@pytest.mark.parametrize(
    "make",
    [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")],
    ids=["pipe", "folder", "device"],
)
def test_what_is_no_file_is_refused_at_once(make: Callable[[Path], object], tmp_path) -> None:
    path = tmp_path / "odd.csv"
    make(path)
    found = fetch(Feed("odd", path=path), tmp_path, now=NOW)
    assert found.problem is not None
    assert found.problem.code == "unreadable"
    with pytest.raises(BadInput) as error:
        list(Rows(path, priced=True, last_day=None))
    assert error.value.code == "unreadable_file"
