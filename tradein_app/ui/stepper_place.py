"""Where the stepper stands in the Reading panel; it is made when the first phone needs it, and not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tradein_app.ui.layouts import vbox
from tradein_app.ui.theme import Theme

if TYPE_CHECKING:
    from tradein_app.ui.stepper_view import StepperView
    from tradein_app.viewmodels.workbench import Workbench


class StepperPlace(QWidget):
    """Shows how far the chosen port's phone is on its way, in place of the card of its state.

    Args:
        bench: Whose chosen phone it is.
        theme: What paints it.
    """

    changed = Signal()
    """`show_chosen` is to be called: the chosen phone came a step further, or time passed."""
    by_hand = Signal()
    """A person goes on without the cable."""

    def __init__(self, bench: Workbench, theme: Theme) -> None:
        super().__init__()
        self._bench = bench
        self._theme = theme
        self._folded = False
        self._made: StepperView | None = None
        self._making: StepperView | None = None
        self._unpolished: list[QWidget] = []
        self._stepping = bench.stepping
        self._stepping.changed.connect(self._on_changed)
        self.setProperty("role", "plain")
        self.setAccessibleName(self.tr("Steps"))
        self._column: QVBoxLayout = vbox()
        self.setLayout(self._column)
        self.hide()

    def show_chosen(self) -> bool:
        """Show the chosen port's steps; ``False`` where there are none."""
        view = (
            self._stepping.view(self._bench.devices.selected) if self._bench.service_state() is None else None
        )
        if self._made is not None:
            self._made.show_steps(view)
        elif view is not None:
            # To be made and to be shown are two passes of the event loop: together they would take too long.
            self._bench.pacer.ask(self._make)
        if self.isHidden() is (view is not None):
            self.setVisible(view is not None)
        return view is not None

    def next_step(self) -> None:
        """Note that the shown step did not help."""
        self._stepping.next(self._bench.devices.selected)

    def fold(self, folded: bool) -> None:
        """Be lower, in a small window."""
        self._folded = folded
        if self._made is not None:
            self._made.fold(folded)

    def text(self) -> str:
        """Return the steps as a person would read them out."""
        return self._made.text() if self._made is not None else ""

    def _make(self) -> None:
        from tradein_app.ui.stepper_view import StepperView

        if self._made is None and not self._unpolished:
            made = self._making = StepperView(self._theme)
            made.next_pressed.connect(self.next_step)
            made.by_hand_pressed.connect(self.by_hand)
            made.waited.connect(self.changed)
            self._column.addWidget(made)
            self._unpolished = made.findChildren(QWidget)
            self._bench.pacer.ask(self._polish)

    def _polish(self) -> None:
        """Dress one widget in each pass of the loop: all of them at once would be seen."""
        self._unpolished.pop().ensurePolished()
        if self._unpolished:
            self._bench.pacer.ask(self._polish)
        elif self._making is not None:
            self._made = self._making
            self._made.fold(self._folded)
            self.changed.emit()

    def _on_changed(self, index: int) -> None:
        if index == self._bench.devices.selected:
            self.changed.emit()
