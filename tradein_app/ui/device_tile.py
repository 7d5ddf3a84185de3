"""One port of the bench."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy

from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.layouts import hbox, label, set_text, set_tip, vbox
from tradein_app.ui.signs import Sign
from tradein_app.ui.theme import TOUCH, Theme, restyle
from tradein_app.viewmodels.tiles import STEPS, TONES, Look, Tile, grade_word

GRADE_TONES = {"stop": "bad", "reject": "bad", "repair": "warn", "hold": "bad"}


class DeviceTile(QFrame):
    """Shows a tile; a click, Enter or Space chooses it."""

    chosen = Signal(int)

    def __init__(self, index: int, theme: Theme) -> None:
        super().__init__()
        self._index = index
        self._theme = theme
        self._shown: tuple[Tile, bool, bool] | None = None
        self.setProperty("role", "tile")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._build()

    def _build(self) -> None:
        self._number = label(role="heading")
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._number.setMinimumWidth(self._number.fontMetrics().horizontalAdvance("000"))
        self._model = ElidedLabel(role="strong")
        self._badge = label(role="badge")
        # As high as the badge, so that a tile keeps its height when a grade comes.
        self._badge.setText(" ")
        self._model.setMinimumHeight(self._badge.fontMetrics().height() + 6)
        self._sign = Sign(self._theme)
        self._word = label(role="strong")
        self._facts = ElidedLabel()
        self._facts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._text = ElidedLabel(role="small")
        self._progress = QProgressBar()
        self._progress.setRange(0, len(STEPS))
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(6)
        self._progress.setAccessibleName(self.tr("Progress of reading"))
        policy = self._progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(policy)
        top = hbox(self._model, self._badge, spacing=6)
        top.setStretch(0, 1)
        top.setAlignment(self._badge, Qt.AlignmentFlag.AlignVCenter)
        state = hbox(self._sign, self._word, self._facts, spacing=6)
        state.setStretch(2, 1)
        self._lines = vbox(top, state, self._text, self._progress, spacing=2)
        row = hbox(self._number, self._lines, spacing=6)
        row.setStretch(1, 1)
        row.setContentsMargins(4, 6, 8, 6)
        self._number.setMinimumHeight(TOUCH - 2 * 6)
        self.setLayout(row)

    def show_tile(self, tile: Tile, *, chosen: bool, compact: bool) -> None:
        """Show a tile's contents; its height only depends on ``compact``, so that no tile moves another."""
        if (tile, chosen, compact) == self._shown:
            return
        self._shown = (tile, chosen, compact)
        self._number.setText(str(tile.number))
        self._model.show_text(_title(tile))
        self._word.setText(tile.word)
        self._facts.show_text(_facts(tile))
        self._text.show_text(tile.text)
        self._text.setVisible(not compact)
        self._show_signs(tile)
        set_tip(self, tile.as_text())
        self.setAccessibleName(tile.as_text())
        empty = tile.look is Look.FREE and not tile.model
        restyle(self, tone=TONES[tile.look], chosen=chosen, empty=empty)

    def _show_signs(self, tile: Tile) -> None:
        tone = TONES[tile.look]
        self._sign.show_icon(str(tile.look), tone, tile.word)
        restyle(self._word, tone=tone)
        restyle(self._model, tone="" if tile.present else "dim")
        restyle(self._badge, tone=GRADE_TONES.get(tile.grade, "ok"))
        set_text(self._badge, "" if tile.grade == str(tile.look) else grade_word(tile.grade))
        reading = tile.progress is not None
        self._progress.setValue(tile.progress or 0)
        self._progress.setVisible(reading)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this port."""
        super().mousePressEvent(event)
        self.chosen.emit(self._index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose on Space; everything else is the panel's."""
        if event.key() == Qt.Key.Key_Space:
            self.chosen.emit(self._index)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose this port when the keyboard comes to it."""
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.chosen.emit(self._index)


def _title(tile: Tile) -> str:
    return " · ".join(part for part in (tile.model, tile.colour) if part)


def _facts(tile: Tile) -> str:
    locks = [lock.word for lock in tile.locks]
    return " · ".join(part for part in (*locks, tile.storage, tile.battery) if part)
