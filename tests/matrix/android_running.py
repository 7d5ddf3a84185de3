"""Runs cases of Android phones side by side: many on one bench, one case each; the server's have halls of their own."""

from __future__ import annotations

import asyncio
import dataclasses
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence

from tests.matrix.android_cases import Case
from tests.matrix.android_hall import AndroidHall, open_hall
from tests.matrix.android_trying import try_bus, try_phone
from tests.matrix.leaks import overheard, settles, tasks_since
from tests.matrix.outcomes import Outcome, Report


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
        left.extend(f"sent, and not on the list: {text}" for text in hall.sent.unlisted)

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
