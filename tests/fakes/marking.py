"""Keys by which a person marks and answers in a window that is shown."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


def press(counter: Any, panel: Any, keys: str) -> None:
    """Press keys in a panel, one after the other, and let the desk do what comes of them."""
    for key in keys:
        QTest.keyClick(panel, Qt.Key(ord(key.upper())))
    counter.settle()


def page(counter: Any, number: int) -> None:
    """Open a page of the checklist."""
    counter.bench.checklist.go_to_page(number)
    counter.settle()
