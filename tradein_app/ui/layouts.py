"""Short ways to the layouts and labels that every panel is made of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

PLAIN = "PlainText"
"""`Qt.TextFormat.PlainText` by its name: Python's `Qt` costs a window 35 ms at its first use, so nothing that the first
picture needs may use it (PySide makes some hundred enums then; tests/app/ui/test_first_picture.py)."""

Item = QWidget | QLayout | int | None
Box = TypeVar("Box", bound=QBoxLayout)


def vbox(*items: Item, margin: int = 0, spacing: int = 6) -> QVBoxLayout:
    """Return a column; a number stretches, ``None`` is left out."""
    return _filled(QVBoxLayout(), items, margin, spacing)


def hbox(*items: Item, margin: int = 0, spacing: int = 8) -> QHBoxLayout:
    """Return a row; a number stretches, ``None`` is left out."""
    return _filled(QHBoxLayout(), items, margin, spacing)


def _filled(box: Box, items: tuple[Item, ...], margin: int, spacing: int) -> Box:
    box.setContentsMargins(margin, margin, margin, margin)
    box.setSpacing(spacing)
    for item in items:
        if isinstance(item, QWidget):
            box.addWidget(item)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        elif item is not None:
            box.addStretch(item)
    return box


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label that shows its text as it is: no HTML, whatever a phone may send."""
    made = QLabel(text)
    made.setProperty("textFormat", PLAIN)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if role:
        made.setProperty("role", role)
    return made


def frame(role: str, name: str, layout: QLayout | None = None) -> QFrame:
    """Return a frame with a role and an accessible name."""
    made = QFrame()
    made.setProperty("role", role)
    made.setAccessibleName(name)
    if layout is not None:
        made.setLayout(layout)
    return made


@contextmanager
def laid_out_once(*widgets: QWidget) -> Iterator[None]:
    """Lay widgets out when all changes inside are made, in place of at each child that is shown.

    Qt lays out everything above a child that is shown, with those that are still to come squeezed together: a page of
    six questions with texts in several lines was laid out six times, which took longer than all else that a key does.
    """
    layouts = [layout for widget in widgets if (layout := widget.layout()) is not None]
    for layout in layouts:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in layouts:
            layout.setEnabled(True)


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def set_tip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip that shows its text as it is, over several lines."""
    tip = _plain_tip(text) if text else ""
    if widget.toolTip() != tip:
        widget.setToolTip(tip)


def _plain_tip(text: str) -> str:
    from html import escape  # costs a window 6 ms that has no tooltip yet

    return f"<qt>{escape(text)}</qt>"


def set_text(shown: QLabel, text: str) -> None:
    """Set a label's text, and hide the label when there is none."""
    if shown.text() != text:
        shown.setText(text)
    if shown.isHidden() is bool(text):
        shown.setVisible(bool(text))
