"""The digits of marking: the row, the number pad, and those of the answer that a severity gives."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.defects import Mark, load_defects
from tests.fakes.marking import page, press
from tradein_app.viewmodels.mark_digits import severity_digits


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
