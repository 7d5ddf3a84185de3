"""Practice Android phones on one bench, as the program reads them, and one phone's way through a fault."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from unittest.mock import patch

from diagnostics import bench as program
from diagnostics.android.source import AndroidSource
from diagnostics.bench import Bench, BenchEvent, EventKind, Phone
from diagnostics.building import FIELDS
from diagnostics.codec import from_json, to_json
from diagnostics.errors import UserError
from diagnostics.messages import problem_codes
from diagnostics.model import LockState, Reading, State
from diagnostics.practice.android.loading import characters
from diagnostics.practice.bench import PracticeBench
from tests.matrix.android_cases import ANY, FIELDS_OF, TRUE_OF_FAULT, Case
from tests.matrix.hall import BY_ITSELF, NEVER, READ_AGAIN, RETRIES, Seen, is_finished
from tests.matrix.judging import _badly_backed, _badly_shown, faults_of_end, gaps, sentence, undated, value_of
from tests.matrix.leaks import overheard, settles, tasks_since

CALL_SECONDS = 1.0
"""A tenth of the program's own, so that what hangs is over soon."""
PATIENCE = 30.0
IN_TIME = 25.0
"""Seconds in which the first state must be there: where every word is slow, each call takes its whole time."""
_NO_MORE = 8.0
_LOOK = 6.0
"""Seconds in which a server in trouble is seen to be, or to show no phone: two polls and an answer that never comes."""
_SERVICE = "service"
_SAID_LATER = {"battery.design_mah": {kind.id: kind.battery.design_mah for kind in characters()}}
"""What a phone tells where nothing better was told before, by field and phone."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case; as `tests.matrix.trying.Outcome`."""

    case: Case
    states: tuple[str, ...]
    sentence: str
    gaps: str
    seconds: float
    recovery: str
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a run, and what it left behind or wrote to a phone."""

    outcomes: tuple[Outcome, ...]
    left: tuple[str, ...]


class AndroidHall:
    """So many phones of each character, and the program's own bench that reads them.

    Args:
        characters: Which are plugged in.

    Attributes:
        practice: The phones.
        bench: The program's own.
        truths: What each phone says without a fault, by its id on the practice bench.
        errors: What the bench says of the server, oldest first; ``None`` for one that works.
    """

    def __init__(self, characters: Sequence[str]) -> None:
        self.practice = PracticeBench(iphones=0, androids=28)
        self.names = tuple(characters)
        self.truths: dict[str, Reading] = {}
        self.errors: list[UserError | None] = []
        self.bench = Bench([])
        self._slots: dict[str, str] = {}
        self._seen: dict[str, Seen] = {}
        self._changed = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Start everything, and learn what each phone says when nothing is wrong."""
        await self.practice.start()
        for info in self.practice.phones():
            self._slots[info.slot] = info.id
            (self.practice.trust if info.id in self.names else self.practice.unplug)(info.id)
        await self.start_bench()
        await self.until(lambda: all(self._is_ready(name) for name in self.names))
        assert [name for name in self.names if not self._is_ready(name)] == []
        self.truths = {name: phone.reading for name in self.names if (phone := self.there(name))}

    async def start_bench(self) -> None:
        """Let the program watch."""
        source = AndroidSource(port=self.port, call_seconds=CALL_SECONDS)
        quick = dataclasses.replace(source._server, patience=CALL_SECONDS)
        source._server = source._watcher._server = quick
        self.bench = Bench([source])
        self.bench.subscribe(self._take)
        self._running = asyncio.create_task(self.bench.run(), name="the program's bench")

    async def stop_bench(self) -> None:
        """Let the program look away."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    @property
    def port(self) -> int:
        """The adb server's."""
        return int(self.practice.environment()["ANDROID_ADB_SERVER_PORT"])

    def there(self, name: str) -> Phone | None:
        """Return a phone as the bench has it now, if it does."""
        return next((p for p in self.bench.phones if self._slots.get(p.sighting.slot or "") == name), None)

    def watch(self, name: str) -> Seen:
        """Begin to note what is told of one phone."""
        self._seen[name] = Seen()
        return self._seen[name]

    async def until(self, condition: Callable[[], object], limit: float = PATIENCE) -> bool:
        """Wait for a condition, looked at whenever the bench tells something; say whether it came."""
        try:
            async with asyncio.timeout(limit):
                while not condition():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return bool(condition())
        return True

    def is_well(self, name: str) -> bool:
        """Return whether a phone says what it says without a fault."""
        phone = self.there(name)
        return (
            phone is not None and is_finished(phone) and undated(phone.reading) == undated(self.truths[name])
        )

    async def recovers(self, name: str) -> str:
        """Return how a phone comes back, now that nothing is wrong with it any more."""
        await self.until(lambda: self.is_well(name) or self._is_done(name), _NO_MORE)
        if self.is_well(name):
            return BY_ITSELF
        if (phone := self.there(name)) is not None:
            self.bench.read_again(phone.key)
        return READ_AGAIN if await self.until(lambda: self.is_well(name), _NO_MORE) else NEVER

    def _is_done(self, name: str) -> bool:
        phone = self.there(name)
        return phone is not None and is_finished(phone) and phone.reading.state is State.READY

    _is_ready = _is_done

    def _take(self, event: BenchEvent) -> None:
        if event.kind is EventKind.SOURCE:
            self.errors.append(event.error)
        elif event.phone is not None:
            name = self._slots.get(event.phone.sighting.slot or "", "")
            if name in self._seen:
                self._seen[name].take(event.phone)
        self._changed.set()


