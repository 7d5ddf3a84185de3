"""A barcode scanner is no clerk: its keys never answer, and a clerk's keys are never taken for a code."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from diagnostics.model import Quality
from tests.fakes.shops import IMEI, OTHER_IMEI
from tests.fakes.windows import gone, phone_of, read_iphone
from tradein_app.ui.sieve import GAP_MS, SHORTEST, Sieve


class Keyboard:
    """Types into a sieve by a clock of its own, and lets the sieve's wait end as a timer would."""

    def __init__(self, *, typing: bool = False) -> None:
        self.typed: list[str] = []
        self.codes: list[str] = []
        self.waits: list[float] = []
        self._now = 1000.0
        self._last = 0.0
        self.sieve: Sieve[str] = Sieve(self._take, self.codes.append, lambda: typing)

    def _take(self, keys: list[str]) -> None:
        self.typed += keys
        self.waits.append(self._now - self._last)

    def press(self, key: str, after: float) -> None:
        if self.sieve.holds and after >= GAP_MS:
            self._now += GAP_MS
            self.sieve.give_up()
            after -= GAP_MS
        self._now += after
        ends = key in "\r\t"
        if self.sieve.press(key, "" if ends else key, self._now, ends=ends):
            self._last = self._now
        else:
            self.typed.append(key)

    def rest(self) -> None:
        self._now += GAP_MS
        self.sieve.give_up()


KEYS = st.characters(codec="ascii", categories=("L", "N", "P"))
FAST = st.integers(0, int(GAP_MS) - 1)
SLOW = st.integers(int(GAP_MS), 2000)


@given(
    st.lists(st.tuples(KEYS, FAST), min_size=SHORTEST, max_size=40),
    st.sampled_from("\r\t"),
    FAST,
    st.booleans(),
)
def test_fast_keys_with_an_end_are_a_code_wherever_the_focus_is(keys, end, last, typing):
    board = Keyboard(typing=typing)
    for key, after in keys:
        board.press(key, after)
    board.press(end, last)
    board.rest()
    assert board.codes == ["".join(key for key, _ in keys)]
    assert board.typed == []


@given(st.lists(st.tuples(KEYS | st.just("\r"), SLOW), max_size=30))
def test_slow_keys_go_on_untouched_and_in_order_none_later_than_the_gap(keys):
    board = Keyboard()
    for key, after in keys:
        board.press(key, after)
    board.rest()
    assert board.typed == [key for key, _ in keys]
    assert board.codes == []
    assert max(board.waits, default=0) <= GAP_MS


@given(
    st.lists(st.tuples(KEYS, st.integers(0, 200)), max_size=SHORTEST - 1),
    st.sampled_from("\r\t"),
    st.integers(0, 200),
)
def test_fewer_keys_than_a_code_are_a_persons_however_fast(keys, end, last):
    board = Keyboard()
    for key, after in keys:
        board.press(key, after)
    board.press(end, last)
    board.rest()
    assert board.typed == [*(key for key, _ in keys), end]
    assert board.codes == []


@given(st.lists(st.tuples(KEYS | st.sampled_from("\r\t"), st.integers(0, 120)), max_size=60), st.booleans())
def test_no_key_is_lost_doubled_or_moved(keys, typing):
    board = Keyboard(typing=typing)
    for key, after in keys:
        board.press(key, after)
    board.rest()
    all_keys = [key for key, _ in keys]
    rest = iter(all_keys)
    assert all(key in rest for key in board.typed), "in order"
    ends = len(all_keys) - len(board.typed) - sum(map(len, board.codes))
    assert 0 <= ends <= len(board.codes)
    assert all(len(code) >= SHORTEST for code in board.codes)


@pytest.mark.parametrize(("typing", "codes"), [(True, []), (False, ["490154203237518"])])
def test_a_code_that_lost_its_end_is_text_in_a_field_only(typing, codes):
    board = Keyboard(typing=typing)
    for key in IMEI:
        board.press(key, 3)
    board.rest()
    assert board.codes == codes
    assert "".join(board.typed) == ("" if codes else IMEI)


# --- in the window


def scan(counter: Any, code: str, end: Qt.Key = Qt.Key.Key_Return, gap: int = 3) -> None:
    """Type as a scanner does; the system's stamps say how fast, however busy this machine is."""
    keys = [(Qt.Key(ord(character)), character) for character in code] + [(end, "\r")]
    for number, (key, text) in enumerate(keys):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(1000 + gap * number)
            QCoreApplication.sendEvent(counter.window.windowHandle(), event)
    counter.settle()


def two_phones(counter: Any) -> Any:
    other = read_iphone("B", model="iPhone 12", imei=OTHER_IMEI)
    counter.plug(phone_of(read_iphone("A")), phone_of(other))
    window = counter.show_window()
    window.activateWindow()
    window.open_panel("checklist")
    QTest.qWaitForWindowActive(window)
    counter.settle()
    return window


@pytest.mark.parametrize(
    ("panel", "end"),
    [("devices", Qt.Key.Key_Tab), ("checklist", Qt.Key.Key_Return), ("quote", Qt.Key.Key_Tab)],
)
def test_a_scanned_imei_chooses_its_phone_and_answers_nothing(counter: Any, panel, end):
    window = two_phones(counter)
    window.open_panel(panel)
    scan(counter, OTHER_IMEI, end)
    assert counter.bench.devices.selected == 1
    assert counter.bench.checklist.answers == {}
    assert all(not record.answers for record in counter.bench.records.values())
    scan(counter, IMEI, end)
    assert counter.bench.devices.selected == 0
    assert window.parts.messages.text() == ""


