"""What is seen while a defect is marked: whole in every window, and nothing moves that a message does not need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from tests.fakes.marking import page, press
from tests.fakes.windows import Counter
from tradein_app.viewmodels.notices import Notice


def test_each_page_says_how_to_look(counter: Any, panel: Any):
    parts = ("Light 500–1000 lux", "50 cm, then 20 cm", "tilt 45–90°", "fingernail", "about 7 s")
    words = "\u00a0· ".join(part.replace(" ", "\u00a0") for part in parts)
    page(counter, 2)
    assert (panel._beside.text(), panel._looking.isVisible()) == (words, False)
    panel.window().resize(1024, 900)
    counter.settle()
    assert (panel._beside.isVisible(), panel._looking.whole) == (False, words)
    page(counter, 8)
    assert not panel._looking.isVisible()
    assert not panel._beside.isVisible()


@pytest.mark.parametrize("number", range(1, 10))
def test_a_large_window_shows_every_question_of_a_short_page(counter: Any, panel: Any, number: int):
    page(counter, number)
    if len(panel._rows) > 3:
        return
    room = panel._scroll.viewport().rect()
    for row in panel._rows:
        text = row._text
        middle = text.mapTo(panel._scroll.viewport(), text.rect().center())
        assert room.contains(middle), text.text()


@pytest.fixture
def one_and_a_half(qapp: QApplication) -> Iterator[None]:
    plain = qapp.font()
    large = QFont(plain)
    large.setPointSizeF(plain.pointSizeF() * 1.5)
    qapp.setFont(large)
    yield
    qapp.setFont(plain)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("keys", ["d5", "d51", "d512", "d52"])
def test_every_choice_is_seen_whole_in_the_smallest_window(
    qapp: QApplication, tmp_path: Path, phone: Any, keys: str, language: str
):
    seen_whole(Counter(tmp_path, language), phone, keys, (1024, 640))


@pytest.mark.usefixtures("one_and_a_half")
@pytest.mark.parametrize("keys", ["d5", "d51", "d512"])
@pytest.mark.parametrize("size", [(1024, 640), (1360, 860)])
def test_every_choice_is_seen_whole_with_letters_half_as_large_again(
    tmp_path: Path, phone: Any, keys: str, size: tuple[int, int]
):
    seen_whole(Counter(tmp_path), phone, keys, size)


def seen_whole(counter: Counter, phone: Any, keys: str, size: tuple[int, int]) -> None:
    counter.open()
    counter.plug(phone)
    panel = counter.show_window(size=size).parts.checklist
    try:
        page(counter, 2)
        press(counter, panel, keys)
        QApplication.processEvents()
        room = panel._sheet._scroll.viewport()
        buttons = panel._sheet._buttons
        assert len(buttons) == len(panel.marking.options())
        for button in buttons:
            place = QRect(button.mapTo(room, QPoint(0, 0)), button.size())
            assert room.rect().contains(place), (button.text(), place, room.rect())
            assert button.width() >= button.sizeHint().width(), button.text()
            assert button.height() >= button.fontMetrics().height() * len(button.text().splitlines())
    finally:
        counter.close()


def test_a_message_takes_no_outline_away_and_moves_no_photo_strip(counter: Any, panel: Any):
    page(counter, 4)
    assert panel._side.isVisible()
    counter.bench.noticed.emit(Notice("warn", "Something happened.", "Do something about it."))
    counter.settle()
    assert panel.window().parts.messages.isVisible()
    assert panel._side.isVisible()
    assert panel._roomy()


def test_a_closed_inspection_shows_its_outline_and_marks_nothing_more(counter: Any, panel: Any):
    page(counter, 4)
    press(counter, panel, "d914")
    counter.bench.decline()
    counter.settle()
    page(counter, 4)
    assert counter.bench.record.stage.closed
    assert panel._side.isVisible()
    assert "Back: Scratch" in panel._outline.accessibleName()
    assert panel._mark.isHidden()
    press(counter, panel, "d")
    assert not panel.marking.active
    assert len(counter.bench.record.marks) == 1


def test_what_is_scrolled_to_cuts_no_row_in_two_at_the_top(counter: Any, panel: Any):
    panel.window().resize(1024, 640)
    counter.settle()
    page(counter, 4)
    press(counter, panel, "d914")
    page(counter, 4)
    counter.bench.checklist.go_to_question("back_damage")
    counter.settle()
    QApplication.processEvents()
    top = panel._scroll.verticalScrollBar().value()
    assert not [row for row in panel._rows if row.y() < top < row.geometry().bottom()]