@asynccontextmanager
async def open_hall(characters: Sequence[str]) -> AsyncIterator[AndroidHall]:
    """Give a hall in which phones that failed are tried again at once."""
    hall = AndroidHall(characters)
    with patch.object(program, "RETRY_AFTER", RETRIES):
        try:
            await hall.open()
            yield hall
        finally:
            await hall.stop_bench()
            await hall.practice.stop()


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
    outcome = _outcome(case, told.phones, hall.truths[name], seconds=seconds, recovery=recovery, wrong=wrong)
    return dataclasses.replace(outcome, wrong=(*outcome.wrong, *_lost_besides(outcome)))


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
    outcome = _outcome(case, phones, truth, seconds=seconds, recovery=worst, wrong=wrong)
    if not error:
        return outcome if phones else dataclasses.replace(outcome, states=("no phone",))
    said = error.hint if error.hint and error.code else ""
    return dataclasses.replace(outcome, states=(_SERVICE,), sentence=f"{error.message} {said}")


def _outcome(
    case: Case,
    phones: Sequence[Phone],
    truth: Reading,
    *,
    seconds: float,
    recovery: str,
    wrong: Sequence[str],
) -> Outcome:
    ended = [phone.reading for phone in phones if is_finished(phone)]
    return Outcome(
        case=case,
        states=tuple(dict.fromkeys(str(reading.state) for reading in ended)),
        sentence=sentence(ended[-1]) if ended else "",
        gaps=gaps(ended[-1], truth) if ended and ended[-1].state is State.READY else "",
        seconds=seconds,
        recovery=recovery,
        wrong=tuple(dict.fromkeys(wrong)),
    )


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
            yield from _badly_backed(reading, field, value)
    yield from _badly_shown(reading)
    sayable = all(problem.code in problem_codes() for problem in reading.problems)
    if sayable and to_json(from_json(to_json(reading))) != to_json(reading):
        yield "it does not survive JSON"


def _lost_besides(outcome: Outcome) -> Iterator[str]:
    """Yield the values that were lost with the answer of one command, and are none of its own."""
    own = FIELDS_OF.get(outcome.case.step) if outcome.case.step else None
    lost = outcome.gaps.partition(":")[0].split(", ") if outcome.gaps else []
    if own is not None:
        yield from (f"{field} was lost, too" for field in lost if not field.startswith(own))


def _badly_recovered(hall: AndroidHall, name: str, recovery: str) -> Iterator[str]:
    if recovery == NEVER:
        phone = hall.there(name)
        yield f"it never recovers ({phone.reading.state}: {sentence(phone.reading)})" if phone else "gone"


async def run(
    cases: Sequence[Case], *, halls: int = 4, note: Callable[[Outcome], None] = lambda _: None
) -> Report:
    """Try cases: many phones on one bench, one case each; what takes the server down in halls of its own."""
    outcomes, left = list[Outcome](), list[str]()

    def done(outcome: Outcome) -> None:
        outcomes.append(outcome)
        note(outcome)

    async def large(queues: dict[str, deque[Case]]) -> None:
        async with open_hall(list(queues)) as hall:
            await asyncio.gather(*(one_phone(hall, name, queue) for name, queue in queues.items()))
            await look_behind(hall)

    async def one_phone(hall: AndroidHall, name: str, queue: deque[Case]) -> None:
        while queue:
            done(await try_phone(hall, name, queue.popleft()))

    async def small(queue: deque[Case]) -> None:
        async with open_hall(["fresh-battery", "old-system"]) as hall:
            while queue:
                case = queue.popleft()
                own = dataclasses.replace(case, character="fresh-battery")
                done(
                    await (
                        try_bus(hall, own) if case.target == "bus" else try_phone(hall, own.character, own)
                    )
                )
            await look_behind(hall)

    async def look_behind(hall: AndroidHall) -> None:
        port = hall.port
        if (open_ := await settles(1, port)) > 1:
            left.append(f"{open_ - 1} sockets left open beside the one that watches")
        left.extend(f"written to a phone: {entry.details}" for entry in hall.practice.changes())

    tasks = asyncio.all_tasks()
    with overheard() as said:
        alone = deque(case for case in cases if case.alone)
        together = _queues(case for case in cases if not case.alone)
        work = [large(together)] if together else []
        await asyncio.gather(*work, *(small(alone) for _ in range(min(halls, len(alone)))))
        left += [f"task left: {name}" for name in await tasks_since(tasks)]
    return Report(tuple(outcomes), (*left, *said))


def _queues(cases: Iterable[Case]) -> dict[str, deque[Case]]:
    queues: dict[str, deque[Case]] = defaultdict(deque)
    for case in cases:
        queues[case.character].append(case)
    return queues
