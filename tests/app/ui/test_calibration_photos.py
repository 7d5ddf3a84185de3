"""The photos of a reference phone stand beside what a round found, and nowhere before its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.app.ui.test_calibration_window import ALT, CTRL, Grader
from tests.app.ui.test_photos_side import PhotoCounter
from tests.fakes.photos import a_photo
from tradein_app.services.records import THE_PERSON

pytestmark = pytest.mark.gui


@pytest.fixture
def counter(qtbot, tmp_path: Path) -> Iterator[PhotoCounter]:
    made = PhotoCounter(tmp_path)
    yield made
    made.close()


@pytest.fixture
def grader(counter: PhotoCounter) -> Grader:
    """Return a grader at a shop whose one reference phone has a photo."""
    counter.open_question("screen_scratches")
    counter.add(a_photo())
    counter.answer_all()
    desk, key = counter.shop.desk, counter.bench.record_id
    assert key is not None
    desk.decline(key, actor=THE_PERSON)
    desk.take_reference(key, "Ours", "OURS-01", actor=THE_PERSON)
    return Grader(counter)


def finish(grader: Grader) -> None:
    grader.press(Qt.Key.Key_1)
    grader.press(Qt.Key.Key_Return, CTRL)
    grader.press(Qt.Key.Key_Return, CTRL)
    assert grader.page == "findings"


def test_they_are_seen_after_the_round_and_not_before(grader: Grader):
    grader.begin("OURS-01")
    assert grader.round.photos == ()
    finish(grader)
    shown = grader.window.findings.photos
    assert shown.isVisible()
    (picture,) = shown._pictures.values()
    assert not picture.pixmap().isNull()
    assert shown._gone.isHidden()


def test_a_photo_that_is_not_in_this_shop_is_said_to_be_so(grader: Grader, counter: PhotoCounter):
    for path in counter.files.folder.rglob("*"):
        if path.is_file():
            path.unlink()
    counter.bench.photos._thumbs.clear()
    grader.begin("OURS-01")
    finish(grader)
    assert grader.window.findings.photos._gone.text() == "Not in this shop: 1 of 1."


def test_a_reference_without_photos_leaves_the_room_to_the_list(grader: Grader, counter: PhotoCounter):
    counter.shop.desk.import_practice_calibration(actor=THE_PERSON)
    grader.begin("PRACTICE-01")
    finish(grader)
    assert grader.window.findings.photos.isHidden()
    grader.press(Qt.Key.Key_2, ALT)
    assert grader.page == "agreement"
