"""A watched folder gives what is new and complete, once."""

from __future__ import annotations

import os

import pytest

from tests.fakes.photos import a_photo
from tradein_app.services.photo_watching import FolderWatch, Watching


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "old.jpg").write_bytes(a_photo())
    return tmp_path


@pytest.fixture
def watch(folder):
    watch = FolderWatch(folder)
    assert watch.look().files == ()
    return watch


def names(arrivals):
    return [path.name for path in arrivals.files]


def looks(watch, times):
    return [names(watch.look()) for _ in range(times)]


def test_what_lay_there_before_is_never_taken(watch):
    assert looks(watch, 3) == [[], [], []]


def test_a_new_photo_is_given_once_in_the_order_in_which_they_came(watch, folder):
    for number, name in enumerate(("b.jpg", "a.HEIC", "c.png")):
        (folder / name).write_bytes(b"whole")
        os.utime(folder / name, (1000 + number, 1000 + number))
    assert looks(watch, 3) == [[], ["b.jpg", "a.HEIC", "c.png"], []]


def test_a_file_that_grows_is_left_until_it_stands_still(watch, folder):
    data, growing = a_photo(), folder / "new.jpg"
    found = []
    for end in (0, 1000, 2000, len(data)):
        growing.write_bytes(data[:end])
        found += names(watch.look())
    assert found == []
    assert names(watch.look()) == ["new.jpg"]


def test_a_copy_that_had_only_paused_comes_again_when_it_is_whole(watch, folder):
    (folder / "new.jpg").write_bytes(b"ha")
    assert looks(watch, 2) == [[], ["new.jpg"]]
    (folder / "new.jpg").write_bytes(b"half and the rest")
    assert looks(watch, 3) == [[], ["new.jpg"], []]


def test_drafts_and_other_files_are_left(watch, folder):
    for name in (".new.jpg", "~new.jpg", "new.jpg.part", "new.crdownload", "notes.txt"):
        (folder / name).write_bytes(b"something")
    (folder / "folder.jpg").mkdir()
    assert looks(watch, 3) == [[], [], []]


def test_a_file_that_is_renamed_when_it_is_done_is_taken(watch, folder):
    (folder / "new.jpg.part").write_bytes(b"whole")
    watch.look()
    (folder / "new.jpg.part").rename(folder / "new.jpg")
    assert looks(watch, 2) == [[], ["new.jpg"]]


def test_a_folder_that_is_away_is_said_and_found_again(watch, folder):
    away = folder.with_name("away")
    folder.rename(away)
    assert watch.look().away
    away.rename(folder)
    (folder / "new.jpg").write_bytes(b"whole")
    assert not watch.look().away
    assert names(watch.look()) == ["new.jpg"]


def test_another_folder_begins_anew(folder, tmp_path_factory):
    watching, other = Watching(), tmp_path_factory.mktemp("other")
    (other / "album.jpg").write_bytes(b"whole")
    watching.arrivals(folder)
    for _ in range(3):
        assert watching.arrivals(other).files == ()
