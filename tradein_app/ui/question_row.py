"""One question of a page: a line, or open with its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from tradein_app.ui.answer_list import AnswerList
from tradein_app.ui.layouts import hbox, label, vbox
from tradein_app.ui.theme import TOUCH, restyle
from tradein_app.viewmodels.language import pick

if TYPE_CHECKING:
    from diagnostics.grading.checklist import Question
    from tradein_app.viewmodels.checklist import ChecklistModel

_INSET = 24
_TONES = {"✓": "ok", "!": "warn", "✗": "bad", "?": "dim"}


class QuestionRow(QFrame):
    """Shows a question and its answer; a click opens it."""

    opened = Signal(str)
    given = Signal(object)
    refused = Signal(str, int, int)
    """What was typed and cannot be, and between what it has to be."""
    focus_lost = Signal()
    """The button that had the keyboard is gone."""

    def __init__(self, question: Question, model: ChecklistModel) -> None:
        super().__init__()
        self.question = question
        self._model = model
        self._answers: AnswerList | None = None
        self._state: tuple[object, ...] = ()
        self.setProperty("role", "row")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._text = label(pick(question.text, model.language), wrap=True)
        self._answer = label(role="strong", wrap=True)
        self._answer.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._help = label(pick(question.help, model.language), "small", wrap=True)
        top = hbox(self._text, self._answer)
        top.setStretch(0, 3)
        top.setStretch(1, 2)
        self._column = vbox(top, self._help, spacing=6)
        self._column.setContentsMargins(10, 6, 10, 6)
        self.setLayout(self._column)
        self._text.setMinimumHeight(TOUCH - 2 * 6)

    @property
    def answers(self) -> AnswerList | None:
        """The answers, while the question is open."""
        return self._answers

    def show_state(self, width: int) -> None:
        """Show the answer, and the answers to choose from in this width, while this is the current question."""
        current = self._model.current is not None and self._model.current.id == self.question.id
        given = self._model.answers.get(self.question.id)
        skipped, needed = (
            self._model.was_skipped(self.question.id),
            self._model.must_be_answered(self.question),
        )
        state = (current, given, self._model.enabled, skipped, needed, width)
        if state == self._state:
            return
        self._state = state
        words = self._words()
        self._answer.setText(words)
        restyle(self._answer, tone=_TONES.get(words[:1], "dim"))
        self.setAccessibleName(f"{self._text.text()} {words}")
        restyle(self, chosen=current)
        restyle(self._text, role="strong" if current else None)
        self._show_answers(width if current else 0, given)

    def _words(self) -> str:
        words = self._model.answer_words(self.question)
        if words:
            return words
        if self._model.was_skipped(self.question.id):
            return self.tr("? not checked")
        return self.tr("open") if self._model.must_be_answered(self.question) else self.tr("optional")

    def _show_answers(self, width: int, given: str | int | None) -> None:
        had_focus = self._answers is not None and self._answers.isAncestorOf(self.focusWidget())
        if self._answers is not None:
            self._answers.hide()
            self._answers.deleteLater()
            self._answers = None
        self._help.setVisible(bool(width))
        if width:
            self._answers = AnswerList(self.question, self._model.language, given, width - _INSET)
            self._answers.setEnabled(self._model.enabled)
            self._answers.given.connect(self.given)
            self._answers.refused.connect(self.refused)
            self._column.addWidget(self._answers)
        if had_focus:
            self.focus_lost.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open this question."""
        super().mousePressEvent(event)
        self.opened.emit(self.question.id)
