"""The devices side of the window: rows for many phones, what gives way where, messages that move nothing."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from diagnostics.errors import ServiceMissing
from diagnostics.model import State
from diagnostics.practice.records import PracticePhoneInfo
from tests.fakes.windows import Counter, gone, phone_of, read_iphone
from tradein_app.ui.device_tile import Density
from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.status_strip import StatusStrip
from tradein_app.ui.theme import Theme
from tradein_app.ui.tile_columns import GAP, MARK, columns, least_room
from tradein_app.ui.trainer_row import TrainerRow
from tradein_app.viewmodels.first_look import FirstLook
from tradein_app.viewmodels.language import look_word, step_note
from tradein_app.viewmodels.looks import Look
from tradein_app.viewmodels.state_texts import state_notes, state_texts
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


@pytest.mark.parametrize("size", [(1024, 640), (1360, 860), (1920, 1080)])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_rows_say_state_and_model_in_columns(tmp_path: Any, qapp: Any, size: tuple[int, int], language: str):
    counter = Counter(tmp_path, language)
    counter.open()
    states = [State.NEEDS_TRUST, State.TIMEOUT, State.BOOTING, State.READY]
    counter.plug(
        *(
            phone_of(
                read_iphone(f"P{n}", slot=f"1-{n}", state=states[n % 4], model="iPhone 14 Pro"), key=f"k{n}"
            )
            for n in range(1, 41)
        )
    )
    window = counter.show_window(size=size)
    counter.settle()
    qapp.processEvents()
    panel = window.parts.devices
    tiles, room = panel._tiles, panel._scroll.viewport().width()
    try:
        assert all(tile.width() <= room for tile in tiles)
        assert all(
            tile._word.text().startswith(shown.word) or tile._word.text() == shown.note
            for tile, shown in zip(tiles, counter.bench.devices.tiles, strict=True)
        )
        assert {tile._model.text().split(" · ")[0] for tile in tiles[2::4]} == {"iPhone 14 Pro"}
        for part in ("_sign", "_word", "_model"):
            assert len({_place(getattr(tile, part), tile).x() for tile in tiles}) == 1
        fit = size == (1920, 1080)
        lines = {(1024, 640): Density.COMPACT, (1360, 860): Density.ROWS, (1920, 1080): Density.DENSE}
        assert panel._density() is lines[size]
        assert all(tile.height() >= (20 if fit else 32) for tile in tiles)
    finally:
        counter.close()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("count", [4, 8, 24])
def test_a_small_window_never_loses_the_states_word_to_what_is_said_after_it(
    tmp_path: Any, qapp: Any, language: str, count: int
):
    counter = Counter(tmp_path, language)
    counter.open()
    states = [State.NEEDS_TRUST, State.SCREEN_LOCKED, State.DEBUGGING_OFF, State.DFU]
    counter.plug(
        *(
            phone_of(read_iphone(f"P{n}", slot=f"1-{n}", state=states[n % 4]), key=f"k{n}")
            for n in range(count)
        )
    )
    window = counter.show_window(size=(1024, 640))
    counter.settle()
    qapp.processEvents()
    try:
        for tile, shown in zip(counter.bench.devices.tiles, window.parts.devices._tiles, strict=True):
            assert shown._word.text().startswith(tile.word), shown._word.text()
            assert tile.note in shown.toolTip()
    finally:
        counter.close()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("count", [12, 24])
def test_what_a_state_says_exactly_is_never_cut_in_the_smallest_window(
    tmp_path: Any, qapp: Any, language: str, count: int
):
    counter = Counter(tmp_path, language)
    counter.open()
    counter.plug(*many(count))
    window = counter.show_window(size=(1024, 640))
    counter.settle()
    qapp.processEvents()
    try:
        tile, shown = window.parts.devices._tiles[0], counter.bench.devices.tiles[0]
        for note in state_notes(language):
            # What holds a phone is said together with what is wrong now.
            for trouble in ("", step_note("service", language)) if " +" in note else ("",):
                said = dataclasses.replace(shown, note=note, trouble=trouble)
                tile.show_tile(said, chosen=False, density=Density.COMPACT)
                assert tile._text.text().startswith(note.partition(" +")[0]), tile._text.text()
                assert tile._text.text().endswith(trouble), tile._text.text()
                assert "…" not in tile._text.text() + tile._word.text()
    finally:
        counter.close()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_rows_of_two_lines_stand_only_where_each_state_has_room_beside_its_number(
    tmp_path: Any, qapp: Any, language: str
):
    counter = Counter(tmp_path, language)
    counter.open()
    counter.plug(*many(24))
    window = counter.show_window(size=(1360, 860))
    counter.settle()
    qapp.processEvents()
    try:
        panel = window.parts.devices
        assert {tile._density for tile in panel._tiles} == {Density.ROWS}
        word = panel._tiles[0]._word
        assert max(map(word.fontMetrics().horizontalAdvance, state_texts(language))) <= word.width()
    finally:
        counter.close()


def test_a_states_word_stays_whole_where_nothing_else_has_room(qapp: QApplication):
    label = ElidedLabel()
    label.show_text("Hold · account · no answer", shorter=("Hold · account",), kept="Hold")
    said = set()
    for width in range(300, label.fontMetrics().horizontalAdvance("Hold"), -1):
        label.resize(width, 20)
        label._fit()
        said.add(label.text())
    assert all(text.startswith("Hold") and text != "Hold…" for text in said), said
    assert {"Hold · account · no answer", "Hold · account", "Hold"} <= said
    assert any(text.startswith("Hold · a") and text.endswith("…") for text in said)
    label.deleteLater()


def test_ports_that_come_together_are_rows_from_the_first(counter: Any):
    window = counter.show_window()
    look = FirstLook(counter.bench.devices)
    look.take(many(24))
    look.finish()
    seen = set()
    for _ in range(200):
        look._pacer._run_one()
        counter.bench.pacer._run_one()
        seen |= {tile._density for tile in window.parts.devices._tiles}
    look._pacer.finish()
    counter.settle()
    assert len(window.parts.devices._tiles) == 24
    assert seen == {Density.ROWS}


def test_a_tile_gives_way_to_the_scroll_bar(counter: Any):
    counter.plug(
        *(phone_of(read_iphone(chr(65 + n), slot=f"1-{n}", model="iPhone 14 Pro Max")) for n in range(12))
    )
    window = counter.show_window(size=(1024, 640))
    counter.settle()
    panel = window.parts.devices
    assert panel._scroll.verticalScrollBar().isVisible()
    assert all(tile.width() <= panel._scroll.viewport().width() for tile in panel._tiles)


def test_a_long_model_leaves_room_for_storage_and_battery(counter: Any):
    counter.plug(phone_of(read_iphone("A", model="iPhone SE (3rd generation)")))
    tile = counter.show_window().parts.devices._tiles[0]
    assert tile._model.text() == "iPhone SE (3rd)"
    assert "128" in tile._facts.text()
    assert "88" in tile._facts.text()


def test_a_held_phone_in_trouble_says_that_it_is_held_and_both_where_there_is_room(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all(sim_lock="locked")
    counter.plug(phone_of(read_iphone("A", state=State.TIMEOUT)))
    tile = counter.show_window().parts.devices._tiles[0]
    assert tile._word.whole == "Hold · carrier lock · no answer"
    assert tile._word.text().startswith("Hold · carrier lock")
    assert "No answer in time" in tile._text.whole


@pytest.mark.parametrize("count", [1, 12, 24])
def test_a_held_phone_that_lost_its_pairing_says_what_holds_it_first(counter: Any, count: int):
    counter.plug(*many(count - 1), phone_of(read_iphone("Z")))
    counter.bench.devices.select(count - 1)
    counter.settle()
    counter.answer_all(sim_lock="locked")
    counter.plug(phone_of(read_iphone("Z", state=State.NEEDS_TRUST)))
    tile = counter.show_window().parts.devices._tiles[count - 1]
    said = tile._word.text() if count != 12 else tile._text.text()
    assert "carrier lock" in said
    assert "tap Trust" in f"{tile._word.text()} {tile._text.whole}"
    assert "tap Trust" in tile.toolTip()


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
    said = (tile._word.text(), tile._text.text()) if count == 12 else (*tile._word.text().split(" · "),)
    assert said == ("Hold", "account +1")


def _place(part: QWidget, inside: QWidget) -> QRect:
    return QRect(part.mapTo(inside, QPoint(0, 0)), part.size())


def test_a_name_is_not_cut_for_the_facts_beside_it(counter: Any):
    counter.plug(phone_of(read_iphone("A", model="iPhone 14 Pro Max")))
    window = counter.show_window(size=(1024, 640))
    counter.settle()
    assert window.parts.devices._tiles[0]._model.text().startswith("iPhone 14 Pro")


@pytest.mark.parametrize("size", [(1024, 640), (1360, 860)])
def test_a_message_covers_nothing_and_moves_no_panels_top(counter: Any, size: tuple[int, int]):
    counter.plug(phone_of(read_iphone("A")))
    window = counter.show_window(size=size)
    before = [_place(panel, window).topLeft() for panel in window.parts.panels]
    counter.bench.noticed.emit(Notice("bad", "Something.", "Do this."))
    counter.settle()
    parts = window.parts
    bar = _place(parts.messages, window)
    assert parts.messages.isVisible()
    # In a small window it stands where the counts stand.
    counts = [parts.strip] if parts.strip.isVisible() else []
    assert len(counts) == (size[0] > 1024)
    assert not any(bar.intersects(_place(part, window)) for part in (*parts.panels, *counts))
    assert all(window.rect().contains(_place(part, window)) for part in (parts.messages, *counts))
    assert [_place(panel, window).topLeft() for panel in parts.panels] == before


@pytest.mark.parametrize(
    ("state", "words"),
    [(State.NEEDS_TRUST, "Ask again  F4"), (State.TIMEOUT, "Ask again  F4"), (State.READY, "Show  F4")],
)
def test_the_bars_button_promises_no_more_than_a_press_does(counter: Any, state: State, words: str):
    counter.plug(phone_of(read_iphone("A", state=state)))
    assert counter.show_window().action_bar._button.text() == words


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
    row.show_phone(phone(), "Slot 8")
    row.show()
    row.activateWindow()
    qapp.processEvents()
    row._buttons["trust"].setFocus()
    assert qapp.focusWidget() is row._buttons["trust"]
    assert _offered(row) == {"unplug", "trust", "deny", "lock"}
    row.show_phone(phone(trust="trusted", locked=True), "Slot 8")
    assert _offered(row) == {"unplug", "unlock"}
    assert qapp.focusWidget() is row
    row.show_phone(phone(plugged=False), "Slot 8")
    assert _offered(row) == {"plug"}
    assert "Slot 8" in row._port.text()
    row.deleteLater()


@pytest.mark.parametrize(
    ("mode", "language", "words"),
    [("recovery", "en", "Recovery"), ("dfu", "en", "DFU"), ("dfu", "fr", "DFU")],
)
def test_the_trainers_row_names_the_mode_that_a_phone_is_in(qapp: Any, mode: str, language: str, words: str):
    info = PracticePhoneInfo("a", "ios", "worn battery", True, "trusted", slot="1-1", modes=("normal", mode))
    row = TrainerRow(info, language)
    row.show_phone(dataclasses.replace(info, mode=mode), "Slot 8")
    assert words in row._state.whole
    row.deleteLater()


def _offered(row: TrainerRow) -> set[str]:
    return {name for name, button in row._buttons.items() if not button.isHidden()}


@pytest.mark.parametrize("size", [(1024, 640), (1360, 860)])
def test_what_is_to_be_finished_later_pushes_no_tile_under_the_scroll_bar(
    counter: Any, size: tuple[int, int]
):
    long = "HUAWEI Mate 40 Pro 5G Porsche Design"
    old = phone_of(read_iphone("OLD", slot="1-1", model=long), key="old")
    counter.plug(old)
    counter.bench.devices.select(0)
    counter.answer_one_by_one()
    window = counter.show_window(size=(1920, 1080))
    counter.plug(gone(old))
    counter.plug(*many(40))
    window.resize(*size)
    counter.settle()
    QApplication.processEvents()
    panel = window.parts.devices
    assert panel._later.isVisible()
    room, seen = panel._scroll.viewport().width(), [tile for tile in panel._tiles if tile.isVisible()]
    assert len(seen) >= 40
    assert max(tile.width() for tile in seen) <= room
    rows = [row for row in panel._later.findChildren(QPushButton) if row.isVisible()]
    assert [row.text().endswith("…") for row in rows] == [True]
    assert long in rows[0].toolTip()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_long_models_have_the_room_that_no_state_needs(qapp: QApplication, language: str):
    plain = QFontMetrics(qapp.font())
    bold = QFont(qapp.font())
    bold.setWeight(QFont.Weight.DemiBold)
    strong = QFontMetrics(bold)
    room = least_room(strong, plain, language) + 400
    wide = columns(room, strong, plain, language)
    note = strong.horizontalAdvance(f"{look_word(Look.NEEDS_YOU, language)} · 88 questions")
    longest = max(strong.horizontalAdvance(look_word(look, language)) for look in Look)
    assert wide.word <= max(note, longest) + 1
    assert wide.word + wide.model + wide.facts + MARK + 3 * GAP == room


def test_the_strip_counts_each_phone_once_and_says_what_held_ones_ask_for(qapp: QApplication):
    strip = StatusStrip(Theme(), "en")
    strip.show_counts({Look.HOLD: 3, Look.NEEDS_YOU: 2}, {(Look.HOLD, Look.PROBLEM): 1})
    assert strip.text() == "2  Needs you · 3  Hold (1 Problem)"
    strip.show_counts({Look.HOLD: 1})
    assert strip.text() == "1  Hold"
    strip.deleteLater()
