"""What binds a phone to somebody, by the cable and by what a person saw, and what follows for buying it."""

from __future__ import annotations

from collections.abc import Iterable

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.facts import hinted_locks, told_lock
from diagnostics.grading.inspection import Inspection
from diagnostics.model import LockState
from pricing.market import Market
from pricing.records import Reason, reason

_ALWAYS = ("activation", "find_my", "account", "mdm", "blacklist")
_UNCHECKED_IS_A_WARNING = "blacklist"
_SEEN_ON = {"account": ("owner_lock", "seen_on"), "sim": ("sim_lock", "locked")}
"""Which answer says that a lock is on; the checklist's own data say which answer proves it off."""


def lock_state(inspection: Inspection, lock: str) -> LockState:
    """Return a lock's state by reading and person together: on when either says so, off only when one proved it.

    Args:
        inspection: The reading and the answers.
        lock: A field of `diagnostics.model.Locks`.
    """
    said = {told_lock(inspection.reading, lock), *_seen(inspection, lock)}
    if LockState.ON in said:
        return LockState.ON
    return LockState.OFF if LockState.OFF in said else LockState.UNKNOWN


def _seen(inspection: Inspection, lock: str) -> Iterable[str]:
    """Yield what the answers prove of a lock."""
    question_id, bad = _SEEN_ON.get(lock, ("", ""))
    if inspection.answers.get(question_id) == bad:
        yield LockState.ON
    for question in load_checklist(inspection.checklist).evidence:
        answer = str(inspection.answers.get(question.id))
        yield from (
            state
            for name, state in question.proof(answer, inspection.reading.platform).items()
            if name == f"locks.{lock}"
        )


def locks_on(inspection: Inspection, market: Market) -> Iterable[Reason]:
    """Yield a reason for each lock that is on and forbids buying."""
    for lock in _asked(market):
        if lock_state(inspection, lock) is LockState.ON:
            yield reason("lock_on", lock=lock)


def locks_unknown(inspection: Inspection, market: Market) -> Iterable[Reason]:
    """Yield a reason for each lock that must be off and is not proved so; the blacklist is `lock_warnings`'s.

    A hint proves nothing, but an answer that it contradicts proves no more: nobody pays before one of them goes.
    """
    hints = hinted_locks(inspection.reading)
    for lock in _asked(market):
        state, hinted = lock_state(inspection, lock), f"locks.{lock}" in hints
        if state is LockState.OFF and hinted:
            yield reason("lock_contradicted", lock=lock)
        elif lock != _UNCHECKED_IS_A_WARNING and state is LockState.UNKNOWN:
            yield reason("lock_hinted" if hinted else "lock_unknown", lock=lock)


def tampering(inspection: Inspection) -> Iterable[Reason]:
    """Yield a reason for an unlocked bootloader and for signs of root."""
    if inspection.reading.locks.bootloader is LockState.OFF:
        yield reason("bootloader_unlocked")
    if inspection.reading.locks.root is LockState.ON:
        yield reason("rooted")


def lock_warnings(inspection: Inspection) -> Iterable[Reason]:
    """Yield a warning when the blacklist was not asked."""
    if lock_state(inspection, _UNCHECKED_IS_A_WARNING) is LockState.UNKNOWN:
        yield reason("blacklist_unchecked")


def _asked(market: Market) -> tuple[str, ...]:
    return (*_ALWAYS, "sim") if market.requires_unlocked else _ALWAYS
