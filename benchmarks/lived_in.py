"""One run of the whole program on a practice bench, and the data folder that it leaves."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.practising import PracticeApart
from benchmarks.surroundings import OFFSCREEN, environment

LIMIT = 120.0
Phases = dict[str, dict[str, Any]]


def work_once(
    home: Path,
    *,
    iphones: int,
    androids: int,
    platform: Mapping[str, str] = OFFSCREEN,
    plugged: bool = False,
    forgotten: bool = False,
    explain: bool = False,
) -> Phases:
    """Open the window, have all phones read while it is open, and answer a checklist; return the gaps by phase.

    Args:
        home: The data folder.
        iphones: How many; those that are not trusted yet are told to trust, and are paired in the run.
        androids: How many.
        platform: The display's environment.
        plugged: Whether the phones are in before the window opens, so that imports and reading come together.
        forgotten: Whether no iPhone trusts this computer; Trust is tapped beforehand.
        explain: Look what ran during long gaps; that costs a little itself.
    """
    with PracticeApart(iphones, androids) as practice:
        practice.tell_all("unplug")
        if forgotten:
            practice.forget_all()
        if plugged:
            practice.plug_all()
        more = {"BENCH_EXPLAIN": "1"} if explain else {}
        child = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.runners.window_gaps", "ours", str(iphones + androids)],
            env=environment(home, platform, practice.environment, more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            return _followed(child, practice, plug=not plugged)
        finally:
            child.kill()
            child.wait()


def _followed(child: subprocess.Popen[str], practice: PracticeApart, *, plug: bool) -> Phases:
    assert child.stdout is not None
    if child.stdout.readline().strip() != "ready":
        raise RuntimeError("the window did not open")
    if plug:
        practice.plug_all()
    answer, _ = child.communicate(timeout=LIMIT)
    phases: Phases = json.loads(answer)
    return phases


def live_in(home: Path) -> None:
    """Leave a data folder with the inspections of eight phones."""
    work_once(home, iphones=4, androids=4)
