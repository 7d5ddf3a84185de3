"""The bar that asks once more before a deal is closed: never a dialog, Enter confirms, Esc goes back."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton

from tradein_app.ui.layouts import hbox, label, set_text, vbox
from tradein_app.ui.theme import TOUCH

_MARGIN = 10


class DealBar(QFrame):
    """Asks to confirm accepting or declining."""

    confirmed = Signal(str)
    """``accept`` or ``decline``."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind = ""
        self.setProperty("role", "sheet")
        self.setAccessibleName(self.tr("Confirm"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._text = label(role="strong", wrap=True)
        self._more = label(role="dim", wrap=True)
        self._yes = QPushButton()
        self._yes.setProperty("role", "primary")
        self._no = QPushButton(self.tr("Back  Esc"))
        for button in (self._yes, self._no):
            button.setMinimumHeight(TOUCH)
        self._yes.clicked.connect(self._confirm)
        self._no.clicked.connect(self.dismiss)
        self._buttons = hbox(self._yes, self._no, 1)
        self.setLayout(vbox(self._text, self._more, self._buttons, margin=_MARGIN))
        self.hide()

    def ask_accept(self, offer: str, without: str = "") -> None:
        """Ask whether the offer is paid, and name what it is paid without: that never holds it back."""
        text = self.tr("Buy this phone for {0}?").format(offer)
        more = self.tr("The purchase paper is saved as a PDF. Money goes out.")
        if without:
            text = self.tr("Buy this phone for {0} {1}?").format(offer, without)
            more = " ".join((more, self.tr("What was left out is kept with the deal.")))
        self._ask("accept", text, more, self.tr("Accept  Enter"))

    def ask_decline(self) -> None:
        """Ask whether the customer keeps the phone."""
        text = self.tr("The customer keeps the phone?")
        self._ask("decline", text, self.tr("The quote is kept."), self.tr("Decline  Enter"))

    def _ask(self, kind: str, text: str, more: str, yes: str) -> None:
        self.kind = kind
        set_text(self._text, text)
        set_text(self._more, more)
        self._yes.setText(yes)
        self._turn()
        self.show()
        self._yes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def minimumSizeHint(self) -> QSize:
        """Return a width in which the buttons stand below each other: the panels keep theirs when the bar opens."""
        usual, widest = super().minimumSizeHint(), max(each.sizeHint().width() for each in self._each())
        return QSize(widest + 2 * _MARGIN + 2, usual.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons side by side where they have room so."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        wide = sum(each.sizeHint().width() + self._buttons.spacing() for each in self._each())
        way = QBoxLayout.Direction
        fits = wide + 2 * _MARGIN + 2 <= self.width()
        self._buttons.setDirection(way.LeftToRight if fits else way.TopToBottom)

    def _each(self) -> tuple[QPushButton, QPushButton]:
        return self._yes, self._no

    def dismiss(self) -> bool:
        """Close the bar; ``False`` when it was closed already."""
        was_open = bool(self.kind)
        self.kind = ""
        self.hide()
        if was_open:
            self.closed.emit()
        return was_open

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._confirm()
        else:
            super().keyPressEvent(event)

    def _confirm(self) -> None:
        kind = self.kind
        if kind:
            self.dismiss()
            self.confirmed.emit(kind)
