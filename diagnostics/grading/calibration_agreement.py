"""How far graders agree with the reference phones: by question, by grader, over time. Plain counts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, TypeVar

from diagnostics.grading.calibration_compare import Gap

SCHEMA = "tradein/calibration-agreement-1"
ENOUGH = 5
"""Below so many answers a percent says nothing (ours)."""
PERIODS = ("month", "week")
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


def agreement(
    observations: Iterable[Observation], by: str = "month", zone: tzinfo | None = None
) -> Agreement:
    """Return the agreement of finished rounds.

    Args:
        observations: Of all of them; questions left open count for nothing.
        by: ``month`` or ``week`` (ISO 8601).
        zone: Whose calendar counts; this computer's when left out.
    """
    rows = [each for each in observations if each.gap not in {Gap.OPEN, Gap.NOT_ASKED}]
    named = {each: period(each.at.astimezone(zone), by) for each in rows}
    spans = sorted({_start(each.at.astimezone(zone).date(), by) for each in rows})
    questions = _rows(rows, named, lambda each: (each.checklist, each.question), lambda each: each.grader)
    graders = _rows(rows, named, lambda each: ("", each.grader), lambda each: each.question)
    return Agreement(
        by, len({each.round for each in rows}), _between(spans, by), _ordered(questions), _ordered(graders)
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


def agreement_lines(
    observations: Iterable[Observation], by: str, zone: tzinfo | None = None
) -> list[list[str]]:
    """Return a table with its heads, for a CSV file: one line for each question, period and grader."""
    rows = [each for each in observations if each.gap not in {Gap.OPEN, Gap.NOT_ASKED}]
    groups = _grouped(
        rows, lambda each: (each.checklist, each.question, period(each.at.astimezone(zone), by), each.grader)
    )
    heads = ["checklist", "question", by, "grader", "n", "agreed", "within_one_step"]
    counted = ((key, tally(group)) for key, group in sorted(groups.items()))
    return [heads, *([*key, str(t.n), str(t.agreed), str(t.within_one)] for key, t in counted)]


def tally(rows: Iterable[Observation]) -> Tally:
    """Count."""
    gaps = [each.gap for each in rows]
    same = gaps.count(Gap.SAME)
    return Tally(len(gaps), same, same + gaps.count(Gap.ONE_STEP))


def _rows(
    rows: Sequence[Observation],
    named: dict[Observation, str],
    whose: Callable[[Observation], tuple[str, str]],
    part: Callable[[Observation], str],
) -> list[Row]:
    return [
        Row(
            name,
            checklist,
            tally(group),
            tuple((each, tally(some)) for each, some in sorted(_grouped(group, named.__getitem__).items())),
            tuple((each, tally(some)) for each, some in sorted(_grouped(group, part).items())),
        )
        for (checklist, name), group in _grouped(rows, whose).items()
    ]


def _grouped(
    rows: Iterable[Observation], key: Callable[[Observation], _Key]
) -> dict[_Key, list[Observation]]:
    groups: dict[_Key, list[Observation]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
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
