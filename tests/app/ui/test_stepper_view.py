"""What a person sees of the steps of an unauthorized Android phone, and what the buttons and the key do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from diagnostics.model import LockState, State
from tests.fakes.window_androids import builder, read_android, waiting
from tests.fakes.windows import Counter, phone_of, read_iphone
from tradein_app.ui.languages import install_language
from tradein_app.ui.tokens import Mode

_PROVED_OFF = dict.fromkeys(("activation", "account", "mdm"), LockState.OFF)
SIZES = [(1024, 640), (1360, 860)]


def steps(counter: Any) -> Any:
    return counter.window.parts.reading._steps


def text(counter: Any) -> str:
    return str(counter.window.parts.reading.text())


@pytest.fixture(params=["en", "fr"])
def each_language(qapp: QApplication, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Counter]:
    translator = install_language(qapp, request.param)
    counter = Counter(tmp_path, request.param)
    counter.open()
    yield counter
    counter.close()
    if translator is not None:
        qapp.removeTranslator(translator)


def test_the_steps_stand_in_place_of_the_card_and_nothing_is_made_before_they_are_needed(counter: Any):
    window = counter.show_window()
    counter.plug(phone_of(read_iphone("A", slot="1-1")))
    assert steps(counter)._made is None
    counter.plug(waiting())
    counter.bench.devices.select(1)
    counter.settle()
    assert window.parts.reading._state.isHidden()
    assert text(counter).startswith(
        "Android phone\n▸  Unlock\n2  Replug\n3  Debugging off and on\n4  Revoke\n5  File transfer\n6  By hand\n"
        "Unlock the phone. It asks"
    )
    counter.bench.devices.select(0)
    counter.settle()
    assert steps(counter).isHidden()


def test_they_stay_while_the_phone_is_off_its_cable_and_tick_the_replug(counter: Any):
    counter.show_window()
    counter.plug(waiting())
    counter.plug(waiting(None))
    assert "The phone is off the cable. Put it in again." in text(counter)
    assert not steps(counter)._made._next.isEnabled()
    counter.plug(waiting(key="1-2#2"))
    assert "✓  Unlock\n✓  Replug\n▸  Debugging off and on\n" in text(counter)
    assert steps(counter)._made._next.isEnabled()


def test_a_phone_that_lets_us_in_shows_its_reading(counter: Any):
    window = counter.show_window()
    counter.plug(waiting())
    counter.plug(phone_of(read_android(**_PROVED_OFF), key="1-2#1"))
    assert steps(counter).isHidden()
    assert "SM-A546X" in text(counter)
    assert window.parts.reading._light.text() == "✓ Clear, as far as the cable tells"


@pytest.mark.parametrize("later", [State.UNAUTHORIZED, State.OFFLINE, None])
def test_a_phone_that_no_longer_lets_us_in_is_not_shown_as_clear(counter: Any, later: State | None):
    window = counter.show_window()
    counter.plug(phone_of(read_android(**_PROVED_OFF), key="1-2#1"))
    light = window.parts.reading._light
    assert light.property("tone") == "ok"
    counter.plug(waiting(later))
    assert light.property("tone") == "dim"
    assert light.whole.startswith("? As of ")
    assert "as of" in text(counter)


def test_a_phone_whose_reset_lock_is_not_known_is_not_green(counter: Any):
    window = counter.show_window()
    counter.plug(phone_of(read_android(account=LockState.OFF, mdm=LockState.OFF), key="1-2#1"))
    light = window.parts.reading._light
    assert light.text().startswith("? Not known: Reset lock (FRP)")
    assert light.property("tone") == "dim"


def test_battery_values_that_were_set_by_hand_are_said_above_all_lines_and_stay_said(counter: Any):
    faked = builder()
    faked.problem("", "battery_faked")
    faked.put("locks.account", LockState.ON, "dumpsys account", raw="Accounts: 1")
    faked.put("locks.screen", LockState.ON, "dumpsys trust", raw="secure")
    window = counter.show_window()
    counter.plug(phone_of(faked.build(), key="1-2#1"))
    panel = window.parts.reading
    assert panel._remarks.text().startswith("Somebody has set battery values by hand")
    assert panel._remarks.property("tone") == "warn"
    assert panel._todo.text().startswith("Owner's account:")
    assert (panel._todo.property("tone"), panel._asks.property("tone")) == ("bad", "warn")
    assert panel._asks.text().startswith("Screen lock:")
    counter.plug(waiting())
    assert panel._remarks.text().startswith("Somebody has set battery values by hand")


def test_the_key_and_the_button_lead_on(counter: Any):
    window = counter.show_window()
    counter.plug(waiting())
    QTest.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    counter.settle()
    assert "▸  Replug" in text(counter)
    QTest.mouseClick(steps(counter)._made._next, Qt.MouseButton.LeftButton)
    counter.settle()
    assert "▸  Debugging off and on" in text(counter)


def test_at_the_end_it_goes_on_by_hand_or_begins_again(counter: Any):
    window = counter.show_window()
    window.activateWindow()
    counter.plug(waiting())
    for _ in range(5):
        window.parts.reading.next_step()
    counter.settle()
    made = steps(counter)._made
    assert made._next.text() == "Begin again  Ctrl+T"
    QTest.mouseClick(made._by_hand, Qt.MouseButton.LeftButton)
    assert window.focusWidget() is window.parts.checklist
    window.parts.reading.next_step()
    counter.settle()
    assert "▸  Unlock" in text(counter)


def test_the_next_step_is_offered_by_itself(counter: Any, qtbot: Any):
    counter.show_window()
    stepping = steps(counter)._stepping
    counter.plug(waiting())
    made = steps(counter)._made
    assert made._next.property("role") is None
    begun = stepping._walks["1-2"].since
    stepping._walks["1-2"].since = begun - 14.9
    counter.window.parts.reading.show_reading()
    qtbot.waitUntil(lambda: made._next.property("role") == "primary", timeout=5000)
    assert made._offer.text() == "Nothing changed for 15 s: try the next step."


@pytest.mark.parametrize("size", SIZES)
def test_what_to_do_what_is_seen_and_the_button_need_no_scrolling(each_language: Counter, size: Any):
    window = each_language.show_window(size=size)
    each_language.plug(waiting())
    scroll = window.parts.reading._scroll
    for _ in range(6):
        made = steps(each_language)._made
        each_language.settle()
        QApplication.processEvents()
        seen = [made._live, made._next, made._by_hand, made._words, made._row]
        shown = [widget for widget in seen if widget.isVisible()]
        assert len(shown) >= 3
        ends = {widget.mapTo(scroll.viewport(), widget.rect().bottomRight()).y() for widget in shown}
        assert max(ends) <= scroll.viewport().height() + 2
        assert scroll._content.width() <= scroll.viewport().width()
        window.parts.reading.next_step()


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK, Mode.CONTRAST])
def test_each_sign_is_painted_in_each_mode(counter: Any, mode: Mode):
    counter.show_window(mode)
    counter.plug(waiting())
    for state in (State.OFFLINE, State.DEBUGGING_OFF, State.CHARGING_ONLY, State.UNAUTHORIZED, None):
        counter.plug(waiting(state))
        made = steps(counter)._made
        assert not made._sign.pixmap().isNull()
        assert made._live.property("tone") in {"accent", "warn", "bad", "ok"}
        assert made._sign.accessibleName() == made._live.text()


def test_the_light_is_cut_to_its_word_before_the_name_is_lost(counter: Any):
    window = counter.show_window(size=(1024, 640))
    made = builder()
    made.put("identity.model", "realme GT Master Edition Daybreak Blue", "getprop", raw="RMX3363")
    for name in ("account", "mdm", "screen", "root"):
        made.put(f"locks.{name}", LockState.ON, "dumpsys", raw="on")
    counter.plug(phone_of(made.build()))
    QApplication.processEvents()
    light = window.parts.reading._light
    assert light.text().startswith("✗ Stop")
    assert not light.text().endswith("…")
    assert "Owner's account" in light.accessibleName()
    counter.plug(phone_of(read_iphone("B", slot="1-9")))
    counter.bench.devices.select(1)
    counter.settle()
    assert light.isHidden()


def test_at_the_start_nothing_of_the_steps_is_loaded(counter: Any):
    loaded = {name for name in sys.modules if name.endswith("stepper_view")}
    counter.show_window()
    assert {name for name in sys.modules if name.endswith("stepper_view")} == loaded
    assert steps(counter)._made is None
