"""A picture's file is what its name says, whole, and never another one."""

from __future__ import annotations

import errno
import os
import stat
from hashlib import sha256
from pathlib import Path

import pytest

from diagnostics.errors import ServiceMissing, UserError
from tradein_app.store.photo_files import PhotoFiles

DATA = b"\xff\xd8 a picture"
DIGEST = sha256(DATA).hexdigest()


@pytest.fixture
def files(tmp_path: Path) -> PhotoFiles:
    return PhotoFiles(tmp_path / "photos")


def all_files(files):
    return sorted(path for path in files.folder.rglob("*") if path.is_file())


def test_the_name_of_a_file_is_the_digest_of_what_is_in_it(files):
    assert files.put(DATA) == DIGEST
    assert files.path(DIGEST).relative_to(files.folder) == Path(DIGEST[:2], f"{DIGEST[2:]}.jpg")
    assert files.path(DIGEST).read_bytes() == files.get(DIGEST) == DATA


def test_the_same_picture_twice_is_one_file_that_is_not_written_again(files):
    files.put(DATA)
    before = files.path(DIGEST).stat()
    files.put(DATA)
    assert all_files(files) == [files.path(DIGEST)]
    assert files.path(DIGEST).stat().st_ino == before.st_ino


def fails_for_folders(monkeypatch, number):
    sync = os.fsync

    def failing(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, os.strerror(number))
        sync(handle)

    monkeypatch.setattr(os, "fsync", failing)


def test_a_drive_that_keeps_no_folders_on_demand_takes_photos(files, monkeypatch):
    fails_for_folders(monkeypatch, errno.EINVAL)
    assert files.get(files.put(DATA)) == DATA


def test_a_disk_that_fails_over_a_folder_is_said_to(files, monkeypatch):
    fails_for_folders(monkeypatch, errno.EIO)
    with pytest.raises(ServiceMissing) as caught:
        files.put(DATA)
    assert caught.value.code == "photo_not_kept"


def test_a_file_that_is_gone_is_said_to_be(files):
    files.put(DATA)
    files.path(DIGEST).unlink()
    with pytest.raises(UserError) as caught:
        files.get(DIGEST)
    assert caught.value.code == "photo_gone"


@pytest.mark.parametrize("now", [DATA + b"!", DATA[:-1], b""])
def test_a_file_that_was_changed_is_not_shown_also_not_small(files, now):
    files.put(DATA)
    files.small(DIGEST, lambda data: data[:4])
    files.path(DIGEST).write_bytes(now)
    for look in (files.get, lambda digest: files.small(digest, lambda data: data[:4])):
        with pytest.raises(UserError) as caught:
            look(DIGEST)
        assert caught.value.code == "photo_damaged"


def test_adding_the_same_photo_again_heals_a_damaged_file(files):
    files.put(DATA)
    files.path(DIGEST).write_bytes(b"")
    files.put(DATA)
    assert files.get(DIGEST) == DATA


def test_a_thumbnail_is_made_once_and_again_when_it_is_gone(files):
    made = []

    def make(data):
        made.append(data)
        return b"small"

    files.put(DATA)
    assert [files.small(DIGEST, make) for _ in range(3)] == [b"small"] * 3
    assert made == [DATA]
    for path in (files.folder / "thumbnails").rglob("*.jpg"):
        path.unlink()
    assert files.small(DIGEST, make) == b"small"
    assert made == [DATA, DATA]


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "photo_disk_full"), (errno.EACCES, "photo_not_kept")]
)
def test_a_disk_that_is_full_leaves_nothing_behind(files, monkeypatch, number, code):
    files.put(b"another one")
    before = all_files(files)

    def full(_handle):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ServiceMissing) as caught:
        files.put(DATA)
    assert caught.value.code == code
    assert str(files.folder) in caught.value.message
    assert all_files(files) == before


def test_a_file_is_on_the_disk_before_it_has_its_name(files, monkeypatch):
    there_when_synced = []
    synced = os.fsync

    def watched(handle):
        there_when_synced.append(files.path(DIGEST).exists())
        synced(handle)

    monkeypatch.setattr(os, "fsync", watched)
    files.put(DATA)
    assert there_when_synced == [False, True, True]


@pytest.mark.parametrize("now", [b"garbage", b"", b"small" + b"0" * 32])
def test_a_thumbnail_that_was_changed_is_made_again(files, now):
    files.put(DATA)
    files.small(DIGEST, lambda data: b"small")
    (path,) = (files.folder / "thumbnails").rglob("*.jpg")
    path.write_bytes(now)
    assert files.small(DIGEST, lambda data: b"anew") == b"anew"
    assert files.small(DIGEST, lambda data: b"never") == b"anew"


@pytest.mark.skipif(os.name != "posix", reason="Windows makes no such links")
def test_a_thumbnail_that_is_a_link_to_something_else_is_made_again(files, tmp_path):
    other = tmp_path / "other"
    other.write_bytes(b"somebody's letter")
    files.put(DATA)
    files.small(DIGEST, lambda data: b"small")
    (path,) = (files.folder / "thumbnails").rglob("*.jpg")
    path.unlink()
    path.symlink_to(other)
    assert files.small(DIGEST, lambda data: b"small") == b"small"
    assert other.read_bytes() == b"somebody's letter"


@pytest.mark.parametrize("place", ["", DIGEST[:2]])
def test_a_file_where_a_folder_should_be_is_said(tmp_path, place):
    folder = tmp_path / "photos"
    if place:
        folder.mkdir()
    (folder / place).write_text("a file")
    with pytest.raises(ServiceMissing) as caught:
        PhotoFiles(folder).put(DATA)
    assert caught.value.code == "photo_not_kept"
