"""The answers of the open question: buttons, best first, each with its digit, sign and words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from tradein_app.ui.digits import digit_of
from tradein_app.ui.layouts import hbox, label
from tradein_app.ui.theme import TOUCH
from tradein_app.viewmodels.language import pick

if TYPE_CHECKING:
    from diagnostics.grading.checklist import Answer, Question


_GAP = 4
_EDGES = 2 * (12 + 2)
"""What the style puts round a button's text."""
_LEAD = "  "
"""Between an answer's sign and its words."""
_DIGITS = QRegularExpression("[0-9]{0,3}")


class PanelButton(QPushButton):
    """A button that leaves every key but Space to the panel.

    Args:
        words: Its whole text, in one line.
    """

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.words = words
        self.setAccessibleName(words.replace("&&", "&"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Space only: Enter and the arrows go from question to question."""
        if event.text() == " ":
            super().keyPressEvent(event)
        else:
            event.ignore()


class NumberField(QLineEdit):
    """A field whose Enter gives what was typed; with nothing new in it, Enter is the panel's."""

    def __init__(self, text: str, commit: Callable[[], bool], commit_by_key: Callable[[], bool]) -> None:
        super().__init__(text)
        self._commit_by_key = commit_by_key
        self.editingFinished.connect(commit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the number on Enter, and do not let the key go on to the next question; nothing but digits is typed."""
        digit = digit_of(event)
        if digit and digit != event.text():
            self.insert(digit)
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif not self._commit_by_key():
            event.ignore()


class AnswerList(QWidget):
    """Offers a question's answers, or a field for a number.

    Args:
        question: Whose.
        language: Two letters.
    """

    given = Signal(object)
    """An answer's id, or a number."""
    refused = Signal(str, int, int)
    """What was typed and cannot be, or ``""`` when it was taken out; and between what a number has to be."""

    def __init__(self, question: Question, language: str) -> None:
        super().__init__()
        self.setAccessibleName(pick(question.text, language))
        self.field: QLineEdit | None = None
        self._buttons: dict[str, PanelButton] = {}
        self._refused = ""
        self._columns = 0
        if question.number:
            self._make_field(question, language)
        else:
            self._make_buttons(question, language)

    def show_given(self, given: str | int | None, refused: str = "") -> None:
        """Show the answer so far, or what was typed and not taken: it is there to be put right."""
        self._refused = refused
        if self.field is not None:
            shown = refused or ("" if given is None else str(given))
            if self.field.text() != shown:
                self.field.setText(shown)
        for answer, button in self._buttons.items():
            button.setChecked(answer == given)

    def lay_out(self, width: int) -> None:
        """Stand two answers side by side where they fit into a width, so that the page stays in sight."""
        column = (width - _GAP) // 2
        texts = {button: fitting(button, column) for button in self._buttons.values()}
        columns = 2 if all(texts.values()) else 1
        if columns == 1:
            texts = {button: fitting(button, width) for button in texts}
        for button, text in texts.items():
            shown = text or button.words
            if button.text() != shown:
                button.setText(shown)
        if columns == self._columns or not self._buttons:
            return
        self._columns = columns
        for number, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, *divmod(number, columns))
        for column in (0, 1):
            self._grid.setColumnStretch(column, int(column < columns))

    def minimumSizeHint(self) -> QSize:
        """Return the width in which each answer has room in two lines, below each other.

        That of the buttons as they stand would hold the window as wide as it was, and take it from the other panels.
        """
        usual = super().minimumSizeHint()
        return QSize(max(map(least_width, self._buttons.values()), default=usual.width()), usual.height())

    def _make_buttons(self, question: Question, language: str) -> None:
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        for digit, answer in enumerate(question.answers, start=1):
            self._buttons[answer.id] = self._button(digit, answer, language)
        self.setLayout(self._grid)

    def _button(self, digit: int, answer: Answer, language: str) -> PanelButton:
        button = PanelButton(
            f"{digit} {answer.sign}{_LEAD}{pick(answer.text, language)}".replace("&", "&&"), self
        )
        button.setProperty("role", "answer")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setMinimumHeight(TOUCH)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.given.emit(answer.id))
        button.ensurePolished()
        return button

    def _make_field(self, question: Question, language: str) -> None:
        self.field = NumberField("", self.commit, self.commit_by_key)
        self.field.setValidator(QRegularExpressionValidator(_DIGITS, self.field))
        self.field.setMaxLength(3)
        self.field.setMinimumHeight(TOUCH)
        self.field.setMaximumWidth(self.field.fontMetrics().horizontalAdvance("0") * 12)
        self.field.setAccessibleName(pick(question.text, language))
        self.setLayout(hbox(self.field, label("%"), 1))

    def commit(self) -> bool:
        """Give the typed number, or say why it cannot be; ``False`` when there was nothing new to give."""
        if self.field is None or not self.field.isModified():
            return False
        self.field.setModified(False)
        return self._take(self.field.text())

    def commit_by_key(self) -> bool:
        """Do the same, and refuse again what was refused before: Enter never leaves a wrong number behind."""
        if self.field is not None and self._refused and self.field.text() == self._refused:
            self.field.setModified(True)
        return self.commit()

    def _take(self, typed: str) -> bool:
        from diagnostics.grading.checklist import PERCENT

        if typed and PERCENT[0] <= int(typed) <= PERCENT[1]:
            if self.field is not None:
                self.field.selectAll()  # one that is asked about is typed over
            self.given.emit(int(typed))
            return True
        if typed and self.field is not None:
            self.field.selectAll()
        if typed or self._refused:
            self.refused.emit(typed, *PERCENT)
        return bool(typed)


def fitting(button: PanelButton, width: int) -> str:
    """Return a button's words in one line or two, as wide as a column at most; ``""`` where they do not fit."""
    metrics, room = button.fontMetrics(), width - _EDGES
    return next((text for text in _lines(button, metrics) if _width(text, metrics) <= room), "")


def least_width(button: PanelButton) -> int:
    """Return how wide a button has to be for its words to fit, in one line or two."""
    metrics = button.fontMetrics()
    return min(_width(text, metrics) for text in _lines(button, metrics)) + _EDGES


def _lines(button: PanelButton, metrics: QFontMetrics) -> Iterator[str]:
    """Give a button's words in one line, then broken into two, the longest first line first."""
    yield button.words
    lead, _, words = button.words.partition(_LEAD)
    lead += _LEAD
    indent = " " * round(metrics.horizontalAdvance(lead) / metrics.horizontalAdvance(" "))
    parts = words.split(" ")
    for at in range(len(parts) - 1, 0, -1):
        yield lead + " ".join(parts[:at]) + "\n" + indent + " ".join(parts[at:])


def _width(text: str, metrics: QFontMetrics) -> int:
    return max(map(metrics.horizontalAdvance, text.split("\n")))
