"""The keys of the checklist: answers by digits, from question to question, and the marking of a defect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from tradein_app.ui.digits import digit_of
from tradein_app.ui.panel import Panel

if TYPE_CHECKING:
    from tradein_app.ui.question_row import QuestionRow
    from tradein_app.viewmodels.checklist import ChecklistModel
    from tradein_app.viewmodels.marking import Marking


class ChecklistKeys(Panel):
    """Does what keys say; `tradein_app.ui.checklist_panel.ChecklistPanel` shows what comes of it."""

    photo_asked = Signal()
    """A photo of the open question is wanted."""
    marking: Marking
    _model: ChecklistModel
    _rows: list[QuestionRow]

    def toggle_marking(self) -> None:
        """Begin to mark a defect, or give it up."""
        if self.marking.active:
            self.marking.stop()
        else:
            self.marking.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer, or go from question to question."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif self.marking.active and self._marking_key(event):
            return
        elif digit := digit_of(event):
            self._digit(digit)
        elif not self._other_key(event.key()):
            super().keyPressEvent(event)

    def _marking_key(self, event: QKeyEvent) -> bool:
        """Do what a key does while a defect is marked; ``False`` for one that does nothing there."""
        if event.key() == Qt.Key.Key_C:
            return True  # a slip of the finger must not answer a page that is out of sight
        actions = {
            Qt.Key.Key_Backspace: self.marking.back,
            Qt.Key.Key_Up: lambda: self.marking.select(-1),
            Qt.Key.Key_Down: lambda: self.marking.select(1),
            Qt.Key.Key_Delete: self.marking.remove,
            Qt.Key.Key_D: self.marking.stop,
        }
        action = actions.get(Qt.Key(event.key()))
        if digit := digit_of(event):
            pad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
            self.marking.choose(int(digit), pad=pad)
        elif action is not None:
            action()
        else:
            return False
        return True

    def _digit(self, digit: str) -> None:
        field = next((row.answers.field for row in self._rows if row.answers and row.answers.field), None)
        if field is None:
            self._model.press_digit(int(digit))
        elif field.isEnabled():
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.selectAll()
            field.insert(digit)

    def _other_key(self, key: int) -> bool:
        actions = {
            Qt.Key.Key_Up: lambda: self._model.move(-1),
            Qt.Key.Key_Down: lambda: self._model.move(1),
            Qt.Key.Key_PageUp: lambda: self._step_page(-1),
            Qt.Key.Key_PageDown: lambda: self._step_page(1),
            Qt.Key.Key_Return: self._next,
            Qt.Key.Key_Enter: self._next,
            Qt.Key.Key_Backspace: self._model.clear,
            Qt.Key.Key_C: self._model.press_clean,
            Qt.Key.Key_P: self.photo_asked.emit,
            Qt.Key.Key_D: self.toggle_marking,
            Qt.Key.Key_H: self._model.toggle_history,
        }
        action = actions.get(Qt.Key(key))
        if action is not None:
            action()
        return action is not None

    def _step_page(self, by: int) -> None:
        self._model.go_to_page(self._model.page_number + by)
        self.take_focus()

    def _next(self) -> None:
        self.take_focus()
        self._model.next_open()
