"""PySide6 6.12.0 on Python 3.11 loses one reference to None on every call that returns nothing."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject

CALLS = 2000


def test_calls_that_return_nothing_keep_nones_references(qapp) -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("x")
    # From Python 3.12 on None is immortal and its count stands still.
    assert sys.getrefcount(None) > before - CALLS // 2
