"""A label that breaks its text once between two words before it cuts it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QFontMetrics

from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.layouts import set_tip


class TwoLines(ElidedLabel):
    """One line of plain text, or two where one has no room; cut only where two have none either."""

    def least(self) -> int:
        """Return how wide it has to be, so that nothing is cut: that of the better break, or of the whole."""
        metrics = self.fontMetrics()
        breaks = (max(map(metrics.horizontalAdvance, pair)) for pair in _breaks(self._whole))
        return min((self.wish(), *breaks))

    def _fit(self) -> None:
        lines = two_lines(self._whole, self.width(), self.fontMetrics())
        if lines is None:
            super()._fit()
        elif lines != self.text():
            self.setText(lines)
            set_tip(self, "")


def two_lines(text: str, width: int, metrics: QFontMetrics) -> str | None:
    """Return a text broken between two words; ``None`` where one line does, and where two do not either."""
    if metrics.horizontalAdvance(text) <= width:
        return None
    fitting = (
        pair for pair in _breaks(text) if all(metrics.horizontalAdvance(line) <= width for line in pair)
    )
    return next(("\n".join(pair) for pair in fitting), None)


def _breaks(text: str) -> Iterator[tuple[str, str]]:
    """Give the pairs of lines that a text can be broken into, the longest first line first."""
    words = text.split(" ")
    return ((" ".join(words[:at]), " ".join(words[at:])) for at in range(len(words) - 1, 0, -1))
