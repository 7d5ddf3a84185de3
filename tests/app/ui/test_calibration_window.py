"""Graders re-grade reference phones by keyboard alone, blind, and see what they found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTableView, QWidget

from diagnostics.errors import ServiceMissing
from tests.fakes.windows import CLEAR, Counter, phone_of, read_iphone
from tradein_app.services.calibration_practice import practice_set
from tradein_app.services.calibration_records import RoundRecord
from tradein_app.services.records import THE_PERSON
from tradein_app.ui.calibration_window import CalibrationWindow
from tradein_app.ui.elided import ElidedLabel

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


class Grader:
    """A person with a keyboard at the window of calibration."""

    def __init__(self, counter: Counter, size: tuple[int, int] = (1080, 760)) -> None:
        self.counter = counter
        self.main = counter.show_window()
        self.main.activateWindow()
        QTest.keyClick(self.main, Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
        counter.settle()
        assert self.main.handling.calibration is not None
        self.window: CalibrationWindow = self.main.handling.calibration
        self.first_size = self.window.size()
        self.window.resize(*size)
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            self.counter.settle()
            self.window.model.bench.pacer.finish()
            QApplication.processEvents()

    def press(self, key: Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        focused: QWidget | None = self.window.focusWidget()
        QTest.keyClick(self.window if focused is None else focused, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.window.focusWidget(), text)

    def begin(self, code: str, grader: str = "Ana") -> None:
        if not self.window.start.grader.text():
            self.type(grader)
            self.press(Key.Key_Return)
        self.type(code)
        self.press(Key.Key_Return)

    def answer_all(self, code: str, **different: str) -> None:
        """Answer every question by the digit of the answer that holds, but for those that differ."""
        rows = next(row for row in practice_set()["references"] if row["code"] == code)["answers"]
        truth = {question: row["answer"] for question, row in rows.items()} | different
        model = self.window.model.bench.checklist
        assert model.checklist is not None
        for page in model.checklist.pages:
            for question in page.questions:
                if question.id in truth and not question.number:
                    model.go_to_question(question.id)
                    place = [answer.id for answer in question.answers].index(truth[question.id])
                    self.window.round.panel.take_focus()
                    QTest.keyClick(self.window.round.panel, Key(Key.Key_1 + place))
        self.settle()

    @property
    def page(self) -> str:
        """The page that is shown, by its attribute's name."""
        shown = self.window._pages.currentWidget()
        names = ("start", "round", "findings", "agreement")
        return next(name for name in names if getattr(self.window, name) is shown)

    @property
    def round(self) -> RoundRecord:
        record = self.window.model.round
        assert record is not None
        return record

    def said(self) -> str:
        return self.window.messages.text()


@pytest.fixture
def grader(counter: Counter) -> Grader:
    counter.shop.desk.import_practice_calibration(actor=THE_PERSON)
    return Grader(counter)


def test_the_window_opens_no_larger_than_the_screen_where_it_may(grader: Grader):
    room, least = grader.window.screen().availableGeometry(), grader.window.minimumSize()
    assert grader.first_size.width() <= max(room.width(), least.width())
    assert grader.first_size.height() <= max(room.height(), least.height())


def test_a_round_by_keyboard_alone_from_the_sticker_to_the_findings(grader: Grader, counter: Counter):
    grader.begin("practice-02")
    assert grader.page == "round"
    grader.answer_all("PRACTICE-02", frame_scratches="visible")
    grader.press(Key.Key_Return, CTRL)
    assert grader.page == "findings"
    said = grader.window.findings.text()
    assert "graded by Ana" in said
    first = grader.window.findings.table.rows.rows[0]
    assert first[0] == "Scratches on the frame"
    assert first[3:] == ("✗ more than one step too bad", "✗ changes it")
    assert "Another grade: Fair instead of" in said
    grader.press(Key.Key_Return)
    assert grader.page == "start"
    assert counter.shop.desk.calibration_agreement().rounds == 1


