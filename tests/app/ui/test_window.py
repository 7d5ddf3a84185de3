"""The window as a clerk uses it: keys, panels as text, hostile phones, a picture of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from diagnostics.errors import ServiceMissing
from diagnostics.model import State
from tests.fakes.windows import phone_of, read_iphone
from tradein_app.services.records import Stage
from tradein_app.ui.capture import save_window_png
from tradein_app.ui.tokens import Mode
from tradein_app.viewmodels.workbench import Notice

ROOT = Path(__file__).parents[3]


def press(counter: Any, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    window = counter.window
    QTest.keyClick(window.focusWidget() or window, key, modifier)
    counter.settle()


def at_the_counter(counter: Any, panel: str = "checklist") -> Any:
    counter.plug(phone_of(read_iphone("A")))
    window = counter.show_window()
    window.activateWindow()
    window.open_panel(panel)
    counter.settle()
    return window


def test_digits_answer_and_go_on(counter: Any):
    window = at_the_counter(counter)
    press(counter, Qt.Key.Key_1)
    press(counter, Qt.Key.Key_1)
    press(counter, Qt.Key.Key_2)
    assert counter.bench.checklist.answers == {"safety": "ok", "clean": "yes", "straight": "bent"}
    assert "3 of 27 done" in window.parts.checklist.text()
    assert "Repair first" in window.parts.checklist.text()


def test_a_clean_page_is_one_key(counter: Any):
    at_the_counter(counter)
    counter.bench.checklist.go_to_page(4)
    press(counter, Qt.Key.Key_C)
    assert counter.bench.checklist.answers == {"back_scratches": "none", "back_damage": "none"}


def test_a_clean_page_never_answers_what_has_to_be_tried(counter: Any):
    at_the_counter(counter)
    for page in (6, 7, 8):
        counter.bench.checklist.go_to_page(page)
        press(counter, Qt.Key.Key_C)
    assert not {"camera_picture", "buttons", "sound", "radios_sensors"} & set(counter.bench.checklist.answers)


def test_enter_goes_to_the_next_open_question_and_backspace_clears(counter: Any):
    at_the_counter(counter)
    press(counter, Qt.Key.Key_1)
    press(counter, Qt.Key.Key_Up)
    press(counter, Qt.Key.Key_Backspace)
    assert counter.bench.checklist.answers == {}
    press(counter, Qt.Key.Key_Return)
    assert counter.bench.checklist.current.id == "clean"


def test_zero_leaves_a_question_open_and_lists_it(counter: Any):
    window = at_the_counter(counter)
    press(counter, Qt.Key.Key_0)
    assert counter.bench.checklist.answers == {}
    assert counter.bench.checklist.was_skipped("safety")
    assert "27 need you" in window.parts.checklist.text()


def test_what_stays_unchecked_is_counted_as_the_quote_counts_it(counter: Any):
    window = at_the_counter(counter)
    window.handling.check("sim_lock")
    press(counter, Qt.Key.Key_0)
    assert window.parts.checklist._figures.text() == "0 of 27 done · 26 need you · 1 not checked"
    assert "Answer 26 questions" in window.parts.quote.text()
    assert counter.bench.devices.tiles[0].note == "26 questions"
    row = window.parts.checklist._made["phone-1", "sim_lock"]
    assert (row._answer.text(), row._answer.property("tone")) == ("? Not checked", "warn")


def test_nothing_is_counted_before_it_is_known_which_questions_a_phone_needs(counter: Any):
    counter.plug(phone_of(read_iphone("A", state=State.CONNECTING), busy=True))
    window = counter.show_window()
    assert window.parts.checklist._figures.text() == ""


def test_a_typed_percent_is_not_taken_for_answers(counter: Any):
    at_the_counter(counter)
    counter.bench.checklist.go_to_question("battery_settings")
    counter.settle()
    for key in (Qt.Key.Key_8, Qt.Key.Key_7):
        press(counter, key)
    press(counter, Qt.Key.Key_Return)
    assert counter.bench.checklist.answers == {"battery_settings": 87}


def test_digits_and_enter_go_to_a_port(counter: Any):
    counter.plug(phone_of(read_iphone("A")), phone_of(read_iphone("B")))
    window = counter.show_window()
    window.open_panel("devices")
    press(counter, Qt.Key.Key_2)
    press(counter, Qt.Key.Key_Return)
    assert counter.bench.devices.selected == 1
    window.open_panel("devices")
    press(counter, Qt.Key.Key_Up)
    assert counter.bench.devices.selected == 0


def test_accepting_takes_two_keys_and_says_that_money_goes_out(counter: Any):
    window = at_the_counter(counter, "quote")
    counter.answer_all()
    press(counter, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.band.isVisible()
    before = counter.bench.record.stage
    press(counter, Qt.Key.Key_Return)
    assert not window.band.isVisible()
    assert (before, counter.bench.record.stage) == (Stage.QUOTED, Stage.ACCEPTED)
    assert "quote.pdf" in window.parts.messages.text()


def test_esc_leaves_the_deal_open(counter: Any):
    window = at_the_counter(counter, "quote")
    counter.answer_all()
    press(counter, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    press(counter, Qt.Key.Key_Escape)
    assert not window.band.isVisible()
    assert counter.bench.record.stage is Stage.QUOTED


def test_the_question_of_one_phone_never_closes_the_deal_of_another(counter: Any):
    window = at_the_counter(counter, "quote")
    counter.answer_all()
    counter.plug(phone_of(read_iphone("B")))
    press(counter, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    counter.bench.devices.select(1)
    counter.settle()
    assert window.parts.quote._bar.kind == ""
    assert not window.band.isVisible()


def test_f4_does_the_next_action(counter: Any):
    asked: list[tuple[str, bool]] = []
    counter.bench.read_again_asked.connect(lambda key, trust: asked.append((key, trust)))
    counter.plug(phone_of(read_iphone("B", state=State.NEEDS_TRUST)))
    window = counter.show_window()
    assert window.action_bar.text() == "Slot 1: Unlock the phone and tap Trust."
    press(counter, Qt.Key.Key_F4)
    assert asked == [("B", True)]


def test_f3_goes_round_the_phones_that_need_a_person(counter: Any):
    counter.plug(*(phone_of(read_iphone(name, state=State.NEEDS_TRUST)) for name in "ABC"))
    counter.show_window()
    seen = []
    for _ in range(4):
        press(counter, Qt.Key.Key_F3)
        seen.append(counter.bench.devices.selected)
    assert seen == [1, 2, 0, 1]


def test_imei_and_serial_are_hidden_until_asked_for_and_again_with_the_next_phone(counter: Any):
    window = at_the_counter(counter)
    counter.plug(phone_of(read_iphone("B")))
    assert "490154203237518" not in window.parts.reading.text()
    press(counter, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert "490154203237518" in window.parts.reading.text()
    counter.bench.devices.select(1)
    counter.settle()
    assert "490154203237518" not in window.parts.reading.text()


def test_the_reading_says_what_was_not_read_and_why(counter: Any):
    text = at_the_counter(counter).parts.reading.text()
    assert "Health: 88 % (USB, estimate, " in text.replace("\u00a0", " ")
    assert "Full capacity: not read. The phone answered “100”, which cannot be right." in text
    assert "Find My: not known. Nothing shows that it is on" in text


def test_the_quote_adds_up_and_says_what_it_rests_on(counter: Any):
    window = at_the_counter(counter)
    counter.answer_all(frame_scratches="not_at_50cm")
    text = window.parts.quote.text()
    assert "Good" in text
    assert "Scratches on the frame: light, not seen at 50\u00a0cm" in text
    assert "Seed: estimate from published curves" in text
    assert "VAT 20 % on the margin" in text


def test_hostile_texts_are_shown_as_they_are(counter: Any):
    evil = "<img src=x onerror=alert(1)><b>iPhone</b>"
    counter.plug(phone_of(read_iphone("A", model=evil)))
    window = counter.show_window()
    formats = {label.textFormat() for label in window.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}
    tips = [widget.toolTip() for widget in window.findChildren(QWidget) if "img src" in widget.toolTip()]
    assert tips
    assert all("<img" not in tip for tip in tips)


def test_a_bus_that_cannot_be_seen_is_said_at_the_foot(counter: Any):
    window = counter.show_window()
    window.parts.strip.show_source("usbmux", ServiceMissing("usbmuxd does not run.", "Start it."))
    assert "usbmuxd does not run. Start it." in window.parts.strip.text()
    window.parts.strip.show_source("usbmux", None)
    assert "usbmuxd" not in window.parts.strip.text()


def test_a_crash_is_a_bar_with_a_report_to_copy(counter: Any, qapp):
    window = counter.show_window()
    counter.bench.noticed.emit(Notice("bad", "Something went wrong.", "Go on working.", report="the report"))
    assert "Something went wrong. Go on working." in window.parts.messages.text()
    window.parts.messages._copy.click()
    assert qapp.clipboard().text() == "the report"
    press(counter, Qt.Key.Key_Escape)
    assert window.parts.messages.text() == ""


def test_a_command_is_found_by_its_words(counter: Any):
    window = at_the_counter(counter)
    press(counter, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.focusWidget(), "imei")
    press(counter, Qt.Key.Key_Return)
    assert "490154203237518" in window.parts.reading.text()


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_a_picture_of_the_window_shows_real_content(counter: Any, tmp_path, mode):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all()
    phones = [port.phone for port in counter.bench.devices.board.ports]
    path = save_window_png(tmp_path / "window.png", phones, [counter.bench.record], mode=mode)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1360, 860)
    text = QImage.pixelColor(image, 3, 3).name()
    row = {image.pixelColor(x, y).name() for x in range(60, 260) for y in range(20, 56)}
    assert len(row) > 8, "the next action is drawn with letters"
    assert text == ("#f4f5f7" if mode is Mode.LIGHT else "#16181c")


def test_nothing_slow_is_imported_before_the_first_paint():
    code = (
        "import sys; from tradein_app import app as program; from tradein_app.config import load_config;"
        "qt = program._make_application(); main = program.App(qt, load_config()); main.window.show();"
        "qt.processEvents(); print(sorted({name.split('.')[0] for name in sys.modules}))"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    output = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    slow = {
        "sqlalchemy",
        "alembic",
        "pymobiledevice3",
        "adbutils",
        "usb",
        "sklearn",
        "scipy",
        "numpy",
        "asyncio",
        "requests",
        "pydantic",
        "babel",
        "typer",
        "rich",
        "cryptography",
        "decimal",
    }
    assert slow & set(eval(output)) == set()


@pytest.mark.parametrize(("size", "widest"), [((1360, 860), 300), ((1024, 640), 260)])
def test_the_columns_share_the_room_and_nothing_of_the_first_picture_is_left(
    counter: Any, size: Any, widest: int
):
    counter.plug(phone_of(read_iphone("A")))
    window = counter.show_window(size=size)
    counter.settle()
    assert 200 < window.parts.devices.width() <= widest
    assert 240 < window.parts.quote.width() < 360
    assert "No phone plugged in" not in {
        label.text() for label in window.findChildren(QLabel) if label.isVisible()
    }


def test_panels_can_be_painted_anew_in_other_colours(counter: Any, qapp: Any):
    from tradein_app.ui.tokens import BY_MODE

    counter.plug(phone_of(read_iphone("A")))
    window = counter.show_window()
    window._theme.apply(qapp, Mode.DARK)
    window.retint()
    counter.settle()
    assert window.grab().toImage().pixelColor(3, 3).name() == BY_MODE[Mode.DARK].bg
