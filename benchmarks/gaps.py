"""The longest time that the window's event loop is away while eight phones are read."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.clients import lines_of, trusted
from benchmarks.lived_in import Phases, work_once
from benchmarks.practising import PracticeApart
from benchmarks.reporting import Section, Table, verdict
from benchmarks.surroundings import OFFSCREEN, environment, folder

BAR_MS = 50.0
_MIB = 1024 * 1024
LONG_MS = 30.0
MODEL_BAR = 2.0
"""Seconds until every tile shows what its phone is."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What is on the bench.

    Attributes:
        forgotten: No iPhone trusts this computer; all are paired in the run.
        share: Of the runs that are asked for: forty phones take their time.
    """

    iphones: int
    androids: int = 0
    forgotten: bool = False
    share: float = 1.0


BENCHES = {
    "4 iPhones + 4 Androids": Setup(4, 4),
    "8 iPhones": Setup(8),
    "40 iPhones": Setup(40, share=0.5),
    "40 never-paired iPhones": Setup(40, forgotten=True, share=0.5),
}
_METHOD = (
    "The whole program on a practice bench that runs in another process; a timer of 1 ms in the window's thread, and "
    "the longest time between two of its ticks. *reading*: the window is open, eight phones are plugged in at once, "
    "until all are read and saved (the untrusted ones are paired on the way). *answering*: all eight are read again "
    "while a person answers a question every 150 ms. *opening*: from the first paint until desk and bench are open, no "
    "phone; *opening on phones*: the same with eight phones in, so that imports and readings come together. "
    "*bare window*: a `QMainWindow` with a label, and the same phones read by the bare clients in a third process: "
    "what this machine does to an event loop that has nothing to do. Milliseconds."
)
_PHASES = ("reading", "answering", "opening")
_REMARK = (
    "The longest gaps above {bar:g} ms, taken apart: *window* is the processor time of the window's own thread, *core* "
    "the time for which it was ready and waited for a core (other processes on this machine), *other threads* the "
    "processor time that the program's other threads used meanwhile, which on a free machine means waiting for "
    "Python's lock. *worst but for cores* leaves *core* out: what a machine with a free core would see at most. *gc* "
    "is the longest pause of the garbage collector in the phase."
)


@dataclass(frozen=True, slots=True)
class Case:
    """One row: what happens, on which bench, and in which phase of a run it is seen."""

    name: str
    phase: str
    bar: float | None
    runs: tuple[Phases, ...]

    def worst(self) -> list[float]:
        """Return each run's longest gap, in milliseconds."""
        return [run[self.phase]["worst"] * 1000 for run in self.runs]

    def net(self) -> float:
        """Return the worst gap without the time in which the window's thread waited for a core, in milliseconds."""
        long = (gap["gap"] - gap["core"] for run in self.runs for gap in run[self.phase]["long"])
        return max(long, default=max(self.worst()) / 1000) * 1000

    def row(self) -> tuple[str, ...]:
        """Return the table's row."""
        worst = self.worst()
        pause = max(run[self.phase]["gc"] for run in self.runs) * 1000
        over = sum(each > BAR_MS for each in worst)
        bar = ("–", "") if self.bar is None else (f"≤ {self.bar:g}", verdict(max(worst), self.bar))
        figures = (f"{median(worst):.0f}", f"{max(worst):.0f}", f"{over} of {len(worst)}")
        parts = (f"{self.net():.0f}", f"{pause:.0f}")
        return (self.name, *figures, *bar, *parts)

    def longest(self) -> dict[str, Any] | None:
        """Return the longest gap's parts, where there is one that was taken apart."""
        gaps = [gap for run in self.runs for gap in run[self.phase]["long"]]
        return max(gaps, key=lambda gap: gap["gap"], default=None)


def measure(runs: int) -> Section:
    """Measure all cases in turn, round by round."""
    found: dict[str, list[Phases]] = {}
    for number in range(runs):
        for name, setup in BENCHES.items():
            if number < max(2, runs * setup.share):
                for case, work in _works(name, setup).items():
                    found.setdefault(case, []).append(work())
    cases = [case for name in BENCHES for case in _cases(name, found)]
    headings = ("", "median", "worst", f"runs above {BAR_MS:g}", "bar", "", "worst but for cores", "gc")
    remark = _REMARK.format(bar=LONG_MS)
    return Section(
        "Gaps of the window's event loop",
        _METHOD,
        [_rows(headings, cases), _parts(cases), _models(found), _memory(found)],
        [remark],
    )


