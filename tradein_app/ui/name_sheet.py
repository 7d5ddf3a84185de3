"""The sheet on which a person types what a model is called that no table knows: Enter saves, Esc goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from tradein_app.ui.layouts import hbox, label, set_text, vbox
from tradein_app.ui.overlay import Overlay
from tradein_app.ui.theme import TOUCH, restyle
from tradein_app.viewmodels.formatting import isolated
from tradein_app.viewmodels.naming import Naming, Unnamed

if TYPE_CHECKING:
    from tradein_app.viewmodels.workbench import Workbench

FILE = "android-names.toml"
"""What the file of the names is called (`diagnostics.android.names.FILE`, which a window need not load)."""
_LETTERS = 46
"""How wide the sheet is, in letters."""


class NameSheet(Overlay):
    """Asks for one name.

    Args:
        parent: What it lies over.
        bench: Where the name is kept, and whose phones are read again.
    """

    def __init__(self, parent: QWidget, bench: Workbench) -> None:
        super().__init__(parent, "")
        self.setAccessibleName(self.tr("Name this model"))
        self._phone: Unnamed | None = None
        self._naming = Naming(bench, self)
        self._naming.kept.connect(self._on_kept)
        self._naming.refused.connect(self._say)
        self._code = label(role="strong", wrap=True)
        self._field = QLineEdit()
        self._field.setMinimumHeight(TOUCH)
        self._field.setAccessibleName(self.tr("Name on the box"))
        self._field.setPlaceholderText(self.tr("Name on the box"))
        self._field.returnPressed.connect(self._save)
        self._field.textEdited.connect(lambda: self._say(""))
        self._wrong = label(wrap=True)
        restyle(self._wrong, tone="bad")
        self._yes = QPushButton(self.tr("Save  Enter"))
        self._no = QPushButton(self.tr("Back  Esc"))
        self._lay_out()

    def _lay_out(self) -> None:
        self._yes.setProperty("role", "primary")
        self._yes.clicked.connect(self._save)
        self._no.clicked.connect(self.dismiss)
        for button in (self._yes, self._no):
            button.setMinimumHeight(TOUCH)
        for_all = self.tr("It counts for every phone of this model. Other benches get it with the file {0}.")
        more = label(for_all.format(isolated(FILE)), "dim", wrap=True)
        head = label(self.tr("Name this model"), "heading")
        buttons = hbox(self._yes, self._no, 1)
        self.setLayout(vbox(head, self._code, self._field, self._wrong, more, buttons, margin=18, spacing=10))
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * _LETTERS + 36)

    def ask(self, phone: Unnamed) -> None:
        """Ask what a phone's model is called."""
        if phone != self._phone or self.isHidden():
            self._field.clear()
            self._say("")
        self._phone = phone
        code = self.tr("Model code: {0}").format(isolated(phone.model))
        device = self.tr("Codename: {0}").format(isolated(phone.device)) if phone.device else ""
        self._code.setText("\n".join(part for part in (code, device) if part))
        self.open()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def text(self) -> str:
        """Return what the sheet says; ``""`` while it is closed."""
        parts = (self._code.text(), self._field.text(), self._wrong.text())
        return "" if self.isHidden() else "\n".join(part for part in parts if part)

    def _save(self) -> None:
        if self._phone is not None:
            self._naming.learn(self._phone, self._field.text())

    def _say(self, wrong: str) -> None:
        set_text(self._wrong, wrong)
        if not self.isHidden():
            self._place()
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_kept(self) -> None:
        self.dismiss()
