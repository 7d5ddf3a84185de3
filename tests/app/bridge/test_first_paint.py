"""Work begins after the first picture, and also where there is none."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QMainWindow

from tradein_app.bridge import first_paint
from tradein_app.bridge.first_paint import FirstPaint

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Window(QMainWindow):
    def __init__(self):
        super().__init__()
        self.setCentralWidget(QLabel("A window"))
        self.story: list[str] = []

    def paintEvent(self, event):  # noqa: N802 - Qt's name
        super().paintEvent(event)
        self.story.append("paint")


def test_it_tells_once_after_the_first_paint(qtbot):
    window = Window()
    qtbot.addWidget(window)
    first = FirstPaint(window)
    first.painted.connect(lambda: window.story.append("painted"))
    with qtbot.waitSignal(first.painted, timeout=5000):
        window.show()
    window.update()
    qtbot.waitUntil(lambda: window.story.count("paint") > 1)
    assert window.story[:2] == ["paint", "painted"]
    assert window.story.count("painted") == 1


def test_a_window_that_is_never_painted_does_not_hold_the_work_up(qtbot, monkeypatch):
    monkeypatch.setattr(first_paint, "PATIENCE_MS", 20)
    window = Window()
    qtbot.addWidget(window)
    first = FirstPaint(window)
    with qtbot.waitSignal(first.painted, timeout=5000):
        pass
    assert window.story == []
