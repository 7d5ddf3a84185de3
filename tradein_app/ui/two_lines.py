"""A label that breaks its text once between two words before it cuts it."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.layouts import set_tip


class TwoLines(ElidedLabel):
    """One line of plain text, or two where one has no room; cut only where two have none either."""

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
    words = text.split(" ")
    breaks = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(len(words) - 1, 0, -1))
    fitting = (pair for pair in breaks if all(metrics.horizontalAdvance(line) <= width for line in pair))
    return next(("\n".join(pair) for pair in fitting), None)
