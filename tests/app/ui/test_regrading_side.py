"""The grade's reasons, repairs and second looks in the window, and one phone under every standard."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.fakes.windows import Counter, phone_of, read_iphone
from tradein_app.ui.languages import install_language
from tradein_app.viewmodels.formatting import without_isolates

CLOSE = {"back_scratches": "not_at_50cm", "back_damage": "small_chip"}
WORN: dict[str, Any] = {
    **CLOSE,
    "frame_dents": "few_small",
    "display_fit": "compatible_flush",
    "screen_lit": "slightly_visible",
    "battery_settings": 83,
}


@pytest.fixture(params=["en", "fr"])
def speaking(qapp: QApplication, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Counter]:
    """Return a counter in each language, its window's texts translated."""
    translator = install_language(qapp, request.param)
    made = Counter(tmp_path, request.param)
    made.open()
    yield made
    made.close()
    if translator is not None:
        qapp.removeTranslator(translator)


def shown(counter: Any, model: str = "iPhone 15 Pro", **answers: Any) -> Any:
    window = counter.show_window()
    counter.plug(phone_of(read_iphone("A", model=model)))
    counter.answer_all(**answers)
    return window


def texts(widget: Any) -> list[str]:
    return [without_isolates(each.text()) for each in widget.findChildren(QLabel) if each.isVisible()]


def press(counter: Any, window: Any, key: Qt.Key) -> None:
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    counter.settle()


def test_the_card_says_whose_rule_caps_and_where_it_stands(counter: Any):
    window = shown(counter, frame_dents="few_small", back_damage="small_chip")
    card = window.parts.quote._grade
    labels = [each for each in card.findChildren(QLabel) if each.isVisible()]
    (public,) = [each for each in labels if each.text().endswith("(public rule)")]
    assert "Dents in the frame" in public.text()
    assert "help.backmarket.com" in public.toolTip()
    assert any(text.endswith("(our rule)") for text in texts(card))
    (still,) = counter.bench.grade().still
    assert still.startswith("Without “")
    assert "“Dents in the frame”" in still
    assert still.endswith(" alone: still fair")
    assert still.count("“") > 1
    assert counter.bench.grade().tone == "", "fair is not as green as premium"


def test_a_repair_has_one_line_with_its_amount_and_whether_it_pays(counter: Any):
    window = shown(counter, "iPhone 16 Pro Max", frame_scratches="visible")
    said = texts(window.parts.quote._grade._repairs)
    assert any(text.startswith("Good with polish of the frame (≈\u00a0€19.00)") for text in said)
    assert "✓ pays" in said
    assert "✗ does not pay" in said
    assert any(text.startswith("+€") for text in said)
    (line, *_) = counter.bench.grade().repairs
    assert "our assumption, set your own" in line.tip
    assert "step in the resale price" in line.tip


def test_two_equal_caps_are_repaired_together(counter: Any):
    shown(counter, "iPhone 16 Pro Max", frame_scratches="visible", buttons="worn_but_work")
    assert "one of them alone changes nothing" in counter.bench.grade().repairs[0].label


def test_a_phone_to_repair_first_says_what_is_left_for_it(counter: Any):
    window = shown(counter, front_crack="hairline")
    assert "✓ leaves for the phone" in texts(window.parts.quote._grade._repairs)
    assert "no price" not in window.parts.quote.text()


def test_what_no_repair_lifts_is_said(counter: Any):
    shown(counter, liquid="tripped")
    assert counter.bench.grade().no_repair == "No set of up to 3 repairs lifts it."


def test_a_second_look_is_asked_for_and_confirmed_by_key(counter: Any):
    window = shown(counter, **CLOSE)
    assert "Look again at the back" in window.parts.quote.text()
    assert counter.bench.quote().acceptable, "it holds no offer back"
    press(counter, window, Qt.Key.Key_B)
    assert counter.bench.grade().looks == ()
    assert "Looked again at the back: This computer's user, " in window.parts.quote.text()
    (kept,) = counter.shop.desk.inspection(counter.bench.record_id).looked_again
    assert kept.look.surface == "back"
    press(counter, window, Qt.Key.Key_B)
    assert "No surface" in counter.notices[-1].text


def test_no_second_look_is_asked_for_while_its_surface_has_open_questions(counter: Any):
    marked = {
        "screen_scratches": "tilt_only",
        "screen_edge_chips": "one_small",
        "screen_scratch_count": "up_to_10",
    }
    shown(counter, **marked, pixels=None)
    assert counter.bench.record.answers["screen_edge_chips"] == "one_small"
    assert counter.bench.grade().looks == ()
    best = next(iter(counter.bench.checklist.checklist.question("pixels").answers)).id
    counter.answer_all(**marked, pixels=best, frame_dents=None)
    assert [look.surface for look in counter.bench.grade().looks] == ["screen"]


