"""Puts the fault matrix into a table that people read: a row a fault, and a row a step."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from diagnostics.practice.catalogue import Catalogue
from diagnostics.practice.catalogues import CATALOGUES
from tests.matrix import android_hall, android_trying
from tests.matrix.hall import LIMITS
from tests.matrix.outcomes import Outcome, Report
from tests.matrix.trying import IN_TIME
from tests.matrix.watching import BY_ITSELF

K = TypeVar("K")
_SILENT = "falls-silent"
_READY = "ready"
_COLUMNS = "| fault | pairs | states | worst ms | what a person reads |\n|---|--:|---|--:|---|"
_HEAD = """# Every fault of a phone, at every step: iPhones

Written by `python -m benchmarks.fault_matrix`; do not edit.

Each practice iPhone is plugged in with one fault at one step of the conversation, and read by the program's own
`Bench`. Of every reading, under way or finished, must hold: each value is the one that the same phone tells without the
fault, or is withheld with its reason; no lock is *off* that was not proved off; there is a state, and a sentence in
English and French, within {in_time:.0f} s; nothing is raised, logged or left open; without the fault the phone reads as
before; and nothing but pairing is written to it.

Limits here: {limits}. The program's own are longer (5, 10 and 20 s).
*Worst* is from the plug to the first state, with up to forty phones being read by two processes; most of it is waiting
for those limits. *Service* stands for a service that is in trouble itself, so that there is no phone to show.
"""


_ANDROID_HEAD = """# Every fault of a phone, at every step: Android phones

Written by `python -m benchmarks.fault_matrix`; do not edit.

As above, with practice Android phones of twenty characters behind their adb server; a step is a request to the server,
or one command of a group. Of a reading must hold the same, and nothing at all is written to a phone: each command that
came in is one that only reads.

Limits here: {limits}. The program's own are longer (10 s a call). *Worst* is from the plug to the first state, with up
to twenty phones being read by two processes. *No phone* stands for a server whose list names none.
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose faults a part of the document is about.

    Attributes:
        head: The part's beginning, with ``{limits}`` and ``{in_time}`` in it; its first line tells parts apart.
        faults: What there is.
        limits: In words.
        in_time: Seconds in which a state must be there.
        quick: Seconds in which a phone that is not asked at a step is ready.
    """

    head: str
    faults: Catalogue[Any, Any]
    limits: str
    in_time: float
    quick: float


_CALL = android_hall.CALL_SECONDS
SUBJECTS: Mapping[str, Subject] = {
    "ios": Subject(
        _HEAD,
        CATALOGUES["ios"],
        f"{LIMITS.open:g} s to connect, {LIMITS.query:g} s a question, {LIMITS.step:g} s a step",
        IN_TIME,
        LIMITS.query,
    ),
    "android": Subject(
        _ANDROID_HEAD, CATALOGUES["android"], f"{_CALL:g} s a call or request", android_trying.IN_TIME, _CALL
    ),
}
"""In the order of the document."""


def document(report: Report, seconds: float, subject: Subject) -> str:
    """Return one part of the document."""
    outcomes: Sequence[Any] = report.outcomes
    wrong = sum(bool(outcome.wrong) for outcome in outcomes) + len(report.left)
    lines = [
        subject.head.format(in_time=subject.in_time, limits=subject.limits),
        f"**{len(outcomes)} pairs in {seconds:.0f} s; worst {_worst(outcomes)} ms; wrong: {wrong}.** {_machine()}",
        *_faults(outcomes, subject.faults),
        *_steps(outcomes, subject),
    ]
    return "\n".join(lines) + "\n"


def join(parts: Mapping[str, str], known: str) -> str:
    """Return the whole document: the parts that were made now, and the others as they are known.

    Args:
        parts: By side.
        known: The document as it was.
    """
    return "\n".join(parts.get(side) or _part(known, side) for side in SUBJECTS).rstrip("\n") + "\n"


def _part(known: str, side: str) -> str:
    """Return a side's part of a document, empty when it has none."""
    title = SUBJECTS[side].head.partition("\n")[0]
    start = known.find(f"{title}\n")
    end = known.find("\n# ", start)
    return known[start : end if end > 0 else None] if start >= 0 else ""


def _machine() -> str:
    load = os.getloadavg()[1]
    return f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, load {load:.1f}."


def _faults(outcomes: Sequence[Outcome], known: Catalogue[Any, Any]) -> Iterator[str]:
    by_fault = _by(outcomes, lambda outcome: outcome.case.fault)
    for group, words in known.groups().items():
        rows = [fault for fault in known.faults.values() if fault.group == group and fault.id in by_fault]
        if rows:
            yield f"\n## {words['en']}\n\n{_COLUMNS}"
            yield from (_row(fault.words["en"], by_fault[fault.id], f"`{fault.id}`") for fault in rows)


def _row(words: str, outcomes: Sequence[Outcome], name: str) -> str:
    said = "<br>".join(_sentences(outcomes))
    return f"| {words} ({name}) | {len(outcomes)} | {_states(outcomes)} | {_worst(outcomes)} | {said} |"


def _sentences(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield what is said most often in each state, and of a ready phone, what is withheld of it."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        if outcome.states and (told := _told(outcome)):
            said[outcome.states[-1]][told] += 1
    for state, sentences in said.items():
        yield f"*{state}*: {sentences.most_common(1)[0][0]}"


def _told(outcome: Outcome) -> str:
    """Return what a cell holds of an outcome: without the port that it was tried at, and without marks."""
    told = f"without {outcome.gaps}" if outcome.gaps else outcome.sentence
    if outcome.states[-1] == _READY and not outcome.gaps:
        return ""
    words = (word if "127.0.0.1:" not in word else "…" for word in told.split())
    return " ".join(words).replace("|", "\\|").replace("<", "&lt;")


def _steps(outcomes: Sequence[Outcome], subject: Subject) -> Iterator[str]:
    by_step = _by((o for o in outcomes if o.case.step), lambda outcome: outcome.case.step)
    yield "\n## By step\n\n| step | pairs | states | worst ms |\n|---|--:|---|--:|"
    for step in subject.faults.places.steps:
        if step in by_step:
            yield f"| `{step}` | {len(by_step[step])} | {_states(by_step[step])} | {_worst(by_step[step])} |"
    if unmet := ", ".join(f"`{step}`" for step in _unmet(outcomes, subject)):
        yield f"\nSteps that the program never comes to, so that nothing happens there: {unmet}."


def _unmet(outcomes: Iterable[Outcome], subject: Subject) -> Iterator[StrEnum]:
    """Yield the steps at which a phone that never answers makes no difference, not even in time."""
    steps = subject.faults.places.steps
    silent = {o.case.step: o for o in outcomes if o.case.fault == _SILENT and o.case.step}
    for step, outcome in sorted(silent.items(), key=lambda entry: steps.index(entry[0])):
        nothing = outcome.states == (_READY,) and outcome.recovery == BY_ITSELF
        if step and nothing and outcome.seconds < subject.quick:
            yield step


def _states(outcomes: Iterable[Outcome]) -> str:
    met = Counter(" → ".join(outcome.states) for outcome in outcomes)
    return ", ".join(f"{state} {count}" if len(met) > 1 else state for state, count in met.most_common())


def _worst(outcomes: Iterable[Outcome]) -> str:
    return f"{1000 * max((outcome.seconds for outcome in outcomes), default=0):,.0f}".replace(",", " ")


def _by(outcomes: Iterable[Outcome], key: Callable[[Outcome], K]) -> Mapping[K, list[Outcome]]:
    found: dict[K, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        found[key(outcome)].append(outcome)
    return found
