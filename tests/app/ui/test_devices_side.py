"""The devices side of the window: rows for many phones, what gives way where, messages that move nothing."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from diagnostics.errors import ServiceMissing
from diagnostics.model import State
from diagnostics.practice.records import PracticePhoneInfo
from tests.fakes.windows import phone_of, read_iphone
from tradein_app.ui.device_tile import Density
from tradein_app.ui.trainer_row import TrainerRow
from tradein_app.viewmodels.workbench import Notice


def many(count: int) -> list[Any]:
    return [
        phone_of(read_iphone(f"P{number}", slot=f"1-{number}", state=State.NEEDS_TRUST), key=f"k{number}")
        for number in range(1, count + 1)
    ]


def test_forty_phones_are_seen_at_once_on_a_large_screen(counter: Any):
    counter.plug(*many(40))
    window = counter.show_window(size=(1920, 1080))
    counter.settle()
    panel = window.parts.devices
    last = panel._tiles[-1]
    bottom = last.mapTo(panel, last.rect().bottomLeft()).y()
    assert panel._density() is Density.DENSE
    assert bottom < panel.height()


def test_tiles_keep_working_when_their_number_makes_them_denser(counter: Any):
    window = counter.show_window()
    for count in (8, 9, 20, 21):
        counter.plug(*many(count))
    heights = {tile.height() for tile in window.parts.devices._tiles}
    assert len(heights) == 1
    assert {tile._word.whole for tile in window.parts.devices._tiles} == {"Needs you · tap Trust"}


@pytest.mark.parametrize("count", [3, 12])
def test_the_lines_of_a_tile_never_overlap(counter: Any, count: int):
    counter.plug(*many(count))
    window = counter.show_window()
    tile = window.parts.devices._tiles[0]
    places = [_place(part, tile) for part in (tile._model, tile._word) if part.isVisible()]
    assert not places[0].intersects(places[1])
    assert all(tile.rect().contains(place) for place in places)


@pytest.mark.parametrize("count", [3, 12, 24])
def test_a_held_phone_says_what_holds_it(counter: Any, count: int):
    counter.plug(*many(count - 1), phone_of(read_iphone("Z")))
    counter.bench.devices.select(count - 1)
    counter.settle()
    counter.answer_all(owner_lock="seen_on", wiped="no")
    window = counter.show_window(size=(1920, 1080))
    tile = window.parts.devices._tiles[-1]
    assert tile._badge.text() == ""
    assert tile._word.text() == "Hold · account +1"


def _place(part: QWidget, inside: QWidget) -> QRect:
    return QRect(part.mapTo(inside, QPoint(0, 0)), part.size())


def test_a_name_is_not_cut_for_the_facts_beside_it(counter: Any):
    counter.plug(phone_of(read_iphone("A", model="iPhone 14 Pro Max")))
    window = counter.show_window(size=(1024, 640))
    counter.settle()
    assert window.parts.devices._tiles[0]._model.text().startswith("iPhone 14 Pro")


def test_a_message_moves_no_panel(counter: Any):
    window = counter.show_window()
    before = [panel.geometry() for panel in window.parts.panels]
    counter.bench.noticed.emit(Notice("bad", "Something.", "Do this."))
    counter.settle()
    assert window.parts.messages.isVisible()
    assert [panel.geometry() for panel in window.parts.panels] == before


def test_missing_services_are_said_where_the_next_action_stands(counter: Any):
    window = counter.show_window()
    window.action_bar.show_source("usbmux", ServiceMissing("x", "y", "usbmuxd_missing"))
    assert "Plug in a phone" in window.action_bar.text()
    assert "usbmuxd" in window.action_bar.text()
    window.action_bar.show_source("adb", ServiceMissing("x", "y", "adb_missing"))
    assert "No phone can be seen" in window.action_bar.text()
    assert "adb start-server" in window.action_bar.text()
    window.action_bar.show_source("adb", None)
    window.action_bar.show_source("usbmux", None)
    assert window.action_bar.text() == "Plug in a phone"


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_trainers_row_offers_only_what_makes_sense_and_keeps_the_keyboard(qapp: Any):
    def phone(**changes: Any) -> PracticePhoneInfo:
        values = {"plugged": True, "trust": "asked", "slot": "1-1"}
        return PracticePhoneInfo("a", "ios", "worn battery", **{**values, **changes})

    row = TrainerRow(phone(), "en")
    row.show_phone(phone(), "Port 8")
    row.show()
    row.activateWindow()
    qapp.processEvents()
    row._buttons["trust"].setFocus()
    assert qapp.focusWidget() is row._buttons["trust"]
    assert _offered(row) == {"unplug", "trust", "deny", "lock"}
    row.show_phone(phone(trust="trusted", locked=True), "Port 8")
    assert _offered(row) == {"unplug", "unlock"}
    assert qapp.focusWidget() is row
    row.show_phone(phone(plugged=False), "Port 8")
    assert _offered(row) == {"plug"}
    assert "Port 8" in row._port.text()
    row.deleteLater()


def _offered(row: TrainerRow) -> set[str]:
    return {name for name, button in row._buttons.items() if not button.isHidden()}
