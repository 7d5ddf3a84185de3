"""The board in the order of its slots, and the list of all of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from diagnostics.model import Problem
from diagnostics.slots.learning import Numbers
from diagnostics.slots.slot import Slot
from diagnostics.usb.history import SlotDay
from tests.fakes.shops import PaperShop
from tests.fakes.slots import PCI, at
from tests.fakes.windows import Counter, gone
from tradein_app.services.records import THE_PERSON

Key = Qt.Key


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
