"""The card of kept models: each can be put in use again, with the same checks as the one that waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton

from tradein_app.ui.layouts import clear, label, set_text, vbox
from tradein_app.ui.theme import TOUCH
from tradein_app.viewmodels.prices_kept import MOST, kept, kept_button, kept_words, more_words

if TYPE_CHECKING:
    from pricing.standing.records import Entry
    from tradein_app.services.price_page_records import Overview


class KeptCard(QFrame):
    """Hidden while no model is kept aside.

    Args:
        language: Of its words.
    """

    wanted = Signal(str)
    """The version of the model that is to be put in use."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._shown: tuple[Entry, ...] = ()
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Kept models"))
        self._rows = vbox(spacing=8)
        self._more = label(role="dim", wrap=True)
        title = label(self.tr("Kept models"), "title")
        self.setLayout(vbox(title, self._rows, self._more, margin=12, spacing=6))
        self.hide()

    def show_overview(self, overview: Overview, *, idle: bool) -> None:
        """Show the models that are neither in use nor waiting.

        Args:
            overview: How things stand.
            idle: One may be put in use now: no training runs, and nothing else was asked for.
        """
        found = kept(overview)
        self.setVisible(bool(found))
        if found != self._shown:
            # Buttons stay where the keyboard is while a training is looked at.
            self._shown = found
            self._fill(found[:MOST])
            set_text(self._more, more_words(len(found) - MOST))
        for button in self.findChildren(QPushButton):
            button.setEnabled(idle)

    def _fill(self, entries: tuple[Entry, ...]) -> None:
        clear(self._rows)
        for entry in entries:
            self._rows.addWidget(label(kept_words(entry, self._language), wrap=True))
            self._rows.addWidget(self._button(entry))

    def _button(self, entry: Entry) -> QPushButton:
        made = QPushButton(kept_button(entry, self._language))
        made.setMinimumHeight(TOUCH)
        made.setAutoDefault(False)
        made.clicked.connect(lambda: self.wanted.emit(entry.version))
        return made
