"""Digits as a person presses them, also on keyboards whose digit row types something else without Shift (AZERTY)."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

AZERTY = "&é\"'(-è_çà"
"""What the row of digits types in France, from the key of 1 to that of 0."""
_ROW = "1234567890"
_FIRST = {"win32": 2, "linux": 10}
"""Scan code of the key of 1, by system: a set 1 code, and the kernel's code and eight as X11 and Wayland have it."""
_MAC = dict(zip((18, 19, 20, 21, 23, 22, 26, 28, 25, 29), _ROW, strict=True))
"""Apple numbers its keys by their places, too, and calls that virtual keys."""
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_NONE = Qt.KeyboardModifier.NoModifier
_LATIN_1 = 0xFF
"""Up to here Qt's keys are called by what they type."""
_CAPITALS = {each.upper(): digit for each, digit in zip(AZERTY, _ROW, strict=True)}
"""As Caps Lock or a shortcut has them."""


def digit_of(event: QKeyEvent, held: Qt.KeyboardModifier = _NONE) -> str:
    """Return the digit that a key stands for, ``""`` for none.

    A key that types a digit is that digit. Another is one by its place in the row of digits; by what it types only
    where nothing says its place, such as on a remote desktop: elsewhere ``-`` has a key of its own.

    Args:
        event: The key.
        held: What has to be held down with it, such as Ctrl; with anything else it is no digit.
    """
    text = event.text()
    if len(text) == 1 and text.isdecimal() and held == _NONE:
        return str(int(text))
    if event.modifiers() & ~_KEYPAD != held:
        return ""
    return _by_place(event) if event.nativeScanCode() else _by_character(event)


def code_typed(text: str) -> str:
    """Return what a scanner meant: one that knows US keyboards alone types an IMEI as the French row of digits."""
    azerty = bool(text) and all(each in AZERTY for each in text)
    return "".join(_ROW[AZERTY.index(each)] for each in text) if azerty else text


def _by_place(event: QKeyEvent) -> str:
    if sys.platform == "darwin":
        return _MAC.get(event.nativeVirtualKey(), "")
    place = event.nativeScanCode() - _FIRST.get(sys.platform, _FIRST["linux"])
    return _ROW[place] if 0 <= place < len(_ROW) else ""


def _by_character(event: QKeyEvent) -> str:
    key = event.key()
    typed = event.text() or (chr(key) if 0 < key <= _LATIN_1 else "")
    return _CAPITALS.get(typed.upper(), "")
