"""What it costs to look at forty iPhones that nobody reads: the processor, and the gaps of the loop that looks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.practising import PracticeApart
from benchmarks.reporting import Section, Table, verdict
from benchmarks.surroundings import folder
from diagnostics.apple.source import AppleSource, warm_up
from diagnostics.bench import Bench, BenchEvent
from diagnostics.idling import LOOK_EVERY
from diagnostics.model import State
from diagnostics.runtime import Runtime

PHONES = 40
CPU_BAR, GAP_BAR = 3.0, 50.0
"""Percent of a core, and milliseconds."""
NEVER = 1e9
_METHOD = (
    f"{PHONES} practice phones in another process, all read and left alone; the program's own `Bench` in the loop of "
    f"its own `Runtime`, which looks at each phone every {LOOK_EVERY:g} s, and the same bench that never looks. "
    "*processor* is the processor time of this whole process, as a percentage of a core, round by round: median "
    "(best–worst); *longest gap* is the longest time between two ticks of 1 ms in the loop that looks, in two more "
    "rounds."
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one side took.

    Attributes:
        cpu: Percent of a core, round by round.
        gap: Milliseconds, the longest of two more rounds.
    """

    cpu: tuple[float, ...]
    gap: float


def measure(runs: int) -> Section:
    """Measure a bench that looks, and one that does not."""
    warm_up()
    with folder() as place, PracticeApart(PHONES, 0) as practice, Runtime() as runtime:
        practice.plug_all()
        looking, blind = (
            runtime.submit(_cost(practice.usbmuxd, place / "records", every, runs)).result()
            for every in (LOOK_EVERY, NEVER)
        )
    cpu, gap = (
        (f"< {CPU_BAR:g}", verdict(median(looking.cpu), CPU_BAR)),
        (f"≤ {GAP_BAR:g}", verdict(looking.gap, GAP_BAR)),
    )
    rows = [
        ("that looks", _said(looking.cpu), *cpu, f"{looking.gap:.0f}", *gap),
        ("that never looks", _said(blind.cpu), "–", "", f"{blind.gap:.0f}", "–", ""),
    ]
    headings = (f"a bench of {PHONES} idle iPhones", "processor, %", "bar", "", "longest gap, ms", "bar", "")
    return Section("Idle phones", _METHOD, [Table(headings, rows)])


def _said(values: tuple[float, ...]) -> str:
    return f"{median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


async def _cost(usbmuxd: str, records: Path, every: float, rounds: int) -> Cost:
    async with _idle(usbmuxd, records, every):
        # The first look comes after half a round at the earliest, and after one and a half at the latest.
        await asyncio.sleep(LOOK_EVERY * 1.5)
        cpu = [await _processor(LOOK_EVERY) for _ in range(rounds)]
        return Cost(tuple(cpu), await _longest_gap(2 * LOOK_EVERY) * 1000)


async def _processor(seconds: float) -> float:
    """Return how much of a core this process needs, in percent."""
    started, used = time.perf_counter(), time.process_time()
    await asyncio.sleep(seconds)
    return (time.process_time() - used) / (time.perf_counter() - started) * 100


@asynccontextmanager
async def _idle(usbmuxd: str, records: Path, every: float) -> AsyncIterator[None]:
    """Give a bench whose phones are all read, until the end."""
    bench = Bench([AppleSource(address=usbmuxd, pair_records=records)], look_every=every)
    read = asyncio.Event()

    def note(_: BenchEvent) -> None:
        if [phone.reading.state for phone in bench.phones].count(State.READY) == PHONES:
            read.set()

    bench.subscribe(note)
    running = asyncio.create_task(bench.run())
    try:
        async with asyncio.timeout(120):
            await read.wait()
        yield
    finally:
        running.cancel()
        await asyncio.wait([running])


async def _longest_gap(seconds: float) -> float:
    loop = asyncio.get_running_loop()
    last, longest, end = loop.time(), 0.0, loop.time() + seconds
    while last < end:
        await asyncio.sleep(0.001)
        now = loop.time()
        longest, last = max(longest, now - last), now
    return longest
