"""The sheet on which a sale is recorded: Enter goes on and saves, Esc goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from tradein_app.ui.layouts import hbox, label, set_text, vbox
from tradein_app.ui.overlay import Overlay
from tradein_app.ui.theme import TOUCH, restyle
from tradein_app.viewmodels.selling import Selling, Typed

if TYPE_CHECKING:
    from tradein_app.viewmodels.workbench import Workbench

_LETTERS = 64
"""How wide the sheet is, in letters."""


class SaleSheet(Overlay):
    """Asks which phone, for how much, when and where.

    Args:
        parent: What it lies over.
        bench: Where the sale is kept.
    """

    def __init__(self, parent: QWidget, bench: Workbench) -> None:
        super().__init__(parent, "")
        self.setAccessibleName(self.tr("Record a sale"))
        self.selling = Selling(bench, self)
        self.selling.changed.connect(self._show)
        self.selling.kept.connect(self._on_kept)
        self._stays = False
        self._filled: object = None
        self._before: QWidget | None = None
        self._make_fields()
        self._make_words()
        self._lay_out()

    def _make_fields(self) -> None:
        self._phone = self._field(self.tr("IMEI or serial number"))
        self._amount = self._field(self.tr("Sold for"))
        self._currency = self._field(self.tr("Currency"))
        self._day = self._field(self.tr("Day of the sale"))
        self._channel = self._field(self.tr("Where (may stay empty)"))
        self._phone.returnPressed.connect(self._look_up)
        for field in self._money:
            field.returnPressed.connect(self._save)
        self._phone.textEdited.connect(lambda: self.selling.look_up(""))

    @property
    def _money(self) -> tuple[QLineEdit, ...]:
        return self._amount, self._currency, self._day, self._channel

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setMinimumHeight(TOUCH)
        field.setAccessibleName(name)
        return field

    def _make_words(self) -> None:
        self._deal = label(role="strong", wrap=True)
        self._expected = label(role="dim", wrap=True)
        self._kept = label(wrap=True)
        self._wrong = label(wrap=True)
        restyle(self._wrong, tone="bad")
        self._yes = QPushButton(self.tr("Save  Enter"))
        self._undo = QPushButton(self.tr("It was not sold after all"))
        self._no = QPushButton(self.tr("Back  Esc"))
        self._yes.setProperty("role", "primary")
        self._yes.clicked.connect(self._go_on)
        self._undo.clicked.connect(self.selling.take_back)
        self._no.clicked.connect(self.dismiss)
        for button in (self._yes, self._undo, self._no):
            button.setMinimumHeight(TOUCH)

    def _lay_out(self) -> None:
        self._rest = QWidget()
        first = hbox(_named(self._amount), _named(self._currency), _named(self._day))
        self._rest.setLayout(vbox(first, hbox(_named(self._channel), vbox(1, self._undo))))
        buttons = hbox(self._yes, self._no, 1)
        head = label(self.tr("Record a sale"), "heading")
        self._who = QWidget()
        self._who.setLayout(_named(self._phone))
        rows = (self._who, self._deal, self._expected, self._kept, self._rest, self._wrong, buttons)
        self.setLayout(vbox(head, *rows, margin=18, spacing=10))
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * _LETTERS + 36)

    def _place(self) -> None:
        """Take the height that the words need in this width."""
        room, layout = self._room.rect().adjusted(24, 24, -24, -24), self.layout()
        assert layout is not None
        layout.activate()
        wide = min(room.width(), self.width())
        self.resize(wide, min(room.height(), layout.totalHeightForWidth(wide)))
        self.move(room.center() - self.rect().center())

    def ask(self, name: str = "") -> None:
        """Ask what a phone was sold for.

        Args:
            name: Its inspection; ``""`` to have it typed or scanned, one after the other.
        """
        self._before = self._room.window().focusWidget()
        self._stays = not name
        self._who.setVisible(self._stays)
        self._phone.clear()
        self.selling.look_up(name)
        self.open()
        self._show()
        (self._phone if self._stays else self._no).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> bool:
        """Close the sheet; the keyboard goes back to where it was, or Enter would press something of another phone."""
        focused: QWidget | None = self._room.window().focusWidget()
        had = focused is not None and self.isAncestorOf(focused)
        was_open = super().dismiss()
        if had and self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        return was_open

    def take(self, code: str) -> None:
        """Take a scanned code for the phone; one more code asks for another phone."""
        self._stays = True
        self._who.show()
        self._phone.setText(code)
        self._look_up()

    def text(self) -> str:
        """Return what the sheet says; ``""`` while it is closed."""
        parts = (self._deal, self._expected, self._kept, self._wrong)
        return "" if self.isHidden() else "\n".join(part.text() for part in parts if part.text())

    def _go_on(self) -> None:
        if self.selling.deal is None:
            self._look_up()
        else:
            self._save()

    def _look_up(self) -> None:
        self.selling.look_up(self._phone.text().strip())

    def _save(self) -> None:
        amount, currency, day, channel = (field.text() for field in self._money)
        self.selling.sell(Typed(amount, currency, day, channel))

    def _show(self) -> None:
        model, found = self.selling, self.selling.deal is not None
        set_text(self._deal, model.deal_words())
        set_text(self._expected, model.expected_words())
        set_text(self._kept, model.sold_words())
        set_text(self._wrong, model.said)
        self._undo.setVisible(model.sold is not None)
        self._rest.setVisible(found)
        self._fill()
        self.setAccessibleDescription(self.text())
        if not self.isHidden():
            self._place()

    def _fill(self) -> None:
        """Put into the fields what is known of a deal, once, and bring the keyboard to the price."""
        deal = self.selling.deal
        if deal is self._filled:
            return
        self._filled = deal
        typed = self.selling.fields()
        values = (typed.amount, typed.currency, typed.day, typed.channel)
        for field, value in zip(self._money, values, strict=True):
            field.setText(value)
        if deal is not None and not self.isHidden():
            self._amount.setFocus(Qt.FocusReason.OtherFocusReason)
            self._amount.selectAll()

    def _on_kept(self) -> None:
        if self._stays:
            self._phone.clear()
            self._phone.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.dismiss()


def _named(field: QLineEdit) -> QVBoxLayout:
    """Return a field under its name."""
    return vbox(label(field.accessibleName(), "dim"), field, spacing=2)
