"""Why a phone cannot be bought as it is, in the words that the quote would use, before there is a quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagnostics.grading.engine import Cap
    from pricing.records import Reason
    from tradein_app.services.records import InspectionRecord

_LOCKS = "locks."
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
    locks = dict.fromkeys(lock for cap in grade.capped_by if cap.cap == "hold" and (lock := _lock(cap)))
    found = tuple(reason("lock_on", lock=lock) for lock in locks)
    return found or (reason("not_wiped" if record.answers.get("wiped") == "no" else "on_hold"),)


def _lock(cap: Cap) -> str:
    if cap.reading is not None and cap.reading.startswith(_LOCKS):
        return cap.reading.removeprefix(_LOCKS)
    return _ASKED.get(cap.question or "", "")
