"""Colours: every pair can be read, in every mode, and is painted."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from tests.fakes.windows import phone_of, read_iphone
from tradein_app.ui.theme import palette, style_sheet
from tradein_app.ui.tokens import BY_MODE, Mode, Tokens, contrast

MOST_ASKED = 3
"""As many times may a change of mode give one widget its style: the old taken away, the new put on."""
MODES = sorted(BY_MODE)
READ = ("text", "dim", "accent", "ok", "warn", "bad")


@pytest.mark.parametrize("mode", MODES)
def test_every_text_can_be_read_on_every_ground(mode: Mode):
    tokens = BY_MODE[mode]
    pairs = [*itertools.product(READ, ("bg", "card", "soft")), ("on", "accent"), ("on_band", "band")]
    low = {pair: contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) for pair in pairs}
    assert {pair: round(value, 2) for pair, value in low.items() if value < 4.5} == {}


@pytest.mark.parametrize("mode", MODES)
def test_the_borders_of_controls_can_be_seen(mode: Mode):
    tokens = BY_MODE[mode]
    assert min(contrast(tokens.edge, getattr(tokens, ground)) for ground in ("bg", "card", "soft")) >= 3


def test_the_measure_is_that_of_the_standard():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
def test_the_style_sheet_only_uses_tokens(mode: Mode):
    tokens = BY_MODE[mode]
    sheet = style_sheet(tokens, 10.0)
    known = {getattr(tokens, name) for name in Tokens.__dataclass_fields__}
    used = {word.strip(";}") for word in sheet.split() if word.startswith("#")}
    assert used <= known
    assert "$" not in sheet
    assert palette(tokens).color(QPalette.ColorRole.Window) == QColor(tokens.bg)


@pytest.mark.parametrize("mode", MODES)
def test_the_window_is_painted_in_each_mode(counter, mode: Mode):
    counter.plug(phone_of(read_iphone("A")))
    window = counter.show_window(mode)
    picture = window.grab().toImage()
    tokens = BY_MODE[mode]
    seen = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    }
    assert {tokens.bg, tokens.card, tokens.accent} <= seen


def test_another_mode_asks_each_of_forty_tiles_a_few_times_and_the_same_mode_none(counter: Any):
    asked = Asked()
    counter.plug(*(phone_of(read_iphone(f"P{n}", slot=f"1-{n}"), key=f"k{n}") for n in range(40)))
    window = counter.show_window(size=(1920, 1080))
    tile = window.parts.devices._tiles[-1]
    tile.installEventFilter(asked)
    app, theme = QApplication.instance(), window.parts.devices._theme
    theme.dress(app, Mode.DARK)
    assert 1 <= asked.times <= MOST_ASKED
    asked.times = 0
    theme.dress(app, Mode.DARK)
    assert asked.times == 0


class Asked(QObject):
    """Counts how often a widget is given a style."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.times += event.type() is QEvent.Type.StyleChange
        return False