def test_the_bar_names_what_is_left_out_and_the_deal_keeps_it(counter: Any):
    window = shown(counter, **CLOSE, frame_dents="few_small")
    press(counter, window, Qt.Key.Key_Return)
    bar = window.parts.quote._bar
    asked = next(text for text in texts(bar) if "Buy this phone" in text)
    assert "without the second look at the back?" in asked
    QTest.keyClick(bar, Qt.Key.Key_Return)
    counter.settle()
    assert counter.bench.record.stage == "accepted"
    assert "without the second look at the back" in window.parts.quote.text().splitlines()[-1]
    with closing(sqlite3.connect(counter.folder / "shop.sqlite3")) as connection:
        ((data,),) = connection.execute("SELECT data FROM audit_entry WHERE action = 'inspection.accepted'")
    without = json.loads(data)["without"]
    assert without["second_looks"] == ["back"]
    assert "frame_dents" in without["photos"]


def test_a_second_look_is_confirmed_by_mouse_and_its_question_is_shown(counter: Any):
    window = shown(counter, **CLOSE)
    card = window.parts.quote._grade
    buttons = {each.text(): each for each in card.findChildren(QPushButton)}
    buttons["Show it"].click()
    assert counter.bench.checklist.current.id == "back_scratches"
    buttons["Confirm  Ctrl+B"].click()
    counter.settle()
    assert counter.bench.grade().looks == ()


def test_a_phone_is_shown_under_every_standard_by_key_button_and_command(counter: Any):
    window = shown(counter, **WORN)
    press(counter, window, Qt.Key.Key_R)
    sheet = window.handling.standards
    first, *others = sheet.rows
    assert first.own
    assert first.name == "Back Market, as of 2025"
    said = {row.name.split(",")[0]: row for row in others}
    assert "FUNCTIONAL" not in " ".join(row.label for row in others)
    assert said["Amazon Renewed"].differs == "↓ worse"
    assert said["Amazon Renewed"].label == "Repair first"
    assert "compatible part" in said["Amazon Renewed"].because[0]
    assert said["CTIA"].label == "1C"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert sheet.isHidden()
    window.parts.quote._grade._compare.click()
    counter.settle()
    assert not sheet.isHidden()
    window.handling.close_top()
    window.handling.handlers()["compare"]()
    counter.settle()
    assert sheet.text().count("\n") == len(sheet.rows) - 1


def test_what_is_not_graded_yet_is_not_called_worse(counter: Any):
    window = counter.show_window()
    counter.plug(phone_of(read_iphone("A", model="iPhone 15 Pro")))
    press(counter, window, Qt.Key.Key_R)
    rows = window.handling.standards.rows
    waiting = [row for row in rows if row.label == "No grade yet"]
    assert waiting
    for row in waiting:
        assert row.differs in {"? not known yet", "graded under it"}
        assert row.because
    assert not any(row.differs == "↓ worse" for row in waiting)
    assert rows[0].because[0].endswith("questions are open")


def test_the_sheet_follows_the_answers(counter: Any):
    window = shown(counter, **WORN)
    press(counter, window, Qt.Key.Key_R)
    counter.answer_all()
    counter.settle()
    assert window.handling.standards.rows[0].label == "Premium"


def test_a_closed_inspection_is_compared_too_and_keeps_its_grade(counter: Any):
    window = shown(counter, **WORN)
    counter.bench.decline()
    counter.settle()
    before = counter.bench.record.grade
    press(counter, window, Qt.Key.Key_R)
    assert len(window.handling.standards.rows) > 1
    assert counter.bench.record.grade == before
    assert counter.bench.grade().looks == ()


def test_without_a_phone_the_key_says_so(counter: Any):
    window = counter.show_window()
    press(counter, window, Qt.Key.Key_R)
    assert counter.notices[-1].text == "Choose a phone first."


def test_nothing_is_cut_in_the_smallest_window(speaking: Counter):
    window: Any = speaking.show_window(size=(1024, 640))
    speaking.plug(phone_of(read_iphone("A", model="iPhone 15 Pro")))
    speaking.answer_all(**WORN)
    press(speaking, window, Qt.Key.Key_R)
    sheet = window.handling.standards
    for content, room in (
        (window.parts.quote._scroll.widget(), window.parts.quote._scroll.viewport()),
        (sheet._inside, sheet._scroll.viewport()),
    ):
        assert content.width() <= room.width()
        for each in content.findChildren(QLabel):
            if each.isVisible() and not each.wordWrap():
                assert each.width() >= each.sizeHint().width(), each.text()
            if each.isVisible():
                assert each.mapTo(content, each.rect().topRight()).x() < content.width(), each.text()


def test_every_standard_of_the_program_has_a_name_and_grades_keep_their_letters(counter: Any):
    from diagnostics.grading.library import program
    from resources.opening import load_toml
    from tradein_app.viewmodels.regrading import _worded

    assert set(load_toml("messages/standard_names.toml")) == set(program().ids)
    assert [_worded(label) for label in ("AA", "– C3", "F5 C4", "FUNCTIONAL_USED", "good")] == [
        "AA",
        "– C3",
        "F5 C4",
        "used",
        "good",
    ]


def test_the_difference_says_what_it_is_measured_against(counter: Any):
    from tradein_app.viewmodels.regrading import heads

    assert heads()[-1] == "Against the first row"
