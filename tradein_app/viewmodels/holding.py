"""Why a phone cannot be bought as it is, in the words that the quote would use, before there is a quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.words import question_subject, short_words

if TYPE_CHECKING:
    from diagnostics.grading.engine import Cap
    from pricing.records import Reason
    from tradein_app.services.records import InspectionRecord

_LOCKS = "locks."
_TELLING = ("blacklist", "activation", "find_my", "mdm", "account", "sim")
_HOLDING = frozenset({"hold", "reject"})
_ASKED = {"owner_lock": "account", "sim_lock": "sim"}
"""The lock that an answer saw on."""


def hold_reasons(record: InspectionRecord) -> tuple[Reason, ...]:
    """Return what keeps a phone from being bought, each once."""
    grade = record.grade
    if grade is None:
        return ()
    from pricing.records import reason

    if grade.disposition == "stop":
        return (reason("safety_stop"),)
    if grade.disposition == "reject":
        return (reason("rejected"),)
    holding = sorted((cap for cap in grade.capped_by if locks_named(cap)), key=_place)
    locks = dict.fromkeys(_lock(cap) for cap in holding)
    found = tuple(reason("lock_on", lock=lock) for lock in locks)
    return found or (reason("not_wiped" if record.answers.get("wiped") == "no" else "on_hold"),)


def holding_words(record: InspectionRecord, language: str) -> tuple[str, ...]:
    """Return what keeps a phone from being bought, each in a word or two, as a tile has room for."""
    caps = record.grade.capped_by if record.grade else ()
    holding = sorted((cap for cap in caps if cap.cap in _HOLDING), key=_place)
    return tuple(dict.fromkeys(_short(cap, record, language) for cap in holding))


def locks_named(cap: Cap) -> bool:
    """Return whether a cap is a lock that `hold_reasons` names."""
    return bool(_lock(cap)) and cap.cap == "hold"


def _place(cap: Cap) -> int:
    """Return how much a lock tells of a phone: an account that is on with Find My tells less than that."""
    lock = _lock(cap)
    return _TELLING.index(lock) if lock in _TELLING else len(_TELLING)


def _short(cap: Cap, record: InspectionRecord, language: str) -> str:
    lock = _lock(cap)
    if lock or cap.question is None:
        field = f"{_LOCKS}{lock}" if lock else str(cap.reading)
        return short_words(field, language, record.reading.platform)
    return question_subject(load_checklist(record.checklist), cap.question, language)


def _lock(cap: Cap) -> str:
    if cap.reading is not None and cap.reading.startswith(_LOCKS):
        return cap.reading.removeprefix(_LOCKS)
    return _ASKED.get(cap.question or "", "")
