"""Lines of a reading that belong together: label, value, and where it comes from."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.layouts import label, set_text, set_tip, vbox
from tradein_app.ui.theme import restyle
from tradein_app.viewmodels.facts import Fact, Section
from tradein_app.viewmodels.language import translate

Row = tuple[QLabel, "Value", ElidedLabel]
_LABEL, _VALUE, _SOURCE, _REST = range(4)
_GAP, _SLACK = 8, 4
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_SIGNS = {"ok": "✓ ", "bad": "✗ "}


class Widths(NamedTuple):
    """How wide the columns want to be, each by its widest line.

    Attributes:
        least_sources: Of the sources in their shortest form.
    """

    labels: int
    values: int
    sources: int
    least_sources: int


class Value(ElidedLabel):
    """A value; where only a person can tell it, a click leads to the question."""

    pressed = Signal(str)
    """A question's id."""

    def __init__(self) -> None:
        super().__init__(role="strong")
        self._question = ""

    def lead_to(self, question: str) -> None:
        """Lead to a question of the checklist from now on; ``""`` leads nowhere."""
        self._question = question
        shape = Qt.CursorShape.PointingHandCursor if question else Qt.CursorShape.ArrowCursor
        if self.cursor().shape() is not shape:
            self.setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the question."""
        super().mousePressEvent(event)
        if self._question:
            self.pressed.emit(self._question)


class SectionView(QWidget):
    """Shows a section; what was not read is grey, and the reasons stand below, each once."""

    asked = Signal(str)
    """The question that tells what the cable could not."""

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

    def take(self, section: Section) -> bool:
        """Take a section to be shown by `show_some`; ``False`` when it is shown already."""
        if section == self._section:
            return False
        self._section = section
        return True

    def show_some(self, count: int) -> bool:
        """Show the next lines that changed, so many at most; ``False`` when there are no more."""
        section = self._section
        if section is None:
            return False
        if self._title.text() != section.title:
            self._title.setText(section.title)
            self.setAccessibleName(section.title)
        while len(self._rows) < len(section.facts):
            self._add_row()
        changed = self._changed(section)
        for number, fact in changed[:count]:
            self._facts[number] = fact
            self._show_line(self._rows[number], fact)
        if changed[count:]:
            return True
        self._show_notes(section)
        return False

    def _changed(self, section: Section) -> list[tuple[int, Fact | None]]:
        missing = (None,) * (len(self._rows) - len(section.facts))
        lines = enumerate((*section.facts, *missing))
        return [(number, fact) for number, fact in lines if fact != self._facts[number]]

    @property
    def widths(self) -> Widths:
        """How wide labels, values and sources want to be; a value without a source has the room of both."""
        shown = [(row, fact) for row, fact in zip(self._rows, self._facts, strict=True) if fact is not None]
        sourced = [row for row, fact in shown if fact.origin]
        return Widths(
            max((row[0].sizeHint().width() for row, _ in shown), default=0),
            max((row[1].wish() for row in sourced), default=0),
            max((row[2].wish() for row in sourced), default=0),
            max((row[2].least_wish() for row in sourced), default=0),
        )

    def set_widths(self, wish: Widths, room: int) -> None:
        """Stand in the same columns as another section: each source near its value, all below each other.

        Where the room is short, sources are said shortly; then the longest values are cut, for a value without its
        quality and time is half a value.

        Args:
            wish: How wide the columns of all sections want to be.
            room: How wide the section is.
        """
        left = max(room - wish.labels - _REST * _GAP, 0)
        values = max(min(wish.values + _SLACK, left - wish.least_sources - _SLACK), 0)
        sources = max(min(wish.sources + _SLACK, left - values), 0)
        for column, width in ((_LABEL, wish.labels), (_VALUE, values), (_SOURCE, sources)):
            if self._grid.columnMinimumWidth(column) != width:
                self._grid.setColumnMinimumWidth(column, width)

    def _add_row(self) -> None:
        value = Value()
        value.pressed.connect(self.asked)
        row = (label(role="dim"), value, ElidedLabel(role="small"))
        for column, widget in enumerate(row):
            self._grid.addWidget(widget, len(self._rows), column, _MIDDLE)
            widget.ensurePolished()
        self._rows.append(row)
        self._facts.append(None)

    def _show_line(self, row: Row, fact: Fact | None) -> None:
        if fact is not None:
            self._share(row, sourced=bool(fact.origin))
            _show_fact(row, fact)
        _show_row(row, shown=fact is not None, sourced=fact is not None and bool(fact.origin))

    def _share(self, row: Row, *, sourced: bool) -> None:
        """Give a value that names no source the room of one, so that it pushes no other line's source out."""
        number = self._rows.index(row)
        whole = self._grid.itemAtPosition(number, _SOURCE)
        if (whole is not None and whole.widget() is row[_VALUE]) is not sourced:
            return
        self._grid.removeWidget(row[_VALUE])
        self._grid.addWidget(row[_VALUE], number, _VALUE, 1, 1 if sourced else 1 + _REST - _VALUE, _MIDDLE)
        self._grid.removeWidget(row[_SOURCE])
        if sourced:
            self._grid.addWidget(row[_SOURCE], number, _SOURCE, _MIDDLE)

    def _show_notes(self, section: Section) -> None:
        reasons = section.reasons()
        while len(self._reasons) < len(reasons):
            self._reasons.append(label(role="small", wrap=True))
            self._notes.addWidget(self._reasons[-1])
        for number, note in enumerate(self._reasons):
            set_text(note, reasons[number] if number < len(reasons) else "")


def _show_row(row: Row, *, shown: bool, sourced: bool = False) -> None:
    for widget, wanted in zip(row, (shown, shown, sourced), strict=True):
        if widget.isHidden() is wanted:
            widget.setVisible(wanted)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _gap(fact: Fact) -> str:
    """Return the words for a missing value, with the way to the question that can tell it."""
    if not fact.question:
        return fact.gap()
    return translate("facts", "{0}: look on the phone →").format(fact.gap())


def _show_fact(row: Row, fact: Fact) -> None:
    name, value, origin = row
    if name.text() != fact.label:
        name.setText(fact.label)
    sign = _SIGNS.get(fact.tone, "") if fact.value else ""
    value.show_text(sign + (fact.value or fact.rejected or _gap(fact)), struck=bool(fact.rejected))
    value.lead_to(fact.question)
    tone = "accent" if fact.question and not fact.rejected else fact.tone
    restyle(value, tone=tone or None, role="strong" if fact.value else "dim")
    whole = _joined(fact.origin, fact.quality, fact.time, fact.by)
    # Nearly all come over USB, so that is what is left out first.
    origin.show_text(whole, shorter=_joined(fact.quality or fact.origin, fact.time))
    value.setAccessibleName(fact.as_text())
    set_tip(name, fact.source)
    if fact.source:
        set_tip(origin, fact.source)