def test_every_answer_is_saved_as_it_is_given_and_can_be_taken_back(grader: Grader, counter: Counter):
    grader.begin("PRACTICE-01")
    grader.press(Key.Key_2)
    record = grader.round
    assert counter.shop.desk.calibration_round(record.id).answers == {"safety": "lifted_screen"}
    grader.press(Key.Key_Z, CTRL)
    assert counter.shop.desk.calibration_round(record.id).answers == {}


def test_nothing_of_the_reference_and_no_grade_is_told_before_the_end(grader: Grader, counter: Counter):
    other = counter.shop.desk.begin_round("PRACTICE-02", "Ben", actor=THE_PERSON)
    counter.shop.desk.answer_round(other.id, {"screen_scratches": "nail_catches"}, actor=THE_PERSON)
    grader.begin("PRACTICE-02")
    assert grader.window.model.bench.checklist.answers == {}
    assert grader.window.round.panel._grade.whole == ""
    assert grader.round.comparison is None


def test_a_round_left_half_is_shown_and_gone_on_with(grader: Grader):
    grader.begin("PRACTICE-01")
    grader.press(Key.Key_1)
    grader.press(Key.Key_1)
    grader.press(Key.Key_Escape)
    assert grader.page == "start"
    assert "Ana (2)" in grader.window.start.table.text()
    grader.begin("PRACTICE-01")
    assert set(grader.window.model.bench.checklist.answers) == {"safety", "clean"}


def test_finishing_with_questions_open_is_asked_once_more(grader: Grader):
    grader.begin("PRACTICE-01")
    grader.press(Key.Key_1)
    grader.press(Key.Key_Return, CTRL)
    assert "questions are open still" in grader.said()
    assert grader.page == "round"
    grader.press(Key.Key_Return, CTRL)
    assert grader.page == "findings"
    assert grader.said() == ""
    text = grader.window.findings.text()
    listed = grader.window.findings.table.rows.rowCount()
    assert listed > 1
    assert f"1 of 1 answers agree, 1 within one step, {listed - 1} not answered" in text


def test_an_empty_sticker_is_said_and_esc_closes_the_page_of_agreement(grader: Grader, counter: Counter):
    grader.begin("")
    assert "sticker first" in grader.said()
    grader.press(Key.Key_Escape)
    assert grader.window.isVisible(), "Esc took the message away first"
    finish_rounds(counter)
    grader.press(Key.Key_2, ALT)
    grader.press(Key.Key_Escape)
    assert not grader.window.isVisible()


def test_a_code_that_no_phone_has_is_said_and_what_was_typed_stays(grader: Grader):
    grader.begin("NOBODY")
    assert "No reference phone has the code NOBODY" in grader.said()
    assert grader.window.start.code.text() == "NOBODY"


def test_answers_wait_while_the_database_cannot_be_used(grader: Grader, counter: Counter, monkeypatch):
    assert counter.window is not None
    grader.begin("PRACTICE-01")
    record = grader.round
    desk = counter.shop.desk

    def away(*_: object, **__: object) -> None:
        raise ServiceMissing("The database is away.", "Wait.", "database_away", place="x")

    with monkeypatch.context() as patch:
        patch.setattr(desk, "answer_round", away)
        grader.press(Key.Key_1)
        grader.press(Key.Key_1)
        assert "away" in grader.said()
        assert "2 not saved yet" in grader.window.round._figures.text()
        assert "2 answers wait to be saved" in counter.window.parts.messages.text()
    counter.bench.saving._on_retry()
    grader.settle()
    assert set(desk.calibration_round(record.id).answers) == {"safety", "clean"}
    assert "not saved" not in grader.window.round._figures.text()


def test_sets_come_from_files_and_go_to_files(grader: Grader, tmp_path: Path):
    model = grader.window.model
    model.export("Practice", tmp_path / "set.json")
    grader.settle()
    document = json.loads((tmp_path / "set.json").read_text(encoding="utf-8"))
    assert document["name"] == "Practice"
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    model.import_file(tmp_path / "bad.json")
    grader.settle()
    assert "is not JSON" in grader.said()
    model.import_file(tmp_path / "set.json")
    grader.settle()
    assert "5 as they were" in grader.said()
    model.export("Practice", tmp_path / "no" / "set.json")
    grader.settle()
    assert "cannot be written" in grader.said()


