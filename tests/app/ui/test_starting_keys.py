"""Keys that come before the window can do anything: none is lost without a word, none answers what nobody saw."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tradein_app.ui.main_window import MainWindow
from tradein_app.ui.shortcuts import early_action
from tradein_app.ui.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def starting(qapp: Any) -> Any:
    window = MainWindow(Theme())
    yield window
    window.close()
    window.deleteLater()


def said(window: MainWindow) -> list[str]:
    return [each.text() for each in window.action_bar.findChildren(QLabel)]


def test_an_answer_before_the_panels_are_there_is_answered_by_a_word(counter: Any, starting: Any, phone: Any):
    QTest.keyClick(starting, Qt.Key.Key_1)
    assert "Starting: type again in a moment" in said(starting)
    starting.furnish(counter.bench)
    counter.plug(phone)
    assert counter.bench.record.answers == {}


def test_what_opens_something_opens_it_once_there_is_something_to_open(counter: Any, starting: Any):
    QTest.keyClick(starting, Qt.Key.Key_F1)
    assert "Starting: what you pressed comes in a moment" in said(starting)
    starting.furnish(counter.bench)
    counter.settle()
    assert starting.handling.keys is not None
    assert not starting.handling.keys.isHidden()


def test_the_commands_can_be_asked_for_while_the_program_starts(counter: Any, starting: Any):
    QTest.keyClick(starting, Qt.Key.Key_K, CTRL)
    starting.furnish(counter.bench)
    counter.settle()
    assert not starting.handling.commands.isHidden()


@pytest.mark.parametrize("key", ["1", "C", "Ctrl+Z", "Ctrl+Return", "Ctrl+D", "F4", "F5", "Ctrl+I"])
def test_nothing_that_judges_buys_or_touches_a_phone_is_kept(key: str):
    assert early_action(key) == ""
