"""What one tile on the bench shows, from a phone and its inspection; no signals, no widgets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from diagnostics.grading.facts import believed, told_lock
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
        return re.sub(r"\((\S+) [^)]*\)", r"(\1)", self.model)

    def as_text(self) -> str:
        """Return the tile as a screen reader says it."""
        parts = [translate("tiles", "Port {0}").format(self.number), self.model, self.colour, self.storage]
        parts += [self.battery, self.word, self.note, self.trouble, self.grade_word, self.text]
        parts.append(translate("tiles", "USB port {0}").format(self.slot) if self.slot else "")
        return without_isolates(", ".join(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class Judged:
    """What a port waits for: its look, a sentence, and a word or two; see `Tile`."""

    look: Look
    text: str = ""
    note: str = ""
    trouble: str = ""
    wants: Look | None = None


def make_tile(
    number: int,
    phone: Phone | None,
    record: InspectionRecord | None,
    *,
    questions: int,
    language: str,
    slot: str = "",
    unseen: bool = False,
) -> Tile:
    """Return a port's tile.

    Args:
        number: Of the port.
        phone: The phone that is, or was last, in it.
        record: That phone's inspection, once taken in.
        questions: How many required questions are open.
        language: Of the texts.
        slot: The port chain, where the transport tells one.
        unseen: The service that shows the phone failed.
    """
    judged = judge(phone, record, questions, language, unseen=unseen)
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
        present=phone.present or unseen,
        grade=grade,
        grade_word=grade_word(grade, language),
        act=state_entry(state_name(phone.reading))["act"] if phone.present else "",
        slot=slot,
        note=judged.note,
        trouble=judged.trouble,
        wants=judged.wants,
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


def judge(
    phone: Phone | None,
    record: InspectionRecord | None,
    questions: int,
    language: str,
    *,
    unseen: bool = False,
) -> Judged:
    """Return how a port looks, and what exactly it waits for."""
    if phone is None:
        return Judged(Look.FREE)
    if _disposition(record) == "stop":
        return Judged(Look.STOP, step_words("stop", language))
    standing = _standing(phone, record, questions, language)
    if unseen:
        return _unseen(standing, language)
    if not phone.present:
        return standing if standing and _is_closed(record) else _gone(record, language)
    if _is_closed(record) or not _is_running(phone, record):
        return _with_trouble(standing, phone, language, open_=not _is_closed(record))
    return Judged(Look.WORKING, _working(phone), _working_note(phone))


def _is_running(phone: Phone, record: InspectionRecord | None) -> bool:
    """Return whether a phone is being read: what it will need is not known, and nothing is said that would flip.

    One that was read, but is not taken in yet, counts as well.
    """
    state = phone.reading.state
    unknown = phone.busy or record is None
    return (unknown and state is State.READY) or (phone.busy and state is State.CONNECTING)


def _is_closed(record: InspectionRecord | None) -> bool:
    return record is not None and record.stage.closed


def _standing(phone: Phone, record: InspectionRecord | None, questions: int, language: str) -> Judged | None:
    """Return what holds for a phone whatever its cable says now; ``None`` where that decides."""
    if record is None:
        return None
    if record.stage.closed:
        return _closed(record, language)
    if _disposition(record) in {"hold", "reject"}:
        return Judged(Look.HOLD, step_words("hold", language), _held_by(record, language))
    return _ready(record, questions, language) if phone.reading.state is State.READY else None


def _unseen(standing: Judged | None, language: str) -> Judged:
    """Return the tile of a phone whose service fails: what was known of it stays."""
    text, note = step_words("service", language), step_note("service", language)
    return replace(standing, trouble=note) if standing else Judged(Look.PROBLEM, text, note)


def _with_trouble(standing: Judged | None, phone: Phone, language: str, *, open_: bool) -> Judged:
    """Return what holds for a phone together with what is wrong with it now.

    Args:
        standing: What holds whatever the cable says.
        phone: The phone.
        language: Of the words.
        open_: Its deal is: of a closed one nobody needs to do anything.
    """
    entry = state_entry(state_name(phone.reading))
    look, note = Look(entry["look"]), pick_named(entry, "short_", language)
    if standing is None:
        return Judged(look, pick(entry, language), note)
    if phone.reading.state is State.READY or not note:
        return standing
    if not open_ or look not in {Look.NEEDS_YOU, Look.PROBLEM}:
        return replace(standing, trouble=note)
    return replace(standing, text=pick(entry, language), trouble=note, wants=look)


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
        if told_lock(reading, name) is LockState.ON
    )
