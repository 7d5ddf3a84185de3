"""Photos in the process beside the window: kept, shown, found in folders, and never before an answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from diagnostics.errors import BadInput
from tests.fakes.backrooms import HeardBackroom, a_config
from tests.fakes.photos import a_bomb, a_photo
from tests.fakes.shops import a_reading
from tradein_app.backroom.photo_desk import RemotePhotos
from tradein_app.services.photo_records import PhotoSource
from tradein_app.services.records import THE_PERSON

FILE = PhotoSource.FILE


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[HeardBackroom]:
    made = HeardBackroom(a_config(tmp_path))
    made.start()
    yield made
    made.stop()
    assert not made.reports


def test_a_photo_goes_all_the_way(heard, tmp_path):
    photos = RemotePhotos(heard.backroom)
    record = heard.desk.take_in(a_reading(), actor=THE_PERSON)
    picture = photos.keep(a_photo((1600, 1200)))
    added = photos.add(record.id, "back_scratches", picture, source=FILE, actor=THE_PERSON)
    assert added == photos.photos(record.id)
    assert len(photos.thumbnail(picture.digest)) < len(photos.picture(picture.digest))
    assert photos.remove(added.own[0].id, actor=THE_PERSON).own == ()
    with pytest.raises(BadInput, match="200 megapixels"):
        photos.keep(a_bomb())


def test_a_watched_folder_tells_what_came(heard, tmp_path):
    photos, folder = RemotePhotos(heard.backroom), tmp_path / "dcim"
    assert photos.arrivals(folder).away
    folder.mkdir()
    photos.arrivals(folder)
    (folder / "IMG_1.jpg").write_bytes(a_photo())
    assert [photos.arrivals(folder).files for _ in range(3)] == [(), (folder / "IMG_1.jpg",), ()]


def test_an_answer_does_not_wait_for_photos(heard, tmp_path):
    """Six photos of twelve megapixels are on their way; an answer that had to wait for them would come after them."""
    photos = RemotePhotos(heard.backroom)
    record = heard.desk.take_in(a_reading(), actor=THE_PERSON)
    path = tmp_path / "large.jpg"
    path.write_bytes(a_photo((4000, 3000)))
    photos.keep(path)
    ended: list[float] = []

    def keep() -> None:
        photos.keep(path)
        ended.append(time.monotonic())

    threads = [threading.Thread(target=keep) for _ in range(6)]
    for thread in threads:
        thread.start()
    heard.desk.answer(record.id, {"back_scratches": "none"}, actor=THE_PERSON)
    answered = time.monotonic()
    for thread in threads:
        thread.join()
    assert answered < max(ended)
    assert sum(end < answered for end in ended) < 4


def test_a_photo_is_kept_by_the_next_process_when_one_dies(heard):
    photos = RemotePhotos(heard.backroom)
    picture = photos.keep(a_photo())
    heard.kill()
    assert photos.keep(a_photo()) == picture
    assert photos.picture(picture.digest)
    heard.reports.clear()
