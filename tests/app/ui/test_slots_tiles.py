"""What a tile says of its cable, its slot and the phone that was there before."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from diagnostics.model import Problem, State
from tests.fakes.slots import at
from tests.fakes.windows import Counter, gone
from tradein_app.ui.device_tile import _shorter_states
from tradein_app.ui.status_strip import StatusStrip
from tradein_app.ui.theme import Theme
from tradein_app.viewmodels.looks import Look

Key = Qt.Key


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


def test_a_narrow_tile_says_at_least_how_many_questions_are_open(counter: Counter):
    counter.plug(at("2.1", "A"))
    counter.settle()
    tile = counter.bench.devices.tiles[0]
    assert tile.note.endswith("questions")
    assert _shorter_states(tile) == (f"Needs you · {tile.note}", f"Needs you · {tile.note.split()[0]}")


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
