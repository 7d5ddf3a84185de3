"""The checklist in the smallest window: what is seen of a question can be read."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.fakes.windows import phone_of, read_iphone
from tradein_app.viewmodels.notices import Notice


def is_cut_in_two(text: QLabel, viewport: QWidget) -> bool:
    """Return whether the edge of what is seen goes through a line of text."""
    middle = text.mapTo(viewport, QPoint(0, text.height() // 2)).y()
    half = text.fontMetrics().ascent() // 2
    return middle - half < viewport.height() < middle + half


@pytest.mark.parametrize("before", [1, 4, 8])
@pytest.mark.parametrize("page", range(1, 10))
def test_no_closed_question_is_cut_in_two_in_the_smallest_window(counter: Any, page: int, before: int):
    counter.plug(phone_of(read_iphone("A")))
    panel = counter.show_window(size=(1024, 640)).parts.checklist
    for number in (before, page):
        panel._model.go_to_page(number)
        counter.settle()
    closed = [row for row in panel._rows if row.answers is None]
    assert closed
    texts = [text for row in closed for text in row.findChildren(QLabel) if text.isVisible() and text.text()]
    viewport = panel._scroll.viewport()
    assert [text.text() for text in texts if is_cut_in_two(text, viewport)] == []


def test_a_hint_is_seen_in_the_smallest_window_and_moves_no_question(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    panel = counter.show_window(size=(1024, 640)).parts.checklist
    QApplication.processEvents()
    counter.settle()
    places = [(row.y(), row.height()) for row in panel._rows]
    assert not panel._foot.isVisible()
    panel._model.press_digit(5)
    counter.settle()
    assert panel._hint.isVisible()
    assert panel._hint.whole == "This question has 4 answers."
    assert panel.rect().contains(panel._foot.geometry())
    assert [(row.y(), row.height()) for row in panel._rows] == places


@pytest.mark.parametrize("page", [2, 4, 5])
def test_a_message_takes_no_room_from_the_answers_in_the_smallest_window(counter: Any, page: int):
    counter.plug(phone_of(read_iphone("A")))
    window = counter.show_window(size=(1024, 640))
    panel, messages, strip = window.parts.checklist, window.parts.messages, window.parts.strip
    panel._model.go_to_page(page)
    counter.settle()
    counter.bench.noticed.emit(Notice("warn", "A photo was not taken.", "Give it again."))
    counter.settle()
    assert messages.isVisible()
    assert not strip.isVisible()
    viewport = panel._scroll.viewport()
    answers = next(row.answers for row in panel._rows if row.answers is not None)
    for button in answers._buttons.values():
        place = button.mapTo(viewport, QPoint(0, button.height() - 1))
        assert viewport.rect().contains(place), button.words
    messages.dismiss()
    counter.settle()
    assert strip.isVisible()


def test_a_large_window_keeps_its_counts_beside_a_message(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    window = counter.show_window(size=(1360, 860))
    counter.bench.noticed.emit(Notice("warn", "A photo was not taken.", "Give it again."))
    counter.settle()
    assert window.parts.messages.isVisible()
    assert window.parts.strip.isVisible()


def test_all_questions_of_a_page_without_keys_of_its_own_are_seen_in_the_usual_window(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    panel = counter.show_window(size=(1360, 860)).parts.checklist
    assert panel._model.page_number == 1
    viewport = panel._scroll.viewport()
    for row in panel._rows:
        place = row.mapTo(viewport, QPoint(0, row.height() // 2))
        assert viewport.rect().contains(place), row.question.id


def test_a_question_has_the_room_that_its_short_answer_does_not_need(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    panel = counter.show_window(size=(1024, 640)).parts.checklist
    panel._model.go_to_page(2)
    counter.settle()
    row = panel._rows[0]
    text, answer = row._text, row._answer
    assert answer.text() == "open"
    assert answer.width() < row.width() // 5
    words = text.fontMetrics().horizontalAdvance(text.text())
    assert text.width() > row.width() * 3 // 4
    assert text.height() < 2 * text.fontMetrics().height() or words > text.width()


def test_no_gap_stands_between_an_open_question_and_how_to_look(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    panel = counter.show_window(size=(1360, 860)).parts.checklist
    row = panel._rows[0]
    assert row._help.isVisible()
    line = row._text.fontMetrics().height()
    assert row._help.y() - row._text.y() <= line + row.layout().spacing() + 2
