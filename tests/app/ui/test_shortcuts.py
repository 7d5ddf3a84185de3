"""The keys: no key does two things, each one listed does something, all are said in French."""

from __future__ import annotations

import types

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from diagnostics.practice import control
from tests.fakes.windows import phone_of, read_iphone
from tradein_app import app as app_room
from tradein_app.practice import ADDRESS
from tradein_app.ui.languages import install_language
from tradein_app.ui.main_window import MainWindow
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


@pytest.mark.parametrize(("typed", "mode"), [("dark", "dark"), ("contrast", "contrast"), ("light", "light")])
def test_colours_are_found_among_the_commands(counter, typed, mode):
    window = counter.show_window()
    chosen: list[str] = []
    window.mode_chosen.connect(chosen.append)
    window.handling.show_commands()
    QTest.keyClicks(window.handling.commands._field, typed)
    QTest.keyClick(window.handling.commands._field, Qt.Key.Key_Return)
    assert chosen == [mode]


def test_the_commands_are_whole_in_the_smallest_window_and_go_with_another_key(counter):
    counter.plug(phone_of(read_iphone("A")))
    window = counter.show_window(size=(1024, 640))
    window.activateWindow()
    window.handling.show_commands()
    commands = window.handling.commands
    for typed in ("", "nothing is called so"):
        commands._field.setText(typed)
        counter.settle()
        inside = commands.rect().adjusted(1, 1, -1, -1)
        assert inside.contains(commands._list.geometry())
    QTest.keyClick(commands._field, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert commands.isHidden()


def test_the_keys_are_called_in_french_as_they_are_written(qapp):
    translator = install_language(qapp, "fr")
    shown = " ".join(keys_shown(shortcut) for shortcut in SHORTCUTS)
    qapp.removeTranslator(translator)
    assert not {"Enter", "Esc", "Shift", "Backspace", "PgUp", "PgDn"} & set(shown.replace("+", " ").split())
    assert "Maj+F3" in shown


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


class Practising:
    """The program as far as the trainer's window needs it."""

    language = "en"

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def port_number(self, _slot: str) -> int | None:
        return None

    def point_to_practice(self) -> None:
        pass


@pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")
def test_f8_opens_the_practice_phones_and_the_sheet_of_keys_says_so(counter, monkeypatch):
    monkeypatch.setattr(control.PracticeClient, "phones", lambda _self: ())
    window = counter.show_window()
    practice = types.SimpleNamespace(environment={ADDRESS: "127.0.0.1:1"})
    trainer = app_room._open_trainer(practice, Practising(window))  # type: ignore[arg-type]
    try:
        trainer.hide()
        window.activateWindow()
        QTest.keyClick(window, Qt.Key.Key_F8)
        counter.settle()
        assert trainer.isVisible()
    finally:
        trainer.stop()
        trainer.deleteLater()
    window.handling.show_keys()
    said = {label.text() for label in window.handling.keys.findChildren(QLabel)}
    assert {"F8", "Practice phones, while you practise"} <= said
