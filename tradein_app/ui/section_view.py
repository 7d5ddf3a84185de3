"""Lines of a reading that belong together: label, value, and where it comes from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.layouts import clear, label, set_tip, vbox
from tradein_app.ui.theme import restyle
from tradein_app.viewmodels.facts import Fact, Section, not_read

Row = tuple[QLabel, ElidedLabel, ElidedLabel]
_LABEL, _VALUE, _SOURCE, _REST = range(4)
_GAP, _SLACK = 10, 4
_SIGNS = {"ok": "✓ ", "bad": "✗ "}


class SectionView(QWidget):
    """Shows a section; what was not read is grey, and the reasons stand below, each once."""

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._rows: list[Row] = []
        self._title = label(role="title")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(3)
        self._notes: QVBoxLayout = vbox(spacing=2)
        self.setLayout(vbox(self._title, self._grid, self._notes, spacing=4))

    def show_section(self, section: Section) -> None:
        """Show a section; the lines are made anew only when there are others."""
        self._title.setText(section.title)
        self.setAccessibleName(section.title)
        names = tuple(fact.name for fact in section.facts)
        if names != self._names:
            self._names = names
            self._remake(len(names))
        for row, fact in zip(self._rows, section.facts, strict=True):
            _show_fact(row, fact)
        self._show_notes(section)

    @property
    def widths(self) -> tuple[int, int, int]:
        """How wide labels, values and sources want to be."""
        return (
            max((row[0].sizeHint().width() for row in self._rows), default=0),
            max((row[1].wish() for row in self._rows), default=0),
            max((row[2].wish() for row in self._rows), default=0),
        )

    def set_widths(self, labels: int, values: int, sources: int, room: int) -> None:
        """Stand in the same columns as another section: each source near its value, all below each other.

        Values come first: where the room is short, sources are cut before them.

        Args:
            labels: How wide the widest label is.
            values: How wide the widest value is.
            sources: How wide the widest source is.
            room: How wide the section is.
        """
        left = max(room - labels - 2 * _GAP, 0)
        values = min(values + _SLACK, left)
        for column, width in (
            (_LABEL, labels),
            (_VALUE, values),
            (_SOURCE, min(sources + _SLACK, left - values)),
        ):
            self._grid.setColumnMinimumWidth(column, width)

    def _remake(self, count: int) -> None:
        for widgets in self._rows:
            for widget in widgets:
                widget.deleteLater()
        self._rows = [
            (label(role="dim"), ElidedLabel(role="strong"), ElidedLabel(role="small")) for _ in range(count)
        ]
        for number, widgets in enumerate(self._rows):
            for column, widget in enumerate(widgets):
                self._grid.addWidget(widget, number, column, Qt.AlignmentFlag.AlignVCenter)
        self._grid.setColumnStretch(_REST, 1)

    def _show_notes(self, section: Section) -> None:
        clear(self._notes)
        for labels, reason in section.reasons():
            self._notes.addWidget(label(self.tr("{0}: {1}").format(labels, reason), "small", wrap=True))


def _show_fact(row: Row, fact: Fact) -> None:
    name, value, origin = row
    name.setText(fact.label)
    sign = _SIGNS.get(fact.tone, "") if fact.value else ""
    value.show_text(sign + (fact.value or fact.rejected or not_read(fact.name)), struck=bool(fact.rejected))
    restyle(value, tone=fact.tone or None, role="strong" if fact.value else "dim")
    origin.show_text(
        " ".join(part for part in (fact.origin, fact.quality, fact.time) if part), shorter=fact.origin
    )
    value.setAccessibleName(fact.as_text())
    set_tip(name, fact.source)
    set_tip(origin, fact.source)
