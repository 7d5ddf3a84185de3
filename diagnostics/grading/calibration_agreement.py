"""How far graders agree with the reference phones: by question, by grader, over time. Plain counts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, TypeVar

from diagnostics.grading.calibration_compare import Gap

SCHEMA = "tradein/calibration-agreement-1"
ENOUGH = 5
"""Below so many answers a percent says nothing (ours)."""
PERIODS = ("month", "week")
Cell = tuple[str, str, str, str]
"""Checklist, question, period and grader of some answers."""
_NOT_COUNTED = frozenset({Gap.OPEN, Gap.NOT_ASKED})
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Observation:
    """One question of one finished round.

    Attributes:
        at: When the round was finished, UTC.
        round: Its id.
        checklist: The id of the checklist that the question is of.
    """

    at: datetime
    round: str
    grader: str
    checklist: str
    question: str
    gap: Gap


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of answers that were compared."""

    n: int = 0
    agreed: int = 0
    within_one: int = 0

    @property
    def few(self) -> bool:
        """Whether they are too few to say a percent of."""
        return self.n < ENOUGH

    @property
    def percent(self) -> float | None:
        """The answers that agreed, in percent; ``None`` where there are none."""
        return round(100 * self.agreed / self.n, 1) if self.n else None

    @property
    def within_one_percent(self) -> float | None:
        """The answers that agreed or were one step apart, in percent; ``None`` where there are none."""
        return round(100 * self.within_one / self.n, 1) if self.n else None


