"""The sheet on which slots get their numbers: large words, and a key for everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from tradein_app.ui.digits import digit_of
from tradein_app.ui.layouts import hbox, label, set_text, vbox
from tradein_app.ui.overlay import Overlay
from tradein_app.ui.theme import TOUCH, restyle
from tradein_app.viewmodels.numbering import Numbering

if TYPE_CHECKING:
    from tradein_app.viewmodels.workbench import Workbench

_LETTERS = 100
"""How wide the sheet is, in letters."""
_TYPING_MS = 1200


class NumberSheet(Overlay):
    """Asks for a phone in one slot after the other.

    Args:
        parent: What it lies over.
        bench: Whose slots are numbered.
    """

    def __init__(self, parent: QWidget, bench: Workbench) -> None:
        super().__init__(parent, "")
        self.setAccessibleName(self.tr("Number the slots"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.numbering = Numbering(bench.devices, bench.slots, self)
        self.numbering.changed.connect(self._show)
        self._typed = ""
        self._timer = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._timer.timeout.connect(self._take_typed)
        self._said = label(role="strong", wrap=True)
        self._task = label(role="price", wrap=True)
        self._make_buttons()
        self._lay_out()

    def _make_buttons(self) -> None:
        model = self.numbering
        self._yes = self._button(self.tr("Yes  Enter"), model.yes)
        self._yes.setProperty("role", "primary")
        self._no = self._button(self.tr("No  Backspace"), model.no)
        self._back = self._button(self.tr("Back  ←"), model.back)
        self._skip = self._button(self.tr("Skip  →"), model.skip)
        self._face = self._button(self.tr("Other face  ↑"), model.learn_other_face)
        self._undo = self._button(self.tr("Take back  ↓"), model.take_back)
        self._done = self._button(self.tr("Done  Esc"), self._close)

    def _button(self, text: str, does: object) -> QPushButton:
        button = QPushButton(text)
        button.setMinimumHeight(TOUCH)
        button.clicked.connect(does)
        return button

    def _lay_out(self) -> None:
        tip = self.tr(
            "A phone is in it already? Pull it out, count to three, and plug it in again. "
            "Or type a number to go on there."
        )
        faces = self.tr(
            "Does one slot show up twice, once with a USB 2 and once with a USB 3 cable? "
            "Press “Other face” right after it was learnt."
        )
        self._tip, self._faces = label(tip, "dim", wrap=True), label(faces, "dim", wrap=True)
        buttons = hbox(self._yes, self._no, self._back, self._skip, self._face, self._undo, 1, self._done)
        self._said.setMinimumHeight(2 * self._said.fontMetrics().height())
        head = label(self.tr("Number the slots"), "heading")
        rows = (head, self._task, self._said, self._tip, self._faces, buttons)
        self.setLayout(vbox(*rows, margin=18, spacing=12))

    def _place(self) -> None:
        """Take the width of the buttons at least, and the height that the words need in it."""
        room, layout = self._room.rect().adjusted(24, 24, -24, -24), self.layout()
        assert layout is not None
        least = max(layout.minimumSize().width(), self.fontMetrics().averageCharWidth() * _LETTERS)
        wide = min(room.width(), least)
        self.resize(wide, min(room.height(), layout.totalHeightForWidth(wide)))
        self.move(room.center() - self.rect().center())

    def start(self) -> None:
        """Begin to learn, and take the keyboard."""
        self.numbering.start()
        self.open()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> bool:
        """Close the sheet, of which what was learnt is kept; while it asks for another face, leave but that."""
        if self.numbering.learns_other_face and not self.isHidden():
            self.numbering.take_back()
            return True
        return self._close()

    def _close(self) -> bool:
        self.numbering.stop()
        self._timer.stop()
        return super().dismiss()

    def text(self) -> str:
        """Return what the sheet says; ``""`` while it is closed."""
        return "" if self.isHidden() else "\n".join(filter(None, (self._task.text(), self._said.text())))

    def _show(self) -> None:
        model = self.numbering
        set_text(self._task, model.task)
        self._said.setText(model.said)
        restyle(self._said, tone=model.tone)
        for button in (self._yes, self._no):
            button.setVisible(model.asks)
        for part in (self._back, self._skip, self._face, self._tip, self._faces):
            part.setVisible(not model.asks)
        self._back.setEnabled(model.number > 1)
        self._face.setEnabled(model.may_have_faces)
        self._name_undo()
        self.setAccessibleDescription(self.text())
        if not self.isHidden():
            self._place()

    def _name_undo(self) -> None:
        """Let one key leave the other face, or take the last number back; the words say which."""
        model = self.numbering
        leaves = model.learns_other_face and not model.asks
        self._undo.setText(self.tr("No other face  ↓") if leaves else self.tr("Take back  ↓"))
        self._undo.setVisible(not model.asks)
        self._undo.setEnabled(leaves or model.may_take_back)
        self._done.setText(self.tr("Done") if leaves else self.tr("Done  Esc"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the buttons say; digits name a slot."""
        model, key = self.numbering, Qt.Key(event.key())
        does = {
            Qt.Key.Key_Return: model.yes,
            Qt.Key.Key_Enter: model.yes,
            Qt.Key.Key_Backspace: model.no,
            Qt.Key.Key_Left: model.back,
            Qt.Key.Key_Right: model.skip,
            Qt.Key.Key_Up: model.learn_other_face,
            Qt.Key.Key_Down: model.take_back,
        }.get(key)
        if does is not None:
            does()
        elif (digit := digit_of(event)) and not model.asks:
            self._typed = (self._typed + digit)[-3:]
            self._timer.start()
        else:
            super().keyPressEvent(event)

    def _take_typed(self) -> None:
        typed, self._typed = self._typed, ""
        self.numbering.go_to(int(typed or 0))
