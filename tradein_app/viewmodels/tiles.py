"""Makes the tile of a port from its phone and that phone's inspection; no signals, no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.grading.facts import believed, told_lock
from diagnostics.grading.inspection import Inspection
from diagnostics.grading.words import result_words, short_words
from diagnostics.model import LockState
from tradein_app.viewmodels.cables import cable_advice, cable_word, wants_hands
from tradein_app.viewmodels.colours import colour_words
from tradein_app.viewmodels.formatting import format_value, model_words
from tradein_app.viewmodels.judging import NextStep, judge
from tradein_app.viewmodels.language import look_word, state_entry, state_name, translate
from tradein_app.viewmodels.looks import Look
from tradein_app.viewmodels.tile import STEPS, LockMark, Tile

if TYPE_CHECKING:
    from diagnostics.bench import Phone
    from diagnostics.model import Reading
    from tradein_app.services.records import InspectionRecord


def make_tile(
    number: int,
    phone: Phone | None,
    record: InspectionRecord | None,
    *,
    questions: int,
    language: str,
    slot: str = "",
    unseen: bool = False,
    follows: bool = False,
    step: NextStep | None = None,
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
        follows: The number only follows from the order, while other slots were numbered.
        step: Where its person is led to by steps.
    """
    judged = judge(phone, record, questions, language, unseen=unseen, step=step)
    if phone is None or judged.look is Look.FREE:
        return Tile(number, word=look_word(Look.FREE, language), slot=slot, follows=follows)
    reading, grade = _telling(phone, record), _badge(record, questions)
    cable = cable_word(phone.reading) if phone.present else ""
    advice = cable_advice(phone.reading, language) if phone.present else ""
    # Where nothing helps before the cable is touched, that is the one next step.
    first = advice if wants_hands(phone.reading) and judged.look is Look.PROBLEM else ""
    return Tile(
        number=number,
        look=judged.look,
        word=look_word(judged.look, language),
        text=first or judged.text,
        model=model_name(reading, language),
        colour=colour_words(reading.identity.colour, language),
        storage=_storage(reading, language),
        battery=_battery(reading, record, language),
        locks=_locks(reading, language),
        progress=_progress(phone) if judged.look is Look.WORKING else None,
        present=phone.present or unseen,
        grade=grade,
        grade_word=grade_word(grade, language),
        act="" if unseen else _act(phone, step),
        slot=slot,
        note=cable if first else judged.note,
        trouble=judged.trouble,
        wants=judged.wants,
        follows=follows,
        cable="" if first else cable,
        advice="" if first else advice,
    )


def _act(phone: Phone, step: NextStep | None) -> str:
    if not phone.present:
        return ""
    return state_entry(state_name(phone.reading))["act"] if step is None else step.act


def _telling(phone: Phone, record: InspectionRecord | None) -> Reading:
    """Return the reading that names the phone: what was read is kept when it locks itself or falls silent."""
    running = phone.busy and phone.present and phone.reading.identity.model is not None
    return phone.reading if record is None or running else record.reading


def model_name(reading: Reading, language: str) -> str:
    """Return what to call a phone: its model, its code, or its family."""
    identity = reading.identity
    families = {
        "ios": translate("tiles", "iPhone or iPad"),
        "android": translate("tiles", "Android phone"),
        "unknown": translate("tiles", "USB device"),
    }
    name = model_words(identity.model, language) if identity.model else identity.model_code
    return name or families[reading.platform]


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
