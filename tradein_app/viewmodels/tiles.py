"""What one tile on the bench shows, from a phone and its inspection; no signals, no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from diagnostics.model import LockState, State
from tradein_app.viewmodels.formatting import format_value, without_isolates
from tradein_app.viewmodels.language import look_word, pick, state_entry, step_words, translate

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
    DONE = "done"
    HOLD = "hold"
    STOP = "stop"


TONES = {
    Look.FREE: "dim",
    Look.CONNECTING: "accent",
    Look.WORKING: "accent",
    Look.NEEDS_YOU: "warn",
    Look.PROBLEM: "bad",
    Look.DONE: "ok",
    Look.HOLD: "bad",
    Look.STOP: "bad",
}


@dataclass(frozen=True, slots=True)
class LockMark:
    """A lock that is on, or was not proved off."""

    name: str
    on: bool


@dataclass(frozen=True, slots=True)
class Tile:
    """Everything that a tile shows, ready to paint.

    Attributes:
        number: Of the port, from 1.
        text: What the state means and what to do: a sentence.
        colour: The phone's colour in words.
        progress: Steps that were read, of `STEPS`; ``None`` while nothing is being read.
        present: Whether the phone is plugged in; the tile is dim otherwise.
        grade: ``""``, a grade or a disposition (``repair``).
        act: What F4 does about it: ``""``, ``ask_trust`` or ``read_again``.
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
    act: str = ""

    def as_text(self) -> str:
        """Return the tile as a screen reader says it."""
        parts = [translate("tiles", "Port {0}").format(self.number), self.model, self.colour, self.storage]
        parts += [self.battery, self.word, grade_word(self.grade), self.text]
        return without_isolates(", ".join(part for part in parts if part))


def make_tile(
    number: int, phone: Phone | None, record: InspectionRecord | None, *, questions: int, language: str
) -> Tile:
    """Return a port's tile.

    Args:
        number: Of the port.
        phone: The phone that is, or was last, in it.
        record: That phone's inspection, once taken in.
        questions: How many required questions are open.
        language: Of the texts.
    """
    if phone is None:
        return Tile(number, word=look_word(Look.FREE, language))
    look, text = _judged(phone, record, questions, language)
    reading = phone.reading
    return Tile(
        number=number,
        look=look,
        word=look_word(look, language),
        text=text,
        model=model_name(reading),
        colour=reading.identity.colour or "",
        storage=_storage(reading, language),
        battery=_battery(reading, language),
        locks=_locks(reading),
        progress=_progress(phone),
        present=phone.present,
        grade=grade_key(record),
        act=state_entry(reading.state)["act"] if phone.present else "",
    )


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


def grade_word(key: str) -> str:
    """Return a grade's or disposition's word."""
    words = {
        "premium": translate("grades", "Premium"),
        "excellent": translate("grades", "Excellent"),
        "good": translate("grades", "Good"),
        "fair": translate("grades", "Fair"),
        "sellable": translate("grades", "Sellable"),
        "repair": translate("grades", "Repair first"),
        "hold": translate("grades", "On hold"),
        "stop": translate("grades", "Stop: safety"),
        "reject": translate("grades", "Not accepted"),
        "incomplete": translate("grades", "No grade yet"),
    }
    return words.get(key, "")


def _judged(phone: Phone, record: InspectionRecord | None, questions: int, language: str) -> tuple[Look, str]:
    entry = state_entry(phone.reading.state)
    disposition = str(record.grade.disposition) if record and record.grade else ""
    if disposition == "stop":
        return Look.STOP, step_words("stop", language)
    if not phone.present:
        return Look.PROBLEM if record is None else Look.FREE, step_words("gone", language)
    if phone.busy and phone.reading.state in {State.READY, State.CONNECTING}:
        return Look.WORKING, _working(phone)
    if disposition in {"hold", "reject"}:
        return Look.HOLD, step_words("hold", language)
    if phone.reading.state is not State.READY:
        return Look(entry["look"]), pick(entry, language)
    return _ready(record, questions, language)


def _ready(record: InspectionRecord | None, questions: int, language: str) -> tuple[Look, str]:
    if record is None or questions:
        step = "question" if questions == 1 else "questions"
        text = step_words(step, language, count=str(questions)) if questions else ""
        return Look.NEEDS_YOU, text
    if record.quote is None:
        return Look.NEEDS_YOU, step_words("price", language)
    if record.quote.decision == "review":
        return Look.NEEDS_YOU, step_words("review", language)
    return Look.DONE, pick(state_entry(State.READY), language)


def _working(phone: Phone) -> str:
    words = {
        "": translate("tiles", "Reading identity"),
        "identity": translate("tiles", "Reading battery"),
        "battery": translate("tiles", "Reading storage"),
        "storage": translate("tiles", "Reading locks"),
        "locks": translate("tiles", "Finishing"),
    }
    return words.get(phone.step, words["locks"])


def _progress(phone: Phone) -> int | None:
    if not (phone.busy and phone.present and phone.reading.state in {State.READY, State.CONNECTING}):
        return None
    return STEPS.index(phone.step) + 1 if phone.step in STEPS else 0


def _storage(reading: Reading, language: str) -> str:
    size = reading.storage.capacity_gb
    return "" if size is None else format_value(size, "GB", language=language)


def _battery(reading: Reading, language: str) -> str:
    health = reading.battery.health_percent
    return "" if health is None else format_value(health, "%", language=language)


def _locks(reading: Reading) -> tuple[LockMark, ...]:
    telling = ("activation", "find_my", "account", "mdm", "sim", "blacklist")
    return tuple(LockMark(name, True) for name in telling if getattr(reading.locks, name) is LockState.ON)
