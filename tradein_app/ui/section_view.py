"""Lines of a reading that belong together: label, value, and where it comes from."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tradein_app.ui.layouts import label, set_text, set_tip, vbox
from tradein_app.ui.theme import restyle
from tradein_app.ui.two_lines import TwoLines
from tradein_app.viewmodels.facts import Fact, Section
from tradein_app.viewmodels.formatting import without_isolates
from tradein_app.viewmodels.language import translate

Row = tuple[QLabel, "Value", "Source"]
_LABEL, _VALUE, _SOURCE, _REST = range(4)
_GAP, _SLACK = 8, 4
_FORMS = 3
"""So many ways there are to say where a value comes from."""
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
SIGNS = {"ok": "✓ ", "warn": "! ", "bad": "✗ "}
"""What stands before a value of each tone, so that no colour says anything alone."""


class Widths(NamedTuple):
    """How wide the columns want to be, each by its widest line.

    Attributes:
        least: Of the values, in two lines where they can be broken.
        sources: Whole; then shorter and shorter, as `Source` says them.
    """

    labels: int
    values: int
    least: int
    sources: int
    timed: int
    short: int


def least_room(wish: Widths) -> int:
    """Return how wide a section has to be for everything that it says shortest."""
    return wish.labels + wish.least + wish.short + _REST * _GAP


class Source(QLabel):
    """Where a value comes from; in one column all say as much, and the tooltip says the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "small")
        self._forms = ("", "", "")
        self._shown = 0

    def show_fact(self, fact: Fact) -> None:
        """Take a value's source in three forms: whole, without who answered, and without the time, too.

        The times of one reading lie seconds apart, so they are what is left out before source and quality are; but a
        value of an earlier reading without its time would pass for one of now.
        """
        short = _joined(fact.origin, fact.quality if fact.quality != fact.origin else "")
        timed = _joined(short, fact.time)
        self._forms = (_joined(timed, fact.by), timed, timed if fact.old else short)
        whole = " · ".join(part for part in (self._forms[0], fact.source) if part)
        self.setAccessibleName(without_isolates(whole))
        set_tip(self, without_isolates(whole))
        self._show()

    def wish(self, form: int) -> int:
        """Return how wide a form is."""
        return self.fontMetrics().horizontalAdvance(self._forms[form])

    def say(self, form: int) -> None:
        """Show one of the forms from now on."""
        if form != self._shown:
            self._shown = form
            self._show()

    def _show(self) -> None:
        text = self._forms[self._shown]
        if text != self.text():
            self.setText(text)


class Value(TwoLines):
    """A value, in two lines where one has no room; where only a person can tell it, it leads to the question."""

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
            policy = Qt.FocusPolicy.TabFocus if question else Qt.FocusPolicy.NoFocus
            self.setFocusPolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the question on Enter or Space."""
        if self._question and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.pressed.emit(self._question)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is here."""
        super().focusInEvent(event)
        restyle(self, focused=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        restyle(self, focused=False)

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
            max((row[1].least() for row in sourced), default=0),
            *(max((row[2].wish(form) for row in sourced), default=0) for form in range(_FORMS)),
        )

    def parts(self) -> list[QWidget]:
        """Return all that is shown, line by line: each is read whole or not at all."""
        return [self._title, *(widget for row in self._rows for widget in row), *self._reasons]

    def set_widths(self, wish: Widths, room: int) -> None:
        """Stand in the same columns as another section: each source near its value, all below each other.

        Where the room is short, sources are said shortly; then they are what is cut, for half a number is another one.

        Args:
            wish: How wide the columns of all sections want to be.
            room: How wide the section is.
        """
        left = max(room - wish.labels - _REST * _GAP, 0)
        forms = (wish.sources, wish.timed, wish.short)
        fits = (form for form, width in enumerate(forms) if wish.values + width + 2 * _SLACK <= left)
        form = next(fits, _FORMS - 1)
        values = max(min(wish.values + _SLACK, left - forms[form] - _SLACK), min(wish.least, left))
        sources = min(forms[form] + _SLACK, left - values)
        for row in self._rows:
            row[2].say(form)
        for column, width in ((_LABEL, wish.labels), (_VALUE, values), (_SOURCE, sources)):
            if self._grid.columnMinimumWidth(column) != width:
                self._grid.setColumnMinimumWidth(column, width)

    def _add_row(self) -> None:
        value = Value()
        value.pressed.connect(self.asked)
        row = (label(role="dim"), value, Source())
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
    sign = SIGNS.get(fact.tone, "") if fact.value or fact.light else ""
    value.show_text(sign + (fact.value or fact.rejected or _gap(fact)), struck=bool(fact.rejected))
    value.lead_to(fact.question)
    tone = "accent" if fact.question and fact.tone == "dim" else fact.tone
    restyle(value, tone=tone or None, role="strong" if fact.value and not fact.old else "dim")
    origin.show_fact(fact)
    value.setAccessibleName(fact.as_text())
    set_tip(name, fact.source)
