"""Process start to first painted window: ours against a bare PySide6 window of the same size."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.lived_in import live_in
from benchmarks.measuring import Times, interleave, ms, ratio
from benchmarks.reporting import Section, Table, verdict
from benchmarks.surroundings import OFFSCREEN, environment, folder, xvfb

BAR = 1.5
FLOOR_MS = 0.5
"""Packages that cost less are summed up in one line."""
_METHOD = (
    "From the parent's clock just before the process is started to the end of the window's first paint, files in the "
    "page cache, interleaved, each time a process of its own. *fresh* is a data folder that does not exist, *lived in* "
    "one with eight phones' inspections, answers and learned ports. The bare side is a `QMainWindow` of the same size "
    "with one label. Our first picture shows the next action and four empty cards; *furnished* is when all four panels "
    "are there. Median (best–worst), milliseconds."
)
_RUNNER = ("-m", "benchmarks.runners.first_paint")
_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|\s*(\S+)")


def measure(runs: int) -> Section:
    """Measure on both platforms, and list what ours imports more."""
    section = Section("Start-up", _METHOD)
    with folder() as place, xvfb() as display:
        lived_in = place / "lived-in"
        live_in(lived_in)
        platforms = {"offscreen": OFFSCREEN, "Xvfb": display}
        rows = []
        for name, platform in platforms.items():
            if platform is None:
                section.remarks.append(f"{name} is not installed here, so that platform was left out.")
                continue
            rows += _compared(name, platform, place, lived_in, runs)
        headings = ("platform, data folder", "ours, ms", "bare, ms", "ratio", "bar", "", "furnished, ms")
        section.tables = [Table(headings, rows), _imports(place)]
    return section


def _compared(
    name: str, platform: Mapping[str, str], place: Path, lived_in: Path, runs: int
) -> list[tuple[str, ...]]:
    fresh = (place / f"{name}-{number}" for number in range(10_000))
    sides: dict[str, Callable[[], Opening]] = {
        "bare": lambda: opening("bare", environment(next(fresh), platform)),
        "fresh": lambda: opening("ours", environment(next(fresh), platform)),
        "lived in": partial(opening, "ours", environment(lived_in, platform)),
    }
    furnished: dict[str, list[float]] = {side: [] for side in sides}

    def painted(side: str) -> float:
        found = sides[side]()
        furnished[side].append(found.furnished)
        return found.painted

    found = interleave({side: partial(painted, side) for side in sides}, runs)
    return [
        _row(f"{name}, {side}", found[side], found["bare"], Times(tuple(furnished[side][1:])))
        for side in ("fresh", "lived in")
    ]


def _row(name: str, ours: Times, bare: Times, furnished: Times) -> tuple[str, ...]:
    times = ratio(ours, bare)
    return name, str(ours), str(bare), f"{times:.2f}", f"≤ {BAR}", verdict(times, BAR), str(furnished)


@dataclass(frozen=True, slots=True)
class Opening:
    """Seconds from the start of a process.

    Attributes:
        painted: To the end of the first paint.
        furnished: Until all panels stand in the window.
    """

    painted: float
    furnished: float


def opening(side: str, environ: Mapping[str, str]) -> Opening:
    """Start a process with a window, and return when that was painted."""
    started = time.clock_gettime(time.CLOCK_MONOTONIC)
    done = subprocess.run(
        [sys.executable, *_RUNNER, side], env=environ, capture_output=True, text=True, timeout=60, check=False
    )
    if not done.stdout:
        raise RuntimeError(f"no window ({side}): {done.stderr[-2000:]}")
    return Opening(**{name: moment - started for name, moment in json.loads(done.stdout).items()})


def _imports(place: Path) -> Table:
    ours, bare = (imported(side, environment(place / "imports", OFFSCREEN)) for side in ("ours", "bare"))
    costs: dict[str, list[int]] = {}
    for module in ours.keys() - bare.keys():
        costs.setdefault(_group(module), []).append(ours[module])
    ordered = sorted(costs.items(), key=lambda item: -sum(item[1]))
    rows = [(name, str(len(each)), ms(sum(each) / 1e6)) for name, each in ordered if _counts(each)]
    small = [cost for _, each in ordered if not _counts(each) for cost in each]
    rows.append((f"all others, below {FLOOR_MS} ms each", str(len(small)), ms(sum(small) / 1e6)))
    rows.append(("**sum**", str(sum(map(len, costs.values()))), ms(sum(map(sum, costs.values())) / 1e6)))
    return Table(
        ("imported by ours and not by the bare window, until the first paint", "modules", "ms"), rows
    )


def imported(side: str, environ: Mapping[str, str]) -> dict[str, int]:
    """Return the modules that are imported until the first paint, with what each takes itself, in microseconds."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *_RUNNER, side],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    until = done.stderr.partition("PAINTED")[0]
    return {name: int(own) for own, _, name in _IMPORT.findall(until)}


def _group(module: str) -> str:
    top, _, rest = module.partition(".")
    return f"{top}.{rest.partition('.')[0]}" if top in {"tradein_app", "diagnostics"} and rest else top


def _counts(costs: list[int]) -> bool:
    return sum(costs) / 1000 >= FLOOR_MS
