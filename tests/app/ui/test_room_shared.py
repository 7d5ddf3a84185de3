"""The panels keep their shares of the window whatever stands in them, and what room a short page leaves is used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.fakes.windows import Counter, phone_of, read_iphone
from tradein_app.ui.languages import install_language
from tradein_app.ui.main_window import _FOLDED_SIDES, MainWindow

SMALL, USUAL = (1024, 640), (1360, 860)


@pytest.fixture(params=["en", "fr"])
def spoken(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Counter]:
    translator = install_language(qapp, request.param)
    made = Counter(tmp_path, request.param)
    made.open()
    made.plug(phone_of(read_iphone("A")))
    yield made
    made.close()
    if translator is not None:
        qapp.removeTranslator(translator)


def opened(counter: Counter, size: tuple[int, int]) -> MainWindow:
    window = counter.show_window(size=size)
    rest(counter)
    return window


def rest(counter: Counter) -> None:
    QApplication.processEvents()
    counter.settle()
    QApplication.processEvents()


def shares(window: MainWindow) -> tuple[int, int]:
    left, _, right = window._columns.sizes()
    return left, right


def test_the_sides_of_a_small_window_have_their_room_beside_the_widest_answers(spoken: Counter):
    window = opened(spoken, SMALL)
    for page in range(1, 10):
        spoken.bench.checklist.go_to_page(page)
        rest(spoken)
        assert shares(window) == _FOLDED_SIDES


def test_a_window_that_is_made_small_gives_the_sides_their_room(spoken: Counter):
    window = opened(spoken, (1600, 860))
    window.resize(*SMALL)
    rest(spoken)
    assert shares(window) == _FOLDED_SIDES


def test_no_answer_is_cut_on_any_page_of_a_small_window(spoken: Counter):
    panel = opened(spoken, SMALL).parts.checklist
    for question in spoken.bench.checklist.checklist.questions:  # type: ignore[union-attr]
        spoken.bench.checklist.go_to_question(question.id)
        rest(spoken)
        (row,) = (each for each in panel._rows if each.answers is not None)
        for button in row.answers.findChildren(QPushButton):  # type: ignore[union-attr]
            lines = button.text().replace("&&", "&").split("\n")
            room = button.width() - 2 * 13
            assert max(map(button.fontMetrics().horizontalAdvance, lines)) <= room, button.text()


def test_asking_whether_to_buy_moves_no_panel(spoken: Counter):
    spoken.bench.devices.select(0)
    spoken.settle()
    spoken.answer_all()
    window = opened(spoken, SMALL)
    before = shares(window)
    window.parts.quote.press_primary()
    rest(spoken)
    bar = window.parts.quote._bar
    assert bar.kind == "accept"
    assert shares(window) == before
    for button in (bar._yes, bar._no):
        assert button.fontMetrics().horizontalAdvance(button.text()) + 2 * 13 <= button.width()
    assert not bar._yes.geometry().intersects(bar._no.geometry())


def test_pages_are_named_in_a_window_of_the_usual_size(spoken: Counter):
    tabs = opened(spoken, USUAL).parts.checklist._tabs
    for button in tabs._buttons.values():
        number, name = button.text().split("\n")
        assert number[0].isdigit()
        assert button.fontMetrics().horizontalAdvance(name) + 2 * 4 <= button.width(), name


def test_the_grade_above_the_questions_is_said_in_fewer_words_before_it_is_cut(spoken: Counter):
    panel = opened(spoken, USUAL).parts.checklist
    assert panel._grade.isVisible()
    assert panel._grade.text()
    assert "…" not in panel._grade.text()
    assert panel._grade.whole.startswith(panel._grade.text())


def test_pages_have_their_numbers_alone_where_not_all_names_fit(spoken: Counter):
    tabs = opened(spoken, SMALL).parts.checklist._tabs
    assert [button.text() for button in tabs._buttons.values()] == [str(page) for page in range(1, 10)]


@pytest.mark.parametrize("size", [SMALL, USUAL])
def test_a_bar_leads_to_questions_never_to_empty_room(spoken: Counter, size: tuple[int, int]):
    panel = opened(spoken, size).parts.checklist
    seen = set()
    for page in range(1, 10):
        spoken.bench.checklist.go_to_page(page)
        rest(spoken)
        hidden = panel._rows[-1].geometry().bottom() >= panel._scroll.height()
        assert panel._scroll.verticalScrollBar().isVisible() is hidden, page
        seen.add(hidden)
    assert seen == {False, True}


@pytest.mark.parametrize("size", [SMALL, USUAL])
def test_the_last_question_hides_no_question_for_which_there_is_room(spoken: Counter, size: tuple[int, int]):
    panel = opened(spoken, size).parts.checklist
    for page in range(1, 10):
        spoken.bench.checklist.go_to_page(page)
        for question in list(spoken.bench.checklist.questions):
            spoken.bench.checklist.go_to_question(question.id)
            rest(spoken)
        bar, last = panel._scroll.verticalScrollBar(), panel._rows[-1]
        assert bar.value() <= last.y()
        assert last.geometry().bottom() < bar.value() + panel._scroll.viewport().height()
        for row in panel._rows:
            fits = last.geometry().bottom() - row.y() < panel._scroll.height()
            assert (row.y() >= bar.value()) is fits, (page, row.question.id)


def test_a_short_page_says_below_its_questions_what_the_keys_do_and_a_long_one_does_not(spoken: Counter):
    window = opened(spoken, USUAL)
    panel = window.parts.checklist
    assert panel._keys.isVisible()
    assert panel._keys.y() > panel._rows[-1].geometry().bottom()
    assert panel._keys.geometry().bottom() <= panel._scroll.viewport().height()
    assert {"en": "Enter", "fr": "Entrée"}[spoken.language] in panel._keys.text()
    spoken.bench.checklist.go_to_page(3)
    rest(spoken)
    assert not panel._keys.isVisible()
    spoken.bench.checklist.go_to_page(1)
    rest(spoken)
    assert panel._keys.isVisible()
    window.resize(*SMALL)
    rest(spoken)
    assert not panel._keys.isVisible()


def test_the_keys_that_are_said_do_what_is_said(spoken: Counter):
    panel = opened(spoken, USUAL).parts.checklist
    panel.take_focus()
    model = spoken.bench.checklist
    QTest.keyClick(panel, Qt.Key.Key_1)
    first = model.questions[0].id
    assert model.answers[first] == model.questions[0].answers[0].id
    model.go_to_question(first)
    QTest.keyClick(panel, Qt.Key.Key_Backspace)
    assert first not in model.answers
