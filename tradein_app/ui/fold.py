"""A heading that unfolds what lies under it."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from tradein_app.ui.layouts import vbox

_SHUT, _OPEN = "▸", "▾"


class Fold(QWidget):
    """Hides its content until it is pressed."""

    def __init__(self, title: str, content: QWidget) -> None:
        super().__init__()
        self._title = title
        self._content = content
        self.setAccessibleName(title)
        self.button = QPushButton()
        self.button.setProperty("role", "fold")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._show)
        self.setLayout(vbox(self.button, content, spacing=4))
        self._show(False)

    def _show(self, opened: bool) -> None:
        self.button.setText(f"{_OPEN if opened else _SHUT}  {self._title}")
        self._content.setVisible(opened)
