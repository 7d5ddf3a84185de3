"""Tries one case: plugs a phone with a fault in, judges all that the bench tells of it, and sees it recover."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from diagnostics.model import State
from diagnostics.practice.apple.faults import FAULTS
from tests.matrix.cases import Case
from tests.matrix.hall import Hall
from tests.matrix.judging import faults_of, faults_of_end
from tests.matrix.outcomes import SERVICE, Outcome, never_back, outcome_of
from tests.matrix.watching import BY_ITSELF, NEVER, RETRIES, Seen, is_finished

IN_TIME = 20.0
"""Seconds in which the first state must be there, by the hall's limits: the sum of all that one reading waits for."""
_FALL = 0.05
"""Seconds that a service takes to be down."""
_BUS = "usbmuxd"


async def try_phone(hall: Hall, name: str, case: Case) -> Outcome:
    """Plug a phone in with a fault, and see what comes of it, and that it is well again without."""
    await hall.put_away(name)
    seen, started = hall.watch(name), time.perf_counter()
    _plug(hall, name, case)
    await hall.until(lambda: seen.ended is not None)
    if FAULTS[case.fault].state.tap:
        # A person's answer changes the state that was first.
        await hall.until(lambda: seen.phones[-1].reading.state is not State.NEEDS_TRUST)
    told = seen.now()
    hall.practice.clear(name)
    _tap(hall, [name], case)
    recovery = await hall.recovers(name)
    seconds = (told.ended or time.perf_counter()) - started
    wrong = [*_wrong(told, hall, name, case), *_badly_recovered(told, recovery, hall, name)]
    truth = hall.truths[name]
    wrong += _late(told, seconds)
    return outcome_of(case, told.phones, truth, seconds=seconds, recovery=recovery, wrong=wrong)


async def try_bus(hall: Hall, case: Case) -> Outcome:
    """Give usbmuxd a fault before the program looks, and see that every phone comes back without it."""
    await hall.stop_bench()
    _revoke(hall, hall.names, case)
    hall.practice.fault(_BUS, case.fault, case.step)
    await asyncio.sleep(_FALL)
    seen, started = {name: hall.watch(name) for name in hall.names}, time.perf_counter()
    hall.errors.clear()
    _tap(hall, hall.names, case)
    await hall.start_bench()
    found = await hall.until(lambda: any(hall.errors) or all(one.ended for one in seen.values()))
    seconds, error = time.perf_counter() - started, next(filter(None, hall.errors), None)
    told = {name: one.now() for name, one in seen.items()}
    hall.practice.clear(_BUS)
    _tap(hall, hall.names, case)
    recoveries = {name: await hall.recovers(name) for name in hall.names}
    wrong = [] if found else ["there was no state at all"]
    for name, one in told.items():
        wrong += [*_wrong(one, hall, name, case), *_badly_recovered(one, recoveries[name], hall, name)]
    phones = [phone for one in told.values() for phone in one.phones]
    truth = hall.truths[hall.names[0]]
    worst = max(recoveries.values())
    outcome = outcome_of(case, phones, truth, seconds=seconds, recovery=worst, wrong=wrong)
    return replace(outcome, states=(SERVICE,), sentence=str(error)) if error else outcome


def _plug(hall: Hall, name: str, case: Case) -> None:
    """Plug a phone in and give it its fault, in one turn of the loop: nobody sees it before it has that."""
    _revoke(hall, [name], case)
    hall.practice.plug(name)
    hall.practice.fault(name, case.fault, case.step)
    _tap(hall, [name], case)


def _revoke(hall: Hall, names: Sequence[str], case: Case) -> None:
    for name in names if case.pairs else ():
        hall.practice.do("revoke", name)


def _tap(hall: Hall, names: Sequence[str], case: Case) -> None:
    for name in names if case.pairs else ():
        hall.practice.trust(name)


def _wrong(told: Seen, hall: Hall, name: str, case: Case) -> Iterator[str]:
    for phone in told.phones:
        yield from faults_of(phone.reading, hall.truths[name], case.fault)
        if is_finished(phone):
            yield from faults_of_end(phone.reading)
    yield from sorted(f"unknown phone {udid}" for udid in hall.mixed_up)


def _late(told: Seen, seconds: float) -> Iterator[str]:
    if told.ended is None:
        yield "there was no state at all"
    elif seconds > IN_TIME:
        yield f"the state took {seconds:.1f} s"


def _badly_recovered(told: Seen, recovery: str, hall: Hall, name: str) -> Iterator[str]:
    ended = [phone.reading.state for phone in told.phones if is_finished(phone)]
    if recovery == NEVER:
        yield from never_back(hall, name)
    elif recovery != BY_ITSELF and ended and ended[-1] in RETRIES:
        yield f"it was {ended[-1]}, and did not come back by itself"
