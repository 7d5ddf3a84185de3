"""Lines of a reading that belong together: label, value, and where it comes from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.layouts import label, set_text, set_tip, vbox
from tradein_app.ui.theme import restyle
from tradein_app.viewmodels.facts import Fact, Section, not_read

Row = tuple[QLabel, ElidedLabel, ElidedLabel]
_LABEL, _VALUE, _SOURCE, _REST = range(4)
_GAP, _SLACK = 10, 4
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_SIGNS = {"ok": "✓ ", "bad": "✗ "}


class SectionView(QWidget):
    """Shows a section; what was not read is grey, and the reasons stand below, each once."""

    def __init__(self) -> None:
        super().__init__()
        self._section: Section | None = None
        self._rows: list[Row] = []
        self._facts: list[Fact | None] = []
        self._reasons: list[QLabel] = []
        self._title = label(role="title")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(_REST, 1)
        self._notes: QVBoxLayout = vbox(spacing=2)
        self.setLayout(vbox(self._title, self._grid, self._notes, spacing=4))

    def prepare(self, count: int) -> bool:
        """Make one line in advance; ``False`` when there are ``count`` already."""
        if len(self._rows) >= count:
            return False
        self._add_row()
        _show_row(self._rows[-1], shown=False)
        return True

    def show_section(self, section: Section) -> bool:
        """Show a section, and touch only the lines that changed; ``False`` when none did."""
        if section == self._section:
            return False
        self._section = section
        if self._title.text() != section.title:
            self._title.setText(section.title)
            self.setAccessibleName(section.title)
        while len(self._rows) < len(section.facts):
            self._add_row()
        missing = (None,) * (len(self._rows) - len(section.facts))
        for number, fact in enumerate((*section.facts, *missing)):
            if fact != self._facts[number]:
                self._facts[number] = fact
                self._show_line(self._rows[number], fact)
        self._show_notes(section)
        return True

    @property
    def widths(self) -> tuple[int, int, int]:
        """How wide labels, values and sources want to be; a value without a source has the room of both."""
        shown = [(row, fact) for row, fact in zip(self._rows, self._facts, strict=True) if fact is not None]
        sourced = [row for row, fact in shown if fact.origin]
        return (
            max((row[0].sizeHint().width() for row, _ in shown), default=0),
            max((row[1].wish() for row in sourced), default=0),
            max((row[2].wish() for row in sourced), default=0),
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
            if self._grid.columnMinimumWidth(column) != width:
                self._grid.setColumnMinimumWidth(column, width)

    def _add_row(self) -> None:
        row = (label(role="dim"), ElidedLabel(role="strong"), ElidedLabel(role="small"))
        for column, widget in enumerate(row):
            self._grid.addWidget(widget, len(self._rows), column, _MIDDLE)
            widget.ensurePolished()
        self._rows.append(row)
        self._facts.append(None)

    def _show_line(self, row: Row, fact: Fact | None) -> None:
        if fact is not None:
            self._share(row, sourced=bool(fact.origin))
            _show_fact(row, fact)
        _show_row(row, shown=fact is not None)

    def _share(self, row: Row, *, sourced: bool) -> None:
        """Give a value that names no source the room of one, so that it pushes no other line's source out."""
        number = self._rows.index(row)
        whole = self._grid.itemAtPosition(number, _SOURCE)
        if (whole is not None and whole.widget() is row[_VALUE]) is not sourced:
            return
        self._grid.removeWidget(row[_VALUE])
        self._grid.addWidget(row[_VALUE], number, _VALUE, 1, 1 if sourced else 2, _MIDDLE)
        self._grid.removeWidget(row[_SOURCE])
        self._grid.addWidget(row[_SOURCE], number, _SOURCE if sourced else _REST, _MIDDLE)

    def _show_notes(self, section: Section) -> None:
        reasons = [self.tr("{0}: {1}").format(labels, reason) for labels, reason in section.reasons()]
        while len(self._reasons) < len(reasons):
            self._reasons.append(label(role="small", wrap=True))
            self._notes.addWidget(self._reasons[-1])
        for number, note in enumerate(self._reasons):
            set_text(note, reasons[number] if number < len(reasons) else "")


def _show_row(row: Row, *, shown: bool) -> None:
    for widget in row:
        if widget.isHidden() is shown:
            widget.setVisible(shown)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _show_fact(row: Row, fact: Fact) -> None:
    name, value, origin = row
    if name.text() != fact.label:
        name.setText(fact.label)
    sign = _SIGNS.get(fact.tone, "") if fact.value else ""
    value.show_text(sign + (fact.value or fact.rejected or not_read(fact.name)), struck=bool(fact.rejected))
    restyle(value, tone=fact.tone or None, role="strong" if fact.value else "dim")
    origin.show_text(_joined(fact.origin, fact.quality, fact.time), shorter=_joined(fact.quality, fact.time))
    value.setAccessibleName(fact.as_text())
    set_tip(name, fact.source)
    set_tip(origin, fact.source)
