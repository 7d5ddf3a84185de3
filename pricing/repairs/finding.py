"""Which repairs lift a grade: each one alone, and where several caps are equally low, the sets that lift them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.evaluation import Case, Evaluation, evaluate
from diagnostics.grading.facts import read_values
from diagnostics.grading.inspection import Inspection
from diagnostics.grading.result import SEVERITY, Cap, Grade
from diagnostics.grading.standards import Standard
from pricing.repairs.doing import repaired, touches
from pricing.repairs.records import Kind

MOST_TOGETHER = 3
"""More repairs than these are not looked for: the parts are worth more than the phone by then."""
_GRADES = frozenset(Grade)
_HOPELESS = SEVERITY["hold"]


@dataclass(frozen=True, slots=True)
class Found:
    """A set of repairs that lifts the grade.

    Attributes:
        caps: What sets the grade now.
        to: The grade afterwards.
        after: The phone afterwards.
        together: Each of them takes away a cap that no other one does: without it nothing changes.
    """

    kinds: tuple[Kind, ...]
    caps: tuple[Cap, ...]
    to: str
    after: Inspection
    together: bool


def find(
    inspection: Inspection, standard: Standard, kinds: Iterable[Kind], costs: Mapping[str, Decimal]
) -> tuple[Found, ...]:
    """Return the cheapest set of repairs for every better grade that repairs lead to, the nearest grade first.

    Nothing for a phone that is on hold, rejected or not safe: it is not for repairs to change that.

    Args:
        inspection: The phone, free of what is no repair: wiped, for one.
        standard: The rules.
        kinds: What can be repaired.
        costs: By repair, in one currency; a repair without a price is left out.
    """
    now = _judged(standard, inspection)
    if SEVERITY[now.worst] >= _HOPELESS or not now.capped_by:
        return ()
    useful = [k for k in kinds if k.id in costs and any(touches(k, cap, inspection) for cap in now.caps)]
    best: dict[str, tuple[Decimal, Found]] = {}
    for chosen in _sets(useful, now.capped_by, inspection):
        found = _tried(inspection, standard, chosen, now)
        price = sum((costs[kind.id] for kind in chosen), Decimal(0))
        if found is not None and (found.to not in best or price < best[found.to][0]):
            best[found.to] = (price, found)
    return tuple(_undominated(best))


def _judged(standard: Standard, inspection: Inspection) -> Evaluation:
    reading = inspection.reading
    checklist = load_checklist(inspection.checklist)
    return evaluate(standard, Case(checklist, inspection.answers, read_values(reading), reading.platform))


def _sets(useful: list[Kind], caps: tuple[Cap, ...], inspection: Inspection) -> Iterator[tuple[Kind, ...]]:
    """Yield the sets that touch every cap which sets the grade: with one of these left, nothing changes."""
    touched = {
        kind.id: frozenset(n for n, cap in enumerate(caps) if touches(kind, cap, inspection))
        for kind in useful
    }
    for size in range(1, MOST_TOGETHER + 1):
        for chosen in combinations(useful, size):
            parts = {kind.part for kind in chosen}
            covered = frozenset().union(*(touched[kind.id] for kind in chosen))
            if len(parts) == size and len(covered) == len(caps):
                yield chosen


def _tried(
    inspection: Inspection, standard: Standard, chosen: tuple[Kind, ...], now: Evaluation
) -> Found | None:
    after = repaired(inspection, chosen)
    then = _judged(standard, after)
    if then.worst not in _GRADES or SEVERITY[then.worst] >= SEVERITY[now.worst]:
        return None
    return Found(chosen, now.capped_by, then.worst, after, _each_needed(chosen, now.capped_by, inspection))


def _each_needed(chosen: tuple[Kind, ...], caps: tuple[Cap, ...], inspection: Inspection) -> bool:
    touching = [[kind.id for kind in chosen if touches(kind, cap, inspection)] for cap in caps]
    alone = {names[0] for names in touching if len(names) == 1}
    return len(chosen) > 1 and len(alone) == len(chosen)


def _undominated(best: Mapping[str, tuple[Decimal, Found]]) -> Iterator[Found]:
    """Yield the nearest grade first; a grade that costs no more than a nearer one takes its place."""
    for to, (price, found) in sorted(best.items(), key=lambda entry: -SEVERITY[entry[0]]):
        better = (cost for word, (cost, _) in best.items() if SEVERITY[word] < SEVERITY[to])
        if all(cost > price for cost in better):
            yield found
