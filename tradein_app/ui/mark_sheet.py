"""Marks a defect on the outline: stands in the place of the questions until it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from tradein_app.ui.answer_list import PanelButton, fitting
from tradein_app.ui.layouts import clear, hbox, label, set_text, vbox
from tradein_app.ui.outline import Outline
from tradein_app.ui.panel import Scroll
from tradein_app.ui.theme import TOUCH, Theme, restyle
from tradein_app.viewmodels.marking import FACE, PLACE
from tradein_app.viewmodels.origins import mark_words

if TYPE_CHECKING:
    from tradein_app.viewmodels.checklist import ChecklistModel
    from tradein_app.viewmodels.marking import Marking


_GAP = 4
_COLUMNS = 3
"""So many choices stand side by side at most, where they fit: all are seen at once."""
_LOW = 14
"""Below so many lines of text there is no room for the outline beside what it is not needed for."""

_OF_ROOM = (2, 3)
"""How the width is shared between the outline and the choices."""


class MarkSheet(QWidget):
    """The outline, what can be chosen next, and the marks that are there.

    Args:
        theme: The outline's colours.
        model: Whose marks.
        marking: The defect on its way.
    """

    done = Signal()
    """A button was pressed: the keyboard goes back to the panel."""

    def __init__(self, theme: Theme, model: ChecklistModel, marking: Marking) -> None:
        super().__init__()
        self._model, self._marking = model, marking
        self._shown: object = None
        self.setAccessibleName(self.tr("Mark a defect"))
        self.outline = Outline(theme, model, marking, large=True)
        self.outline.pointed.connect(marking.point_at)
        self._so_far = label(role="dim", wrap=True)
        self._question = label(role="strong", wrap=True)
        self._legend = label(role="small", wrap=True)
        self._choices = QGridLayout()
        self._choices.setSpacing(_GAP)
        self._buttons: list[PanelButton] = []
        self._marks = vbox(spacing=4)
        self._keys = label(self.tr("Backspace: one step back. Esc: close."), "small", wrap=True)
        content = QWidget()
        column = vbox(self._so_far, self._question, self._legend, self._choices, self._keys, self._marks)
        content.setLayout(column)
        self._scroll = Scroll(self.tr("Choices"), content)
        self._row = hbox(self.outline, self._scroll)
        for place, part in enumerate(_OF_ROOM):
            self._row.setStretch(place, part)
        self.setLayout(self._row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand the choices side by side as the new width allows."""
        super().resizeEvent(event)
        self._show_so_far()
        self._lay_out()

    def show_step(self) -> None:
        """Show what is asked for now."""
        self.outline.show_marks()
        marking = self._marking
        state = (
            marking.question(),
            marking.legend(),
            marking.so_far(),
            tuple(marking.options()),
            self._model.marks,
            marking.chosen,
        )
        if state == self._shown:
            return
        self._shown = state
        self._show_so_far()
        self._fill_choices()
        self._fill_marks()

    def _show_so_far(self) -> None:
        """Show what was chosen and what is asked: in one line, and without the outline, where each line counts."""
        so_far, question = self._marking.so_far(), self._marking.question()
        low = self.height() < self.fontMetrics().height() * _LOW
        set_text(self._so_far, "" if low else so_far)
        set_text(self._question, " · ".join(part for part in (so_far, question) if part) if low else question)
        set_text(self._legend, self._marking.legend())
        self._share()
        self.outline.setVisible(not low or self._marking.step in {FACE, PLACE})

    def _share(self) -> None:
        """Give the outline the larger part while a place on it is asked for: nothing else can be chosen then."""
        shares = _OF_ROOM[::-1] if self._marking.step == PLACE else _OF_ROOM
        for place, part in enumerate(shares):
            self._row.setStretch(place, part)

    def _fill_choices(self) -> None:
        clear(self._choices)
        self._buttons = []
        for digit, words in self._marking.options():
            button = PanelButton(f"{digit}  {words}".replace("&", "&&"))
            button.setProperty("role", "answer")
            button.setMinimumHeight(TOUCH)
            button.clicked.connect(lambda _checked=False, digit=digit: self._choose(digit))
            self._choices.addWidget(button, len(self._buttons), 0)
            self._buttons.append(button)
        self._lay_out()

    def _lay_out(self) -> None:
        """Stand as many choices side by side as have room, in one line or two each."""
        room = self._scroll_room()
        for columns in range(_COLUMNS, 0, -1):
            width = (room - (columns - 1) * _GAP) // columns
            texts = [fitting(button, width) for button in self._buttons]
            if all(texts) or columns == 1:
                self._place(columns, texts)
                return

    def _scroll_room(self) -> int:
        """Return the width of the choices, a bar beside them allowed for; the layout may not have given it yet."""
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        if self.outline.isHidden():
            return self.width() - bar
        return (self.width() - self._row.spacing()) * _OF_ROOM[1] // sum(_OF_ROOM) - bar

    def _place(self, columns: int, texts: list[str]) -> None:
        for number, (button, text) in enumerate(zip(self._buttons, texts, strict=True)):
            button.setText(text or button.words)
            self._choices.addWidget(button, *divmod(number, columns))
        for column in range(_COLUMNS):
            self._choices.setColumnStretch(column, int(column < columns))

    def _fill_marks(self) -> None:
        clear(self._marks)
        defects = self._model.defects
        marks = self._model.marks
        if defects is None or not marks:
            return
        self._marks.addWidget(label(self.tr("Marked (↑ ↓ choose, Delete removes)"), "small", wrap=True))
        for number, mark in enumerate(marks, start=1):
            words = f"{number}  {mark_words(defects, mark, self._model.language)}"
            text = label(words, wrap=True)
            restyle(text, focused=mark == self._marking.chosen)
            remove = PanelButton(self.tr("Remove"))
            remove.setAccessibleName(self.tr("Remove {0}").format(words))
            remove.setMinimumHeight(TOUCH)
            remove.clicked.connect(lambda _checked=False, mark=mark: self._remove(mark))
            line = hbox(text, remove)
            line.setStretch(0, 1)
            holder = QWidget()
            holder.setAccessibleName(words)
            holder.setLayout(line)
            self._marks.addWidget(holder)
            if mark == self._marking.chosen:
                self._scroll.keep_in_sight(holder)

    def _choose(self, digit: int) -> None:
        self._marking.choose(digit)
        self.done.emit()

    def _remove(self, mark: object) -> None:
        self._marking.remove(mark)  # type: ignore[arg-type]  # a mark of the list
        self.done.emit()
