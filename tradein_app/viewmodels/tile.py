"""What one tile on the bench shows, as data; no signals, no widgets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tradein_app.viewmodels.formatting import without_isolates
from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.looks import Look

STEPS = ("identity", "battery", "storage", "locks")
_COUNTED = re.compile(r"\((\d\S*)\s[^)]*\)")
"""A number and what it counts: ``(3rd generation)``, but not ``(Gen. 6)``."""


@dataclass(frozen=True, slots=True)
class LockMark:
    """A lock that is on, and its short word."""

    name: str
    word: str


@dataclass(frozen=True, slots=True)
class Tile:
    """Everything that a tile shows, ready to paint.

    Attributes:
        number: Of the slot, from 1.
        note: What exactly, in a word or two: ``tap Trust``, ``25 questions``, the lock that holds it.
        trouble: What is wrong with the phone now, in a word or two, where its look tells of something else.
        wants: Look of that trouble, where a person must do something about it.
        text: What the state means and what to do: a sentence.
        colour: The phone's colour in words.
        progress: Steps that were read, of `STEPS`; ``None`` while nothing is being read.
        present: Whether the phone is plugged in, as far as is known; the tile is dim otherwise.
        grade: ``""``, a grade or a disposition (``repair``).
        grade_word: The same in a word.
        act: What F4 does about it: ``""``, ``ask_trust`` or ``read_again``.
        slot: The port chain, such as ``1-2.3``; ``""`` where the transport tells none.
        follows: Nobody gave the slot this number, while others were given theirs: it is on no label of the bench.
        cable: What is wrong with its cable or its slot, in a word or two.
        advice: The same as a sentence, and what to do.
    """

    number: int
    look: Look = Look.FREE
    word: str = ""
    text: str = ""
    model: str = ""
    colour: str = ""
    storage: str = ""
    battery: str = ""
    locks: tuple[LockMark, ...] = ()
    progress: int | None = None
    present: bool = False
    grade: str = ""
    grade_word: str = ""
    act: str = ""
    slot: str = ""
    note: str = ""
    trouble: str = ""
    wants: Look | None = None
    follows: bool = False
    cable: str = ""
    advice: str = ""

    @property
    def asks(self) -> Look:
        """What a person is asked for: by what is wrong now, or else by the look."""
        return self.wants or self.look

    @property
    def looks(self) -> tuple[Look, ...]:
        """The look, and that of the trouble where a person must do something about it."""
        return tuple(dict.fromkeys((self.look, self.asks)))

    @property
    def short_model(self) -> str:
        """The model without the word that says what the number in its brackets counts: ``iPhone SE (3rd)``."""
        return _COUNTED.sub(r"(\1)", self.model)

    def as_text(self) -> str:
        """Return the tile as a screen reader says it."""
        slot = (
            translate("tiles", "Slot {0}, not numbered") if self.follows else translate("tiles", "Slot {0}")
        )
        parts = [slot.format(self.number), self.model, self.colour, self.storage]
        parts += [self.battery, self.word, self.note, self.trouble, self.grade_word, self.text]
        parts += [self.cable, self.advice]
        parts.append(translate("tiles", "USB port {0}").format(self.slot) if self.slot else "")
        return without_isolates(", ".join(part for part in parts if part))