@dataclass(frozen=True, slots=True)
class Row:
    """The agreement of a question, or of a grader, over time.

    Attributes:
        name: A question's id, or a grader's name.
        checklist: The question's; ``""`` of a grader.
        periods: By period, such as ``2026-11`` or ``2026-W47``, the oldest first; only those with answers.
        parts: Of a question by grader, of a grader by question.
    """

    name: str
    checklist: str
    total: Tally
    periods: tuple[tuple[str, Tally], ...]
    parts: tuple[tuple[str, Tally], ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What all finished rounds say.

    Attributes:
        by: ``month`` or ``week``.
        rounds: How many.
        periods: All from the first to the last with an answer, those without any included.
        questions: Those with the least agreement first, those with too few answers last.
        graders: In the same order.
    """

    by: str
    rounds: int
    periods: tuple[str, ...]
    questions: tuple[Row, ...]
    graders: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Finished rounds as counts, to be added up page by page.

    Attributes:
        by: ``month`` or ``week``.
        rounds: How many with an answer that counts.
        days: The first and the last day with one; ``None`` where there is none.
        cells: By checklist, question, period and grader.
    """

    by: str
    rounds: int = 0
    days: tuple[date, date] | None = None
    cells: Mapping[Cell, Tally] = field(default_factory=dict)


def counted(observations: Iterable[Observation], by: str = "month", zone: tzinfo | None = None) -> Counts:
    """Return the counts of finished rounds.

    Args:
        observations: Every question of each round; questions left open count for nothing.
        by: ``month`` or ``week`` (ISO 8601).
        zone: Whose calendar counts; this computer's when left out.
    """
    local: dict[datetime, tuple[date, str]] = {}
    rounds: set[str] = set()
    gaps: dict[tuple[Cell, Gap], int] = {}
    for each in observations:
        if each.gap in _NOT_COUNTED:
            continue
        if each.at not in local:
            day = each.at.astimezone(zone).date()
            local[each.at] = day, period(day, by)
        rounds.add(each.round)
        key = (each.checklist, each.question, local[each.at][1], each.grader), each.gap
        gaps[key] = gaps.get(key, 0) + 1
    days = [day for day, _ in local.values()]
    return Counts(by, len(rounds), (min(days), max(days)) if days else None, _tallies(gaps))


def together(one: Counts, other: Counts) -> Counts:
    """Return the counts of two lots of rounds, none of which is in both."""
    cells = dict(one.cells)
    for key, each in other.cells.items():
        cells[key] = _sum((cells[key], each)) if key in cells else each
    days = (*(one.days or ()), *(other.days or ()))
    return Counts(one.by, one.rounds + other.rounds, (min(days), max(days)) if days else None, cells)


def agreement(counts: Counts) -> Agreement:
    """Return the agreement of finished rounds."""
    questions = _rows(counts.cells, lambda cell: (cell[0], cell[1]), lambda cell: cell[3])
    graders = _rows(counts.cells, lambda cell: ("", cell[3]), lambda cell: cell[1])
    spans = [_start(day, counts.by) for day in counts.days or ()]
    return Agreement(
        counts.by, counts.rounds, _between(spans, counts.by), _ordered(questions), _ordered(graders)
    )


def period(at: datetime | date, by: str) -> str:
    """Return the month, ``2026-11``, or the ISO week, ``2026-W47``, of a day."""
    if by == "month":
        return f"{at.year:04}-{at.month:02}"
    year, week, _ = at.isocalendar()
    return f"{year:04}-W{week:02}"


def agreement_to_json(report: Agreement) -> dict[str, Any]:
    """Return the agreement as JSON values."""
    return {
        "schema": SCHEMA,
        "by": report.by,
        "rounds": report.rounds,
        "enough": ENOUGH,
        "questions": [
            {"checklist": row.checklist, "question": row.name, **_row_to_json(row, "grader", "graders")}
            for row in report.questions
        ],
        "graders": [
            {"grader": row.name, **_row_to_json(row, "question", "questions")} for row in report.graders
        ],
    }


def agreement_lines(counts: Counts) -> list[list[str]]:
    """Return a table with its heads, for a CSV file: one line for each question, period and grader."""
    heads = ["checklist", "question", counts.by, "grader", "n", "agreed", "within_one_step"]
    rows = sorted(counts.cells.items())
    return [heads, *([*cell, str(t.n), str(t.agreed), str(t.within_one)] for cell, t in rows)]


def _tallies(gaps: Mapping[tuple[Cell, Gap], int]) -> dict[Cell, Tally]:
    found: dict[Cell, Tally] = {}
    for (cell, gap), n in gaps.items():
        some = Tally(n, n if gap is Gap.SAME else 0, n if gap in {Gap.SAME, Gap.ONE_STEP} else 0)
        found[cell] = _sum((found[cell], some)) if cell in found else some
    return found


def _sum(tallies: Iterable[Tally]) -> Tally:
    n = agreed = within_one = 0
    for each in tallies:
        n, agreed, within_one = n + each.n, agreed + each.agreed, within_one + each.within_one
    return Tally(n, agreed, within_one)


def _rows(
    cells: Mapping[Cell, Tally], whose: Callable[[Cell], tuple[str, str]], part: Callable[[Cell], str]
) -> list[Row]:
    return [
        Row(name, checklist, _sum(group.values()), _by(group, lambda cell: cell[2]), _by(group, part))
        for (checklist, name), group in _grouped(cells, whose).items()
    ]


def _by(cells: Mapping[Cell, Tally], key: Callable[[Cell], str]) -> tuple[tuple[str, Tally], ...]:
    return tuple((name, _sum(group.values())) for name, group in sorted(_grouped(cells, key).items()))


def _grouped(cells: Mapping[Cell, Tally], key: Callable[[Cell], _Key]) -> dict[_Key, dict[Cell, Tally]]:
    groups: dict[_Key, dict[Cell, Tally]] = {}
    for cell, each in cells.items():
        groups.setdefault(key(cell), {})[cell] = each
    return groups


def _ordered(rows: list[Row]) -> tuple[Row, ...]:
    def place(row: Row) -> tuple[object, ...]:
        total = row.total
        return total.few, total.agreed / total.n, total.within_one / total.n, row.checklist, row.name

    return tuple(sorted(rows, key=place))


def _start(day: date, by: str) -> date:
    return day.replace(day=1) if by == "month" else day - timedelta(days=day.weekday())


def _between(starts: list[date], by: str) -> tuple[str, ...]:
    """Return every period from the first to the last."""
    if not starts:
        return ()
    found, day = [], starts[0]
    while day <= starts[-1]:
        found.append(period(day, by))
        day = _start(day + timedelta(days=32 if by == "month" else 7), by)
    return tuple(found)


def _row_to_json(row: Row, part: str, parts: str) -> dict[str, Any]:
    return {
        **_tally_to_json(row.total),
        "few": row.total.few,
        "periods": [{"period": name, **_tally_to_json(each)} for name, each in row.periods],
        parts: [{part: name, **_tally_to_json(each)} for name, each in row.parts],
    }


def _tally_to_json(each: Tally) -> dict[str, Any]:
    return {
        "n": each.n,
        "agreed": each.agreed,
        "within_one_step": each.within_one,
        "agreed_percent": each.percent,
        "within_one_step_percent": each.within_one_percent,
    }
