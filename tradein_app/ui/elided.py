"""A label whose text ends in an ellipsis where there is no room, and stands whole in the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from tradein_app.ui.layouts import set_tip
from tradein_app.ui.theme import restyle
from tradein_app.viewmodels.formatting import without_isolates

_LEAST_MORE = 7
"""So many characters, with their dot and the ellipsis, of what follows upon the part that is kept say something."""


class ElidedLabel(QLabel):
    """One line of plain text; it never asks for more width than there is."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self._whole = ""
        self._between: tuple[str, ...] = ()
        self._shorter = ""
        self._kept = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)
        self.show_text(text)

    def show_text(
        self, text: str, *, struck: bool = False, shorter: str | tuple[str, ...] = "", kept: str = ""
    ) -> None:
        """Show a text.

        Args:
            text: Shown where there is room for it.
            struck: Struck through, where it is not to be believed.
            shorter: Shown where there is no room for all of it, the first of several that fits; the last is cut
                where even that has none.
            kept: What all of them begin with, which is not cut for what follows upon it.
        """
        *between, least = (shorter,) if isinstance(shorter, str) else shorter
        # By the style sheet: a font that is set here would be gone as soon as the sheet is asked for another colour.
        restyle(self, struck=struck)
        wanted = (text, tuple(between), least, kept)
        if wanted != (self._whole, self._between, self._shorter, self._kept):
            self._whole, self._between, self._shorter, self._kept = wanted
            self.setAccessibleName(without_isolates(text))
            self._fit()

    @property
    def whole(self) -> str:
        """The whole text."""
        return self._whole

    def wish(self) -> int:
        """Return how wide the whole text is."""
        return self.fontMetrics().horizontalAdvance(self._whole)

    def least_wish(self) -> int:
        """Return how wide the shortest text is."""
        return self.fontMetrics().horizontalAdvance(self._shorter or self._whole)

    def minimumSizeHint(self) -> QSize:
        """Return a width that never pushes the window open."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as fits now."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics, texts = self.fontMetrics(), (self._whole, *self._between, self._shorter or self._whole)
        fitting = (text for text in texts if metrics.horizontalAdvance(text) <= self.width())
        wanted = next(fitting, texts[-1])
        shown = self._cut(wanted)
        if self._kept and shown != wanted and len(shown) < len(self._kept) + _LEAST_MORE:
            shown = self._cut(self._kept)
        if shown != self.text():
            self.setText(shown)
        set_tip(self, without_isolates(self._whole) if shown != self._whole else "")

    def _cut(self, text: str) -> str:
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(self.width(), 1))
