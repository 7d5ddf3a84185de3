"""The records of a rule set: what a standard says of answers and readings, without how it is opened or applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from diagnostics.model import FieldName, LockState, Platform

Value = int | str
"""What is believed of a reading: a percent, or ``on`` or ``off``."""

NO_LABEL = ""
"""The word of a scale that says nothing: no label is given."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How far an answer or a value caps the grade.

    Attributes:
        cap: A grade, or ``incomplete``, ``repair``, ``hold``, ``reject``, ``stop``; in a scale one of its words.
        mark: ``public`` where a page of the market says so, ``ours`` where it is our proposal.
        source: The key of one of the standard's sources, or ``""``.
        means: The cap as a grade or a disposition: the same outside of scales.
    """

    cap: str
    mark: str
    source: str
    means: str = field(default="", compare=False)


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

    def rule(self, value: Value | None, platform: str = Platform.UNKNOWN) -> Rule | None:
        """Return the rule that a value meets on a phone of this platform, if there is one."""
        if value is None:
            return self.unknown if self.concerns(platform) else None
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
    """One more member of the standard's entry beside the grade, by a reading.

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
class FormRule:
    """One member of the standard's entry, put together from the words of its scales: ``{digit}{letter}``."""

    name: str
    form: str
    scales: tuple[str, ...]

    def value(self, words: Mapping[str, str]) -> str | None:
        """Return the label; ``None`` where one of its scales has no word."""
        if any(words[scale] == NO_LABEL for scale in self.scales):
            return None
        return self.form.format_map(words)


@dataclass(frozen=True, slots=True)
class Scale:
    """One ladder of a market's own words, with the questions and readings that set it.

    Attributes:
        words: What each word means as a grade or a disposition, best first; `NO_LABEL` may be the last.
        answers: Rules by question and answer, in the order of the checklist; their caps are words of this scale.
        readings: Rules by reading, likewise.
        asks: Its questions that may not stay open.
        unanswered: The rule where one of them is open.
        open: The same for single questions.
        needs_one_of: With none of these answered, `nothing` is the word whatever else was said.
        order: Each word's place on the ladder; 0 is best.
    """

    name: str
    words: Mapping[str, str]
    answers: Mapping[str, Mapping[str, Rule]]
    readings: tuple[ReadingRule, ...]
    asks: frozenset[str]
    unanswered: Rule
    open: Mapping[str, Rule]
    needs_one_of: frozenset[str]
    nothing: Rule
    order: Mapping[str, int]

    @property
    def top(self) -> str:
        """Its best word."""
        return next(iter(self.words))


@dataclass(frozen=True, slots=True)
class Standard:
    """One rule set of one market, as of one day.

    Attributes:
        checklist: The id of the checklist whose answers it knows.
        labels: The market's own word by grade, best first; empty where scales make the label.
        unanswered: The rule for a question that is still open.
        needs_one_of: With none of these questions answered there is no grade.
        answers: Rules by question, in the order of the checklist, and answer; what is not there caps nothing. Where
            there are scales, the lowest of what they and the standard itself say.
        readings: Rules by reading, likewise.
        own_answers: Rules of the standard itself, without its scales.
        own_readings: The same of readings.
        scales: Ladders of its own words, by name.
        forms: Members of its entry that the scales make.
        sources: Pages, by the key that rules name.
        top: The best grade that this market has.
        harmless: What caps nothing: this grade, and any better one.
        origin: Where it was read from, for a person: a file's path; ``""`` for one that comes with the program.
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
    own_answers: Mapping[str, Mapping[str, Rule]]
    own_readings: tuple[ReadingRule, ...]
    scales: Mapping[str, Scale]
    forms: tuple[FormRule, ...]
    top: str
    harmless: frozenset[str]
    origin: str

    @property
    def rule_set(self) -> str:
        """What a grade keeps of the rules that it was made under."""
        return f"{self.id}@{self.version}"

    def rule(self, question_id: str, answer_id: str) -> Rule | None:
        """Return the rule of an answer, for a screen that says "public rule" or "our rule"; ``None`` caps nothing."""
        return self.answers.get(question_id, {}).get(answer_id)
