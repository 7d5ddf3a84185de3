"""How a port looks and what it waits for, from its phone and that phone's inspection."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from diagnostics.model import State
from tradein_app.viewmodels.holding import holding_words
from tradein_app.viewmodels.language import (
    pick,
    pick_named,
    state_entry,
    state_name,
    step_note,
    step_words,
    translate,
)
from tradein_app.viewmodels.looks import Look

if TYPE_CHECKING:
    from diagnostics.bench import Phone
    from tradein_app.services.records import InspectionRecord


@dataclass(frozen=True, slots=True)
class Judged:
    """What a port waits for: its look, a sentence, and a word or two; see `Tile`."""

    look: Look
    text: str = ""
    note: str = ""
    trouble: str = ""
    wants: Look | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step that a phone's person is led to, where that says more than the phone's state.

    Attributes:
        note: In a word or two.
        text: In a sentence.
        act: What F4 does about it; ``""`` where the computer can do nothing.
    """

    note: str
    text: str
    act: str


def judge(
    phone: Phone | None,
    record: InspectionRecord | None,
    questions: int,
    language: str,
    *,
    unseen: bool = False,
    step: NextStep | None = None,
) -> Judged:
    """Return how a port looks, and what exactly it waits for."""
    if phone is None:
        return Judged(Look.FREE)
    if _disposition(record) == "stop":
        return Judged(Look.STOP, step_words("stop", language))
    # While its service is down, what a person can answer is what it was before.
    now = record.reading.state if unseen and record else phone.reading.state
    standing = _standing(now, record, questions, language)
    if unseen:
        return _unseen(standing, language)
    if not phone.present:
        return standing if standing and _is_closed(record) else _gone(record, language)
    if _is_closed(record) or not _is_running(phone, record):
        return _with_trouble(standing, _asked(phone, step, language), open_=not _is_closed(record))
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


def _standing(state: State, record: InspectionRecord | None, questions: int, language: str) -> Judged | None:
    """Return what holds for a phone whatever its cable says now; ``None`` where that decides."""
    if record is None:
        return None
    if record.stage.closed:
        return _closed(record, language)
    if _disposition(record) in {"hold", "reject"}:
        return Judged(Look.HOLD, step_words("hold", language), _held_by(record, language))
    return _ready(record, questions, language) if state is State.READY else None


def _unseen(standing: Judged | None, language: str) -> Judged:
    """Return the tile of a phone whose service fails: what was known of it stays."""
    text, note = step_words("service", language), step_note("service", language)
    return replace(standing, trouble=note) if standing else Judged(Look.PROBLEM, text, note)


def _asked(phone: Phone, step: NextStep | None, language: str) -> Judged:
    """Return what is wrong with a phone now, and what a person is asked to do about it."""
    entry = state_entry(state_name(phone.reading))
    if step is not None:
        return Judged(Look(entry["look"]), step.text, step.note)
    note = "" if phone.reading.state is State.READY else pick_named(entry, "short_", language)
    return Judged(Look(entry["look"]), pick(entry, language), note)


def _with_trouble(standing: Judged | None, asked: Judged, *, open_: bool) -> Judged:
    """Return what holds for a phone together with what is wrong with it now.

    Args:
        standing: What holds whatever the cable says.
        asked: What is wrong now.
        open_: Its deal is: of a closed one nobody needs to do anything.
    """
    if standing is None:
        return asked
    if not asked.note:
        return standing
    if not open_ or asked.look not in {Look.NEEDS_YOU, Look.PROBLEM}:
        return replace(standing, trouble=asked.note)
    return replace(standing, text=asked.text, trouble=asked.note, wants=asked.look)


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
