"""One port of the bench."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QProgressBar, QSizePolicy, QWidget

from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.layouts import hbox, label, set_text, set_tip, vbox
from tradein_app.ui.signs import Sign
from tradein_app.ui.theme import TOUCH, Theme, restyle
from tradein_app.viewmodels.tiles import STEPS, TONES, Look, Tile

GRADE_TONES = {"stop": "bad", "reject": "bad", "repair": "warn", "hold": "bad"}
_BAR, _SHORT_BAR, _ENDLESS = 6, 40, 16_777_215
_GAP, _SIDE = 2, 6
_LONGEST = "256 GB · 100 %"


class Density(IntEnum):
    """How much of a port is shown."""

    DENSE = 0
    """One line."""
    COMPACT = 1
    """Two lines and the bar of progress."""
    ROOMY = 2
    """Also the sentence that says what to do."""


class DeviceTile(QFrame):
    """Shows a tile; a click, Enter or Space chooses it."""

    chosen = Signal(int)
    picked = Signal()
    """It was chosen to be worked on: by a click or by Space, not in passing."""

    def __init__(self, index: int, theme: Theme) -> None:
        super().__init__()
        self._index = index
        self._theme = theme
        self._shown: tuple[Tile, bool, Density] | None = None
        self._density: Density | None = None
        self.setProperty("role", "tile")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._build()

    def _build(self) -> None:
        self._number = label(role="heading")
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._model = ElidedLabel(role="strong")
        self._facts = label(role="dim")
        self._facts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._badge = label(role="badge")
        self._sign = Sign(self._theme)
        self._word = ElidedLabel(role="strong")
        self._text = ElidedLabel(role="small")
        self._progress = QProgressBar()
        self._progress.setRange(0, len(STEPS))
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(_BAR)
        self._progress.setAccessibleName(self.tr("Progress of reading"))
        self._body = QWidget()
        self._row = hbox(self._number, self._body, spacing=6)
        self._row.setStretch(1, 1)
        self.setLayout(self._row)

    def show_tile(self, tile: Tile, *, chosen: bool, density: Density) -> None:
        """Show a tile's contents; its height only depends on the density, so that no tile moves another."""
        if (tile, chosen, density) == self._shown:
            return
        self._shown = (tile, chosen, density)
        self._arrange(density)
        self._number.setText(str(tile.number))
        self._model.show_text(_title(tile), shorter=tile.model)
        self._text.show_text(tile.text, shorter="" if tile.look is Look.HOLD else tile.note)
        self._show_signs(tile)
        self._fit()
        set_tip(self, tile.as_text())
        self.setAccessibleName(tile.as_text())
        empty = tile.look is Look.FREE and not tile.model
        restyle(self, tone=TONES[tile.look], chosen=chosen, empty=empty)

    def _show_signs(self, tile: Tile) -> None:
        tone = TONES[tile.look]
        self._sign.show_icon(str(tile.look), tone, tile.word)
        # A hold without its reason says nothing: where there is no room for both, the lock beside it says hold.
        shorter = tile.note or tile.word if tile.look is Look.HOLD else tile.word
        self._word.show_text(_state(tile, self._density), shorter=shorter)
        restyle(self._word, tone=tone)
        restyle(self._model, tone="" if tile.present else "dim")
        self._progress.setValue(tile.progress or 0)
        self._progress.setVisible(tile.progress is not None)

    def _fit(self) -> None:
        """Give way to the model's name and the state's word, which are never cut for what stands beside them."""
        if self._shown is not None:
            self._show_facts(self._shown[0])
            self._show_badge(self._shown[0])

    def _show_facts(self, tile: Tile) -> None:
        """Show as many of the facts as leave room for the model."""
        both = " · ".join(part for part in (tile.storage, tile.battery) if part)
        metrics = self._facts.fontMetrics()
        named = self._model.fontMetrics().horizontalAdvance(tile.model) + 6
        if self._density is Density.DENSE:
            named += self._word.fontMetrics().horizontalAdvance(tile.word) + self._sign.width() + 2 * 6
        room = self._body.width() - named
        fitting = (text for text in (both, tile.storage) if metrics.horizontalAdvance(text) <= room)
        set_text(self._facts, next(fitting, ""))
        widest = metrics.horizontalAdvance(_LONGEST)
        self._facts.setMinimumWidth(widest if self._density is Density.DENSE and widest <= room else 0)

    def _show_badge(self, tile: Tile) -> None:
        """Show the grade in a word where the state has its room beside it, else as a sign; none of a held phone."""
        whole = "" if tile.look is Look.HOLD or tile.grade == str(tile.look) else tile.grade_word
        restyle(self._badge, tone=GRADE_TONES.get(tile.grade, "ok"))
        # Digits and letters of the state line, the sign before them, and the badge's own frame.
        taken = self._word.wish() + self._sign.sizeHint().width() + 2 * 6 + 2 * 8
        fits = taken + self._badge.fontMetrics().horizontalAdvance(whole) <= self._body.width()
        tight = self._density is Density.DENSE or not fits
        set_text(self._badge, grade_sign(tile) if whole and tight else whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room that there is now."""
        super().resizeEvent(event)
        # The parts have their new widths only after this event.
        QTimer.singleShot(0, self, self._fit)

    # --- arranging

    def _arrange(self, density: Density) -> None:
        """Put the parts where this density has them."""
        if density is self._density:
            return
        self._density = density
        dense = density is Density.DENSE
        old, self._body = self._body, QWidget()
        self._body.setLayout(self._one_line() if dense else self._lines())
        self._row.replaceWidget(old, self._body)
        self._text.setVisible(density is Density.ROOMY)
        old.deleteLater()
        restyle(self._number, role="strong" if dense else "heading")
        side = 0 if dense else _SIDE
        self._row.setContentsMargins(4, side, 6, side)
        self._set_height()

    def _one_line(self) -> QBoxLayout:
        # It has no place in the line, and must not go with the old arrangement.
        self._text.setParent(self)
        _keep_room(self._progress, False)
        # Rows stand below each other: what has no facts yet leaves their room free.
        _keep_room(self._facts, True)
        self._progress.setFixedWidth(_SHORT_BAR)
        line = hbox(self._sign, self._word, self._model, self._progress, self._facts, self._badge, spacing=6)
        line.setStretch(1, 1)
        line.setStretch(2, 1)
        return line

    def _lines(self) -> QBoxLayout:
        _keep_room(self._progress, True)
        _keep_room(self._facts, False)
        self._progress.setMinimumWidth(0)
        self._progress.setMaximumWidth(_ENDLESS)
        top = hbox(self._model, self._facts, spacing=6)
        top.setStretch(0, 1)
        state = hbox(self._sign, self._word, self._badge, spacing=6)
        state.setStretch(1, 1)
        return vbox(top, state, self._text, self._progress, spacing=_GAP)

    def _set_height(self) -> None:
        """Fix the height by the letters: a layout asked before they are polished would let lines overlap."""
        for part in (self._number, self._model, self._word, self._badge, self._text):
            part.ensurePolished()
        self._number.setMinimumWidth(self._number.fontMetrics().horizontalAdvance("00") + 6)
        line = self._model.fontMetrics().height()
        state = max(line, self._badge.fontMetrics().height() + 4)
        self._word.setMinimumHeight(state)
        if self._density is Density.DENSE:
            self.setFixedHeight(state + 2)
            return
        small = self._text.fontMetrics().height() + _GAP if self._density is Density.ROOMY else 0
        self.setFixedHeight(max(line + state + small + _BAR + 2 * _GAP + 2 * _SIDE, TOUCH))

    def changeEvent(self, event: QEvent) -> None:
        """Take the height of other letters."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self._density is not None:
            self._set_height()

    # --- choosing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this port."""
        super().mousePressEvent(event)
        self.chosen.emit(self._index)
        self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose on Space; everything else is the panel's."""
        if event.key() == Qt.Key.Key_Space:
            self.chosen.emit(self._index)
            self.picked.emit()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose this port when the keyboard comes to it."""
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.chosen.emit(self._index)


def _keep_room(widget: QWidget, kept: bool) -> None:
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(kept)
    widget.setSizePolicy(policy)


def grade_sign(tile: Tile) -> str:
    """Return a grade in one letter, and what is none as a warning sign."""
    return "!" if tile.grade in GRADE_TONES else tile.grade_word[:1]


def _title(tile: Tile) -> str:
    return " · ".join(part for part in (tile.model, tile.colour) if part)


def _state(tile: Tile, density: Density | None) -> str:
    # Where the sentence stands below, a word more would say it twice; only what holds a phone is not in its sentence.
    said = density is Density.ROOMY and bool(tile.text) and tile.look is not Look.HOLD
    return f"{tile.word} · {tile.note}" if tile.note and not said else tile.word
