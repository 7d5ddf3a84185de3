"""Answers by digit on keyboards whose row of digits types something else, as in France and Belgium."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes.marking import page, press
from tests.fakes.shops import IMEI
from tests.fakes.windows import phone_of, read_iphone
from tradein_app.ui.digits import code_typed, digit_of

NONE = Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT, PAD = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier
ALT_GR = Qt.KeyboardModifier.GroupSwitchModifier
AZERTY = {
    "1": ("&", Qt.Key.Key_Ampersand),
    "2": ("é", Qt.Key.Key_Eacute),
    "3": ('"', Qt.Key.Key_QuoteDbl),
    "4": ("'", Qt.Key.Key_Apostrophe),
    "5": ("(", Qt.Key.Key_ParenLeft),
    "6": ("-", Qt.Key.Key_Minus),
    "7": ("è", Qt.Key.Key_Egrave),
    "8": ("_", Qt.Key.Key_Underscore),
    "9": ("ç", Qt.Key.Key_Ccedilla),
    "0": ("à", Qt.Key.Key_Agrave),
}
"""By the digit on the key, what a French keyboard under X11 told of it."""
FIRST = {"win32": 2, "linux": 10}.get(sys.platform, 10)
needs_places = pytest.mark.skipif(sys.platform == "darwin", reason="Apple tells no scan codes")


def key(text: str, code: int, place: int = 0, held: Qt.KeyboardModifier = NONE) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, code, held, place, code, 0, text)


def azerty(digit: str, held: Qt.KeyboardModifier = NONE, *, placed: bool = True) -> QKeyEvent:
    text, code = AZERTY[digit]
    return key(text, code, FIRST + "1234567890".index(digit) if placed else 0, held)


def send(panel: Any, event: QKeyEvent) -> None:
    """Press a key where the keyboard is: in a panel, or in a field of it."""
    focused = panel.window().focusWidget()
    QApplication.sendEvent(focused if focused and panel.isAncestorOf(focused) else panel, event)


@pytest.mark.parametrize("digit", AZERTY)
@pytest.mark.parametrize("placed", [True, False])
def test_the_row_of_digits_is_read_by_its_place_and_without_one_by_what_it_types(digit: str, placed: bool):
    assert digit_of(azerty(digit, placed=placed)) == digit


@pytest.mark.parametrize("digit", AZERTY)
def test_with_shift_or_on_the_number_pad_a_digit_is_what_it_types(digit: str):
    assert digit_of(key(digit, ord(digit), FIRST, SHIFT)) == digit
    assert digit_of(key(digit, ord(digit), 79, PAD)) == digit


@needs_places
@pytest.mark.parametrize(
    ("text", "code", "place", "held"),
    [
        ("-", Qt.Key.Key_Minus, FIRST + 10, NONE),  # the US key beside 0
        ("'", Qt.Key.Key_Apostrophe, FIRST + 38, NONE),  # the US key beside Enter
        ("é", Qt.Key.Key_Eacute, FIRST + 37, NONE),  # a Swiss key
        ("!", Qt.Key.Key_Exclam, FIRST, SHIFT),  # the US key of 1 with Shift
        ("~", Qt.Key.Key_AsciiTilde, FIRST + 1, ALT_GR),  # the French key of 2 with AltGr
        ("c", Qt.Key.Key_C, FIRST + 44, NONE),
        ("", Qt.Key.Key_Up, 111, NONE),
    ],
)
def test_what_lies_elsewhere_or_is_typed_with_another_key_is_no_digit(text, code, place, held):
    assert digit_of(key(text, code, place, held)) == ""


def test_a_mac_tells_the_place_of_a_key_in_its_own_way(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    text, code = AZERTY["5"]
    event = QKeyEvent(QEvent.Type.KeyPress, code, NONE, 1, 23, 0, text)
    assert digit_of(event) == "5"


def test_a_question_is_answered_by_the_french_row(counter: Any, panel: Any):
    question = counter.bench.checklist.current
    send(panel, azerty("2"))
    counter.settle()
    assert counter.bench.record.answers == {question.id: question.answers[1].id}


def test_a_defect_is_marked_by_the_french_row(counter: Any, panel: Any):
    page(counter, 5)
    press(counter, panel, "d")
    for digit in "1422":
        send(panel, azerty(digit))
    counter.settle()
    assert counter.bench.record.answers == {"frame_dents": "one_tiny"}


def test_a_percent_is_typed_by_the_french_row(counter: Any, panel: Any):
    counter.bench.checklist.go_to_question("battery_settings")
    counter.settle()
    panel.take_focus()
    for digit in "85":
        send(panel, azerty(digit))
    QTest.keyClick(panel.window().focusWidget(), Qt.Key.Key_Return)
    counter.settle()
    assert counter.bench.record.answers["battery_settings"] == 85


def test_ctrl_and_alt_with_the_french_row_go_to_pages_and_slots(counter: Any, panel: Any):
    counter.plug(phone_of(read_iphone("A")), phone_of(read_iphone("B")))
    send(panel, azerty("4", CTRL))
    counter.settle()
    assert counter.bench.checklist.page_number == 4
    other = counter.bench.devices.board.number(1)[0]
    send(panel, azerty(str(other), ALT))
    counter.settle()
    assert counter.bench.devices.selected == 1


def test_a_slot_is_typed_by_the_french_row(counter: Any, panel: Any):
    counter.plug(phone_of(read_iphone("A")), phone_of(read_iphone("B")))
    devices = panel.window().parts.devices
    devices.take_focus()
    send(devices, azerty(str(counter.bench.devices.board.number(1)[0])))
    QTest.keyClick(devices, Qt.Key.Key_Return)
    counter.settle()
    assert counter.bench.devices.selected == 1


def test_a_scanner_that_knows_us_keyboards_alone_is_understood(counter: Any, panel: Any):
    window = panel.window()
    codes: list[str] = []
    window.scanner.scanned.connect(codes.append)
    for digit in IMEI:
        QApplication.sendEvent(window.windowHandle(), azerty(digit))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    assert codes == [IMEI]
    assert counter.bench.record.answers == {}


@pytest.mark.parametrize("code", ["356938035643809", "A-1_B", "RMA-(2)", ""])
def test_any_other_code_stays_as_it_was_typed(code: str):
    assert code_typed(code) == code


def test_a_key_that_was_held_back_keeps_its_place(counter: Any, panel: Any):
    """A person's key waits for some milliseconds in case it is a scanner's."""
    question = counter.bench.checklist.current
    window = panel.window()
    window.activateWindow()
    panel.take_focus()
    QApplication.sendEvent(window.windowHandle(), azerty("1"))
    window.scanner._sieve.give_up()
    counter.settle()
    assert counter.bench.record.answers == {question.id: question.answers[0].id}
