"""Marks a defect on the outline: stands in the place of the questions until it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from tradein_app.ui.answer_list import PanelButton
from tradein_app.ui.layouts import clear, hbox, label, set_text, vbox
from tradein_app.ui.outline import Outline
from tradein_app.ui.panel import Scroll
from tradein_app.ui.theme import TOUCH, Theme, restyle
from tradein_app.viewmodels.marking import FACE, SIZE
from tradein_app.viewmodels.origins import mark_words

if TYPE_CHECKING:
    from tradein_app.viewmodels.checklist import ChecklistModel
    from tradein_app.viewmodels.marking import Marking


_COLUMNS = {FACE: 2, SIZE: 3}
"""Short choices stand side by side, so that all are seen at once."""


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
        self._choices = QGridLayout()
        self._choices.setSpacing(4)
        self._marks = vbox(spacing=4)
        self._keys = label(self.tr("Backspace: one step back. D: close."), "small", wrap=True)
        content = QWidget()
        column = vbox(self._so_far, self._question, self._choices, self._keys, self._marks)
        content.setLayout(column)
        self._scroll = Scroll(self.tr("Choices"), content)
        row = hbox(self.outline, self._scroll)
        row.setStretch(0, 1)
        row.setStretch(1, 1)
        self.setLayout(row)

    def show_step(self) -> None:
        """Show what is asked for now."""
        self.outline.show_marks()
        marking = self._marking
        state = (
            marking.question(),
            marking.so_far(),
            tuple(marking.options()),
            self._model.marks,
            marking.chosen,
        )
        if state == self._shown:
            return
        self._shown = state
        set_text(self._so_far, marking.so_far())
        set_text(self._question, marking.question())
        self._fill_choices()
        self._fill_marks()

    def _fill_choices(self) -> None:
        clear(self._choices)
        columns = _COLUMNS.get(self._marking.step, 1)
        for digit, words in enumerate(self._marking.options(), start=1):
            button = PanelButton(f"{digit}  {words}".replace("&", "&&"))
            button.setProperty("role", "answer")
            button.setMinimumHeight(TOUCH)
            button.clicked.connect(lambda _checked=False, digit=digit: self._choose(digit))
            self._choices.addWidget(button, *divmod(digit - 1, columns))

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
