"""Android phones: readings against adbutils and adb, phones that hang, and the wait for the first card."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from functools import partial

from benchmarks.clients import BareAndroids, Lines, Ours, lines_of
from benchmarks.measuring import Times, interleave, ms, ratio, timed
from benchmarks.practising import PracticeApart
from benchmarks.reporting import Section, Table, verdict
from diagnostics.android.commands import FAST, MEDIUM
from diagnostics.android.source import AndroidSource
from diagnostics.bench import Bench, BenchEvent, EventKind
from diagnostics.model import State
from diagnostics.runtime import Runtime

PHONES, MANY, HUNG = 48, 40, 36
"""So many on the practice bench, that ``MANY`` can be read."""
BARS = {1: 1.2, MANY: 1.15}
CLI_BAR, CARD_BAR, HEALTHY_BAR = 0.5, 0.5, 1.0
_METHOD = (
    "Practice phones in another process; both sides run in the same thread with the same loop, interleaved, everything "
    "imported before. The bare client is adbutils running all that our reader asked in one `device.shell` a phone, a "
    "thread a phone; ours asks in two or three groups, for the first card must not wait for the slow questions, and "
    "takes the answers apart, too. These phones answer in microseconds: what is measured is the two clients. *first "
    "card* is from tapping “Allow” until a card shows the model, with the program's own `Bench`, the worst run against "
    f"the bar. Of {MANY} phones {HUNG} never answer: *healthy* is until the other {MANY - HUNG} are read. Median "
    "(best–worst), milliseconds."
)


def measure(runs: int) -> Section:
    """Measure all of it."""
    lines = {
        serial: ["; ".join(dict.fromkeys(each))] for serial, each in asyncio.run(lines_of(PHONES)).items()
    }
    with Runtime() as runtime:
        with PracticeApart(0, PHONES) as practice:
            rows = _against_adbutils(runtime, practice, lines, runs)
            rows += _against_adb(runtime, practice, next(iter(lines)), runs)
        with PracticeApart(0, 1) as practice:
            card = Times(tuple(runtime.submit(_first_card(practice)).result() for _ in range(runs)))
        with PracticeApart(0, PHONES) as practice:
            healthy = Times((runtime.submit(_healthy(practice, list(lines)[:MANY])).result(),))
    waits = [
        ("first card after “Allow”", str(card), f"≤ {ms(CARD_BAR)}", verdict(card.worst, CARD_BAR)),
        (
            f"{MANY - HUNG} healthy beside {HUNG} that hang",
            ms(healthy.median),
            f"≤ {ms(HEALTHY_BAR)}",
            verdict(healthy.median, HEALTHY_BAR),
        ),
    ]
    headings = ("", "ours, ms", "other, ms", "ratio", "bar", "")
    return Section("Androids", _METHOD, [Table(headings, rows), Table(("wait", "ms", "bar", ""), waits)])


def _against_adbutils(
    runtime: Runtime, practice: PracticeApart, lines: Lines, runs: int
) -> list[tuple[str, ...]]:
    ours = _seeing(runtime, practice)
    rows = []
    for pauses in (True, False):
        bare = BareAndroids(practice.adb_port, lines, pauses=pauses)
        for count in (1, MANY):
            some = list(lines)[:count]
            assert len(some) == count, f"only {len(some)} phones can be read"
            sides = {
                name: partial(_read, runtime, reader, some)
                for name, reader in (("ours", ours), ("bare", bare))
            }
            found = interleave(sides, runs)
            name = f"{count} at once, adbutils in one call" + ("" if pauses else " and without its pauses")
            rows.append(_row(name, found["ours"], found["bare"], BARS[count] if pauses else None))
    return rows


def _against_adb(runtime: Runtime, practice: PracticeApart, serial: str, runs: int) -> list[tuple[str, ...]]:
    program = shutil.which("adb") or _bundled()
    if program is None:
        return []
    adb = [program, "-P", str(practice.adb_port), "-s", serial, "shell"]
    calls = [[*adb, command.text] for command in (*FAST, *MEDIUM)]
    sides = {
        "ours": partial(_read, runtime, _seeing(runtime, practice), [serial]),
        "adb": partial(_call_each, calls, {**os.environ, **practice.environment}),
    }
    found = interleave(sides, runs)
    return [_row(f"1, adb shell called {len(calls)} times", found["ours"], found["adb"], CLI_BAR)]


def _bundled() -> str | None:
    from diagnostics.android.launching import bundled_adb

    return bundled_adb()


def _seeing(runtime: Runtime, practice: PracticeApart) -> Ours:
    ours = Ours(AndroidSource(port=practice.adb_port))
    runtime.submit(ours.look()).result()
    return ours


def _read(runtime: Runtime, reader: Ours | BareAndroids, serials: Sequence[str]) -> float:
    return runtime.submit(timed(reader.read(serials))).result()


def _call_each(calls: Sequence[Sequence[str]], environ: dict[str, str]) -> float:
    started = time.perf_counter()
    for words in calls:
        subprocess.run(words, env=environ, capture_output=True, check=False)
    return time.perf_counter() - started


def _row(name: str, ours: Times, other: Times, bar: float | None) -> tuple[str, ...]:
    times = ratio(ours, other)
    last = ("–", "") if bar is None else (f"≤ {bar}", verdict(times, bar))
    return name, str(ours), str(other), f"{times:.2f}", *last


async def _first_card(practice: PracticeApart) -> float:
    """Return the seconds from “Allow” on the phone to the first card with a model."""
    practice.tell_all("revoke")
    waiting, shown = asyncio.Event(), asyncio.Event()

    def note(event: BenchEvent) -> None:
        if event.kind is EventKind.CHANGED and event.phone is not None:
            if event.phone.reading.state is State.UNAUTHORIZED and not event.phone.busy:
                waiting.set()
            if waiting.is_set() and event.phone.reading.identity.model:
                shown.set()

    bench = Bench([AndroidSource(port=practice.adb_port)])
    bench.subscribe(note)
    running = asyncio.create_task(bench.run())
    try:
        await asyncio.wait_for(waiting.wait(), 10)
        await asyncio.sleep(0.5)  # as long as it takes a person to find the button, at the very least
        started = time.perf_counter()
        allowing = asyncio.create_task(asyncio.to_thread(practice.tell_all, "trust"))
        await asyncio.wait_for(shown.wait(), 10)
        seconds = time.perf_counter() - started
        await allowing
    finally:
        running.cancel()
        await asyncio.wait([running])
    return seconds


async def _healthy(practice: PracticeApart, serials: Sequence[str]) -> float:
    """Return the seconds until the phones that answer are read, beside those that hang."""
    ours = Ours(AndroidSource(port=practice.adb_port))
    await ours.look()
    hung = frozenset(serials[:HUNG])
    await asyncio.to_thread(practice.tell, "hang", hung)
    held = [asyncio.create_task(ours.read([serial])) for serial in hung]
    await asyncio.sleep(0.2)
    started = time.perf_counter()
    try:
        await ours.read(serials[HUNG:])
        return time.perf_counter() - started
    finally:
        for task in held:
            task.cancel()
        await asyncio.wait(held)
