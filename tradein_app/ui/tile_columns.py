"""The columns of one-line ports: they only depend on the room, so that they stand below each other in every row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtGui import QFontMetrics

from tradein_app.viewmodels.language import look_word
from tradein_app.viewmodels.looks import Look

GAP = 6
MARK = 40
"""Width of the last column: the grade's letter, or how far the reading is."""
_MODEL = "iPhone 14 Pro Max"
_NOTE = " · 88 questions"
_FACTS = "256 GB · 100 %"


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths, device-independent pixels."""

    word: int
    model: int
    facts: int


def columns(room: int, strong: QFontMetrics, plain: QFontMetrics, language: str) -> Columns:
    """Return how wide each column of a row is: the state's word is never cut, the model hardly.

    Args:
        room: Beside number and icon.
        strong: Of the word's and the model's letters.
        plain: Of the facts'.
        language: Of the words.
    """
    word, model, facts = _least(strong, plain, language)
    left = room - word - facts - MARK - 3 * GAP
    if left < model:
        return Columns(word, max(left, 0), facts)
    # First the state is said whole, then long models and colours get what is left. Notes follow upon shorter words than
    # the longest.
    noted = strong.horizontalAdvance(look_word(Look.NEEDS_YOU, language) + _NOTE)
    more = min(left - model, max(noted - word, 0))
    return Columns(word + more, left - more, facts)


def least_room(strong: QFontMetrics, plain: QFontMetrics, language: str) -> int:
    """Return the width below which a port needs two lines."""
    return sum(_least(strong, plain, language)) + MARK + 3 * GAP


def widest(texts: Iterable[str], metrics: QFontMetrics) -> int:
    """Return how wide the widest of some texts is."""
    return max(map(metrics.horizontalAdvance, texts), default=0) + 1


def _least(strong: QFontMetrics, plain: QFontMetrics, language: str) -> tuple[int, int, int]:
    word = max(strong.horizontalAdvance(look_word(look, language)) for look in Look)
    return word + 1, strong.horizontalAdvance(_MODEL) + 1, plain.horizontalAdvance(_FACTS) + 1
