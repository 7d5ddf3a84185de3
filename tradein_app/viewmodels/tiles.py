"""What one tile on the bench shows, from a phone and its inspection; no signals, no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from diagnostics.grading.facts import believed
from diagnostics.grading.inspection import Inspection
from diagnostics.grading.words import result_words, short_words
from diagnostics.model import LockState, State
from tradein_app.viewmodels.colours import colour_words
from tradein_app.viewmodels.formatting import format_value, without_isolates
from tradein_app.viewmodels.holding import holding_words
from tradein_app.viewmodels.language import (
    look_word,
    pick,
    pick_named,
    state_entry,
    state_name,
    step_note,
    step_words,
    translate,
)

if TYPE_CHECKING:
    from diagnostics.bench import Phone
    from diagnostics.model import Reading
    from tradein_app.services.records import InspectionRecord

STEPS = ("identity", "battery", "storage", "locks")


class Look(StrEnum):
    """Colour, icon and word go together; always all three."""

    FREE = "free"
    CONNECTING = "connecting"
    WORKING = "working"
    NEEDS_YOU = "needs_you"
    PROBLEM = "problem"
    OFFER = "offer"
    LATER = "later"
    DONE = "done"
    DECLINED = "declined"
    HOLD = "hold"
    STOP = "stop"


TONES = {
    Look.FREE: "dim",
    Look.CONNECTING: "accent",
    Look.WORKING: "accent",
    Look.NEEDS_YOU: "warn",
    Look.PROBLEM: "bad",
    Look.OFFER: "accent",
    Look.LATER: "dim",
    Look.DONE: "ok",
    Look.DECLINED: "dim",
    Look.HOLD: "bad",
    Look.STOP: "bad",
}


@dataclass(frozen=True, slots=True)
class LockMark:
    """A lock that is on, and its short word."""

    name: str
    word: str


@dataclass(frozen=True, slots=True)
class Tile:
    """Everything that a tile shows, ready to paint.

    Attributes:
        number: Of the port, from 1.
        note: What exactly, in a word or two: ``tap Trust``, ``25 questions``, the lock that holds it.
        text: What the state means and what to do: a sentence.
        colour: The phone's colour in words.
        progress: Steps that were read, of `STEPS`; ``None`` while nothing is being read.
        present: Whether the phone is plugged in; the tile is dim otherwise.
        grade: ``""``, a grade or a disposition (``repair``).
        grade_word: The same in a word.
        act: What F4 does about it: ``""``, ``ask_trust`` or ``read_again``.
        slot: The port chain, such as ``1-2.3``; ``""`` where the transport tells none.
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

    def as_text(self) -> str:
        """Return the tile as a screen reader says it."""
        parts = [translate("tiles", "Port {0}").format(self.number), self.model, self.colour, self.storage]
        parts += [self.battery, self.word, self.note, self.grade_word, self.text]
        parts.append(translate("tiles", "USB port {0}").format(self.slot) if self.slot else "")
        return without_isolates(", ".join(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class Judged:
    """What a port waits for: its look, a sentence, and a word or two."""

    look: Look
    text: str = ""
    note: str = ""


def make_tile(
    number: int,
    phone: Phone | None,
    record: InspectionRecord | None,
    *,
    questions: int,
    language: str,
    slot: str = "",
) -> Tile:
    """Return a port's tile.

    Args:
        number: Of the port.
        phone: The phone that is, or was last, in it.
        record: That phone's inspection, once taken in.
        questions: How many required questions are open.
        language: Of the texts.
        slot: The port chain, where the transport tells one.
    """
    judged = judge(phone, record, questions, language)
    if phone is None or judged.look is Look.FREE:
        return Tile(number, word=look_word(Look.FREE, language), slot=slot)
    reading, grade = _telling(phone, record), _badge(record, questions)
    return Tile(
        number=number,
        look=judged.look,
        word=look_word(judged.look, language),
        text=judged.text,
        model=model_name(reading),
        colour=colour_words(reading.identity.colour, language),
        storage=_storage(reading, language),
        battery=_battery(reading, record, language),
        locks=_locks(reading, language),
        progress=_progress(phone) if judged.look is Look.WORKING else None,
        present=phone.present,
        grade=grade,
        grade_word=grade_word(grade, language),
        act=state_entry(state_name(phone.reading))["act"] if phone.present else "",
        slot=slot,
        note=judged.note,
    )


def _telling(phone: Phone, record: InspectionRecord | None) -> Reading:
    """Return the reading that names the phone: what was read is kept when it locks itself or falls silent."""
    running = phone.busy and phone.present and phone.reading.identity.model is not None
    return phone.reading if record is None or running else record.reading


def model_name(reading: Reading) -> str:
    """Return what to call a phone: its model, its code, or its family."""
    identity = reading.identity
    families = {
        "ios": translate("tiles", "iPhone or iPad"),
        "android": translate("tiles", "Android phone"),
        "unknown": translate("tiles", "USB device"),
    }
    return identity.model or identity.model_code or families[reading.platform]


def grade_key(record: InspectionRecord | None) -> str:
    """Return the grade, or the disposition where that says more; ``""`` when nothing can be said yet."""
    if record is None or record.grade is None:
        return ""
    if record.grade.grade is not None:
        return str(record.grade.grade)
    return "" if record.grade.disposition == "incomplete" else str(record.grade.disposition)


def _badge(record: InspectionRecord | None, questions: int) -> str:
    """Return the grade once it is settled: while questions are open, it may still fall."""
    ends = record is not None and record.grade is not None and record.grade.disposition in {"stop", "reject"}
    return grade_key(record) if ends or not questions else ""


def grade_word(key: str, language: str) -> str:
    """Return a grade's or disposition's word as a line begins with it; ``""`` for none."""
    word = result_words(key, language) if key else ""
    return word[:1].upper() + word[1:]


def judge(phone: Phone | None, record: InspectionRecord | None, questions: int, language: str) -> Judged:
    """Return how a port looks, and what exactly it waits for."""
    if phone is None:
        return Judged(Look.FREE)
    if _disposition(record) == "stop":
        return Judged(Look.STOP, step_words("stop", language))
    if record is not None and record.stage.closed:
        return _closed(record, language)
    if not phone.present:
        return _gone(record, language)
    return _plugged(phone, record, questions, language)


def _plugged(phone: Phone, record: InspectionRecord | None, questions: int, language: str) -> Judged:
    state = phone.reading.state
    # Read, but not taken in yet: what it will need is not known, and nothing is said that would flip.
    unknown = phone.busy or record is None
    if (unknown and state is State.READY) or (phone.busy and state is State.CONNECTING):
        return Judged(Look.WORKING, _working(phone), _working_note(phone))
    if _disposition(record) in {"hold", "reject"}:
        return Judged(Look.HOLD, step_words("hold", language), _held_by(record, language))
    if state is not State.READY or record is None:
        entry = state_entry(state_name(phone.reading))
        return Judged(Look(entry["look"]), pick(entry, language), pick_named(entry, "short_", language))
    return _ready(record, questions, language)


def _disposition(record: InspectionRecord | None) -> str:
    return str(record.grade.disposition) if record and record.grade else ""


def _ready(record: InspectionRecord, questions: int, language: str) -> Judged:
    if questions:
        step = "question" if questions == 1 else "questions"
        return _step(Look.NEEDS_YOU, step, language, count=str(questions))
    if record.quote is None:
        return _step(Look.NEEDS_YOU, "price", language)
    if record.quote.decision == "review":
        return _step(Look.NEEDS_YOU, "review", language)
    return _step(Look.OFFER, "decide", language)


def _closed(record: InspectionRecord, language: str) -> Judged:
    declined = record.stage == "declined"
    return _step(Look.DECLINED if declined else Look.DONE, str(record.stage), language)


def _gone(record: InspectionRecord | None, language: str) -> Judged:
    """Keep a phone that left with work half done; one of which nothing is known leaves its port free."""
    if record is None or not (record.answers or record.reading.identity.model):
        return Judged(Look.FREE)
    return _step(Look.LATER, "gone", language)


def _step(look: Look, step: str, language: str, **params: str) -> Judged:
    return Judged(look, step_words(step, language, **params), step_note(step, language, **params))


def _held_by(record: InspectionRecord | None, language: str) -> str:
    """Return what holds a phone, and how many more do."""
    words = holding_words(record, language) if record else ()
    return f"{words[0]} +{len(words) - 1}" if len(words) > 1 else "".join(words)


def _working(phone: Phone) -> str:
    words = {
        "": translate("tiles", "Reading identity"),
        "identity": translate("tiles", "Reading battery"),
        "battery": translate("tiles", "Reading storage"),
        "storage": translate("tiles", "Reading locks"),
        "locks": translate("tiles", "Finishing"),
    }
    return words.get(phone.step if phone.busy else "locks", words["locks"])


def _working_note(phone: Phone) -> str:
    words = {
        "": translate("tiles", "identity"),
        "identity": translate("tiles", "battery"),
        "battery": translate("tiles", "storage"),
        "storage": translate("tiles", "locks"),
    }
    return words.get(phone.step, "") if phone.busy else ""


def _progress(phone: Phone) -> int:
    if not phone.busy:
        return len(STEPS)
    return STEPS.index(phone.step) + 1 if phone.step in STEPS else 0


def _storage(reading: Reading, language: str) -> str:
    size = reading.storage.capacity_gb
    return "" if size is None else format_value(size, "GB", language=language)


def _battery(reading: Reading, record: InspectionRecord | None, language: str) -> str:
    """Return the battery's health: what a person typed counts before what the cable says."""
    health: object = reading.battery.health_percent
    if record is not None:
        health = believed(Inspection(reading, record.checklist, record.answers))[
            "battery.health_percent"
        ].value
    return "" if health is None else format_value(health, "%", language=language)


def _locks(reading: Reading, language: str) -> tuple[LockMark, ...]:
    telling = ("activation", "find_my", "account", "mdm", "sim", "blacklist")
    return tuple(
        LockMark(name, short_words(f"locks.{name}", language, reading.platform))
        for name in telling
        if getattr(reading.locks, name) is LockState.ON
    )
