"""One grade and one quote."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.measuring import ms
from benchmarks.reporting import Section, Table, verdict

if TYPE_CHECKING:
    from diagnostics.grading.inspection import Inspection
    from diagnostics.grading.result import GradeResult
    from pricing.quote import Quote

CALLS = 300
GRADE_BAR_MS = 1.0
_METHOD = (
    "A complete inspection of a phone with a used battery and a marked back, in one process. *first* is the first "
    "call in a process of its own, imports, catalogue, rules and curves included; the median is of "
    f"{CALLS} further calls. Milliseconds."
)
_FIRST = """
import time
started = time.perf_counter()
from benchmarks.quote import make_inspection, {work}
{work}(make_inspection())
print(time.perf_counter() - started)
"""


def measure(runs: int) -> Section:
    """Measure the first call and the following ones."""
    rows = [
        _row("one grade", "grade_it", grade_it, runs, GRADE_BAR_MS),
        _row("one quote", "quote_it", quote_it, runs),
    ]
    return Section("Grade and quote", _METHOD, [Table(("", "first", "median", "worst", "bar", ""), rows)])


def make_inspection() -> Inspection:
    """Return the inspection that is graded and priced."""
    from diagnostics.grading.checklist import load_checklist
    from diagnostics.grading.inspection import parse_inspection

    questions = load_checklist().questions
    answers = {
        q.id: q.answers[min(1, len(q.answers) - 1)].id for q in questions if q.surface == "back" and q.answers
    }
    best = {q.id: q.answers[0].id for q in questions if q.answers and not q.only_if}
    reading = {
        "platform": "ios",
        "identity": {"model": "iPhone 13", "manufacturer": "Apple"},
        "battery": {"health_percent": 84},
        "storage": {"capacity_gb": 128},
        "locks": dict.fromkeys(
            ("activation", "find_my", "mdm", "sim", "account", "blacklist", "root"), "off"
        ),
    }
    given = best | {name: answer for name, answer in answers.items() if name in best}
    return parse_inspection({"schema": "tradein/inspection-1", "reading": reading, "answers": given})


def grade_it(inspection: Inspection) -> GradeResult:
    """Grade once."""
    from diagnostics.grading.engine import grade

    return grade(inspection)


def quote_it(inspection: Inspection) -> Quote:
    """Grade and price once."""
    from pricing.quote import quote

    return quote(inspection, as_of=date(2026, 1, 15), now=datetime(2026, 1, 15, 12, tzinfo=UTC))


def _row(
    name: str, function: str, work: Callable[[Inspection], object], runs: int, bar: float | None = None
) -> tuple[str, ...]:
    first = median(_first(function) for _ in range(runs))
    inspection = make_inspection()
    times = sorted(_timed(work, inspection) for _ in range(CALLS + 1))[:CALLS]
    middle = median(times)
    last = ("–", "") if bar is None else (f"≤ {bar:g}", verdict(middle * 1000, bar))
    return name, ms(first), ms(middle), ms(times[-1]), *last


def _first(function: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", _FIRST.format(work=function)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def _timed(work: Callable[[Inspection], object], inspection: Inspection) -> float:
    started = time.perf_counter()
    work(inspection)
    return time.perf_counter() - started
