"""A heading that unfolds what lies under it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from tradein_app.ui.layouts import vbox

_SHUT, _OPEN = "▸", "▾"
_EDGES = 16
"""Left beside the text, in pixels."""


class Fold(QWidget):
    """Hides its content until it is pressed."""

    def __init__(self, title: str, content: QWidget) -> None:
        super().__init__()
        self._title = title
        self._content = content
        self.setAccessibleName(title)
        self.button = _Heading()
        self.button.setProperty("role", "fold")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._show)
        self.setLayout(vbox(self.button, content, spacing=4))
        self._show(False)

    def _show(self, opened: bool) -> None:
        self.button.show_text(f"{_OPEN if opened else _SHUT}  {self._title}")
        self._content.setVisible(opened)


class _Heading(QPushButton):
    """A button whose text breaks between words, so that it never makes a column wider than there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._said = ""

    def show_text(self, text: str) -> None:
        """Show a text, over several lines where one is too short."""
        self._said = text
        self.setAccessibleName(text)
        self._break()

    def minimumSizeHint(self) -> QSize:
        """Return the width of the longest word."""
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(word) for word in self._said.split()), default=0)
        return QSize(widest + _EDGES, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the text anew."""
        super().resizeEvent(event)
        self._break()

    def _break(self) -> None:
        lines = [""]
        for word in self._said.split(" "):
            longer = f"{lines[-1]} {word}" if lines[-1] else word
            if self.fontMetrics().horizontalAdvance(longer) + _EDGES <= self.width() or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(word)
        text = "\n".join(lines)
        if text != self.text():
            self.setText(text)
