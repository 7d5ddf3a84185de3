"""The strip at the foot: how many phones are in each state, and what is wrong with the buses."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy

from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.icons import icon
from tradein_app.ui.layouts import hbox, label
from tradein_app.ui.theme import Theme, restyle
from tradein_app.viewmodels.faults import Faults
from tradein_app.viewmodels.language import look_word
from tradein_app.viewmodels.looks import TONES, Look

if TYPE_CHECKING:
    from diagnostics.errors import UserError


class StatusStrip(QFrame):
    """Counts each phone once, by its look; a press on a count goes to the next such phone."""

    jump_asked = Signal(object)
    """A `Look`."""

    def __init__(self, theme: Theme, language: str) -> None:
        super().__init__()
        self._theme = theme
        self._language = language
        self._faults = Faults(language)
        self._buttons: dict[Look, QPushButton] = {}
        self.setAccessibleName(self.tr("Phones by state"))
        self._counts = hbox(spacing=4)
        self._none = label(role="dim")
        self._sources = ElidedLabel(role="dim")
        row = hbox(self._none, self._counts, self._sources, spacing=12)
        row.setStretch(2, 1)
        self.setLayout(row)
        # The keys F3 and F4 do the same work, so the strip may be slim.
        row.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_counts(
        self, counts: Mapping[Look, int], asking: Mapping[tuple[Look, Look], int] = MappingProxyType({})
    ) -> None:
        """Show how many phones have each look.

        Args:
            counts: By look; each phone once.
            asking: How many of those of one look ask for another thing besides.
        """
        for look in Look:
            count = counts.get(look, 0)
            if count:
                self._button(look).setText(self._words(look, count, asking))
                self._button(look).setToolTip(self._explained(look, asking))
            if look in self._buttons:
                self._buttons[look].setVisible(bool(count))
        self._none.setText("" if counts else self.tr("No phone plugged in"))
        self._none.setVisible(not counts)

    def _words(self, look: Look, count: int, asking: Mapping[tuple[Look, Look], int]) -> str:
        """Return ``3  Hold (1 Problem)``: three phones, of which one has a problem, too."""
        of_them = [
            f"{some} {look_word(other, self._language)}" for (of, other), some in asking.items() if of is look
        ]
        said = f"{count}  {look_word(look, self._language)}"
        return f"{said} ({', '.join(of_them)})" if of_them else said

    def _explained(self, look: Look, asking: Mapping[tuple[Look, Look], int]) -> str:
        """Return what the number in brackets means; ``""`` where there is none."""
        if not any(of is look for of, _ in asking):
            return ""
        text = self.tr(
            "All of these are counted under “{0}”. Those in brackets ask for something else besides."
        )
        return text.format(look_word(look, self._language))

    def show_source(self, name: str, error: UserError | None) -> None:
        """Show what is wrong with a bus, or that it works again."""
        self._faults.note(name, error)
        lines = self._faults.lines()
        self._sources.show_text("  ·  ".join(" ".join(words).strip() for words in lines))
        restyle(self._sources, tone="warn" if lines else "dim")

    def retint(self) -> None:
        """Paint the icons in the colours that hold now."""
        for look, button in self._buttons.items():
            self._paint(look, button)

    def text(self) -> str:
        """Return the strip as a person would read it out."""
        shown = [button.text() for button in self._buttons.values() if not button.isHidden()]
        return " · ".join([*shown, self._sources.whole]).strip(" ·")

    def _button(self, look: Look) -> QPushButton:
        button = self._buttons.get(look)
        if button is None:
            button = self._buttons[look] = QPushButton()
            button.setProperty("role", "quiet")
            self._paint(look, button)
            button.clicked.connect(lambda: self.jump_asked.emit(look))
            before = sum(1 for other in Look if other in self._buttons and _place(other) < _place(look))
            self._counts.insertWidget(before, button)
        return button

    def _paint(self, look: Look, button: QPushButton) -> None:
        size = button.fontMetrics().height()
        colour = getattr(self._theme.tokens, TONES[look])
        button.setIcon(icon(str(look), colour, size, self.devicePixelRatioF()))
        button.setIconSize(QSize(size, size))


def _place(look: Look) -> int:
    return list(Look).index(look)
