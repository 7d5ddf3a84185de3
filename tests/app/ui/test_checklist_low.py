"""The checklist in the smallest window: what is seen of a question can be read."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QWidget

from tests.fakes.windows import phone_of, read_iphone


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
    places = [row.geometry() for row in panel._rows]
    assert not panel._foot.isVisible()
    panel._model.press_digit(5)
    counter.settle()
    assert panel._hint.isVisible()
    assert panel._hint.whole == "This question has 4 answers."
    assert panel.rect().contains(panel._foot.geometry())
    assert [row.geometry() for row in panel._rows] == places
