"""Tries every fault of a practice phone at every step, and writes docs/fault-matrix.md.

``python -m benchmarks.fault_matrix [--side ios|android] [--only FAULT[:STEP] …] [--print]``; it fails when anything is
wrong. With one side alone, the other's part of the document stays as it is.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import sys
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.fault_table import SUBJECTS, document, join
from tests.matrix import android_cases, android_running
from tests.matrix.cases import all_cases
from tests.matrix.outcomes import Report
from tests.matrix.running import run

PLACE = Path(__file__).parent.parent / "docs" / "fault-matrix.md"
PROCESSES = 2


Cases = Sequence[Any]
"""Of either side; each side's runner knows its own."""
_RUNS: Mapping[str, Callable[[Cases], Coroutine[Any, Any, Any]]] = {
    "ios": run,
    "android": android_running.run,
}
_CASES: Mapping[str, Callable[[], Cases]] = {"ios": all_cases, "android": android_cases.all_cases}


def main() -> int:
    asked = _arguments()
    parts, wrong = dict[str, str](), list[str]()
    for side in [asked.side] if asked.side else _RUNS:
        cases = [c for c in _CASES[side]() if not asked.only or any(_fits(c, word) for word in asked.only)]
        started = time.perf_counter()
        report = _apart(side, cases)
        seconds = time.perf_counter() - started
        parts[side] = document(report, seconds, SUBJECTS[side])
        wrong += _wrong(report)
        print(f"{side}: {len(report.outcomes)} cases in {seconds:.0f} s", file=sys.stderr)
    if asked.print or asked.only:
        print("\n".join(parts.values()))
    else:
        PLACE.write_text(join(parts, PLACE.read_text() if PLACE.exists() else ""))
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fault_matrix", description=__doc__)
    parser.add_argument("--side", choices=list(_RUNS), help="iPhones or Android phones alone")
    parser.add_argument(
        "--only", nargs="+", default=(), help="these cases, such as noise, noise:pair or :pair"
    )
    parser.add_argument("--print", action="store_true", help="print the table instead of writing it")
    return parser.parse_args()


def _fits(case: Any, word: str) -> bool:
    fault, _, step = word.partition(":")
    return fault in ("", case.fault) and step in ("", case.step)


def _apart(side: str, cases: Cases) -> Report:
    """Run the cases in as many processes as most computers have cores."""
    parts = [part for start in range(PROCESSES) if (part := cases[start::PROCESSES])]
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=spawning) as pool:
        reports = list(pool.map(_run, [side] * len(parts), parts))
    outcomes = tuple(outcome for report in reports for outcome in report.outcomes)
    return Report(outcomes, tuple(line for report in reports for line in report.left))


def _run(side: str, cases: Cases) -> Any:
    return asyncio.run(_RUNS[side](cases))


def _wrong(report: Report) -> Iterator[str]:
    yield from report.left
    yield from (f"{outcome.case}: {line}" for outcome in report.outcomes for line in outcome.wrong)


if __name__ == "__main__":
    sys.exit(main())
