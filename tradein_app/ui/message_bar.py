"""A row in the window for what has to be said: never a dialog, always closable."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QSizePolicy, QWidget

from tradein_app.ui.layouts import hbox, label, set_text, vbox
from tradein_app.ui.overlay import EscButton
from tradein_app.ui.signs import Sign
from tradein_app.ui.theme import Theme, restyle
from tradein_app.viewmodels.workbench import Notice

_ICONS = {"accent": "phone", "ok": "done", "warn": "needs_you", "bad": "problem"}


class MessageBar(QFrame):
    """Shows the newest notice until it is closed."""

    turned = Signal()
    """It opened or closed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setAccessibleName(self.tr("Message"))
        self._notice: Notice | None = None
        self._lasting: Notice | None = None
        self._given_way: QWidget | None = None
        self._sign = Sign(theme, 1.3)
        self._text = label(role="strong", wrap=True)
        self._hint = label(role="dim", wrap=True)
        self._open = QPushButton(self.tr("Open the file"))
        self._open.clicked.connect(self._open_file)
        self._copy = QPushButton(self.tr("Copy the report"))
        self._copy.clicked.connect(self._copy_report)
        self._close = QPushButton(self.tr("Close  Esc"))
        self._close.clicked.connect(self.dismiss)
        row = hbox(self._sign, vbox(self._text, self._hint, spacing=2), self._open, self._copy, self._close)
        row.setStretch(1, 1)
        row.setContentsMargins(12, 6, 8, 6)
        self.setLayout(row)
        self.hide()

    def stand_in(self, room: QWidget) -> None:
        """Take a place in a column, above what stands at its foot; the panels give the room while it is open."""
        column = room.layout()
        assert isinstance(column, QBoxLayout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column.insertWidget(column.count() - 1, self)
        EscButton(self._close, room)
        self.hide()

    def take_place_of(self, foot: QWidget, *, low: bool) -> None:
        """Stand where another row of the window stands, while it is open and height is dear: no answer gives way."""
        instead = low and not self.isHidden()
        self._given_way = foot if instead else None
        foot.setVisible(not instead)

    def taken(self) -> int:
        """Return how much of the panels' height it takes now."""
        given = self._given_way.sizeHint().height() if self._given_way is not None else 0
        return 0 if self.isHidden() else max(0, self.sizeHint().height() - given)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that it opened."""
        super().showEvent(event)
        self.turned.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that it closed."""
        super().hideEvent(event)
        self.turned.emit()

    def show_notice(self, notice: Notice) -> None:
        """Say something; what was said before makes room."""
        self._notice = notice
        self._text.setText(notice.text)
        set_text(self._hint, "\n".join(part for part in (notice.hint, notice.path) if part))
        self._open.setVisible(bool(notice.path) and not notice.report)
        self._copy.setVisible(bool(notice.report))
        self._sign.show_icon(_ICONS[notice.tone], notice.tone, notice.text)
        restyle(self, tone=notice.tone)
        self.show()

    def show_lasting(self, notice: Notice | None) -> None:
        """Say something for as long as it is true: other notices come before it, closing them brings it back."""
        over = self.isHidden() or self._notice is self._lasting
        self._lasting = notice
        if over and notice is not None:
            self.show_notice(notice)
        elif over:
            self.hide()

    def dismiss(self) -> bool:
        """Close the bar; ``False`` when it was closed already, or stays because what it says is still true."""
        was_open = not self.isHidden() and self._notice is not self._lasting
        if self._lasting is None:
            self.hide()
        else:
            self.show_notice(self._lasting)
        return was_open

    def let_go(self) -> None:
        """Close the bar where it only told of something that went well."""
        if self._notice is not None and self._notice.tone == "ok":
            self.dismiss()

    def text(self) -> str:
        """Return what the bar says; ``""`` while it is closed."""
        return "" if self.isHidden() else f"{self._text.text()} {self._hint.text()}".strip()

    def _open_file(self) -> None:
        if self._notice is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self._notice.path).absolute())))

    def _copy_report(self) -> None:
        if self._notice is not None:
            QGuiApplication.clipboard().setText(self._notice.report)
