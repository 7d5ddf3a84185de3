"""One port of the bench."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QProgressBar, QSizePolicy, QWidget

from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.layouts import hbox, label, set_text, set_tip, vbox
from tradein_app.ui.signs import Sign
from tradein_app.ui.theme import TOUCH, Theme, restyle
from tradein_app.ui.tile_columns import GAP, MARK, columns
from tradein_app.viewmodels.looks import TONES, Look
from tradein_app.viewmodels.tile import STEPS, Tile

GRADE_TONES = {"stop": "bad", "reject": "bad", "repair": "warn", "hold": "bad"}
_BAR, _SHORT_BAR, _ENDLESS = 6, 40, 16_777_215
_GAP, _SIDE, _LOW_SIDE = 2, 6, 3
_LEFT, _RIGHT = 4, 6
_EDGES = _LEFT + _RIGHT + 4 + 2
"""With the frame at its widest: that of the chosen one, so that choosing moves no column."""
_BORDERS = 4
_NARROWEST = 120
_ROUNDING = 3
"""A label takes a little more than its letters are wide, and the tile that is chosen has a wider frame."""
_SIGNED = frozenset({Look.NEEDS_YOU, Look.PROBLEM, Look.HOLD})
"""Looks of which the step or the cable is said beside the word, as much of it as there is room for."""


class Density(IntEnum):
    """How much of a port is shown."""

    DENSE = 0
    """One line, in columns."""
    ROWS = 1
    """Two lines, close to each other."""
    COMPACT = 2
    """Three lines: what exactly it waits for, or what holds it, stands below the state."""
    ROOMY = 3
    """Also the sentence that says what to do."""


_TIGHT = frozenset({Density.DENSE, Density.ROWS})


class DeviceTile(QFrame):
    """Shows a tile; a click, Enter or Space chooses it."""

    chosen = Signal(int)
    picked = Signal()
    """It was chosen to be worked on: by a click or by Space, not in passing."""

    def __init__(self, index: int, theme: Theme, language: str = "en") -> None:
        super().__init__()
        self._index = index
        self._theme = theme
        self._language = language
        self._height = 0
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
        self._badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sign = Sign(self._theme)
        self._word = ElidedLabel(role="strong")
        self._text = ElidedLabel(role="small")
        self._progress = QProgressBar()
        self._progress.setRange(0, len(STEPS))
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(_BAR)
        self._progress.setAccessibleName(self.tr("Progress of reading"))
        self._body = QWidget()
        self._row = hbox(self._number, self._body, spacing=GAP)
        self._row.setStretch(1, 1)
        self.setLayout(self._row)

    def show_tile(self, tile: Tile, *, chosen: bool, density: Density, height: int = 0) -> None:
        """Show a tile's contents; its height does not depend on them, so that no tile moves another.

        Args:
            tile: The contents.
            chosen: It is the port that is worked on.
            density: How much is shown.
            height: Of a row, where there is room for more than its letters need.
        """
        if (tile, chosen, density) == self._shown and height == self._height:
            return
        resized = height != self._height and density is self._density
        self._height = height
        self._shown = (tile, chosen, density)
        self._arrange(density)
        if resized:
            self._set_height()
        self._number.setText(str(tile.number))
        self._model.show_text(_title(tile), shorter=(tile.model, tile.short_model))
        self._show_text(tile)
        self._show_signs(tile)
        self._fit()
        set_tip(self, tile.as_text())
        self.setAccessibleName(tile.as_text())
        empty = tile.look is Look.FREE and not tile.model
        restyle(self, tone=TONES[tile.look], chosen=chosen, empty=empty)
        restyle(self._number, role=_number_role(tile, density))

    def _show_text(self, tile: Tile) -> None:
        """Say what to do, or where three lines are shown what the state means exactly, in the state's colour."""
        compact = self._density is Density.COMPACT
        if compact:
            said = _details(tile)
            self._text.show_text(said, shorter=_shorter_details(tile))
            # Where nothing more is said, name and state stand in the middle.
            self._text.setVisible(bool(said))
        else:
            self._text.show_text(tile.text, shorter="" if tile.look is Look.HOLD else tile.note)
        restyle(self._text, tone=TONES[tile.look] if compact else None)

    def _show_signs(self, tile: Tile) -> None:
        tone = TONES[tile.look]
        self._sign.show_icon(str(tile.look), tone, tile.word)
        if self._density is Density.COMPACT:
            self._word.show_text(tile.word)
        else:
            self._word.show_text(_state(tile, self._density), shorter=_shorter_states(tile), kept=tile.word)
        restyle(self._word, tone=tone)
        restyle(self._model, tone="" if tile.present else "dim")
        self._progress.setValue(tile.progress or 0)
        self._progress.setVisible(tile.progress is not None)

    def _fit(self) -> None:
        """Give way to the model's name and the state's word, which are never cut for what stands beside them."""
        if self._shown is not None:
            if self._density is Density.DENSE:
                self._fit_columns()
            self._show_facts(self._shown[0])
            self._show_badge(self._shown[0])

    def _fit_columns(self) -> None:
        room = self._room() - self._sign.sizeHint().width() - GAP
        wide = columns(room, self._word.fontMetrics(), self._facts.fontMetrics(), self._language)
        for part, width in ((self._word, wide.word), (self._model, wide.model), (self._facts, wide.facts)):
            part.setFixedWidth(width)

    def _show_facts(self, tile: Tile) -> None:
        """Show as many of the facts as leave room for the model."""
        both = " · ".join(part for part in (tile.storage, tile.battery) if part)
        if self._density is Density.DENSE:
            self._facts.setText(both)
            self._facts.show()
            return
        metrics = self._facts.fontMetrics()
        named = self._model.fontMetrics().horizontalAdvance(tile.short_model) + GAP + _ROUNDING
        room = self._room() - named
        fitting = (text for text in (both, tile.storage) if metrics.horizontalAdvance(text) <= room)
        set_text(self._facts, next(fitting, ""))

    def _show_badge(self, tile: Tile) -> None:
        """Show the grade in a word where the state has its room beside it, else as a sign; none of a held phone."""
        whole = "" if tile.look is Look.HOLD or tile.grade == str(tile.look) else tile.grade_word
        restyle(self._badge, tone=GRADE_TONES.get(tile.grade, "ok"))
        if self._density is Density.DENSE:
            set_text(self._badge, grade_sign(tile) if whole and tile.progress is None else "")
            return
        # Digits and letters of the state line, the sign before them, and the badge's own frame.
        taken = self._word.wish() + self._sign.sizeHint().width() + 2 * GAP + 2 * 8
        fits = taken + self._badge.fontMetrics().horizontalAdvance(whole) <= self._room()
        set_text(self._badge, grade_sign(tile) if whole and not fits else whole)

    def minimumSizeHint(self) -> QSize:
        """Return a width into which every part gives way, so that no tile reaches under the scroll bar."""
        return QSize(_NARROWEST, self.minimumHeight())

    def _room(self) -> int:
        """Return the width beside the number; the body itself has it only after the next layout."""
        return self.width() - self._number.minimumWidth() - GAP - _EDGES

    def frame_width(self) -> int:
        """Return how much of a row's width number, icon and edges take."""
        return self._number.minimumWidth() + self._sign.sizeHint().width() + 2 * GAP + _EDGES

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
        tight = density in _TIGHT
        old, self._body = self._body, QWidget()
        for part in (self._word, self._model, self._facts, self._progress):
            _let_loose(part)
        # What has no place in this arrangement must not go with the old one.
        for part in (self._text, self._progress):
            part.setParent(self)
        self._body.setLayout(self._one_line() if dense else self._lines(density))
        self._row.replaceWidget(old, self._body)
        self._text.setVisible(density is Density.ROOMY)
        old.deleteLater()
        restyle(self._number, role="strong" if tight else "heading")
        side = 0 if tight else _SIDE if density is Density.ROOMY else _LOW_SIDE
        self._row.setContentsMargins(_LEFT, side, _RIGHT, side)
        self._set_height()

    def _one_line(self) -> QBoxLayout:
        _keep_room(self._progress, False)
        self._progress.setFixedWidth(_SHORT_BAR)
        for part in (self._word, self._model):
            # A layout gives one that ignores its hint no width beside what stretches, fixed or not.
            part.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        mark = QWidget()
        mark.setLayout(hbox(self._badge, self._progress, spacing=0))
        mark.setFixedWidth(MARK)
        return hbox(self._sign, self._word, self._model, 1, self._facts, mark, spacing=GAP)

    def _lines(self, density: Density) -> QBoxLayout:
        roomy = density is Density.ROOMY
        _keep_room(self._progress, roomy)
        for part in (self._word, self._model):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        top = hbox(self._model, self._facts, spacing=GAP)
        top.setStretch(0, 1)
        state = hbox(self._sign, self._word, self._badge, spacing=GAP)
        state.setStretch(1, 1)
        if roomy:
            return vbox(top, state, self._text, self._progress, spacing=_GAP)
        self._progress.setFixedWidth(_SHORT_BAR)
        state.addWidget(self._progress)
        if density is Density.ROWS:
            return vbox(top, state, spacing=0)
        return vbox(1, top, state, self._text, 1, spacing=0)

    def _set_height(self) -> None:
        """Fix the height by the letters: a layout asked before they are polished would let lines overlap."""
        for part in (self._number, self._model, self._word, self._badge, self._text):
            part.ensurePolished()
        self._number.setMinimumWidth(self._number.fontMetrics().horizontalAdvance("00") + 6)
        line = self._model.fontMetrics().height()
        state = max(line, self._badge.fontMetrics().height() + 4)
        self._word.setMinimumHeight(state)
        if self._density in _TIGHT:
            above = line + _BORDERS if self._density is Density.ROWS else 0
            self.setFixedHeight(max(above + state + 2, self._height))
            return
        lines = line + state + self._text.fontMetrics().height()
        around = _BAR + 3 * _GAP + 2 * _SIDE if self._density is Density.ROOMY else 2 * _LOW_SIDE + _BORDERS
        self.setFixedHeight(max(lines + around, TOUCH))

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


