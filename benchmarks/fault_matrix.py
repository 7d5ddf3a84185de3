"""Tries every fault of a practice iPhone at every step, and writes docs/fault-matrix.md.

``python -m benchmarks.fault_matrix [--only FAULT[:STEP] …] [--print]``; it fails when anything is wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.fault_table import document
from tests.matrix.cases import Case, all_cases
from tests.matrix.running import Report, run

PLACE = Path(__file__).parent.parent / "docs" / "fault-matrix.md"
PROCESSES = 2


def main() -> int:
    asked = _arguments()
    cases = [case for case in all_cases() if not asked.only or any(_fits(case, word) for word in asked.only)]
    started = time.perf_counter()
    report = _apart(cases)
    seconds = time.perf_counter() - started
    text = document(report, seconds)
    if asked.print or asked.only:
        print(text)
    else:
        PLACE.write_text(text)
    for line in _wrong(report):
        print(line, file=sys.stderr)
    print(f"{len(report.outcomes)} cases in {seconds:.0f} s", file=sys.stderr)
    return 1 if any(_wrong(report)) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fault_matrix", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", default=(), help="these cases, such as noise, noise:pair or :pair"
    )
    parser.add_argument("--print", action="store_true", help="print the table instead of writing it")
    return parser.parse_args()


def _fits(case: Case, word: str) -> bool:
    fault, _, step = word.partition(":")
    return fault in ("", case.fault) and step in ("", case.step)


def _apart(cases: Sequence[Case]) -> Report:
    """Run the cases in as many processes as most computers have cores."""
    parts = [part for start in range(PROCESSES) if (part := cases[start::PROCESSES])]
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=spawning) as pool:
        reports = list(pool.map(_run, parts))
    outcomes = tuple(outcome for report in reports for outcome in report.outcomes)
    return Report(outcomes, tuple(line for report in reports for line in report.left))


def _run(cases: Sequence[Case]) -> Report:
    return asyncio.run(run(cases))


def _wrong(report: Report) -> Iterator[str]:
    yield from report.left
    yield from (f"{outcome.case}: {line}" for outcome in report.outcomes for line in outcome.wrong)


if __name__ == "__main__":
    sys.exit(main())
