"""Rule sets: how a market names what a reading and the answers say. Data, opened and made into records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from diagnostics import checking
from diagnostics.grading.checklist import load_checklist
from diagnostics.model import FieldName, LockState, Platform
from resources.opening import load_toml, names

DEFAULT = "backmarket-2025"
_FOLDER = "standards"

Value = int | str
"""What is believed of a reading: a percent, or ``on`` or ``off``."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How far an answer or a value caps the grade.

    Attributes:
        cap: A grade, or ``incomplete``, ``repair``, ``hold``, ``reject``, ``stop``.
        mark: ``public`` where a page of the market says so, ``ours`` where it is our proposal.
        source: The key of one of the standard's sources, or ``""``.
    """

    cap: str
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class ReadingRule:
    """How far one value of the reading caps the grade.

    Attributes:
        steps: For a number: from this value on, the rule; highest first.
        values: For a lock: the rule by its state.
        unknown: The rule where the value is not known.
        only: The one platform whose phones have such a value; ``""`` where all do.
    """

    field: FieldName
    steps: tuple[tuple[int, Rule], ...]
    values: Mapping[str, Rule]
    unknown: Rule | None
    only: str = ""

    def concerns(self, platform: str) -> bool:
        """Return whether a phone of this platform can have the value, as far as anybody knows."""
        return self.only in {"", platform} or platform == Platform.UNKNOWN

    def rule(self, value: Value | None) -> Rule | None:
        """Return the rule that a value meets, if there is one."""
        if value is None:
            return self.unknown
        if isinstance(value, int):
            return next((rule for low, rule in self.steps if value >= low), None)
        return self.values.get(value)

    def better(self, value: Value | None) -> tuple[Value, ...]:
        """Return the values that would be better, the least change first."""
        if self.steps:
            least = -1 if value is None else int(value)
            return tuple(low for low, _ in reversed(self.steps) if low > max(least, 0))
        return (LockState.OFF.value,)


@dataclass(frozen=True, slots=True)
class EntryRule:
    """One more member of the standard's entry beside the grade.

    Attributes:
        met: Its value when the reading is at least ``at_least``.
        missed: Its value when the reading is lower; an unknown reading gives ``None``.
    """

    name: str
    field: FieldName
    at_least: int
    met: object
    missed: object

    def value(self, value: Value | None) -> object:
        """Return the member's value for a reading."""
        if not isinstance(value, int):
            return None
        return self.met if value >= self.at_least else self.missed


@dataclass(frozen=True, slots=True)
class Standard:
    """One rule set of one market, as of one day.

    Attributes:
        checklist: The id of the checklist whose answers it knows.
        labels: The market's own word by grade, best first.
        unanswered: The rule for a question that is still open.
        needs_one_of: With none of these questions answered there is no grade.
        answers: Rules by question, in the order of the checklist, and answer; what is not there caps nothing.
        sources: Pages, by the key that rules name.
    """

    id: str
    version: str
    valid_from: date
    checklist: str
    labels: Mapping[str, str]
    unanswered: Rule
    needs_one_of: frozenset[str]
    answers: Mapping[str, Mapping[str, Rule]]
    readings: tuple[ReadingRule, ...]
    entry: tuple[EntryRule, ...]
    sources: Mapping[str, str]

    @property
    def rule_set(self) -> str:
        """What a grade keeps of the rules that it was made under."""
        return f"{self.id}@{self.version}"

    @property
    def top(self) -> str:
        """The best grade that this market has."""
        return next(iter(self.labels))

    def rule(self, question_id: str, answer_id: str) -> Rule | None:
        """Return the rule of an answer, for a screen that says "public rule" or "our rule"; ``None`` caps nothing."""
        return self.answers.get(question_id, {}).get(answer_id)


@cache
def standard_ids() -> tuple[str, ...]:
    """Return the ids of the standards that come with the program, sorted."""
    return tuple(name for name in names(_FOLDER, ".toml") if "labels" in load_toml(f"{_FOLDER}/{name}.toml"))


@cache
def load_standard(standard_id: str = DEFAULT) -> Standard:
    """Return a standard that comes with the program.

    Raises:
        BadInput: ``unknown_standard``; the sentence lists those that there are.
    """
    known = standard_ids()
    if standard_id not in known:
        raise checking.wrong("standard", f"one of {checking.listed(known)}", standard_id, "unknown_standard")
    data = load_toml(f"{_FOLDER}/{standard_id}.toml")
    return _standard(data, load_toml(f"{_FOLDER}/{data['extends']}.toml"))


def _standard(data: Mapping[str, Any], base: Mapping[str, Any]) -> Standard:
    def merged(name: str) -> dict[str, Any]:
        return {**base.get(name, {}), **data.get(name, {})}

    answers = merged("answers")
    asked = load_checklist(data["checklist"]).by_id
    return Standard(
        id=data["id"],
        version=data["version"],
        valid_from=data["valid_from"],
        checklist=data["checklist"],
        labels=MappingProxyType(data["labels"]),
        unanswered=_rule(data["unanswered"]),
        needs_one_of=frozenset(base["needs_one_of"]),
        answers=MappingProxyType(
            {question: _rules(answers[question]) for question in asked if question in answers}
        ),
        readings=tuple(_reading_rule(field, row) for field, row in sorted(merged("readings").items())),
        entry=tuple(_entry_rule(name, row) for name, row in data.get("entry", {}).items()),
        sources=MappingProxyType(merged("sources")),
    )


def _rule(row: Mapping[str, str]) -> Rule:
    return Rule(row["cap"], row["mark"], row.get("source", ""))


def _rules(rows: Mapping[str, Mapping[str, str]]) -> Mapping[str, Rule]:
    return MappingProxyType({answer: _rule(row) for answer, row in rows.items()})


def _reading_rule(field: FieldName, row: Mapping[str, Any]) -> ReadingRule:
    return ReadingRule(
        field=field,
        steps=tuple((step["at_least"], _rule(step)) for step in row.get("steps", ())),
        values=_rules(
            {lock.value: row[lock.value] for lock in (LockState.ON, LockState.OFF) if lock.value in row}
        ),
        unknown=_rule(row["unknown"]) if "unknown" in row else None,
        only=row.get("only", ""),
    )


def _entry_rule(name: str, row: Mapping[str, Any]) -> EntryRule:
    return EntryRule(name, row["field"], row["at_least"], row["met"], row.get("missed"))
