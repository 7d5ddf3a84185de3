"""Numbering the slots of a bench by keyboard alone, and the list of all of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from diagnostics.bench import Phone
from diagnostics.model import Link, Problem, State
from diagnostics.slots.learning import Numbers
from diagnostics.slots.slot import Slot
from diagnostics.usb.history import SlotDay
from tests.fakes.shops import PaperShop
from tests.fakes.windows import Counter, gone, phone_of, read_iphone
from tradein_app.services.records import THE_PERSON
from tradein_app.ui.device_tile import _shorter_states
from tradein_app.ui.number_sheet import NumberSheet
from tradein_app.ui.status_strip import StatusStrip
from tradein_app.ui.theme import Theme
from tradein_app.viewmodels.looks import Look

PCI = "pci0000:00/0000:00:14.0"
Key = Qt.Key


def at(ports: str, name: str = "", state: State = State.READY, **link: Any) -> Phone:
    name = name or f"P{ports}"
    reading = replace(read_iphone(name, slot=f"1-{ports}", state=state), usb=Link(**link))
    return replace(phone_of(reading, key=f"k{name}"), place=f"{PCI} {ports}")


class Numberer:
    """A person with one phone, and the keyboard."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.window = counter.show_window()
        self.window.activateWindow()
        self.plugs = 0

    @property
    def sheet(self) -> NumberSheet:
        assert self.window.handling.numbers is not None
        return self.window.handling.numbers

    def press(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> str:
        sheet = self.window.handling.numbers
        QTest.keyClick(sheet if sheet is not None and sheet.isVisible() else self.window, key, modifier)
        self.counter.settle()
        return self.sheet.text()

    def open(self) -> str:
        return self.press(Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)

    def plug(self, *ports: str) -> str:
        self.plugs += 1
        phones = [at(each, f"{self.plugs}.{each}", State.NEEDS_TRUST) for each in ports]
        self.counter.plug(*phones)
        self._settle()
        said = self.sheet.text()
        self.counter.plug(*(gone(phone) for phone in phones))
        self._settle()
        return said

    def _settle(self) -> None:
        self.sheet.numbering._settle.stop()
        self.sheet.numbering._look()
        self.counter.settle()

    def numbers(self) -> dict[int, tuple[str, ...]]:
        return dict(self.counter.shop.desk.slot_numbers().by_number)


@pytest.fixture
def person(counter: Counter) -> Numberer:
    return Numberer(counter)


def test_slots_are_numbered_one_after_the_other_and_each_is_saved_at_once(person: Numberer):
    assert person.open() == "Plug a phone into slot 1 now"
    assert person.plug("2.4") == "Plug a phone into slot 2 now\nSlot 1 learnt."
    assert person.numbers() == {1: (f"{PCI} 2.4",)}
    person.plug("2.1")
    person.press(Key.Key_Right)
    person.plug("2.3")
    assert person.numbers() == {1: (f"{PCI} 2.4",), 2: (f"{PCI} 2.1",), 4: (f"{PCI} 2.3",)}
    QTest.keyClick(person.window, Key.Key_Escape)
    assert person.sheet.isHidden()
    person.counter.plug(at("2.9"))
    assert not person.sheet.numbering.task, "a closed sheet learns nothing"
    assert person.numbers().keys() == {1, 2, 4}


def test_a_slot_that_has_a_number_is_asked_about(person: Numberer):
    person.counter.bench.slots.keep(Numbers().learnt(5, Slot(PCI, "2.1")))
    person.open()
    person.press(Key.Key_Right)
    person.press(Key.Key_Right)
    assert person.plug("2.1") == "This place was slot 5. Make it slot 3?"
    assert person.press(Key.Key_Backspace) == "Plug a phone into slot 3 now"
    assert person.numbers() == {5: (f"{PCI} 2.1",)}
    person.plug("2.1")
    assert person.press(Key.Key_Return) == "Plug a phone into slot 4 now\nSlot 3 learnt."
    assert person.numbers() == {3: (f"{PCI} 2.1",)}


def test_two_phones_at_once_teach_nothing(person: Numberer):
    person.open()
    said = person.plug("2.1", "2.2")
    assert said == "Plug a phone into slot 1 now\n2 phones came at once. Unplug them, and plug in one alone."
    assert person.numbers() == {}
    assert "Slot 1 learnt." in person.plug("2.2")


def test_a_question_stands_alone_whatever_was_said_before(person: Numberer):
    person.counter.bench.slots.keep(Numbers().learnt(5, Slot(PCI, "2.1")))
    person.open()
    assert "2 phones came at once" in person.plug("2.2", "2.3")
    assert person.plug("2.1") == "This place was slot 5. Make it slot 1?"


def test_both_faces_of_a_port_are_one_slot(person: Numberer):
    person.open()
    person.plug("2.1")
    assert person.press(Key.Key_Up) == "Plug the other kind of cable into slot 1 now"
    person.plug("7.1")
    assert person.numbers() == {1: (f"{PCI} 2.1", f"{PCI} 7.1")}
    person.press(Key.Key_Escape)
    board = person.counter.bench.devices.board
    assert [board.number(index)[0] for index in board.order()] == [1], "an idle face has no tile of its own"
    person.counter.plug(at("7.1", "A"))
    assert [person.counter.bench.devices.tiles[index].model for index in board.order()] == ["iPhone 13"]
    person.counter.plug(gone(at("7.1", "A")))


def test_a_phone_in_the_first_face_refuses_another_one_beside_it(person: Numberer):
    person.open()
    person.plug("2.1")
    person.counter.plug(at("2.1", "A"))
    person.press(Key.Key_Up)
    said = person.plug("7.1")
    assert "Slot 1 has iPhone 13 in it." in said
    assert said.startswith("Plug the other kind of cable into slot 1 now")
    assert person.numbers() == {1: (f"{PCI} 2.1",)}
    person.counter.plug(gone(at("2.1", "A")))
    assert "Slot 1 has its other face, too, now." in person.plug("7.1")


def test_another_face_is_left_by_a_key_and_what_was_learnt_is_taken_back(person: Numberer):
    person.open()
    person.plug("2.1")
    for leave in (Key.Key_Down, Key.Key_Escape):
        person.press(Key.Key_Up)
        assert person.press(leave) == "Plug a phone into slot 2 now"
        assert person.sheet.isVisible()
    person.press(Key.Key_Up)
    person.plug("7.1")
    said = person.press(Key.Key_Down)
    assert (
        said == "Plug a phone into slot 2 now\nThe other face of slot 1 is taken back; its first one stays."
    )
    assert person.numbers() == {1: (f"{PCI} 2.1",)}
    assert person.press(Key.Key_Down) == "Plug a phone into slot 1 now\nSlot 1 taken back."
    assert person.numbers() == {}
    assert person.press(Key.Key_Down) == "Plug a phone into slot 1 now\nSlot 1 taken back.", (
        "there is no more"
    )


def test_a_number_is_typed_and_the_one_before_is_learnt_anew(person: Numberer):
    person.open()
    person.press(Key.Key_1)
    person.press(Key.Key_2)
    person.sheet._timer.timeout.emit()
    assert person.sheet.text() == "Plug a phone into slot 12 now"
    person.plug("2.1")
    person.press(Key.Key_Left)
    said = person.plug("2.2")
    assert "The place that had this number before has none now." in said
    assert person.numbers() == {12: (f"{PCI} 2.2",)}


def test_a_phone_that_is_there_already_is_not_taken_for_one_that_comes(person: Numberer):
    person.counter.plug(at("2.1", "A", State.NEEDS_TRUST))
    person.open()
    person.counter.plug(at("2.1", "A"))
    person._settle()
    assert person.sheet.text() == "Plug a phone into slot 1 now"
    assert "Slot 1 learnt." in person.plug("2.2")


@pytest.fixture
def second(qapp: QApplication, tmp_path: Path) -> Iterator[Counter]:
    shop = PaperShop(tmp_path / "shop.sqlite3")
    numbers = Numbers().learnt(1, Slot(PCI, "2.2")).learnt(2, Slot(PCI, "2.1"))
    shop.desk.save_slot_numbers(numbers, actor=THE_PERSON)
    made = Counter(tmp_path, shop=shop)
    made.plug(at("2.1", "A"), at("2.9", "B"), at("2.2", "C"))
    yield made
    made.close()


def shown(counter: Counter) -> list[str]:
    devices = counter.bench.devices
    return [f"{devices.tiles[i].number} {devices.board.ports[i].chain}" for i in devices.board.order()]


def test_what_the_desk_kept_stands_by_its_numbers_and_the_rest_behind_it(second: Counter):
    window = second.show_window()
    assert shown(second) == ["1 1-2.1", "2 1-2.9", "3 1-2.2"]
    second.open()
    second.settle()
    assert shown(second) == ["1 1-2.2", "2 1-2.1", "3 1-2.9"]
    panel = window.parts.devices
    order = sorted(panel._tiles, key=panel._column.indexOf)
    assert [tile._number.text() for tile in order] == ["1", "2", "3"]
    assert [tile._number.property("role") for tile in order][2] == "dim"
    assert "Slot 3, not numbered" in second.bench.devices.as_text()
    QTest.keyClick(window, Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert second.bench.devices.port is not None
    assert second.bench.devices.port.id == f"{PCI} 2.2"
    order[0].setFocus()
    QTest.keyClick(order[0], Key.Key_Down)
    assert second.bench.devices.port.id == f"{PCI} 2.1", "the arrows go by what is seen"


def test_the_next_start_paints_every_tile_where_it_will_stay(second: Counter, tmp_path: Path):
    second.open()
    second.settle()
    again = Counter(tmp_path, shop=PaperShop(tmp_path / "shop.sqlite3"))
    assert shown(again)[:2] == ["1 2.2", "2 2.1"], "before the desk is open"
    again.close()


def test_tiles_stay_where_they_are_when_phones_come_and_go(second: Counter):
    second.open()
    second.settle()
    before = shown(second)
    second.plug(gone(at("2.2", "C")), gone(at("2.9", "B")))
    second.plug(at("2.9", "D"))
    assert shown(second) == before


def test_the_list_of_slots_tells_health_and_losses_and_is_sorted_by_them(second: Counter):
    second.open()
    today = second.shop.clock.now().astimezone().date()
    second.shop.desk.save_slot_days(
        (SlotDay(f"{PCI} 2.1", today, lost=9), SlotDay(f"{PCI} 2.9", today, hung=2, hung_in_a_row=2))
    )
    slow = at("2.2", "C", speed_mbps=480)
    slow = replace(slow, reading=replace(slow.reading, problems=(Problem("", "usb_slow", {"speed": "480"}),)))
    second.plug(slow, gone(at("2.1", "A")))
    window = second.show_window()
    window.activateWindow()
    QTest.keyClick(window, Key.Key_F11)
    second.settle()
    sheet = window.handling.slots
    assert sheet is not None
    rows = [line.split(" | ") for line in sheet.text().splitlines()]
    assert [row[0] for row in rows] == ["1", "2", "(3)"]
    assert rows[0][2:] == ["iPhone 13", "480\N{NO-BREAK SPACE}Mbit/s", "0", "USB 2 cable"]
    assert rows[1][1:] == ["Finish later · unplugged", "iPhone 13", "", "9", "lost 9 times today"]
    assert rows[2][4:] == ["0", "re-seat the cable"]
    tip, head = Qt.ItemDataRole.ToolTipRole, Qt.Orientation.Horizontal
    assert "nobody gave this slot its number" in str(sheet.model.data(sheet.model.index(2, 0), tip))
    assert "unplugs while nothing is being read is not counted" in str(sheet.model.headerData(4, head, tip))
    second.plug(at("2.2", "C"))
    second.settle()
    assert sheet.model.cells[0][5] == "fine"
    QTest.keyClick(sheet._table, Key.Key_L)
    assert sheet.text().splitlines()[0].startswith("2 | ")
    QTest.keyClick(sheet._table, Key.Key_Down)
    QTest.keyClick(sheet._table, Key.Key_Return)
    assert sheet.isHidden()
    assert second.bench.devices.port is not None
    assert second.bench.devices.port.id == f"{PCI} 2.2"


@pytest.mark.parametrize("size", [(1360, 860), (1024, 640)])
def test_a_mouse_opens_the_list_goes_to_a_slot_and_numbers_them(second: Counter, size: tuple[int, int]):
    second.open()
    window = second.show_window(size=size)
    devices = window.parts.devices
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(devices._slots, left)
    second.settle()
    sheet = window.handling.slots
    assert sheet is not None
    assert sheet.isVisible()
    cell = sheet._table.visualRect(sheet.model.index(1, 1)).center()
    QTest.mouseClick(sheet._table.viewport(), left, pos=cell)
    QTest.mouseDClick(sheet._table.viewport(), left, pos=cell)
    assert sheet.isHidden()
    assert second.bench.devices.port is not None
    assert second.bench.devices.port.id == f"{PCI} 2.1"
    QTest.mouseClick(devices._slots, left)
    second.settle()
    numbers = next(button for button in sheet.findChildren(QPushButton) if "Shift+F11" in button.text())
    QTest.mouseClick(numbers, left)
    assert window.handling.numbers is not None
    assert window.handling.numbers.isVisible()


def test_digits_that_are_typed_take_the_buttons_place(second: Counter):
    window = second.show_window(size=(1024, 640))
    devices = window.parts.devices
    devices._slots.setFocus()
    QTest.keyClick(devices._slots, Key.Key_2)
    assert devices._slots.isHidden()
    assert devices.isAncestorOf(window.focusWidget())
    QTest.keyClick(window.focusWidget(), Key.Key_Return)
    assert devices._slots.isVisible()


@pytest.mark.parametrize("opens", ["show_slots", "number_slots"])
def test_no_step_of_opening_takes_50_ms_with_forty_phones(counter: Counter, opens: str):
    counter.plug(*(at(f"2.{number}", f"N{number}") for number in range(1, 41)))
    window = counter.show_window()
    taken = []
    started = time.thread_time()
    getattr(window.handling, opens)()
    taken.append(time.thread_time() - started)
    for _ in range(20):
        started = time.thread_time()
        QApplication.processEvents()
        taken.append(time.thread_time() - started)
    counter.settle()
    shown = window.handling.slots or window.handling.numbers
    assert shown is not None
    assert shown.isVisible()
    assert max(taken) < 0.05, "of this thread's own time: what others take on a shared machine is not ours"


@pytest.mark.parametrize("factor", [1.0, 1.5])
@pytest.mark.parametrize("size", [(1360, 860), (1024, 640)])
def test_the_list_cuts_no_word_of_its_own(
    counter: Counter, qapp: QApplication, size: tuple[int, int], factor: float
):
    plain = qapp.font()
    large = QFont(plain)
    large.setPointSizeF(plain.pointSizeF() * factor)
    qapp.setFont(large)
    try:
        counter.plug(*(at(f"2.{number}", f"N{number}") for number in range(1, 41)))
        window = counter.show_window(size=size)
        window.handling.show_slots()
        counter.settle()
        QApplication.processEvents()
        sheet = window.handling.slots
        assert sheet is not None
        for part in sheet.findChildren(QLabel):
            assert part.height() >= part.heightForWidth(part.width())
            assert sheet.rect().contains(part.geometry()), part.text()
        for button in sheet.findChildren(QPushButton):
            assert button.width() >= button.sizeHint().width()
        head = sheet._table.horizontalHeader()
        bold = QFont(head.font())
        bold.setBold(True)
        for column in range(5):
            title = sheet.model.headerData(column, Qt.Orientation.Horizontal)
            assert head.sectionSize(column) > QFontMetrics(bold).horizontalAdvance(str(title))
    finally:
        qapp.setFont(plain)


def test_the_last_column_of_the_list_takes_the_room_that_the_others_leave(counter: Counter):
    window = counter.show_window()
    window.resize(1400, 900)
    counter.plug(at("2.1", "A"), at("2.2", "B"))
    window.handling.show_slots()
    counter.settle()
    assert window.handling.slots is not None
    table = window.handling.slots._table
    assert table.horizontalHeader().length() == table.viewport().width()
    loose = at("2.2", "B")
    loose = replace(
        loose, reading=replace(loose.reading, problems=(Problem("", "usb_churn", {"times": "4"}),))
    )
    counter.plug(loose)
    assert table.horizontalHeader().length() == table.viewport().width()


def test_a_number_is_taken_away_again(second: Counter):
    second.open()
    second.settle()
    window = second.show_window()
    window.handling.show_slots()
    second.settle()
    sheet = window.handling.slots
    assert sheet is not None
    sheet._table.selectRow(0)
    QTest.keyClick(sheet._table, Key.Key_Delete)
    second.settle()
    assert dict(second.shop.desk.slot_numbers().by_number) == {2: (f"{PCI} 2.1",)}
    assert shown(second)[0] == "2 1-2.1"


def test_a_tile_says_what_is_wrong_with_the_cable_and_what_to_do_first(counter: Counter):
    hung = at("2.1", "A", State.TIMEOUT)
    hung = replace(hung, reading=replace(hung.reading, problems=(Problem("", "usb_reseat"),)))
    counter.plug(hung)
    tile = counter.bench.devices.tiles[0]
    assert tile.text.startswith("The phone in this place hung twice. Unplug its cable at both ends")
    assert counter.bench.next_action().text.startswith("Slot 1: The phone in this place hung twice.")
    assert tile.note == "re-seat the cable"
    counter.plug(gone(hung))
    assert "re-seat" not in counter.bench.devices.tiles[0].as_text()


def test_a_slow_cable_is_told_beside_what_the_phone_waits_for(counter: Counter):
    phone = at("2.1", "A")
    slow = Problem("", "usb_slow", {"speed": "480"})
    counter.plug(replace(phone, reading=replace(phone.reading, problems=(slow,))))
    window = counter.show_window()
    assert window.parts.devices._tiles[0]._word.text() == "Needs you · USB 2 cable"
    assert "so can this port, but the cable gives USB 2" in window.parts.reading.text()


def test_a_held_phone_on_a_bad_cable_says_both_or_at_least_that_it_is_held(counter: Counter):
    counter.plug(at("2.1", "A"))
    counter.bench.devices.select(0)
    counter.settle()
    counter.answer_all(sim_lock="locked")
    loose = at("2.1", "A")
    problem = Problem("", "usb_churn", {"times": "4", "seconds": "30"})
    counter.plug(replace(loose, reading=replace(loose.reading, problems=(problem,))))
    tile = counter.bench.devices.tiles[0]
    states = _shorter_states(tile)
    assert states == ("Hold · carrier lock · loose contact", "Hold · carrier lock")


def test_a_phone_without_a_name_may_be_the_one_before_which_is_said_as_a_hint(counter: Counter):
    phone = at("2.1", "A", State.DFU)
    words = {"phone": "iPhone 13 128 GB", "serial": "F2LXAQKL", "at": "14:02"}
    before = Problem("", "slot_before", words)
    counter.plug(replace(phone, reading=replace(phone.reading, problems=(before,))))
    window = counter.show_window()
    panel = window.parts.reading
    assert "It may be the one that was in this place at 14:02: iPhone 13 128 GB" in panel.text()
    assert "F2LXAQKL" not in panel.text()
    panel.toggle_secrets()
    assert "F2LXAQKL" in panel.text()


def test_a_hint_of_which_nothing_but_a_serial_is_known_is_not_shown_while_serials_are_hidden(
    counter: Counter,
):
    phone = at("2.1", "A", State.DFU)
    before = Problem("", "slot_before", {"phone": "…", "serial": "a1b2c30d3", "at": "14:02"})
    counter.plug(replace(phone, reading=replace(phone.reading, problems=(before,))))
    panel = counter.show_window().parts.reading
    assert "may be the one" not in panel.text()
    panel.toggle_secrets()
    assert "may be the one" in panel.text()
    assert "a1b2c30d3" in panel.text()


def test_a_number_in_brackets_beside_a_count_is_explained(qapp: QApplication):
    strip = StatusStrip(Theme(), "en")
    strip.show_counts({Look.HOLD: 7}, {(Look.HOLD, Look.NEEDS_YOU): 2, (Look.HOLD, Look.PROBLEM): 1})
    (held,) = (each for each in strip.findChildren(QPushButton) if "Hold" in each.text())
    assert "counted under “Hold”" in held.toolTip()
    strip.show_counts({Look.HOLD: 7})
    assert held.toolTip() == ""
    strip.deleteLater()