def test_a_scan_of_anything_else_is_said_masked_and_changes_nothing(counter: Any):
    window = two_phones(counter)
    scan(counter, "359225100000009")
    said = window.parts.messages.text().replace("\u2068", "").replace("\u2069", "")
    assert "Scanned ••••009: not on this bench" in said
    assert "359225" not in said
    assert counter.bench.devices.selected == 0
    assert counter.bench.checklist.answers == {}


def test_a_scan_finds_an_inspection_whose_phone_is_gone(counter: Any):
    window = two_phones(counter)
    first = next(port.phone for port in counter.bench.devices.board.ports)
    counter.plug(gone(first), phone_of(read_iphone("C", slot=first.sighting.slot, imei=None)))
    counter.bench.devices.select(1)
    counter.settle()
    scan(counter, IMEI)
    assert window.parts.messages.text() == ""
    assert counter.bench.record.reading.identity.imei == IMEI


def test_a_scan_leaves_a_text_field_as_it_was(counter: Any):
    window = two_phones(counter)
    window.handling.show_commands()
    field = window.focusWidget()
    assert isinstance(field, QLineEdit)
    scan(counter, OTHER_IMEI)
    assert field.text() == ""
    assert counter.bench.devices.selected == 1


def test_a_slow_typist_in_a_text_field_gets_what_was_typed(counter: Any):
    window = two_phones(counter)
    window.handling.show_commands()
    field = window.focusWidget()
    assert isinstance(field, QLineEdit)
    scan(counter, "12345678", Qt.Key.Key_Escape, gap=40)
    assert field.text() == "12345678"


def test_a_clerks_digit_answers_within_50_ms(counter: Any):
    two_phones(counter)
    started = time.monotonic()
    QTest.keyClick(counter.window.windowHandle(), Qt.Key.Key_1)
    waited = 0.0
    while not counter.bench.checklist.answers and waited < 2:
        QCoreApplication.processEvents()
        waited = time.monotonic() - started
    assert counter.bench.checklist.answers == {"safety": "ok"}
    assert waited >= GAP_MS / 1000 - 0.005, "it could have been a scan until then"
    assert waited < 0.3, "50 ms on a machine with a free core"


def test_a_key_typed_before_a_shortcut_belongs_to_the_phone_that_was_shown(counter: Any):
    two_phones(counter)
    QTest.keyClick(counter.window.windowHandle(), Qt.Key.Key_1)
    QTest.keyClick(counter.window.windowHandle(), Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    counter.settle()
    answers = {r.reading.identity.model: dict(r.answers) for r in counter.bench.records.values()}
    assert answers == {"iPhone 13": {"safety": "ok"}, "iPhone 12": {}}


# --- an IMEI that the phone's system keeps to itself


def silent_phone(counter: Any) -> Any:
    counter.plug(phone_of(read_iphone("A", imei=None)))
    window = counter.show_window()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    counter.settle()
    return window


def told_imei(counter: Any) -> tuple[str | None, Quality | None]:
    reading = counter.bench.record.reading
    evidence = reading.evidence.get("identity.imei")
    return reading.identity.imei, evidence.quality if evidence else None


def test_a_scanned_imei_is_the_shown_phones_where_its_cable_told_none(counter: Any):
    window = silent_phone(counter)
    scan(counter, IMEI)
    assert told_imei(counter) == (IMEI, Quality.TYPED)
    assert counter.bench.checklist.answers == {}
    said = window.parts.messages.text().replace("\u2068", "").replace("\u2069", "")
    assert said.startswith("Scanned ••••518: the IMEI of the phone that is shown, iPhone 13")
    assert IMEI not in said


def test_another_scan_puts_it_right_and_a_replug_keeps_it(counter: Any):
    silent_phone(counter)
    scan(counter, OTHER_IMEI)
    scan(counter, IMEI)
    record_id = counter.bench.record_id
    phone = counter.bench.phone
    counter.plug(gone(phone))
    counter.plug(phone_of(read_iphone("A", imei=None, slot=phone.sighting.slot), key="A again"))
    counter.bench.devices.select(0)
    counter.settle()
    assert counter.bench.record_id == record_id
    assert told_imei(counter) == (IMEI, Quality.TYPED)


@pytest.mark.parametrize("code", ["490154203237519", "49015420323751", "F2LXAQKL", "4901542032375181"])
def test_a_code_that_is_no_imei_is_nobodys(counter: Any, code):
    silent_phone(counter)
    scan(counter, code)
    assert told_imei(counter) == (None, None)


def test_a_phone_that_told_its_imei_takes_no_other(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.show_window()
    counter.settle()
    scan(counter, OTHER_IMEI)
    assert counter.bench.record.reading.identity.imei == IMEI


def test_a_phone_that_is_gone_takes_none(counter: Any):
    silent_phone(counter)
    counter.plug(gone(counter.bench.phone))
    scan(counter, IMEI)
    assert told_imei(counter) == (None, None)
