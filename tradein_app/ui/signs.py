"""A small drawing beside a word: the icon of a look, tinted by its tone."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from tradein_app.ui.layouts import PLAIN
from tradein_app.ui.theme import Theme


class Sign(QLabel):
    """Shows one icon in the size of the text.

    Args:
        theme: Whose tokens tint it.
        scale: Of the text's height.
    """

    def __init__(self, theme: Theme, scale: float = 1.15) -> None:
        super().__init__()
        self.setProperty("textFormat", PLAIN)
        self._theme = theme
        self._scale = scale
        self._shown: tuple[str, str, int, float] | None = None
        self._said = ("", "", "")

    def show_icon(self, name: str, tone: str, words: str) -> None:
        """Show an icon; ``words`` is what it says to a screen reader."""
        self._said = (name, tone, words)
        colour = getattr(self._theme.tokens, tone or "text")
        wanted = (name, colour, round(self.fontMetrics().height() * self._scale), self.devicePixelRatioF())
        if wanted != self._shown:
            from tradein_app.ui.icons import pixmap  # drawing is not needed for the first picture

            self._shown = wanted
            self.setPixmap(pixmap(*wanted))
        self.setAccessibleName(words)

    def retint(self) -> None:
        """Paint the same icon in the colours that hold now."""
        if self._said[0]:
            self.show_icon(*self._said)
