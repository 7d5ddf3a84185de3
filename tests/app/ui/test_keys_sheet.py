"""The sheet of keys shows every word whole, in each language and size, and what has no room is scrolled to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.fakes.windows import Counter
from tradein_app.ui.keys_sheet import KeysSheet
from tradein_app.ui.languages import install_language
from tradein_app.ui.shortcuts import SHORTCUTS
from tradein_app.ui.tokens import Mode

SIZES = ((1024, 640), (1360, 860), (1920, 1080))


@pytest.fixture
def french(qapp: QApplication, tmp_path: Path) -> Iterator[Counter]:
    translator = install_language(qapp, "fr")
    assert translator is not None
    made = Counter(tmp_path, "fr")
    made.open()
    yield made
    made.close()
    qapp.removeTranslator(translator)


def opened(counter: Counter, size: tuple[int, int], mode: Mode = Mode.LIGHT) -> KeysSheet:
    window = counter.show_window(mode, size)
    QTest.keyClick(window, Qt.Key.Key_F1)
    counter.settle()
    assert window.handling.keys is not None
    return window.handling.keys


def cut(sheet: KeysSheet) -> list[str]:
    """Return the texts that have less room than they need."""
    found = []
    for label in sheet._content.findChildren(QLabel):
        high = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        wide = label.minimumSizeHint().width() if label.wordWrap() else label.sizeHint().width()
        right = label.mapTo(sheet._scroll.viewport(), QPoint(label.width(), 0)).x()
        if label.height() < high or label.width() < wide or right > sheet._scroll.viewport().width():
            found.append(label.text())
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK, Mode.CONTRAST])
def test_no_word_is_cut_in_french(french: Counter, size: tuple[int, int], mode: Mode):
    sheet = opened(french, size, mode)
    assert len(sheet._content.findChildren(QLabel)) >= 2 * len(SHORTCUTS)
    assert cut(sheet) == []


def test_no_word_is_cut_in_letters_half_as_large_again(french: Counter):
    usual = QLabel().fontMetrics().height()
    sheet = opened(french, SIZES[0])
    sheet.dismiss()
    sheet.setStyleSheet(f"QLabel {{ font-size: {round(usual * 1.1)}px; }}")
    sheet.open()
    french.settle()
    assert min(each.fontMetrics().height() for each in sheet._content.findChildren(QLabel)) > usual * 1.2
    assert cut(sheet) == []


def test_the_last_key_is_reached_by_keys(french: Counter):
    sheet = opened(french, SIZES[0])
    bar = sheet._scroll.verticalScrollBar()
    assert sheet._tip.isVisible()
    assert bar.maximum() > 0
    QTest.keyClick(sheet._scroll, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(sheet._scroll, Qt.Key.Key_Home)
    QTest.keyClick(sheet._scroll, Qt.Key.Key_PageDown)
    assert bar.value() > 0


def test_nothing_is_scrolled_where_there_is_room(french: Counter):
    sheet = opened(french, SIZES[2])
    assert sheet._scroll.verticalScrollBar().maximum() == 0
    assert not sheet._tip.isVisible()


def test_the_keyboard_goes_back_when_it_closes(french: Counter):
    sheet = opened(french, SIZES[1])
    window = french.window
    assert window is not None
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert sheet.isHidden()
    panel = window.parts.named(french.bench.panel)
    focused = window.focusWidget()
    assert focused is panel or panel.isAncestorOf(focused)
