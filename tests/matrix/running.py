"""Runs cases side by side: many phones on one bench, one case each; what takes the service down has its own halls."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from itertools import cycle
from pathlib import Path

from diagnostics.apple.source import warm_up
from tests.matrix.cases import CHARACTERS, Case
from tests.matrix.hall import Hall, character_of, handles, open_hall
from tests.matrix.leaks import overheard, settles, sockets_to, tasks_since, threads_since
from tests.matrix.outcomes import Outcome, Report
from tests.matrix.trying import try_bus, try_phone

WRITES = frozenset({"Pair", "SavePairRecord"})
"""All that is ever written, and only when a phone is paired."""
Note = Callable[[Outcome], None]


async def run(
    cases: Sequence[Case], *, copies: int = 2, halls: int = 4, note: Note = lambda _: None
) -> Report:
    """Try cases.

    Args:
        cases: Which.
        copies: How many phones of each character are on the large bench.
        halls: How many small benches there are for what takes the whole service down.
        note: Called with each outcome.
    """
    await asyncio.to_thread(warm_up)
    run = _Run(note)
    tasks, threads = asyncio.all_tasks(), set(threading.enumerate())
    with overheard() as said, tempfile.TemporaryDirectory() as folder:
        together, alone = [c for c in cases if not c.alone], [c for c in cases if c.alone]
        work = [run.large(together, copies, Path(folder) / "large")] if together else []
        waiting = deque(alone)
        work += [
            run.small(waiting, name, Path(folder) / f"small-{number}")
            for number, name in zip(range(min(halls, len(alone))), cycle(CHARACTERS), strict=False)
        ]
        await asyncio.gather(*work)
        run.left += [f"task left: {name}" for name in await tasks_since(tasks)]
    run.left += [f"thread left: {name}" for name in threads_since(threads)]
    return Report(tuple(run.outcomes), (*run.left, *said))


class _Run:
    def __init__(self, note: Note) -> None:
        self.outcomes: list[Outcome] = []
        self.left: list[str] = []
        self._note = note

    async def large(self, cases: Iterable[Case], copies: int, records: Path) -> None:
        queues: dict[str, deque[Case]] = defaultdict(deque)
        for case in cases:
            queues[case.character].append(case)
        names = handles([name for name in CHARACTERS if name in queues], copies)
        async with open_hall(names, records) as hall:
            await asyncio.gather(*(self._phone(hall, name, queues[character_of(name)]) for name in names))
            port = hall.port
            await self._look_behind(hall)
        self._see_closed(port)

    async def _phone(self, hall: Hall, name: str, queue: deque[Case]) -> None:
        while queue:
            self._done(await try_phone(hall, name, queue.popleft()))

    async def small(self, queue: deque[Case], character: str, records: Path) -> None:
        async with open_hall([f"iphone-{character}"], records) as hall:
            while queue:
                case = queue.popleft()
                one = try_bus(hall, case) if case.target == "bus" else try_phone(hall, hall.names[0], case)
                self._done(await one)
            port = hall.port
            await self._look_behind(hall)
        self._see_closed(port)

    def _done(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self._note(outcome)

    async def _look_behind(self, hall: Hall) -> None:
        if (open_ := await settles(1, hall.port)) > 1:
            self.left.append(f"{open_ - 1} sockets left open beside the one that listens")
        changes = {request.verb for request in hall.practice.changes()}
        self.left += [f"written to a phone: {verb}" for verb in sorted(changes - WRITES)]

    def _see_closed(self, port: int) -> None:
        if left := sockets_to(port):
            self.left.append(f"{left} sockets left open after the end")
