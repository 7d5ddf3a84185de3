"""The keys: no key does two things, each one listed does something, all are said in French."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel

from tradein_app.ui.languages import install_language
from tradein_app.ui.shortcuts import SHORTCUTS, clashes, keys_shown, shortcut_text


def test_no_key_does_two_things_in_one_place():
    assert clashes() == ()


def test_clashes_are_found(monkeypatch):
    monkeypatch.setattr("tradein_app.ui.shortcuts.SHORTCUTS", (*SHORTCUTS, SHORTCUTS[0]))
    assert ("anywhere", "F1") in clashes()


@pytest.mark.parametrize("shortcut", SHORTCUTS, ids=lambda shortcut: shortcut.action)
def test_qt_knows_every_key(shortcut):
    assert all(QKeySequence(key).count() == 1 for key in shortcut.keys)


def test_every_key_of_the_window_and_every_command_does_something(counter):
    does = counter.show_window().handling.handlers()
    wanted = {each.action for each in SHORTCUTS if each.handled or each.command} - {"port", "page"}
    assert wanted <= set(does)


def test_the_sheet_lists_every_key(counter):
    window = counter.show_window()
    window.handling.show_keys()
    said = {label.text() for label in window.handling.keys.findChildren(QLabel)}
    for shortcut in SHORTCUTS:
        assert keys_shown(shortcut) in said
        assert shortcut_text(shortcut) in said


def test_every_key_is_said_in_french(qapp):
    translator = install_language(qapp, "fr")
    assert translator is not None
    same = [str(each.text) for each in SHORTCUTS if shortcut_text(each) == each.text]
    qapp.removeTranslator(translator)
    assert same == []
