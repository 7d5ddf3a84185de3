"""A thin bar that shrinks with the time that a person has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar

if TYPE_CHECKING:
    from tradein_app.viewmodels.waiting import TimeLine

_FULL = 1000
_LINES = 0.4
"""How high it is, in lines of text."""


class TimeBar(QProgressBar):
    """Shows what is left; Qt paints it only when that is another width, and moves nothing in between."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(0, _FULL)
        self.setTextVisible(False)
        self.setAccessibleName(self.tr("Time left"))
        self.setFixedHeight(max(6, round(self.fontMetrics().height() * _LINES)))
        self.hide()

    def show_left(self, line: TimeLine) -> None:
        """Show what is left, or hide where nobody is given any time."""
        if line.share is not None:
            self.setAccessibleDescription(line.left)
            self.setValue(round(_FULL * line.share))
        if self.isHidden() is (line.share is not None):
            self.setVisible(line.share is not None)
