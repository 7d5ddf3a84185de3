"""A feed that is a file, and the folder that its copy goes to."""

from __future__ import annotations

from pricing.feeds.feed import Feed
from pricing.feeds.fetching import fetch
from tests.fakes.feeds import GOOD, HEAD, NEWER, NOW, got
from tests.fakes.web_servers import WebServer, body


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