def _works(name: str, setup: Setup) -> dict[str, Callable[[], Phases]]:
    works: dict[str, Callable[[], Phases]] = {}
    if not setup.forgotten:
        works[f"bare window, {name}"] = partial(_bare, setup.iphones, setup.androids)
    works[name] = partial(_ours, setup, plugged=False)
    works[f"{name}, in before"] = partial(_ours, setup, plugged=True)
    return works


def _models(found: Mapping[str, list[Phases]]) -> Table:
    rows = []
    for name in BENCHES:
        seconds = [run["reading"]["models"] for run in found[name]]
        said = f"{median(seconds):.2f} ({min(seconds):.2f}–{max(seconds):.2f})"
        rows.append((name, said, f"≤ {MODEL_BAR:g}", verdict(max(seconds), MODEL_BAR)))
    return Table(("all tiles show their model after, from the first one", "s", "bar", ""), rows)


def _memory(found: Mapping[str, list[Phases]]) -> Table:
    rows = []
    for name, setup in BENCHES.items():
        runs, phones = found[name], setup.iphones + setup.androids
        cells = []
        for process in (0, 1):
            empty, full = (
                median(run[phase]["memory"][process] for run in runs) for phase in ("opening", "answering")
            )
            cells += [f"{empty / _MIB:.0f}", f"{full / _MIB:.0f}", f"{(full - empty) / _MIB / phones:.2f}"]
        rows.append((name, *cells))
    sides = [f"{side}: {what}" for side in ("window", "backroom") for what in ("no phone", "all", "a phone")]
    return Table(("resident memory, MiB", *sides), rows)


def _cases(name: str, found: Mapping[str, list[Phases]]) -> list[Case]:
    ours, before = (tuple(found[key]) for key in (name, f"{name}, in before"))
    bare = tuple(found.get(f"bare window, {name}", ()))
    return [
        *([Case(f"{name}: bare window", "reading", None, bare)] if bare else []),
        Case(f"{name}: reading", "reading", BAR_MS, ours),
        Case(f"{name}: answering", "answering", BAR_MS, ours),
        Case(f"{name}: opening", "opening", None, ours),
        Case(f"{name}: opening on phones", "opening", BAR_MS, before),
    ]


def _rows(headings: tuple[str, ...], cases: list[Case]) -> Table:
    return Table(headings, [case.row() for case in cases])


def _parts(cases: list[Case]) -> Table:
    rows = []
    for case in cases:
        gap = case.longest()
        if gap is not None:
            parts = [f"{gap[part] * 1000:.0f}" for part in ("gap", "window", "core", "others")]
            rows.append((case.name, *parts))
    return Table(("longest gap of", "ms", "window", "core", "other threads"), rows)


def _ours(setup: Setup, *, plugged: bool) -> Phases:
    with folder() as place:
        return work_once(
            place / "home",
            iphones=setup.iphones,
            androids=setup.androids,
            plugged=plugged,
            forgotten=setup.forgotten,
        )


def _bare(iphones: int, androids: int) -> Phases:
    plan = asyncio.run(_plan(iphones, androids))
    with folder() as place, PracticeApart(iphones, androids) as practice:
        window = _child("window_gaps", "bare", "0", home=place)
        readers = _child("bare_readers", practice.usbmuxd, str(practice.adb_port or 1), home=place)
        try:
            return _together(window, readers, plan)
        finally:
            for child in (window, readers):
                child.kill()
                child.communicate()


async def _plan(iphones: int, androids: int) -> dict[str, object]:
    lines = await lines_of(androids) if androids else {}
    return {"udids": list(await trusted(iphones, iphones)), "lines": lines}


def _together(window: subprocess.Popen[str], readers: subprocess.Popen[str], plan: object) -> Phases:
    _say(readers, json.dumps(plan))
    for child in (readers, window):
        _expect(child, "ready")
    _say(readers, "go")
    _expect(readers, "done")
    _say(window, "end")
    assert window.stdout is not None
    phases: Phases = json.loads(window.stdout.readline())
    return phases


def _child(runner: str, *arguments: str, home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", f"benchmarks.runners.{runner}", *arguments],
        env=environment(home, OFFSCREEN),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _say(child: subprocess.Popen[str], line: str) -> None:
    assert child.stdin is not None
    child.stdin.write(line + "\n")
    child.stdin.flush()


def _expect(child: subprocess.Popen[str], word: str) -> None:
    assert child.stdout is not None
    said = child.stdout.readline().strip()
    if said != word:
        raise RuntimeError(f"{child.args!r}: {said!r} instead of {word!r}")
