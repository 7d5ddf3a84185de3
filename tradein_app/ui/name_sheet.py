"""The sheet on which a person names a model or a colour that no table knows: Enter saves, Esc goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from diagnostics.teaching import FILES
from tradein_app.ui.layouts import hbox, label, set_text, vbox
from tradein_app.ui.overlay import Overlay
from tradein_app.ui.theme import TOUCH, restyle
from tradein_app.viewmodels.formatting import isolated
from tradein_app.viewmodels.naming import Naming, unknown_words

if TYPE_CHECKING:
    from diagnostics.teaching import Unnamed
    from tradein_app.viewmodels.workbench import Workbench

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
        self._what: Unnamed | None = None
        self._naming = Naming(bench, self)
        self._naming.kept.connect(self._on_kept)
        self._naming.refused.connect(self._say)
        self._head = label(role="heading")
        self._code = label(role="strong", wrap=True)
        self._more = label(role="dim", wrap=True)
        self._field = QLineEdit()
        self._field.setMinimumHeight(TOUCH)
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
        buttons = hbox(self._yes, self._no, 1)
        self.setLayout(
            vbox(self._head, self._code, self._field, self._wrong, self._more, buttons, margin=18, spacing=10)
        )
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * _LETTERS + 36)

    def ask(self, what: Unnamed) -> None:
        """Ask what a model or a colour is called."""
        if what != self._what or self.isHidden():
            self._field.clear()
            self._say("")
        self._what = what
        self._show_words(what)
        self.open()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_words(self, what: Unnamed) -> None:
        head, asked = self.tr("Name this model"), self.tr("Name on the box")
        for_all = self.tr("It counts for every phone of this model. Other benches get it with the file {0}.")
        code = self.tr("Model code: {0}").format(isolated(what.model))
        if what.colour:
            head, asked, code = (
                self.tr("Name this colour"),
                self.tr("Name of the colour"),
                unknown_words(what),
            )
            for_all = self.tr(
                "It counts for every phone of this model with this colour code. "
                "Other benches get it with the file {0}."
            )
        device = self.tr("Codename: {0}").format(isolated(what.device)) if what.device else ""
        self.setAccessibleName(head)
        self._head.setText(head)
        self._code.setText("\n".join(part for part in (code, device) if part))
        self._field.setAccessibleName(asked)
        self._field.setPlaceholderText(asked)
        self._more.setText(for_all.format(isolated(FILES[what.platform])))

    def text(self) -> str:
        """Return what the sheet says; ``""`` while it is closed."""
        parts = (self._code.text(), self._field.text(), self._wrong.text())
        return "" if self.isHidden() else "\n".join(part for part in parts if part)

    def _save(self) -> None:
        if self._what is not None:
            self._naming.learn(self._what, self._field.text())

    def _say(self, wrong: str) -> None:
        set_text(self._wrong, wrong)
        if not self.isHidden():
            self._place()
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_kept(self) -> None:
        self.dismiss()
