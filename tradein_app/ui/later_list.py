"""Inspections whose phones are not plugged in: finish later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from tradein_app.ui.layouts import clear, label, set_tip, vbox
from tradein_app.viewmodels.formatting import format_time, format_value, without_isolates
from tradein_app.viewmodels.tiles import grade_key, grade_word, model_name

if TYPE_CHECKING:
    from tradein_app.services.records import InspectionRecord

SHOWN = 5
"""So many at most, the newest first; the others are found in the list of inspections."""


_EDGES = 2 * (12 + 1)
"""A button's padding and border, left and right, by the style sheet."""


class _Row(QPushButton):
    """One inspection; it never asks for more width than there is, which would push the ports under the scroll bar."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = text
        # A button's own policy takes its hint for the least.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        set_tip(self, text)

    def minimumSizeHint(self) -> QSize:
        """Return a width into which the text gives way."""
        return QSize(0, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Return the width of the whole text."""
        wide = self.fontMetrics().horizontalAdvance(self._whole) + _EDGES
        return QSize(wide, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as fits now."""
        super().resizeEvent(event)
        room = max(self.width() - _EDGES, 1)
        shown = (
            self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room).replace("&", "&&")
        )
        if shown != self.text():
            self.setText(shown)


class LaterList(QWidget):
    """Offers to go on with a phone that was unplugged."""

    chosen = Signal(str)

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self.setAccessibleName(self.tr("Finish later"))
        self._rows = vbox(spacing=4)
        self._title = label(self.tr("Finish later"), "title")
        self.setLayout(vbox(self._title, self._rows, spacing=4))
        self.hide()

    def show_records(self, records: Sequence[InspectionRecord], *, chosen: str | None) -> None:
        """Show the inspections, the newest first."""
        clear(self._rows)
        newest = sorted(records, key=lambda record: record.updated_at, reverse=True)[:SHOWN]
        for record in newest:
            self._rows.addWidget(self._row(record, chosen=record.id == chosen))
        self.setVisible(bool(newest))

    def _row(self, record: InspectionRecord, *, chosen: bool) -> QPushButton:
        parts = [
            model_name(record.reading, self._language),
            self._storage(record),
            grade_word(grade_key(record), self._language),
        ]
        parts.append(format_time(record.updated_at, language=self._language))
        text = without_isolates(" · ".join(part for part in parts if part))
        button = _Row(text)
        button.setProperty("role", "answer")
        button.setCheckable(True)
        button.setChecked(chosen)
        button.clicked.connect(lambda: self.chosen.emit(record.id))
        return button

    def _storage(self, record: InspectionRecord) -> str:
        size = record.reading.storage.capacity_gb
        return "" if size is None else format_value(size, "GB", language=self._language)
