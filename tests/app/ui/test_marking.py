"""Defects on the outline, by keyboard and mouse: they answer, they go back, and a restart forgets nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from diagnostics.model import LockState
from tests.fakes.marking import page, press
from tests.fakes.windows import Counter, gone, phone_of, read_iphone


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


def test_escape_gives_a_defect_up_and_answers_nothing(counter: Any, panel: Any):
    page(counter, 2)
    press(counter, panel, "d51")
    assert panel.marking.active
    panel.window().handling.close_top()
    counter.settle()
    assert not panel.marking.active
    assert panel._scroll.isVisible()
    assert counter.bench.record.answers == {}


def test_beside_the_phone_is_no_side(counter: Any, panel: Any):
    QTest.mouseClick(panel._outline, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    counter.settle()
    assert counter.bench.checklist.page_number == 1
    assert not panel.marking.active


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
