"""Forty iPhones that were never paired, plugged in at once: when each shows its model, and when all are read."""

from __future__ import annotations

import asyncio
import gc
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.clients import pair_and_read_bare
from benchmarks.measuring import Times, ms, ratio
from benchmarks.practising import PracticeApart
from benchmarks.reporting import Section, Table, verdict
from benchmarks.surroundings import folder
from diagnostics.apple.source import AppleSource, warm_up
from diagnostics.bench import Bench, BenchEvent
from diagnostics.model import State
from diagnostics.runtime import Runtime

PHONES = 40
MODEL_BAR = 2.0
"""Seconds until every card shows its model."""
TOTAL_BAR = 1.0
PATIENCE = 120.0
T = TypeVar("T")
_METHOD = (
    f"{PHONES} practice iPhones in another process, none of which trusts this computer; Trust is tapped beforehand on "
    "each, so that no person is waited for. Ours is the program's own `Bench` in its `Runtime`: *models* is from its "
    "start until the last phone's model is told, *all* until all are paired and read. The bare client is "
    "pymobiledevice3's `pair()` and then the same queries, `gather`ed. A new practice bench and an empty folder for "
    "every run, both sides in turn, everything imported before. Median (best–worst), milliseconds."
)


@dataclass(frozen=True, slots=True)
class Contact:
    """Seconds from the start."""

    models: float
    all: float


def measure(runs: int) -> Section:
    """Measure both sides in turn."""
    warm_up()
    ours: list[Contact] = []
    bare: list[float] = []
    with Runtime() as runtime:
        for number in range(runs + 1):
            mine = _apart(lambda place, practice: runtime.submit(_ours(place, practice.usbmuxd)).result())
            theirs = _apart(lambda place, practice: runtime.submit(_bare(place, practice)).result())
            if number:
                ours.append(mine)
                bare.append(theirs)
    models, total = Times(tuple(c.models for c in ours)), Times(tuple(c.all for c in ours))
    other = Times(tuple(bare))
    rows = [
        ("models", str(models), "–", "–", f"≤ {ms(MODEL_BAR)}", verdict(models.worst, MODEL_BAR)),
        (
            "all",
            str(total),
            str(other),
            f"{ratio(total, other):.2f}",
            f"≤ {TOTAL_BAR}",
            verdict(ratio(total, other), TOTAL_BAR),
        ),
    ]
    headings = (f"{PHONES} never-paired iPhones", "ours, ms", "bare client, ms", "ratio", "bar", "")
    return Section("First contact", _METHOD, [Table(headings, rows)])


def _apart(work: Callable[[Path, PracticeApart], T]) -> T:
    """Do something with a bench of phones that nobody has paired, and a folder for pair records."""
    with folder() as place, PracticeApart(PHONES, 0) as practice:
        practice.forget_all()
        gc.collect()
        return work(place, practice)


async def _ours(place: Path, usbmuxd: str) -> Contact:
    bench = Bench([AppleSource(address=usbmuxd, pair_records=place / "ours")])
    models: set[str] = set()
    ready: set[str] = set()
    last_model = 0.0
    done = asyncio.Event()
    started = time.perf_counter()

    def note(event: BenchEvent) -> None:
        nonlocal last_model
        phone = event.phone
        if phone is None:
            return
        if phone.reading.identity.model and phone.key not in models:
            models.add(phone.key)
            last_model = time.perf_counter() - started
        if phone.reading.state is State.READY and not phone.busy:
            ready.add(phone.key)
            if len(ready) == PHONES:
                done.set()

    bench.subscribe(note)
    running = asyncio.create_task(bench.run())
    try:
        await asyncio.wait_for(done.wait(), PATIENCE)
        total = time.perf_counter() - started
    finally:
        running.cancel()
        await asyncio.wait([running])
    return Contact(last_model, total)


async def _bare(place: Path, practice: PracticeApart) -> float:
    udids = [phone.id for phone in practice.phones()]
    # pair() saves its record through the address in the environment, whatever it was given.
    os.environ["USBMUXD_SOCKET_ADDRESS"] = practice.usbmuxd
    started = time.perf_counter()
    await asyncio.gather(*(pair_and_read_bare(udid, practice.usbmuxd, place / "bare") for udid in udids))
    return time.perf_counter() - started