def test_the_shown_phone_becomes_a_reference_when_it_is_closed(grader: Grader, counter: Counter):
    grader.press(Key.Key_T, CTRL)
    assert "made of a closed inspection" in grader.said()
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all()
    assert counter.bench.record_id is not None
    counter.shop.desk.decline(counter.bench.record_id, actor=THE_PERSON)
    counter.bench.saving.reload(counter.bench.record_id)
    grader.settle()
    grader.press(Key.Key_T, CTRL)
    grader.type("SHOP-01")
    grader.press(Key.Key_Return)
    assert "SHOP-01 is a reference phone now: iPhone 13" in grader.said()
    assert "SHOP-01" in grader.window.start.table.text()


def finish_rounds(counter: Counter, count: int = 6) -> None:
    desk = counter.shop.desk
    for number in range(count):
        begun = desk.begin_round("PRACTICE-01", f"G{number % 2}", actor=THE_PERSON)
        desk.answer_round(
            begun.id,
            CLEAR | {"battery_settings": 91, "paint": "visible" if number < 4 else "none"},
            actor=THE_PERSON,
        )
        desk.finish_round(begun.id, actor=THE_PERSON)
        counter.shop.clock.pass_days(20)


def test_agreement_shows_the_vaguest_question_first_with_a_trend_in_words(grader: Grader, counter: Counter):
    finish_rounds(counter)
    grader.press(Key.Key_2, ALT)
    page = grader.window.agreement
    assert page.text().startswith("6 finished rounds")
    first = page.questions.rows.rows[0]
    assert first[0] == "Loss of paint"
    assert first[1:4] == ("6", "33 % (2 of 6)", "33 % (2 of 6)")
    assert "2026-11: 0/1" in first[4]
    grader.press(Key.Key_W, CTRL)
    assert "2027-W09" in page.questions.rows.rows[0][4]
    image = page.questions.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert len(colours) > 3


@pytest.mark.parametrize("page", ["start", "round", "findings", "agreement"])
def test_no_word_is_cut_in_the_smallest_window(counter: Counter, page: str):
    counter.shop.desk.import_practice_calibration(actor=THE_PERSON)
    finish_rounds(counter)
    grader = Grader(counter, (1024, 640))
    if page in {"round", "findings"}:
        grader.begin("PRACTICE-04")
    if page == "findings":
        grader.press(Key.Key_Return, CTRL)
        grader.press(Key.Key_Return, CTRL)
    if page == "agreement":
        grader.press(Key.Key_2, ALT)
    assert grader.page == page
    for button in grader.window.findChildren(QPushButton):
        if button.isVisible() and button.property("role") != "page":
            assert button.width() >= button.sizeHint().width() - 1, button.text()
    for label in grader.window.findChildren(QLabel):
        if label.isVisible() and label.text() and not (isinstance(label, ElidedLabel) or label.wordWrap()):
            assert label.width() >= label.sizeHint().width() - 1, label.text()


def test_who_cannot_see_it_hears_every_name_and_every_trend(grader: Grader, counter: Counter):
    finish_rounds(counter)
    grader.press(Key.Key_2, ALT)
    table = grader.window.agreement.questions
    trend = table.rows.index(0, 4)
    assert "2026-11: 0/1" in trend.data(Qt.ItemDataRole.AccessibleTextRole)
    grader.press(Key.Key_Escape)
    grader.begin("PRACTICE-01")
    nameless = [
        type(widget).__name__
        for widget in grader.window.findChildren(QWidget)
        if widget.isVisible() and isinstance(widget, QPushButton | QTableView | QLineEdit)
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]
    assert nameless == []


def test_a_round_that_was_finished_at_another_bench_takes_no_more(grader: Grader, counter: Counter):
    grader.begin("PRACTICE-01")
    grader.press(Key.Key_1)
    counter.shop.desk.finish_round(grader.round.id, actor=THE_PERSON, as_it_is=True)
    grader.press(Key.Key_2)
    assert "finished; its answers stay" in grader.said()
    assert grader.window.model.bench.checklist.answers == {"safety": "ok"}
    grader.press(Key.Key_Return, CTRL)
    assert grader.page == "findings"
