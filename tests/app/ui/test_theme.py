"""Colours: every pair can be read, in every mode, and is painted."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor, QPalette

from tests.fakes.windows import phone_of, read_iphone
from tradein_app.ui.theme import palette, style_sheet
from tradein_app.ui.tokens import BY_MODE, Mode, Tokens, contrast

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
