"""What is believed of the battery and the locks, from the cable and from a person together."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from operator import attrgetter
from typing import TYPE_CHECKING

from diagnostics.grading.checklist import Answers, Checklist, load_checklist
from diagnostics.grading.rules import Value
from diagnostics.model import FieldName, Locks, LockState, Quality, Reading

if TYPE_CHECKING:
    from diagnostics.grading.inspection import Inspection

Read = Mapping[FieldName, Value | None]
"""Readings by field; ``None`` where the reading does not know."""

BATTERY: FieldName = "battery.health_percent"
FIELDS: tuple[FieldName, ...] = (
    BATTERY,
    *(f"locks.{field.name}" for field in dataclasses.fields(Locks)),
)
"""The readings that a standard may have rules for: one number, and locks."""
_GET = attrgetter(*FIELDS)
_CARRIER: FieldName = "locks.sim"


@dataclasses.dataclass(frozen=True, slots=True)
class Fact:
    """One value that is believed.

    Attributes:
        value: A percent, ``on`` or ``off``; ``None`` where nobody knows.
        question: The answer that says so; ``None`` where the reading does.
    """

    value: Value | None
    question: str | None


def believed(inspection: Inspection) -> Mapping[FieldName, Fact]:
    """Return what is believed of battery health and of every lock.

    A percent typed from the phone's settings overrides the reading; one that is better than an exact reading is
    left out before (`diagnostics.grading.standing.standing`). An answer fills in a lock that could not be read;
    a lock that was read as on stays on whatever a person saw: the two contradict each other, and no one pays on that.
    """
    reading = inspection.reading
    return merge(
        load_checklist(inspection.checklist), inspection.answers, read_values(reading), reading.platform
    )


def read_values(reading: Reading) -> Read:
    """Return the readings that grading looks at."""
    pairs = zip(FIELDS, _GET(reading), strict=True)
    hinted = hinted_locks(reading)
    return {field: None if value is LockState.UNKNOWN or field in hinted else value for field, value in pairs}


def hinted_locks(reading: Reading) -> frozenset[FieldName]:
    """Return the locks that a reading calls on by a mere hint that proves nothing: for these a person looks.

    A card that an iPhone turns down may be locked itself, broken or not activated (libimobiledevice #300, #498). Other
    locks are only said to be on where the phone itself says so, however it is put.
    """
    evidence = reading.evidence.get(_CARRIER)
    told = reading.locks.sim is LockState.ON
    return frozenset({_CARRIER}) if told and evidence and evidence.quality is Quality.HINT else frozenset()


def told_lock(reading: Reading, lock: str) -> LockState:
    """Return what a reading tells of a lock; one that it only hints at is not known.

    Args:
        reading: A phone's.
        lock: A field of `diagnostics.model.Locks`.
    """
    told: LockState = getattr(reading.locks, lock)
    return LockState.UNKNOWN if f"locks.{lock}" in hinted_locks(reading) else told


def merge(checklist: Checklist, answers: Answers, read: Read, platform: str) -> dict[FieldName, Fact]:
    """Return the readings with the answers' evidence put in; see `believed` for which one counts."""
    facts = {field: Fact(value, None) for field, value in read.items()}
    for question in checklist.evidence:
        given = answers.get(question.id)
        if question.overrides is not None and given is not None:
            facts[question.overrides] = Fact(given, question.id)
        for field, value in question.proof(str(given), platform).items():
            if facts[field].value is None:
                facts[field] = Fact(value, question.id)
    return facts
