"""The trainer's window puts faults on practice phones and takes them off again, over the control port."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from diagnostics.practice.apple.faults import FAULTS
from diagnostics.practice.bench import PracticeThread
from tradein_app.ui.trainer_faults import FaultMenu
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


def menus_of(menu: FaultMenu) -> list[QMenu]:
    """The menus of its groups."""
    return [child for child in menu.findChildren(QMenu) if child.actions()]


def choose(button: Any, menu: FaultMenu, words: str) -> None:
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
    choose(row._fault, window._faults, FAULTS["denied"].words["fr"])
    until(lambda: row._fault is not None and row._fault.isChecked())
    assert bench.phones()[0].fault == "denied"
    assert row._fault.text_in_full() == "Un client qui touche « Ne pas se fier »"
    assert row._state.text().startswith("does not trust")

    choose(
        row._fault, window._faults, "Nothing special"
    )  # the window's own texts stay English without a translator
    until(lambda: row._fault is not None and not row._fault.isChecked())
    assert bench.phones()[0].fault == ""


def test_android_phones_have_nothing_to_practise(bench: PracticeThread, window: TrainerWindow):
    assert window._rows[bench.phones()[1].id]._fault is None


def test_the_menu_has_every_fault_of_a_phone_once(window: TrainerWindow):
    row = next(row for row in window._rows.values() if row._fault is not None)
    assert row._fault is not None
    row._fault.click()
    groups = menus_of(window._faults)
    shown = [action.text().replace("&&", "&") for menu in groups for action in menu.actions()]
    assert len(groups) == len({fault.group for fault in FAULTS.values()})
    window._faults.close()
    assert sorted(shown) == sorted(f.words["fr"] for f in FAULTS.values() if f.target == "phone")


def test_the_service_is_stopped_and_started(bench: PracticeThread, window: TrainerWindow):
    menu = next(child for child in window.findChildren(FaultMenu) if child is not window._faults)
    choose(window._service, menu, FAULTS["service-down"].words["fr"])
    until(window._service.isChecked)
    choose(window._service, menu, "Works as it should")
    until(lambda: not window._service.isChecked())


def test_what_somebody_else_puts_on_shows_too(bench: PracticeThread, window: TrainerWindow):
    bench.fault(bench.phones()[0].id, "name-html")
    row = window._rows[bench.phones()[0].id]
    assert row._fault is not None
    until(row._fault.isChecked)
    assert row._fault.accessibleName() == FAULTS["name-html"].words["fr"]
