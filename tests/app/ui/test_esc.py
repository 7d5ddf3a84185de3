"""Esc closes one thing, and that one says so: of two buttons with that key nobody could tell which goes."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QPushButton

from tradein_app.viewmodels.workbench import Notice


def with_esc(window: Any) -> list[QPushButton]:
    return [
        each for each in window.findChildren(QPushButton) if each.isVisible() and each.text().endswith("Esc")
    ]


def test_a_message_beneath_a_sheet_leaves_esc_to_the_sheet_and_has_it_afterwards(counter: Any, panel: Any):
    window = panel.window()
    counter.bench.noticed.emit(Notice("ok", "Something went well"))
    counter.settle()
    assert with_esc(window) == [window.parts.messages._close]
    window.handling.show_keys()
    (button,) = with_esc(window)
    assert window.handling.keys.isAncestorOf(button)
    window.handling.close_top()
    assert window.handling.keys.isHidden()
    assert with_esc(window) == [window.parts.messages._close]
    window.handling.close_top()
    assert window.parts.messages.isHidden()


def test_of_two_sheets_the_upper_one_has_esc_and_closes_first(counter: Any, panel: Any):
    window = panel.window()
    window.handling.handlers()["slots"]()
    counter.settle()
    window.handling.show_keys()
    (button,) = with_esc(window)
    assert window.handling.keys.isAncestorOf(button)
    window.handling.close_top()
    assert window.handling.keys.isHidden()
    (button,) = with_esc(window)
    assert window.handling.slots.isAncestorOf(button)
    window.handling.close_top()
    assert with_esc(window) == []
