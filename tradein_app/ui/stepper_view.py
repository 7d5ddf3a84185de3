"""The steps by which an Android phone is made to let this computer in, ticked off as the phone follows."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from tradein_app.ui.layouts import hbox, label, set_text, vbox
from tradein_app.ui.signs import Sign
from tradein_app.ui.theme import TOUCH, Theme, restyle

if TYPE_CHECKING:
    from tradein_app.viewmodels.stepping import Step, StepView

NEXT_KEY = "Ctrl+T"
_LIVE = {
    "waiting": ("connecting", "accent"),
    "gone": ("problem", "warn"),
    "debugging_off": ("needs_you", "warn"),
    "charging_only": ("battery", "warn"),
    "offline": ("problem", "bad"),
    "allowed": ("done", "ok"),
}
"""Icon and tone of what is seen of the phone."""
_DONE, _HERE = "✓", "▸"


class StepperView(QFrame):
    """Shows all steps, the words of the current one large, and what is seen of the phone.

    Args:
        theme: Whose tokens tint the icon.
    """

    next_pressed = Signal()
    """The step did not help, or the steps begin again."""
    by_hand_pressed = Signal()
    waited = Signal()
    """Something is to be shown anew, because time passed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._view: StepView | None = None
        self._folded = False
        self.setAccessibleName(self.tr("Steps to let this computer in"))
        self._steps: list[QLabel] = []
        self._column = vbox(spacing=2)
        self._list = QWidget()
        self._list.setAccessibleName(self.tr("All steps"))
        self._list.setProperty("role", "plain")
        self._list.setLayout(self._column)
        self._row = label(role="dim", wrap=True)
        self._words = label(role="heading", wrap=True)
        self._sign = Sign(theme)
        self._live = label(role="strong", wrap=True)
        seen = hbox(self._sign, self._live)
        seen.setStretch(1, 1)
        self._seen = QWidget()
        self._seen.setProperty("role", "plain")
        self._seen.setAccessibleName(self.tr("What is seen of the phone"))
        self._seen.setLayout(seen)
        self._offer = label(role="dim", wrap=True)
        self._next = QPushButton()
        self._by_hand = QPushButton(self.tr("Go on by hand"))
        for button in (self._next, self._by_hand):
            button.setMinimumHeight(TOUCH)
        self._next.clicked.connect(self.next_pressed)
        self._by_hand.clicked.connect(self.by_hand_pressed)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.waited)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        self._top, self._beneath, self._after = vbox(self._row, spacing=2), hbox(1), vbox()
        self._beside = hbox()
        head = hbox(self._top, self._beside, spacing=14)
        head.setStretch(0, 1)
        words = vbox(head, self._words, self._after, self._offer, self._beneath, 1, spacing=4)
        row = hbox(vbox(self._list, 1), words, spacing=18)
        row.setStretch(1, 1)
        self.setLayout(row)
        self._place()

    def _place(self) -> None:
        """Stand what is seen and the buttons above the words, where height is dear: the words may be scrolled to."""
        (self._top if self._folded else self._after).addWidget(self._seen)
        box = self._beside if self._folded else self._beneath
        for place, button in enumerate((self._next, self._by_hand)):
            box.insertWidget(place, button)

    def fold(self, folded: bool) -> None:
        """Be lower, in a small window: the list becomes one line."""
        self._folded = folded
        self._place()
        self.show_steps(self._view)

    def show_steps(self, view: StepView | None) -> None:
        """Show where a phone is on its way; ``None`` hides everything."""
        self._view = view
        if view is not None:
            self._show_list(view)
            self._show_words(view)
            self._show_offer(view)
        if self.isHidden() is (view is not None):
            self.setVisible(view is not None)
        self._keep_time()

    def text(self) -> str:
        """Return the steps as a person would read them out; ``""`` while there are none."""
        if self.isHidden() or self._view is None:
            return ""
        steps = self._row.text() if self._folded else "\n".join(step.text() for step in self._steps)
        parts = (steps, self._words.text(), self._live.text(), self._offer.text())
        return "\n".join(part for part in parts if part)

    def _show_list(self, view: StepView) -> None:
        while len(self._steps) < len(view.steps):
            self._steps.append(label())
            self._column.addWidget(self._steps[-1])
        for number, (shown, step) in enumerate(zip(self._steps, view.steps, strict=False), start=1):
            text = _line(number, step)
            if shown.text() != text:
                shown.setText(text)
            restyle(shown, role="strong" if step.current else "dim", tone=_tone(step))
        self._list.setVisible(not self._folded)
        set_text(self._row, _one_line(view) if self._folded else "")

    def _show_words(self, view: StepView) -> None:
        set_text(self._words, view.words)
        restyle(self._words, role="strong" if self._folded else "heading")
        icon, tone = _LIVE[view.live]
        self._sign.show_icon(icon, tone, view.live_words)
        set_text(self._live, view.live_words)
        restyle(self._live, tone=tone)

    def _show_offer(self, view: StepView) -> None:
        """Offer the next step by itself, once the phone had its time."""
        offered = view.here and not view.last and bool(view.waits) and view.left <= 0
        offer = self.tr("Nothing changed for {0} s: try the next step.").format(round(view.waits))
        set_text(self._offer, offer if offered else "")
        again, helped = self.tr("Begin again"), self.tr("That did not help")
        self._next.setText(f"{again if view.last else helped}  {NEXT_KEY}")
        self._next.setEnabled(view.here)
        self._by_hand.setVisible(view.last)
        # There is no room for two beside the words; the key goes back to the first step.
        self._next.setVisible(not (view.last and self._folded))
        restyle(self._next, role="primary" if offered else None)

    def _keep_time(self) -> None:
        """Wait only while somebody sees it, and no longer than for what is left."""
        left = self._view.left if self._view is not None else 0.0
        if left > 0 and self.isVisible():
            self._timer.start(round(left * 1000) + 20)
        else:
            self._timer.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Wait from now on."""
        super().showEvent(event)
        if self._view is not None and self._view.left > 0:
            # What was left when it was hidden has gone by.
            self._timer.start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        """Wait no longer."""
        super().hideEvent(event)
        self._timer.stop()


def _tone(step: Step) -> str | None:
    return "accent" if step.current else "ok" if step.done else "dim"


def _line(number: int, step: Step) -> str:
    return f"{_HERE if step.current else _DONE if step.done else number}  {step.name}"


def _one_line(view: StepView) -> str:
    """Return all steps in one line: numbers, those that are done together, and the name of the current one."""
    parts: list[str] = []
    for done, group in groupby(
        enumerate(view.steps, start=1), lambda each: each[1].done and not each[1].current
    ):
        numbered = list(group)
        parts += [_done(numbered[0][0], numbered[-1][0])] if done else [_open(*each) for each in numbered]
    return "  ·  ".join(parts)


def _done(first: int, last: int) -> str:
    return f"{_DONE} {first}" if first == last else f"{_DONE} {first}–{last}"


def _open(number: int, step: Step) -> str:
    return f"{_HERE} {number} {step.name}" if step.current else str(number)
