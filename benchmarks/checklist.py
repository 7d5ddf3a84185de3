"""How long a clean phone and one with three defects take by keyboard alone: keys counted, repaints measured."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.reporting import Section, Table, verdict
from benchmarks.surroundings import folder

if TYPE_CHECKING:
    from benchmarks.keyboard import Counter

K, M = 0.28, 1.35
"""Seconds of a key press of an average non-secretary typist, and of a mental preparation: Card, Moran and Newell, "The
Keystroke-Level Model for User Performance Time with Interactive Systems", CACM 23 (1980) 396-410, figure 1."""
REPAINT_MS = 50.0
DIGIT_OF_BEST, NEXT, PAGE_UP, PAGE_DOWN = "1", "\r", "<", ">"
_MOST = 20
"""Keys on one page, after which something is wrong."""


@dataclass(frozen=True, slots=True)
class Work:
    """A phone to be graded.

    Attributes:
        defects: By page, the keys that mark a defect there, each with its mental preparations.
        bar: Seconds that it may take.
    """

    name: str
    defects: dict[int, tuple[tuple[str, int], ...]]
    bar: float


WORKS = (
    Work("a clean phone", {}, 20.0),
    Work(
        "three defects: a scratch of 3 mm on the screen, a scratch on the back, a dent of 1 mm",
        {2: (("d5133", 5),), 4: (("d913", 4),), 5: (("d1422", 5),)},
        90.0,
    ),
)
_METHOD = (
    "The real window, its desk behind the pipe in the backroom's process as in the program, a database on disk, one "
    "practice reading, keys by QTest, offscreen. A person "
    "answers page by page: C where a page has it, else 1; a defect is marked first; where a page does not open by "
    "itself, its Page Down counts as a key. "
    f"*model*: keys times K = {K} s (an average typist) and M = {M} s for each page and each choice of a defect "
    "(key D, place, kind, severity, size), after the Keystroke-Level Model (Card, Moran, Newell, CACM 23, 1980). "
    "Looking at the phone is no part of it: some 7 s a side. *program*: the sum of the times from key to the end of "
    "its repaint. A repaint ends with the pass of the event loop after the one in which the checklist was painted and "
    "the panel was told what the key did: answered question, next question, its answers. Noting every paint costs some "
    "milliseconds, which are counted. *Afterwards* is what the window does then until "
    "the answer is saved and everything shows it (grade, reading, tile, next action, quote): its longest single pass, "
    "during which a key would wait. *But for cores* is the processor time of the window's thread alone."
)


@dataclass(slots=True)
class Run:
    """One phone graded.

    Attributes:
        keys: Pressed.
        minds: Mental preparations.
        repaints: Seconds from each key to the end of its repaint.
        worked: Processor seconds of the window's thread in each.
        after: Seconds of the longest pass of the event loop after each.
        worked_after: Processor seconds of the window's thread in it.
        open: Questions that still have to be answered at the end.
    """

    keys: int = 0
    minds: int = 0
    repaints: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)
    worked_after: list[float] = field(default_factory=list)
    open: int = -1

    def seconds(self) -> float:
        """Return what the model and the program make together."""
        return self.keys * K + self.minds * M + sum(self.repaints)


def measure(runs: int) -> Section:
    """Grade each phone some times, each on a desk of its own."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tradein_app.ui.theme import application

    app = application("tradein")
    found = [(work, [_graded(work) for _ in range(runs)]) for work in WORKS]
    del app
    return Section("Checklist by keyboard", _METHOD, [_time(found), _repaints(found)])


def _graded(work: Work) -> Run:
    from benchmarks.keyboard import a_counter

    with folder() as place, _as_in_the_program(), a_counter(Path(place)) as counter:
        return _grade(counter, work)


@contextmanager
def _as_in_the_program() -> Iterator[None]:
    """Let threads take turns as often as the program lets them."""
    from tradein_app.app import SWITCH_INTERVAL

    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_INTERVAL)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _grade(counter: Counter, work: Work) -> Run:
    run, model = Run(), counter.bench.checklist
    press = _presser(counter, run)
    for page in range(1, 10):
        run.minds += 1
        _turn_to(counter, page, press)
        for keys, minds in work.defects.get(page, ()):
            run.minds += minds
            for key in keys:
                press(key)
        _answer_page(counter, page, press)
    run.open = model.figures().open
    return run


def _turn_to(counter: Counter, page: int, press: Callable[[str], None]) -> None:
    """Turn to a page that did not open by itself, as a person has to: key by key."""
    model = counter.bench.checklist
    for _ in range(_MOST):
        if model.page_number == page:
            return
        press(PAGE_DOWN if model.page_number < page else PAGE_UP)


def _answer_page(counter: Counter, page: int, press: Callable[[str], None]) -> None:
    """Answer what is open on a page: C first, then the best of what has to be tried."""
    model = counter.bench.checklist
    if model.page_number == page and model.has_clean():
        press("c")
    for _ in range(_MOST):
        page_now = model.page
        if model.page_number != page or page_now is None or model.page_state(page_now) != "open":
            return
        answered = model.current is None or model.current.number or model.current.id in model.answers
        press(NEXT if answered else DIGIT_OF_BEST)


def _presser(counter: Counter, run: Run) -> Callable[[str], None]:
    from PySide6.QtCore import Qt

    named = {NEXT: Qt.Key.Key_Return, PAGE_UP: Qt.Key.Key_PageUp, PAGE_DOWN: Qt.Key.Key_PageDown}

    def press(key: str) -> None:
        run.keys += 1
        pressed = counter.press(named.get(key) or Qt.Key(ord(key.upper())))
        run.repaints.append(pressed.repaint.clock)
        run.worked.append(pressed.repaint.thread)
        run.after.append(max(each.clock for each in pressed.after))
        run.worked_after.append(max(each.thread for each in pressed.after))

    return press


def _time(found: list[tuple[Work, list[Run]]]) -> Table:
    rows = []
    for work, runs in found:
        seconds = median(run.seconds() for run in runs)
        program = median(sum(run.repaints) for run in runs)
        rows.append(
            (
                work.name,
                str(runs[0].keys),
                str(runs[0].minds),
                str(runs[0].open),
                f"{program:.2f}",
                f"{seconds:.1f}",
                f"≤ {work.bar:g}",
                verdict(seconds, work.bar) if not runs[0].open else "**FAIL**",
            )
        )
    return Table(("", "keys", "M", "left open", "program, s", "model and program, s", "bar", ""), rows)


def _repaints(found: list[tuple[Work, list[Run]]]) -> Table:
    rows = []
    for work, runs in found:
        keys = [(r.repaints, r.worked) for r in runs]
        rows.append(_row(work.name, *(_joined(each) for each in zip(*keys, strict=True))))
        passes = [(r.after, r.worked_after) for r in runs]
        rows.append(_row("afterwards, longest pass", *(_joined(each) for each in zip(*passes, strict=True))))
    cores = ("median but for cores", "worst but for cores")
    return Table(
        ("key press to repaint, ms", "median", "worst", *cores, f"above {REPAINT_MS:g}", "bar", ""), rows
    )


def _joined(parts: tuple[list[float], ...]) -> list[float]:
    return [each * 1000 for part in parts for each in part]


def _row(name: str, times: list[float], worked: list[float]) -> tuple[str, ...]:
    over = sum(each > REPAINT_MS for each in times)
    measured = [f"{found(part):.1f}" for part in (times, worked) for found in (median, max)]
    bar = (f"{over} of {len(times)}", f"≤ {REPAINT_MS:g}", verdict(max(times), REPAINT_MS))
    return (name, *measured, *bar)
