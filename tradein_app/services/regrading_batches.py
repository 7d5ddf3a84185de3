"""Grades all that is stored anew, slice by slice, in this process and in others beside it, one for each processor.

The slices are ranges of keys. Whoever is free takes the next one; what comes of them is handed on in the order of the
keys, so that it is the same at each run. A helper that dies costs nothing but time: its slices are done here, where
an error that it met is met again and said in words.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Protocol

# It also says how what is read-only goes through a pipe.
from tradein_app.backroom.wire import GOODBYE
from tradein_app.services.regrading import Regrader
from tradein_app.services.regrading_records import Regraded, StoredInspection

if TYPE_CHECKING:
    from diagnostics.grading.rules import Standard

SLICE = 1000
"""Inspections that one process takes at a time."""
ALONE = 10_000
"""Up to so many inspections this process is done before another one has come up."""
_LEAST = 5
"""Slices for which it pays to start one more process."""
_AHEAD = 2
"""Slices that a helper has, so that it never waits for the next one."""
_Span = Any
"""A range of keys, as the browser knows it."""


class Browser(Protocol):
    """Walks through what is stored: `tradein_app.store.browsing.SqlBrowser`."""

    @property
    def elsewhere(self) -> Callable[[], Browser] | None:
        """What opens the same store in another process; ``None`` where no other can open it."""
        ...

    def count(self, since: datetime | None = None) -> int:
        """Return how many inspections there are."""
        ...

    def spans(self, size: int, since: datetime | None = None) -> list[_Span]:
        """Return ranges of keys of so many inspections each, in their order."""
        ...

    def inspections(self, since: datetime | None = None, span: _Span = None) -> Iterator[StoredInspection]:
        """Yield the inspections of a range."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...


@dataclass(frozen=True, slots=True)
class Batch:
    """What some inspections come to under another standard.

    Attributes:
        counts: Inspections by old and new word.
        through: Inspections that were looked at, those of other checklists too.
        passed_over: Those of other checklists, by checklist: the standard does not grade them.
        noted: Those that left an answer or could not be graded, and where it was asked for those that changed;
            without what their grades were made of.
    """

    counts: Counter[tuple[str, str]]
    through: int
    passed_over: Counter[str]
    noted: tuple[Regraded, ...]

    @property
    def failed(self) -> int:
        """How many could not be graded."""
        return sum(bool(row.problem) for row in self.noted)


def batches(
    browser: Browser,
    standard: Standard,
    since: datetime | None = None,
    *,
    changes: bool = True,
    alone: int = ALONE,
) -> Generator[Batch, None, None]:
    """Yield what all that is stored comes to, in the order of the keys; nothing that is stored changes.

    Args:
        browser: The store.
        standard: Under which everything is graded; inspections of other checklists are counted and passed over.
        since: Only inspections opened at that time or after.
        changes: Each inspection that changed is wanted, not only their number.
        alone: With up to so many inspections no other process is started.
    """
    spans = deque(enumerate(browser.spans(SLICE, since)))
    work = _Work(standard, since, changes)
    crew = _crew(browser, work, len(spans)) if len(spans) * SLICE > alone else []
    own, done, number = Regrader(standard), dict[int, Batch](), 0
    try:
        while spans or done or any(helper.has for helper in crew):
            for helper in crew:
                helper.fill(spans)
            done.update(_heard(crew, spans))
            if spans:
                place, span = spans.popleft()
                done[place] = work.batch(own, browser, span)
            while number in done:
                yield done.pop(number)
                number += 1
    finally:
        for helper in crew:
            helper.stop()


@dataclass(frozen=True, slots=True)
class _Work:
    """What is asked for, for each slice the same."""

    standard: Standard
    since: datetime | None
    changes: bool

    def batch(self, regrader: Regrader, browser: Browser, span: _Span) -> Batch:
        """Grade a slice."""
        everyone = list(browser.inspections(self.since, span))
        rows = list(regrader.each(everyone))
        counts = Counter((row.before, row.after) for row in rows)
        others = Counter(each.checklist for each in everyone if each.checklist != self.standard.checklist)
        noted = tuple(_light(row) for row in rows if self._wants(row))
        return Batch(counts, len(everyone), others, noted)

    def _wants(self, row: Regraded) -> bool:
        return bool(row.left or row.problem or (self.changes and row.changed))


def _light(row: Regraded) -> Regraded:
    """Leave out what a grade was made of: it is most of what would go through the pipe."""
    return row._replace(stored=row.stored.without_sources())


class _Helper:
    """A process beside this one, and the slices that it has."""

    def __init__(self, open_browser: Callable[[], Browser], work: _Work) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.has: deque[tuple[int, _Span]] = deque()
        arguments = (theirs, open_browser, work)
        self._process = context.Process(target=help_out, args=arguments, name="regrading", daemon=True)
        self._process.start()
        # Only the process may hold its end: then the pipe ends when it does.
        theirs.close()

    def fill(self, spans: deque[tuple[int, _Span]]) -> None:
        """Give it the next slices; one that is gone keeps what it had until that is missed."""
        while spans and len(self.has) < _AHEAD:
            self.has.append(spans.popleft())
            with contextlib.suppress(OSError):
                self.pipe.send(self.has[-1][1])

    def stop(self) -> None:
        """End it, whatever it does: it only reads."""
        with contextlib.suppress(OSError):
            self.pipe.send(GOODBYE)
        self.pipe.close()
        self._process.terminate()
        self._process.join()


def _crew(browser: Browser, work: _Work, slices: int) -> list[_Helper]:
    """Return a helper for each processor but this process's own, and no more than there is work for."""
    opens, crew = browser.elsewhere, list[_Helper]()
    if opens is None:
        return crew
    processors = max((os.cpu_count() or 2) - 1, 1)
    # Where no process can be started, this one does it alone.
    with contextlib.suppress(OSError):
        for _ in range(min(processors, max(slices // _LEAST, 1))):
            crew.append(_Helper(opens, work))
    return crew


def _heard(crew: list[_Helper], spans: deque[tuple[int, _Span]]) -> dict[int, Batch]:
    """Take what helpers have done, and wait for it where nothing else is left to do."""
    by_pipe = {helper.pipe: helper for helper in crew if helper.has}
    found: dict[int, Batch] = {}
    for pipe in wait(list(by_pipe), 0 if spans else None):
        assert isinstance(pipe, Connection)
        helper = by_pipe[pipe]
        try:
            found[helper.has[0][0]] = pipe.recv()
            helper.has.popleft()
        except (EOFError, OSError):
            crew.remove(helper)
            spans.extendleft(reversed(helper.has))
            helper.stop()
    return found


def help_out(pipe: Connection, open_browser: Callable[[], Browser], work: _Work) -> None:
    """Grade the slices that come through the pipe until it ends; the function that a helper begins with."""
    # Ctrl+C in the terminal is for the process that the person started: when it ends, so does the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever goes wrong is met again, and said, where the slice is done anew.
    with contextlib.suppress(Exception):
        browser, regrader = open_browser(), Regrader(work.standard)
        while (span := pipe.recv()) != GOODBYE:
            pipe.send(work.batch(regrader, browser, span))
