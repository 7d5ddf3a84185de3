"""Photos in the window: beside their question, asked for where they are needed, large on a click."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from diagnostics.errors import UserError
from tests.fakes.photos import a_bomb, a_photo
from tests.fakes.windows import Counter, phone_of, read_iphone
from tradein_app.bridge.worker import Worker
from tradein_app.services.photo_door import PhotoDesk
from tradein_app.services.photo_pictures import Pictures
from tradein_app.services.photo_records import Photos
from tradein_app.services.photo_watching import Watching
from tradein_app.store.photo_files import PhotoFiles
from tradein_app.ui.photo_camera import CameraSheet
from tradein_app.ui.photo_handling import PhotoHandling
from tradein_app.viewmodels.settings import SettingsFile
from tradein_app.viewmodels.skipping import skipped_words

pytestmark = pytest.mark.gui


class PhotoCounter(Counter):
    """A counter that takes photos, with a phone on it."""

    def __init__(self, folder: Path, language: str = "en") -> None:
        super().__init__(folder, language)
        self.files = PhotoFiles(folder / "photos")
        self.workers = Worker("photos"), Worker("folder")
        for worker in self.workers:
            worker.start()
        self.open()
        door = PhotoDesk(self.shop.desk, Pictures(self.files), Watching())
        self.bench.photos.open(door, *self.workers)
        self.plug(phone_of(read_iphone()))
        self.show_window()

    @property
    def side(self) -> PhotoHandling:
        assert self.window is not None
        return self.window.handling.photos

    def open_question(self, question: str) -> None:
        self.bench.checklist.go_to_question(question)
        self.settle()

    def add(self, data: bytes, name: str = "IMG_1.jpg") -> None:
        from tradein_app.services.photo_records import PhotoSource

        path = self.folder / name
        path.write_bytes(data)
        self.bench.photos.add([path], PhotoSource.FILE)
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            super().settle()
            for worker in getattr(self, "workers", ()):
                done: list[bool] = []
                worker.submit(lambda done=done: done.append(True))
                while not done:
                    QApplication.processEvents()
                QApplication.processEvents()

    def close(self) -> None:
        self.bench.close()
        super().close()
        for worker in self.workers:
            worker.stop()


@pytest.fixture
def counter(qtbot, tmp_path) -> Iterator[PhotoCounter]:
    made = PhotoCounter(tmp_path)
    yield made
    made.close()


def test_a_photo_stands_under_its_question_and_under_no_other(counter):
    counter.open_question("screen_scratches")
    assert counter.side.strip.isHidden()
    counter.add(a_photo())
    assert counter.side.strip.isVisible()
    (name,) = counter.side.strip.names()
    assert "from a file" in name
    counter.open_question("back_scratches")
    assert counter.side.strip.isHidden()


def test_what_is_no_photo_is_said_and_nothing_is_added(counter):
    counter.open_question("screen_scratches")
    for data in (a_bomb(), b"%PDF", a_photo()[:-500]):
        counter.add(data)
    said = [notice.text for notice in counter.notices if notice.tone == "bad"]
    assert [words.split()[:4] for words in said] == [
        ["IMG_1.jpg:", "The", "photo", "has"],
        ["IMG_1.jpg:", "This", "file", "is"],
        ["IMG_1.jpg:", "The", "photo's", "file"],
    ]
    assert counter.bench.photos.here() == ()
    assert counter.bench.photos.adding == 0
    assert not counter.files.folder.exists()


def test_a_photo_is_asked_for_where_an_answer_sets_the_grade(counter):
    counter.answer_all(back_scratches="not_at_50cm")
    counter.open_question("back_scratches")
    assert counter.side.strip.text() == "! photo needed: this answer sets the grade"
    assert counter.side.count.text() == "1 photo missing"
    counter.add(a_photo())
    assert counter.side.strip.text() == "✓ photo taken"
    assert counter.side.count.isHidden()


def test_the_count_goes_to_what_is_missing(counter):
    counter.answer_all(back_scratches="visible", frame_scratches="visible")
    counter.open_question("screen_scratches")
    assert counter.side.count.text() == "2 photos missing"
    counter.side.count.click()
    assert counter.bench.photos.question == "back_scratches"
    counter.side.count.click()
    assert counter.bench.photos.question == "frame_scratches"


def test_a_phone_can_be_sold_without_any_photo(counter):
    counter.answer_all(back_scratches="visible")
    assert counter.bench.photos.missing()
    assert counter.bench.record is not None
    assert counter.bench.record.quote is not None
    count = counter.bench.photos.missing_count
    assert skipped_words(counter.bench.record, count) == "without 1 photo"


def test_files_that_are_dropped_are_added_to_the_open_question(counter, tmp_path):
    counter.open_question("frame_dents")
    (tmp_path / "IMG_7.jpg").write_bytes(a_photo())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "IMG_7.jpg"))])
    actions, buttons, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    panel = counter.window.parts.checklist
    enter = QDragEnterEvent(QPoint(5, 5), actions, data, buttons, none)
    QApplication.sendEvent(panel, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(panel, QDropEvent(QPointF(5, 5), actions, data, buttons, none))
    counter.settle()
    assert [photo.question for photo in counter.bench.photos.here()] == ["frame_dents"]


@pytest.mark.qt_log_ignore("propagateSizeHints")  # what Qt's offscreen screen says of every dialog
def test_f7_and_p_ask_for_files_and_take_what_is_chosen(counter, qtbot, tmp_path):
    counter.open_question("frame_dents")
    counter.window.parts.checklist.take_focus()
    qtbot.keyClick(counter.window.parts.checklist, Qt.Key.Key_P)
    dialog = counter.side.dialog
    assert dialog is not None
    (tmp_path / "IMG_8.jpg").write_bytes(a_photo())
    dialog.filesSelected.emit([str(tmp_path / "IMG_8.jpg")])
    dialog.reject()
    counter.settle()
    assert len(counter.bench.photos.here()) == 1


def test_a_click_shows_it_large_and_esc_closes_it(counter, qtbot):
    counter.open_question("frame_dents")
    for mark in range(3):
        counter.add(a_photo((1600, 1200), mark=mark))
    counter.side.view(1)
    counter.settle()
    viewer = counter.side.viewer
    assert viewer._title.text() == "Photo 2 of 3"
    assert viewer._picture.pixmap().width() > 400
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer._title.text() == "Photo 3 of 3"
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer._title.text() == "Photo 1 of 3"
    counter.window.handling.close_top()
    assert viewer.isHidden()


def test_del_takes_the_shown_photo_away_and_the_last_one_closes_the_viewer(counter, qtbot):
    counter.open_question("frame_dents")
    counter.add(a_photo())
    counter.side.view(0)
    counter.settle()
    qtbot.keyClick(counter.side.viewer, Qt.Key.Key_Delete)
    counter.settle()
    assert counter.bench.photos.here() == ()
    assert counter.side.viewer.isHidden()


def test_a_damaged_file_is_shown_as_such(counter):
    counter.open_question("frame_dents")
    counter.add(a_photo())
    (photo,) = counter.bench.photos.here()
    counter.files.path(photo.picture.digest).write_bytes(b"something else")
    counter.side.view(0)
    counter.settle()
    assert "changed or is damaged" in counter.side.viewer._problem.text()


def test_adding_the_same_photo_again_puts_a_damaged_file_right(counter):
    counter.open_question("frame_dents")
    counter.add(a_photo())
    (photo,) = counter.bench.photos.here()
    key = photo.picture.digest
    counter.files.path(key).unlink()
    counter.bench.photos._thumbs.clear()
    counter.bench.photos.thumb(key)
    counter.settle()
    assert counter.bench.photos.thumb(key).look == "broken"
    counter.add(a_photo(), "again.jpg")
    assert counter.bench.photos.thumb(key).look == "seen"
    assert counter.bench.photos.here() == (photo,)


def test_photos_of_an_earlier_inspection_stand_beside_and_cannot_be_taken_away(counter):
    counter.answer_all()
    counter.open_question("frame_dents")
    counter.add(a_photo())
    record = counter.bench.record_id
    counter.bench.decline()
    counter.settle()
    counter.shop.clock.pass_days(30)
    counter.bench.start_anew()
    counter.settle()
    assert counter.bench.record_id != record
    counter.open_question("frame_dents")
    (name,) = counter.side.strip.names()
    assert "earlier inspection" in name
    assert "22 Nov 2026" in name
    counter.side.view(0)
    counter.settle()
    assert counter.side.viewer._remove.isHidden()


def test_new_photos_of_the_watched_folder_wait_until_a_person_takes_them(counter, qtbot, tmp_path):
    folder = tmp_path / "dcim"
    folder.mkdir()
    counter.bench.photos.watch(folder)
    model = counter.bench.photos
    model._look()
    counter.settle()
    counter.open_question("frame_dents")
    (folder / "IMG_1.jpg").write_bytes(a_photo())
    for _ in range(2):
        model._look()
        counter.settle()
    assert [path.name for path in model.waiting] == ["IMG_1.jpg"]
    assert "1 new in the watched folder" in counter.side.strip.text()
    assert model.here() == ()
    counter.window.parts.checklist.take_focus()
    qtbot.keyClick(counter.window.parts.checklist, Qt.Key.Key_P)
    counter.settle()
    assert model.waiting == ()
    assert [photo.source for photo in model.here()] == ["folder"]
    assert (folder / "IMG_1.jpg").exists()


def test_a_photo_of_the_watched_folder_that_cannot_be_kept_waits_again(counter, tmp_path):
    """A full disk, for one: "make room and add it again" needs it to be offered."""
    folder = tmp_path / "dcim"
    folder.mkdir()
    model = counter.bench.photos
    model.watch(folder)
    (folder / "IMG_1.jpg").write_bytes(a_photo())
    (folder / "IMG_2.jpg").write_bytes(b"no photo")
    model.waiting = (folder / "IMG_1.jpg", folder / "IMG_2.jpg")
    counter.open_question("frame_dents")
    counter.files.folder.write_bytes(b"a file where the folder should be")
    for name in ("IMG_1.jpg", "IMG_2.jpg"):
        assert model.take_waiting(folder / name)
        counter.settle()
    assert [path.name for path in model.waiting] == ["IMG_1.jpg"]
    counter.files.folder.unlink()
    assert model.take_waiting()
    counter.settle()
    assert (model.waiting, len(model.here())) == ((), 1)


def test_without_qts_part_for_cameras_it_is_said_how_to_get_it(counter, monkeypatch):
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    counter.side.use_camera()
    assert "PySide6-Addons" in counter.notices[-1].hint


class FakeCamera:
    """Sees one green picture when it is started."""

    def __init__(self) -> None:
        self.running = False

    def start(self, seen) -> None:
        self.running = True
        image = QImage(320, 240, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.green)
        seen(image)

    def stop(self) -> None:
        self.running = False


def test_the_camera_gives_a_photo_and_is_let_go(counter, qtbot):
    counter.open_question("frame_dents")
    camera = FakeCamera()
    sheet = CameraSheet(counter.window.centralWidget(), camera, counter.bench.photos)
    sheet.open()
    assert camera.running
    qtbot.keyClick(sheet, Qt.Key.Key_Space)
    counter.settle()
    assert [photo.source for photo in counter.bench.photos.here()] == ["camera"]
    assert sheet.dismiss()
    assert not camera.running


def test_of_several_files_the_one_that_is_refused_is_named(counter):
    from tradein_app.services.photo_records import PhotoSource

    counter.open_question("frame_dents")
    for name, data in (("good.jpg", a_photo()), ("invoice.pdf", b"%PDF-1.7")):
        (counter.folder / name).write_bytes(data)
    counter.bench.photos.add([counter.folder / "good.jpg", counter.folder / "invoice.pdf"], PhotoSource.FILE)
    counter.settle()
    assert counter.notices[-1].text.startswith("invoice.pdf: ")
    assert len(counter.bench.photos.here()) == 1


def test_the_watched_folder_is_known_after_a_restart_and_off_until_one_is_chosen(counter, tmp_path):
    kept = SettingsFile(tmp_path / "home")
    model = counter.bench.photos
    model.remember(kept)
    assert model.folder is None
    folder = tmp_path / "dcim"
    folder.mkdir()
    model.watch(folder)
    again = SettingsFile(tmp_path / "home")
    assert again.now.photo_folder == str(folder)
    model._settings, model.folder = None, None
    model.remember(again)
    assert model.folder == folder
    model.watch(None)
    assert SettingsFile(tmp_path / "home").now.photo_folder == ""


def test_a_remembered_folder_that_is_gone_is_said_once(counter, tmp_path):
    kept = SettingsFile(tmp_path / "home")
    kept.change(photo_folder=str(tmp_path / "drive" / "dcim"))
    counter.bench.photos.remember(kept)
    for _ in range(3):
        counter.bench.photos._look()
        counter.settle()
    said = [notice.text for notice in counter.notices if "cannot be reached" in notice.text]
    assert len(said) == 1
    assert str(tmp_path / "drive" / "dcim") in said[0]


class FailingDoor(PhotoDesk):
    """The desk's process dies once while photos are looked up."""

    failures = 1

    def photos(self, inspection_id: str) -> Photos:
        if self.failures:
            self.failures -= 1
            raise UserError("The desk is away.", "It comes back.", "desk_away")
        return super().photos(inspection_id)


def test_what_could_not_be_looked_up_is_asked_again_with_the_next_answer(counter):
    model = counter.bench.photos
    model._door = FailingDoor(counter.shop.desk, Pictures(counter.files), Watching())
    model._photos = None
    counter.answer_all(back_scratches="visible")
    counter.answer_all(back_scratches="visible", frame_dents="one_tiny")
    counter.open_question("back_scratches")
    assert model.photos is not None
    assert counter.side.strip.text() == "! photo needed: this answer sets the grade"