def _let_loose(widget: QWidget) -> None:
    widget.setMinimumWidth(0)
    widget.setMaximumWidth(_ENDLESS)


def grade_sign(tile: Tile) -> str:
    """Return a grade in one letter, and what is none as a warning sign."""
    return "!" if tile.grade in GRADE_TONES else tile.grade_word[:1]


def _number_role(tile: Tile, density: Density) -> str:
    """Return how the number looks: one that is on no label of the bench is not to be taken for one that is."""
    if tile.follows:
        return "dim"
    return "strong" if density in _TIGHT else "heading"


def _title(tile: Tile) -> str:
    return " · ".join(part for part in (tile.model, tile.colour) if part)


def _details(tile: Tile) -> str:
    return " · ".join(part for part in (tile.note, tile.trouble, tile.cable) if part)


def _shorter_details(tile: Tile) -> tuple[str, ...]:
    """Return what is said below the state in less room: what holds a phone and what is wrong, before how many more."""
    first = tile.note.partition(" +")[0]
    pairs = (tile.note, tile.trouble), (first, tile.trouble)
    both = (" · ".join(part for part in pair if part) for pair in pairs)
    return (*both, tile.note or tile.trouble)


def _state(tile: Tile, density: Density | None) -> str:
    # Where the sentence stands below, a word more would say it twice; only what holds a phone is not in its sentence.
    said = density is Density.ROOMY and bool(tile.text) and tile.look is not Look.HOLD
    return " · ".join(
        part for part in (tile.word, "" if said else tile.note, tile.trouble, tile.cable) if part
    )


def _shorter_states(tile: Tile) -> tuple[str, ...]:
    """Return what is said in less room, always after the look's word: what holds a phone before what is wrong now.

    The last is cut where there is no room for it either, but never the word: colour and sign do not say it alone.
    """
    parts = (tile.word, tile.note, tile.trouble or tile.cable)
    if tile.look is not Look.HOLD and tile.trouble:
        parts = (tile.word, tile.trouble, "")
    elif not tile.note and tile.look not in _SIGNED:
        return (tile.word,)
    said = [part for part in parts if part]
    shorter = [" · ".join(said[:count]) for count in range(len(said), min(2, len(said)) - 1, -1)]
    number = tile.note.split()[0] if tile.note[:1].isdecimal() else ""
    return (*shorter, f"{tile.word} · {number}") if number else tuple(shorter)
