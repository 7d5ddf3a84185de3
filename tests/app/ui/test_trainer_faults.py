"""The trainer's window puts faults on practice phones and takes them off again, over the control port."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from diagnostics.practice.apple.faults import FAULTS
from diagnostics.practice.bench import PracticeThread
from diagnostics.practice.catalogues import CATALOGUES
from diagnostics.usb.modes import mode_of
from tradein_app.ui.trainer_faults import FaultMenu
from tradein_app.ui.trainer_modes import ModeMenu
from tradein_app.ui.trainer_window import TrainerWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # windows are offscreen


@pytest.fixture
def bench() -> Iterator[PracticeThread]:
    with PracticeThread(iphones=1, androids=1) as running:
        yield running


def open_window(bench: PracticeThread, language: str) -> TrainerWindow:
    window = TrainerWindow(bench.environment()["TRADEIN_PRACTICE"], language)
    window.show()
    until(lambda: len(window._rows) == 2)
    return window


@pytest.fixture
def window(qapp: QApplication, bench: PracticeThread) -> Iterator[TrainerWindow]:
    made = open_window(bench, "fr")
    yield made
    made.stop()
    made.deleteLater()


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < deadline
        QApplication.processEvents()
        time.sleep(0.01)


def menus_of(menu: QMenu) -> list[QMenu]:
    """The menus of its groups."""
    return [child for child in menu.findChildren(QMenu) if child.actions()]


def choose(button: Any, menu: FaultMenu | ModeMenu, words: str) -> None:
    """Open a button's menu and choose an entry by its words."""
    button.click()
    action = next(
        action for at in (menu, *menus_of(menu)) for action in at.actions() if action.text() == words
    )
    action.trigger()
    menu.close()


def test_a_fault_is_chosen_by_its_words_and_taken_off_again(bench: PracticeThread, window: TrainerWindow):
    row = window._rows[bench.phones()[0].id]
    assert row._fault is not None
    choose(row._fault, window._faults["ios"], FAULTS["denied"].words["fr"])
    until(lambda: row._fault is not None and row._fault.isChecked())
    assert bench.phones()[0].fault == "denied"
    assert row._fault.text_in_full() == "Un client qui touche « Ne pas se fier »"
    assert row._state.text().startswith("no trust")

    choose(
        row._fault, window._faults["ios"], "Nothing special"
    )  # the window's own texts stay English without a translator
    until(lambda: row._fault is not None and not row._fault.isChecked())
    assert bench.phones()[0].fault == ""


def test_android_phones_have_faults_of_their_own(bench: PracticeThread, window: TrainerWindow):
    phone = bench.phones()[1].id
    row = window._rows[phone]
    assert row._fault is not None
    words = CATALOGUES["android"].faults["not-allowed"].words["fr"]
    choose(row._fault, window._faults["android"], words)
    until(lambda: row._fault is not None and row._fault.isChecked())
    assert (bench.phones()[1].fault, bench.phones()[1].trust) == ("not-allowed", "untrusted")
    assert row._fault.text_in_full() == "Un client qui n’a pas encore autorisé le débogage USB"

    choose(row._fault, window._faults["android"], "Nothing special")
    until(lambda: row._fault is not None and not row._fault.isChecked())
    assert (bench.phones()[1].fault, bench.phones()[1].trust) == ("", "trusted")


@pytest.mark.parametrize(("number", "side"), [(0, "ios"), (1, "android")])
def test_the_menu_has_every_fault_of_a_phone_once(
    bench: PracticeThread, window: TrainerWindow, number: int, side: str
):
    row, faults = window._rows[bench.phones()[number].id], CATALOGUES[side].faults.values()
    assert row._fault is not None
    row._fault.click()
    groups = menus_of(window._faults[side])
    shown = [action.text().replace("&&", "&") for menu in groups for action in menu.actions()]
    assert len(groups) == len({fault.group for fault in faults})
    window._faults[side].close()
    assert sorted(shown) == sorted(f.words["fr"] for f in faults if f.target == "phone")


@pytest.mark.parametrize(("name", "side"), [("usbmuxd", "ios"), ("adb", "android")])
def test_a_service_is_stopped_and_started(bench: PracticeThread, window: TrainerWindow, name: str, side: str):
    button = window._services[name]
    menu = next(
        child
        for child in window.findChildren(FaultMenu)
        if child.side == side and child is not window._faults[side]
    )
    choose(button, menu, CATALOGUES[side].faults["service-down"].words["fr"])
    until(button.isChecked)
    choose(button, menu, "Works as it should")
    until(lambda: not button.isChecked())


@pytest.mark.parametrize(
    ("number", "mode", "words"),
    [
        (0, "dfu", "Mode DFU"),
        (0, "recovery", "Mode récupération"),
        (1, "charging", "En charge seulement"),
        (1, "files", "Transfert de fichiers, débogage désactivé"),
        (1, "edl", "Téléchargement d'urgence Qualcomm (EDL)"),
        (1, "fastboot", "Fastboot"),
    ],
)
def test_a_phone_is_put_in_a_mode_with_the_mouse_and_back(
    bench: PracticeThread, window: TrainerWindow, number: int, mode: str, words: str
):
    info = bench.phones()[number]
    row = window._rows[info.id]
    running = mode_of(next(one for one in bench.bus() if one.slot == info.slot))
    choose(row._mode, row._modes, words)
    until(row._mode.isChecked)
    assert (bench.phones()[number].mode, row._mode.text_in_full()) == (mode, words)
    shown = next(one for one in bench.bus() if one.slot == info.slot)
    assert mode_of(shown) != running
    assert {name for name, button in row._buttons.items() if not button.isHidden()} == {"unplug"}

    choose(row._mode, row._modes, "En marche")
    until(lambda: not row._mode.isChecked())
    assert (bench.phones()[number].mode, bench.phones()[number].plugged) == ("", True)


def test_what_somebody_else_puts_on_shows_too(bench: PracticeThread, window: TrainerWindow):
    bench.fault(bench.phones()[0].id, "name-html")
    row = window._rows[bench.phones()[0].id]
    assert row._fault is not None
    until(row._fault.isChecked)
    assert row._fault.accessibleName() == FAULTS["name-html"].words["fr"]


def test_what_a_phone_asks_is_never_cut(window: TrainerWindow):
    window.show()
    row = next(row for row in window._rows.values() if row._phone.side == "ios")
    for trust in ("asked", "untrusted"):
        for locked in (False, True):
            row.show_phone(
                dataclasses.replace(row._phone, plugged=True, trust=trust, locked=locked), "Slot 1"
            )
            QApplication.processEvents()
            assert row._state.text() == row._state.whole
            assert row._state.text().startswith(("asks for trust", "no trust yet"))
