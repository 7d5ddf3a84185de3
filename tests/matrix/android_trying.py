"""Tries one case with an Android phone or the adb server, judges all that the bench tells, and sees it recover."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from collections.abc import Iterator

from diagnostics.building import FIELDS
from diagnostics.codec import from_json, to_json
from diagnostics.messages import problem_codes
from diagnostics.model import LockState, Reading
from diagnostics.practice.android.loading import characters
from diagnostics.practice.android.steps import Step
from tests.matrix.android_cases import ANY, FIELDS_OF, TRUE_OF_FAULT, Case
from tests.matrix.android_hall import AndroidHall
from tests.matrix.judging import badly_backed, badly_shown, faults_of_end, value_of
from tests.matrix.outcomes import SERVICE, Outcome, never_back, outcome_of
from tests.matrix.watching import NEVER, Seen, is_finished

IN_TIME = 25.0
"""Seconds in which the first state must be there: where every word is slow, each call takes its whole time."""
_LOOK = 6.0
"""Seconds in which a server in trouble is seen to be, or to show no phone: two polls and an answer that never comes."""
_SAID_LATER = {"battery.design_mah": {kind.id: kind.battery.design_mah for kind in characters()}}
"""What a phone tells where nothing better was told before, by field and phone."""


async def try_phone(hall: AndroidHall, name: str, case: Case) -> Outcome:
    """Plug a phone in with a fault, and see what comes of it, and that it is well again without."""
    hall.practice.unplug(name)
    await hall.until(lambda: hall.there(name) is None)
    seen, started = hall.watch(name), time.perf_counter()
    # All in one turn of the loop: nobody sees the phone before it has its fault.
    hall.practice.plug(name)
    hall.practice.fault(name, case.fault, case.step)
    found = await hall.until(lambda: seen.ended is not None)
    told = seen.now()
    hall.practice.clear(name)
    recovery = await hall.recovers(name)
    seconds = (told.ended or time.perf_counter()) - started
    wrong = [] if found else ["there was no state at all"]
    wrong += _wrong(told, hall, name, case)
    wrong += [f"the state took {seconds:.1f} s"] if found and seconds > IN_TIME else []
    wrong += _badly_recovered(hall, name, recovery)
    outcome = outcome_of(
        case, told.phones, hall.truths[name], seconds=seconds, recovery=recovery, wrong=wrong
    )
    return dataclasses.replace(outcome, wrong=(*outcome.wrong, *_lost_besides(outcome, case.step)))


async def try_bus(hall: AndroidHall, case: Case) -> Outcome:
    """Give the adb server a fault before the program looks, and see that every phone comes back without it."""
    await hall.stop_bench()
    hall.practice.fault("adb", case.fault, case.step)
    await asyncio.sleep(0.05)
    seen, started = {name: hall.watch(name) for name in hall.names}, time.perf_counter()
    hall.errors.clear()
    await hall.start_bench()
    found = await hall.until(lambda: any(hall.errors) or all(one.ended for one in seen.values()), _LOOK)
    seconds, error = time.perf_counter() - started, next(filter(None, hall.errors), None)
    told = {name: one.now() for name, one in seen.items()}
    hall.practice.clear("adb")
    wrong, phones = list[str](), told[hall.names[0]].phones
    if not found and phones:
        wrong.append("there was no state at all")
    recoveries = {name: await hall.recovers(name) for name in hall.names}
    for name, one in told.items():
        wrong += [*_wrong(one, hall, name, case), *_badly_recovered(hall, name, recoveries[name])]
    truth = hall.truths[hall.names[0]]
    worst = max(recoveries.values())
    outcome = outcome_of(case, phones, truth, seconds=seconds, recovery=worst, wrong=wrong)
    if not error:
        return outcome if phones else dataclasses.replace(outcome, states=("no phone",))
    said = error.hint if error.hint and error.code else ""
    return dataclasses.replace(outcome, states=(SERVICE,), sentence=f"{error.message} {said}")


def _wrong(told: Seen, hall: AndroidHall, name: str, case: Case) -> Iterator[str]:
    for phone in told.phones:
        yield from _faults_of(phone.reading, hall.truths[name], case.fault, name)
        if is_finished(phone):
            yield from (line for line in faults_of_end(phone.reading) if not _is_meant(line, case.fault))


def _is_meant(line: str, fault: str) -> bool:
    return fault == "authorizing" and line == "it ended without a state"  # it goes on by itself


def _faults_of(reading: Reading, truth: Reading, fault: str, character: str) -> Iterator[str]:
    """Yield what is wrong with a reading: a value that the phone does not tell, or that nobody can show."""
    allowed = TRUE_OF_FAULT.get(fault, {})
    for field in FIELDS:
        value, right = value_of(reading, field), value_of(truth, field)
        true = allowed.get(
            field, _SAID_LATER.get(field, {}).get(character, right) if right is None else right
        )
        if true is not ANY and value not in (None, LockState.UNKNOWN, right, true):
            yield f"{field} is {value!r}, not {true!r}"
        if field != "locks.bootloader":  # off is the bad news there, and needs no proof
            yield from badly_backed(reading, field, value)
    yield from badly_shown(reading)
    sayable = all(problem.code in problem_codes() for problem in reading.problems)
    if sayable and to_json(from_json(to_json(reading))) != to_json(reading):
        yield "it does not survive JSON"


def _lost_besides(outcome: Outcome, step: Step | None) -> Iterator[str]:
    """Yield the values that were lost with the answer of one command, and are none of its own."""
    own = FIELDS_OF.get(step) if step else None
    lost = outcome.gaps.partition(":")[0].split(", ") if outcome.gaps else []
    if own is not None:
        yield from (f"{field} was lost, too" for field in lost if not field.startswith(own))


def _badly_recovered(hall: AndroidHall, name: str, recovery: str) -> Iterator[str]:
    if recovery == NEVER:
        yield from never_back(hall, name)
