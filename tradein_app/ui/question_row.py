"""One question of a page: a line, or open with its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from tradein_app.ui.answer_list import AnswerList
from tradein_app.ui.layouts import hbox, label, set_text, set_tip, vbox
from tradein_app.ui.theme import TOUCH, restyle
from tradein_app.viewmodels.language import pick
from tradein_app.viewmodels.origins import against_words, origin_words

if TYPE_CHECKING:
    from diagnostics.grading.checklist import Question
    from tradein_app.viewmodels.checklist import ChecklistModel

_INSET = 24
_EDGE, _SLACK = 6, 2
_LINES = 5
"""So much of a question's history is shown: the newest."""
_ANSWERS_AT = 3
"""Where the answers stand in a question: after its text and how to look."""
_TONES = {"✓": "ok", "!": "warn", "✗": "bad", "?": "dim"}


class QuestionRow(QFrame):
    """Shows a question and its answer; a click opens it."""

    opened = Signal(str)
    given = Signal(object)
    refused = Signal(str, str, int, int)
    """The question, what was typed and cannot be (``""``: it was taken out), and between what it has to be."""
    focus_lost = Signal()
    """The button that had the keyboard is gone."""

    def __init__(self, question: Question, model: ChecklistModel) -> None:
        super().__init__()
        self.question = question
        self._model = model
        self._made: AnswerList | None = None
        self._open = False
        self._state: tuple[object, ...] = ()
        self.setProperty("role", "row")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._text = label(pick(question.text, model.language), wrap=True)
        self._answer = label(role="strong", wrap=True)
        self._answer.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._help = label(pick(question.help, model.language), "small", wrap=True)
        self._waits = label(role="small")
        restyle(self._waits, tone="warn")
        self._waits.hide()
        self._origin = label(role="small")
        self._against = label(wrap=True)
        restyle(self._against, tone="warn")
        self._history = label(role="small", wrap=True)
        for part in (self._origin, self._against, self._history):
            part.hide()
        top = hbox(self._text, self._answer, self._origin, self._waits)
        top.setStretch(0, 1)
        self._column = vbox(top, self._against, self._help, self._history, spacing=6)
        self._column.setContentsMargins(10, _EDGE, 10, _EDGE)
        self.setLayout(self._column)

    @property
    def answers(self) -> AnswerList | None:
        """The answers, while the question is open."""
        return self._made if self._open else None

    def prepare(self) -> None:
        """Make the answers in advance."""
        self._answers().hide()

    def set_photo_strip(self, strip: QWidget) -> None:
        """Take a widget to the end of this question, below its answers; it leaves the question that had it."""
        if strip.parentWidget() is not self:
            self._column.addWidget(strip)

    def show_state(self, width: int, *, unsaved: bool = False, brief: bool = False) -> None:
        """Show the answer, and while this is the current question the answers to choose from.

        Args:
            width: Of the answers.
            unsaved: The answer still waits to be saved, and says so.
            brief: There is no height for how to look; it stands in the tooltip.
        """
        current = self._model.current is not None and self._model.current.id == self.question.id
        given = self._model.answers.get(self.question.id)
        skipped, needed = (
            self._model.was_skipped(self.question.id),
            self._model.must_be_answered(self.question),
        )
        refused = self._model.refused_number(self.question.id)
        said = origin_words(self._model, self.question), against_words(self._model, self.question)
        history = self._model.history(self.question) if current and self._model.history_shown else ()
        state = (
            current,
            given,
            self._model.enabled,
            skipped,
            needed,
            width,
            unsaved,
            refused,
            said,
            history,
            brief,
        )
        if state == self._state:
            return
        self._state = state
        words = self._words()
        if self._answer.text() != words:
            self._answer.setText(words)
        unsettled = self._model.is_unsettled(self.question)
        restyle(self._answer, tone="warn" if unsettled else _TONES.get(words[:1], "dim"))
        set_text(self._waits, self.tr("not saved yet") if unsaved else "")
        set_text(self._origin, said[0])
        set_text(self._against, said[1])
        set_text(self._history, self._history_text(history) if current and self._model.history_shown else "")
        spoken = (self._text.text(), words, *said, self._waits.text())
        self.setAccessibleName(" ".join(part for part in spoken if part))
        restyle(self, chosen=current)
        restyle(self._text, role="strong" if current else None)
        self._share(width, current=current)
        self._help.setVisible(current and bool(width) and not brief)
        set_tip(self, self._help.text() if brief else "")
        self._show_answers(width if current else 0, given)

    def _share(self, width: int, *, current: bool) -> None:
        """Give the question the room that its answer does not need; a closed one is high enough for a finger."""
        self._answer.ensurePolished()
        wish = self._answer.fontMetrics().horizontalAdvance(self._answer.text()) + _SLACK
        self._answer.setFixedWidth(min(wish, width * 2 // 5) if width else wish)
        # An open one is high anyway: the same height would only be a gap above how to look.
        self._text.setMinimumHeight(0 if current else TOUCH - 2 * _EDGE)

    def _history_text(self, lines: tuple[str, ...]) -> str:
        return "\n".join(lines[:_LINES]) or self.tr("Nobody has answered this by hand yet.")

    def _words(self) -> str:
        words = self._model.answer_words(self.question)
        if refused := self._model.refused_number(self.question.id):
            text = self.tr("! {0} not taken; {1} stays") if words else self.tr("! {0} not taken")
            return text.format(refused, words)
        if words:
            return words
        if self._model.was_skipped(self.question.id):
            return self.tr("? not checked")
        return self.tr("open") if self._model.must_be_answered(self.question) else self.tr("optional")

    def _show_answers(self, width: int, given: str | int | None) -> None:
        """Show the answers in this width, or none; once made they are kept."""
        had_focus = self.answers is not None and self.answers.isAncestorOf(self.focusWidget())
        self._open = bool(width)
        if self._open:
            self._answers().show_given(given, self._model.refused_number(self.question.id))
            self._answers().lay_out(width - _INSET)
            self._answers().setEnabled(self._model.enabled)
        if self._made is not None and self._made.isHidden() is self._open:
            self._made.setVisible(self._open)
        if had_focus and (not self._open or not self._model.enabled):
            self.focus_lost.emit()

    def _answers(self) -> AnswerList:
        if self._made is None:
            self._made = AnswerList(self.question, self._model.language)
            self._made.given.connect(self.given)
            self._made.refused.connect(
                lambda typed, low, high: self.refused.emit(self.question.id, typed, low, high)
            )
            self._column.insertWidget(_ANSWERS_AT, self._made)
        return self._made

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open this question."""
        super().mousePressEvent(event)
        self.opened.emit(self.question.id)
