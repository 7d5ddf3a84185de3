"""Why the shown phone cannot be read, or not fully: a drawing, what to do, how long it lasts, a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from tradein_app.ui.layouts import hbox, label, set_text, vbox
from tradein_app.ui.signs import Sign
from tradein_app.ui.theme import Theme, restyle
from tradein_app.ui.time_bar import TimeBar

if TYPE_CHECKING:
    from tradein_app.viewmodels.phone_state import PhoneState
    from tradein_app.viewmodels.waiting import TimeLine

_LINES = 6.4
"""How high the drawing is, in lines of text: that of three lines and a button."""
_FOLDED_LINES = 3.6
"""The same in a small window."""
_EDGE = 6
"""Left between the words and the scroll bar, in pixels."""
_TICK_MS = 1000
_USUAL = ("picture-trust", "", "")
"""The drawing whose parts are loaded in advance."""


class Picture(Sign):
    """Shows a drawing of `tradein_app.ui.pictures` as high as a few lines of text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._drawn = ("", "", "")
        self._lines = _LINES

    def fold(self, folded: bool) -> None:
        """Be lower, in a small window."""
        self._lines = _FOLDED_LINES if folded else _LINES
        self.retint()

    @property
    def drawn(self) -> bool:
        """Whether anything was drawn yet."""
        return bool(self._drawn[0])

    def show_picture(self, name: str, yes: str, words: str) -> None:
        """Show a drawing; ``words`` is what it says to a screen reader."""
        from tradein_app.ui.pictures import picture  # drawing is not needed for the first picture

        self._drawn = (name, yes, words)
        height = round(self.fontMetrics().height() * self._lines)
        self.setPixmap(picture(name, self._theme.tokens, height, self.devicePixelRatioF(), yes))
        self.setAccessibleName(words)

    def retint(self) -> None:
        """Paint the drawing in the colours that hold now."""
        if self._drawn[0]:
            self.show_picture(*self._drawn)


class StateCard(QFrame):
    """Says what a phone waits for; while it is seen, one label counts the seconds, and one bar shrinks.

    Args:
        theme: Whose tokens tint the drawing.
    """

    pressed = Signal(str)
    """What its button does: ``ask_trust``, ``read_again`` or ``install_rule``."""
    ticked = Signal()
    """A second has passed: `show_time` is to be called."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._state: PhoneState | None = None
        self._folded = False
        self.setAccessibleName(self.tr("State of the phone"))
        self._picture = Picture(theme)
        self._sign = Sign(theme, 1.3)
        self._text = label(role="strong", wrap=True)
        self._more = label(role="dim", wrap=True)
        self._time = label(role="small", wrap=True)
        self._left = TimeBar()
        self._act = QPushButton(self.tr("Ask again  F5"))
        self._act.clicked.connect(self._on_act)
        self._copy = QPushButton(self.tr("Copy the report"))
        self._copy.clicked.connect(self._copy_report)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.ticked)
        self._lay_out()
        self.hide()
        self._unpolished: list[QWidget] = self.findChildren(QWidget)

    def _lay_out(self) -> None:
        text = hbox(self._sign, self._text)
        text.setStretch(1, 1)
        self._beneath = hbox(1)
        column = vbox(text, self._time, self._left, self._more, self._beneath, 1, spacing=4)
        self._beside = vbox(1, spacing=4)
        row = hbox(self._picture, column, self._beside, spacing=14)
        row.setStretch(1, 1)
        row.setContentsMargins(0, 0, _EDGE, 0)
        self.setLayout(row)
        self._place_buttons()

    def _place_buttons(self) -> None:
        """Stand the buttons beneath the words, or beside them where height is dear."""
        box = self._beside if self._folded else self._beneath
        for place, button in enumerate((self._act, self._copy)):
            box.insertWidget(place, button)

    def prepare(self) -> bool:
        """Make one part in advance, or the drawing that most need; ``False`` when there are no more."""
        if self._unpolished:
            self._unpolished.pop().ensurePolished()
            return True
        if self._state is None and not self._picture.drawn:
            self._picture.show_picture(*_USUAL)
        return False

    @property
    def state(self) -> PhoneState | None:
        """What is shown."""
        return self._state

    def fold(self, folded: bool) -> None:
        """Be lower, in a small window: a smaller drawing, and the buttons beside the words."""
        self._folded = folded
        self._picture.fold(folded)
        self._place_buttons()
        self.show_state(self._state)

    def show_state(self, state: PhoneState | None) -> None:
        """Show what a phone waits for; nothing hides the card."""
        self._state = state
        if state is not None:
            self._show_words(state)
            self._show_picture(state)
            self._show_buttons(state)
        if self.isHidden() is (state is not None):
            self.setVisible(state is not None)
        self._keep_time()

    def show_time(self, line: TimeLine) -> None:
        """Say how long it has lasted, or how long is left."""
        set_text(self._time, line.words)
        self._left.show_left(line)
        if self._state is not None:
            set_text(self._more, line.more or self._state.more)

    def text(self) -> str:
        """Return the card as a person would read it out; ``""`` while there is none."""
        parts = (self._text.text(), self._more.text(), self._time.text())
        return "" if self.isHidden() else "\n".join(part for part in parts if part)

    def _show_words(self, state: PhoneState) -> None:
        set_text(self._text, state.text)
        restyle(self._text, tone=state.tone)

    def _show_picture(self, state: PhoneState) -> None:
        drawn = bool(state.picture)
        self._picture.setVisible(drawn)
        self._sign.setVisible(not drawn)
        if drawn:
            self._picture.show_picture(state.picture, state.yes, state.text)
        else:
            self._sign.show_icon(state.look, state.tone, state.text)

    def _show_buttons(self, state: PhoneState) -> None:
        # All else that can be done is the button in the panel's head; in a small window this is it, too.
        installs = state.act == "install_rule"
        self._act.setText(self.tr("Install the rule") if installs else self.tr("Ask again  F5"))
        self._act.setVisible(installs or (state.act == "ask_trust" and not self._folded))
        self._copy.setVisible(bool(state.report))

    def _on_act(self) -> None:
        if self._state is not None:
            self.pressed.emit(self._state.act)

    def _copy_report(self) -> None:
        if self._state is not None:
            QGuiApplication.clipboard().setText(self._state.report)

    def _keep_time(self) -> None:
        """Count only while somebody sees it."""
        wanted = self._state is not None and bool(self._state.timer) and self.isVisible()
        if wanted and not self._timer.isActive():
            self._timer.start()
        elif not wanted:
            self._timer.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Count from now on."""
        super().showEvent(event)
        self._keep_time()

    def hideEvent(self, event: QHideEvent) -> None:
        """Count no longer."""
        super().hideEvent(event)
        self._timer.stop()
