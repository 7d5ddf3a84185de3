"""Defects on the outline, by keyboard and mouse: they answer, they go back, and a restart forgets nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.defects import Mark, load_defects
from diagnostics.model import LockState
from tests.fakes.windows import Counter, gone, phone_of, read_iphone
from tradein_app.ui.main_window import MainWindow
from tradein_app.ui.theme import Theme
from tradein_app.viewmodels.mark_digits import severity_digits
from tradein_app.viewmodels.notices import Notice


@pytest.fixture
def phone() -> Any:
    return phone_of(read_iphone("A"))


@pytest.fixture
def panel(counter: Any, phone: Any) -> Any:
    counter.plug(phone)
    return counter.show_window(size=(1360, 860)).parts.checklist


def press(counter: Any, panel: Any, keys: str) -> None:
    for key in keys:
        QTest.keyClick(panel, Qt.Key(ord(key.upper())))
    counter.settle()


def page(counter: Any, number: int) -> None:
    counter.bench.checklist.go_to_page(number)
    counter.settle()


def test_a_dent_is_marked_by_five_digits_and_answers_its_question(counter: Any, panel: Any):
    page(counter, 5)
    press(counter, panel, "d1422")
    (mark,) = counter.bench.record.marks
    assert (mark.face, mark.kind, mark.severity, mark.size_mm) == ("left", "dent", "dent", 1.0)
    assert counter.bench.record.answers == {"frame_dents": "one_tiny"}
    assert not panel.marking.active
    assert "Left edge: Dent, up to 1 mm" in panel._hint.whole
    assert (
        panel._row(counter.bench.checklist.checklist.question("frame_dents"))._origin.text()
        == "marked: Dent, up to 1 mm"
    )


def test_a_second_dent_makes_the_answer_worse_and_its_removal_better_again(counter: Any, panel: Any):
    page(counter, 5)
    press(counter, panel, "d1422d2523")
    assert counter.bench.record.answers == {"frame_dents": "few_small"}
    press(counter, panel, "d")
    QTest.keyClick(panel, Qt.Key.Key_Delete)
    counter.settle()
    assert counter.bench.record.answers == {"frame_dents": "one_tiny"}
    assert len(counter.bench.record.marks) == 1


def test_what_is_marked_after_an_answer_counts_and_says_so_until_it_is_removed(counter: Any, panel: Any):
    page(counter, 4)
    press(counter, panel, "c")
    before = dict(counter.bench.record.answers)
    assert before["back_scratches"] == "none"
    page(counter, 4)
    press(counter, panel, "d914")
    assert counter.bench.record.answers["back_scratches"] == "visible"
    row = panel._row(counter.bench.checklist.checklist.question("back_scratches"))
    assert row._origin.text() == "marked: Scratch"
    assert (
        row._against.text()
        == "! It was answered: \u2713 None. The mark counts until it is removed (D, then Del)."
    )
    assert row._against.isVisible()
    counter.bench.checklist.go_to_question("back_scratches")
    press(counter, panel, "1")
    assert panel._hint.whole == "Remove the mark first: D, then Del. Marked: Scratch."
    assert counter.bench.record.answers["back_scratches"] == "visible"
    press(counter, panel, "d")
    QTest.keyClick(panel, Qt.Key.Key_Delete)
    counter.settle()
    assert dict(counter.bench.record.answers) == before
    assert not row._against.isVisible()


def test_undo_goes_back_over_pages_marks_and_a_restart(qapp: QApplication, tmp_path: Path, phone: Any):
    first: Any = Counter(tmp_path)
    first.open()
    first.plug(phone)
    panel = first.show_window().parts.checklist
    press(first, panel, "111")
    page(first, 5)
    press(first, panel, "d1422c")
    before = dict(first.bench.record.answers)
    assert before["frame_dents"] == "one_tiny"
    assert before["paint"] == "none"
    first.close()
    second: Any = Counter(tmp_path)
    second.open()
    second.plug(phone)
    assert dict(second.bench.record.answers) == before
    seen = []
    for _ in range(5):
        second.bench.undo()
        second.settle()
        seen.append(len(second.bench.record.answers))
    assert seen == [4, 3, 2, 1, 0]
    assert second.bench.record.marks == ()
    for _ in range(5):
        second.bench.redo()
    second.settle()
    assert dict(second.bench.record.answers) == before
    assert [str(step.how) for step in second.bench.record.steps] == ["answered"] * 5 + ["undone"] * 5 + [
        "redone"
    ] * 5
    second.close()


def test_a_new_answer_after_an_undo_leaves_nothing_to_redo(counter: Any, panel: Any):
    press(counter, panel, "11")
    counter.bench.undo()
    page(counter, 4)
    press(counter, panel, "1")
    counter.bench.redo()
    counter.settle()
    assert panel._hint.whole == "Nothing is left to redo."
    assert set(counter.bench.record.answers) == {"safety", "back_scratches"}


def test_a_click_on_a_side_opens_its_questions_and_a_second_one_marks_there(counter: Any, panel: Any):
    outline = panel._outline
    assert outline.isVisible()
    spot = outline.rects()["back"].center().toPoint()
    QTest.mouseClick(outline, Qt.MouseButton.LeftButton, pos=spot)
    counter.settle()
    assert counter.bench.checklist.page_number == 4
    spot = outline.rects()["back"].center().toPoint()
    QTest.mouseClick(outline, Qt.MouseButton.LeftButton, pos=spot)
    counter.settle()
    assert panel.marking.active
    press(counter, panel, "14")
    (mark,) = counter.bench.record.marks
    assert (mark.face, round(mark.x, 1), round(mark.y, 1)) == ("back", 0.5, 0.5)
    assert counter.bench.record.answers == {"back_scratches": "visible"}
    assert "Back: Scratch" in outline.accessibleName()


def test_backspace_goes_back_choice_by_choice_and_marks_nothing(counter: Any, panel: Any):
    page(counter, 2)
    press(counter, panel, "d512")
    assert panel.marking.step == "size"
    for step in ("severity", "kind", "place"):
        QTest.keyClick(panel, Qt.Key.Key_Backspace)
        assert panel.marking.step == step
    QTest.keyClick(panel, Qt.Key.Key_Backspace)
    counter.settle()
    assert not panel.marking.active
    assert counter.bench.record.marks == ()


def test_while_a_defect_is_marked_c_answers_nothing(counter: Any, panel: Any):
    page(counter, 5)
    press(counter, panel, "dc")
    assert counter.bench.record.answers == {}


def test_c_answers_every_surface_and_never_what_has_to_be_tried(counter: Any, panel: Any):
    tried = {"camera_picture", "buttons", "liquid", "sound", "radios_sensors", "safety", "clean", "wiped"}
    for number in range(1, 10):
        page(counter, number)
        press(counter, panel, "c")
    answers = counter.bench.record.answers
    assert not tried & set(answers)
    surfaces = {counter.bench.checklist.checklist.question(name).surface for name in answers}
    assert surfaces == {"screen", "back", "frame", "camera", "ports"}
    assert set(answers.values()) <= {"none", "nothing", "all_good", "original", "as_new"}


def test_the_cables_word_is_marked_and_a_better_answer_refused_with_a_sentence(counter: Any):
    reading = read_iphone("A")
    from dataclasses import replace
    from types import MappingProxyType

    from diagnostics.model import Evidence, Quality

    said = Evidence("FindMy", Quality.EXACT, "1", reading.evidence["identity.model"].at)
    proof = {**reading.evidence, "locks.find_my": said, "locks.account": said}
    locks = replace(reading.locks, find_my=LockState.ON, account=LockState.ON)
    counter.plug(phone_of(replace(reading, locks=locks, evidence=MappingProxyType(proof))))
    panel = counter.show_window(size=(1360, 860)).parts.checklist
    page(counter, 9)
    counter.bench.checklist.go_to_question("owner_lock")
    counter.settle()
    row = panel._row(counter.bench.checklist.current)
    assert row._origin.text().startswith("from the cable, ")
    assert row._answer.text() == "\u2717 An account is still signed in"
    press(counter, panel, "1")
    assert panel._hint.whole.startswith(
        "The phone says: \u2717 An account is still signed in. Sign out of iCloud, Google, Samsung or Mi on it, then"
    )
    assert "read it again: F5" in panel._hint.whole
    assert counter.bench.record.said == {}
    assert counter.bench.record.shown["owner_lock"] == "seen_on"
    press(counter, panel, "h")
    assert "USB: \u2717 An account is still signed in" in row._history.text()
    counter.bench.checklist.open({}, enabled=True)
    assert not counter.bench.checklist.history_shown


def test_h_says_who_answered_when_and_what_stood_there_before(counter: Any, panel: Any):
    page(counter, 4)
    press(counter, panel, "12")
    counter.bench.checklist.go_to_question("back_scratches")
    press(counter, panel, "3h")
    counter.bench.checklist.go_to_question("back_scratches")
    counter.settle()
    row = panel._row(counter.bench.checklist.current)
    lines = row._history.text().split("\n")
    assert len(lines) == 2
    assert "This computer's user: ✓ None → ! Light: not seen at 50\u00a0cm" in lines[0]
    assert "open → ✓ None" in lines[1]


def test_a_phone_unplugged_halfway_comes_back_to_the_same_page_with_everything(
    counter: Any, panel: Any, phone: Any
):
    page(counter, 5)
    press(counter, panel, "d1422")
    counter.plug(gone(phone))
    counter.plug(phone)
    assert counter.bench.checklist.page_number == 5
    assert counter.bench.checklist.answers == {"frame_dents": "one_tiny"}
    assert len(counter.bench.checklist.marks) == 1


def test_each_page_says_how_to_look(counter: Any, panel: Any):
    words = "Light 500–1000 lux · 50 cm, then 20 cm · tilt 45–90° · fingernail · about 7\u00a0s"
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


def test_escape_gives_a_defect_up_and_answers_nothing(counter: Any, panel: Any):
    page(counter, 2)
    press(counter, panel, "d51")
    assert panel.marking.active
    panel.window().handling.close_top()
    counter.settle()
    assert not panel.marking.active
    assert panel._scroll.isVisible()
    assert counter.bench.record.answers == {}


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


def test_beside_the_phone_is_no_side(counter: Any, panel: Any):
    QTest.mouseClick(panel._outline, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    counter.settle()
    assert counter.bench.checklist.page_number == 1
    assert not panel.marking.active


def test_after_a_mark_the_next_digit_answers_the_next_question_and_not_against_the_mark(
    counter: Any, panel: Any
):
    page(counter, 4)
    counter.bench.checklist.go_to_question("back_scratches")
    counter.settle()
    press(counter, panel, "d914")
    marked = counter.bench.record.answers["back_scratches"]
    assert counter.bench.checklist.current.id != "back_scratches"
    press(counter, panel, "1")
    assert counter.bench.record.answers["back_scratches"] == marked
    assert "back_scratches" not in counter.bench.record.said
    assert len(counter.bench.record.answers) > 1


def test_undo_and_redo_say_what_they_changed(counter: Any, panel: Any):
    page(counter, 4)
    counter.bench.checklist.go_to_question("back_scratches")
    counter.settle()
    press(counter, panel, "1")
    counter.bench.checklist.undo()
    assert panel._hint.whole.startswith("Undone: Scratches on the back: \u2713 None")
    counter.bench.checklist.redo()
    assert panel._hint.whole.startswith("Redone: Scratches on the back: \u2713 None")
    counter.settle()
    press(counter, panel, "d914")
    counter.bench.checklist.undo()
    assert panel._hint.whole.startswith("Undone: Back: Scratch, Seen at")


def test_esc_closes_the_history(counter: Any, panel: Any):
    press(counter, panel, "h")
    assert counter.bench.checklist.history_shown
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    counter.settle()
    assert not counter.bench.checklist.history_shown


@pytest.mark.parametrize("digit", range(1, 10))
def test_a_digit_of_the_number_pad_means_the_place_where_it_lies_on_the_pad(
    counter: Any, panel: Any, digit: int
):
    page(counter, 4)
    press(counter, panel, "d")
    QTest.keyClick(panel, Qt.Key(ord(str(digit))), Qt.KeyboardModifier.KeypadModifier)
    x, y = panel.marking.point
    rows = ("789", "456", "123")
    row, column = int(y * 3), int(x * 3)
    assert rows[row][column] == str(digit)
    assert panel.marking.by_pad


def test_along_an_edge_both_keys_mean_the_same_place(counter: Any, panel: Any):
    page(counter, 5)
    press(counter, panel, "d1")
    assert panel.marking.legend() == ""
    QTest.keyClick(panel, Qt.Key.Key_9, Qt.KeyboardModifier.KeypadModifier)
    assert panel.marking.point[1] > 0.9


def test_the_sheet_says_which_digits_are_which_keys(counter: Any, panel: Any):
    page(counter, 4)
    press(counter, panel, "d")
    assert panel._sheet._legend.text() == "Large: the row of digits. Small: the number pad."
    QTest.keyClick(panel, Qt.Key.Key_5, Qt.KeyboardModifier.KeypadModifier)
    QTest.keyClick(panel, Qt.Key.Key_Backspace)
    counter.settle()
    assert panel._sheet._legend.text() == "Large: the number pad. Small: the row of digits."


def test_a_severity_has_the_digit_of_the_answer_that_it_gives(counter: Any, panel: Any):
    page(counter, 2)
    press(counter, panel, "d51")
    shown = [button.words.split()[0] for button in panel._sheet._buttons]
    assert shown == ["2", "3", "4"]
    press(counter, panel, "1")
    assert panel.marking.step == "severity"
    press(counter, panel, "41")
    assert counter.bench.record.answers["screen_scratches"] == "nail_catches"
    question = counter.bench.checklist.checklist.question("screen_scratches")
    assert question.answers[4 - 1].id == "nail_catches"


@pytest.mark.parametrize("checklist", ["phone-1", "tablet-1"])
def test_every_kind_with_severities_has_the_digits_of_its_questions_answers(checklist: str):
    defects, questions = load_defects(checklist), load_checklist(checklist)
    assert defects is not None
    for kind in defects.kinds:
        rule = next(rule for rule in defects.rules if kind.id in rule.kinds)
        ids = [answer.id for answer in questions.question(rule.question).answers]
        size = min(defects.sizes) if kind.sized else None
        for severity, digit in zip(kind.severities, severity_digits(defects, kind, questions), strict=True):
            mark = Mark("m", kind.faces[0], 0.5, 0.5, kind.id, severity.id, size)
            assert ids[digit - 1] == defects.answers([mark])[rule.question]


def test_c_after_a_defect_answers_the_rest_and_says_that_the_defect_stays(counter: Any, panel: Any):
    page(counter, 5)
    assert panel._clean.text() == "C   No visible defect on this page"
    press(counter, panel, "d1422")
    page(counter, 5)
    assert panel._clean.text() == "C   No other visible defect"
    press(counter, panel, "c")
    assert counter.bench.record.answers["frame_dents"] == "one_tiny"
    assert counter.bench.record.answers["frame_scratches"] == "none"
    assert panel._hint.whole == "C answered the rest of page 5; what was found there stays."
    page(counter, 5)
    press(counter, panel, "c")
    assert panel._hint.whole == "C takes no defect back: D, then Del, removes a mark."
    assert counter.bench.record.answers["frame_dents"] == "one_tiny"


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


def test_d_in_the_quote_marks_a_defect_and_takes_the_keys_along(counter: Any, panel: Any):
    page(counter, 4)
    quote = panel.window().parts.quote
    quote.take_focus()
    assert panel.window().focusWidget() is quote
    QTest.keyClick(quote, Qt.Key.Key_D)
    counter.settle()
    assert panel.marking.active
    assert panel.window().focusWidget() is panel
    press(counter, panel, "914")
    assert counter.bench.record.answers == {"back_scratches": "visible"}


def test_a_key_before_the_panels_are_there_is_answered_by_a_word(qapp: QApplication):
    window = MainWindow(Theme())
    QTest.keyClick(window, Qt.Key.Key_1)
    assert "Starting: type again in a moment" in [
        each.text() for each in window.action_bar.findChildren(QLabel)
    ]
    window.deleteLater()
