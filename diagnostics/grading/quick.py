"""The same grades as the engine's, without reasons, for many thousand inspections: everything is looked up.

What a rule set says of each answer and each value is worked out once. A test holds this room to the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat

from diagnostics.grading.checklist import PERCENT, Answers, Checklist
from diagnostics.grading.comparing import label_of
from diagnostics.grading.facts import BATTERY, Read
from diagnostics.grading.result import SEVERITY, Disposition, Grade
from diagnostics.grading.rules import NO_LABEL, ReadingRule, Rule, Scale, Standard, Value
from diagnostics.model import FieldName, LockState, Platform

_WORDS = tuple(SEVERITY)
_HOLD = SEVERITY[Disposition.HOLD]
_INCOMPLETE = SEVERITY[Disposition.INCOMPLETE]
_LAST_GRADE = max(SEVERITY[grade] for grade in Grade)
_WORDLESS = frozenset({SEVERITY[Disposition.STOP], SEVERITY[Disposition.REJECT]})
_VALUES: Mapping[bool, tuple[Value | None, ...]] = {
    True: (None, *range(PERCENT[0] - 1, PERCENT[1] + 1)),
    False: (None, LockState.ON.value, LockState.OFF.value),
}

Ranks = Mapping[tuple[str, str | int], int]
"""How bad each answer to each question is."""
ReadRanks = tuple[tuple[FieldName, Mapping[Value | None, int]], ...]


@dataclass(frozen=True)
class Outcome:
    """A grade without its reasons.

    Attributes:
        label: In the standard's own words; ``""`` where there is none.
    """

    grade: Grade | None
    disposition: Disposition
    label: str

    @cached_property
    def word(self) -> str:
        """The grade of a phone that can be sold, of any other what is to be done."""
        return (
            self.grade.value
            if self.grade and self.disposition is Disposition.SELLABLE
            else self.disposition.value
        )


class Quick:
    """One standard, ready to grade any number of inspections of its checklist.

    Args:
        standard: The rule set.
        checklist: The one that it is for.
    """

    def __init__(self, standard: Standard, checklist: Checklist) -> None:
        self._standard = standard
        self._checklist = checklist
        self._top = SEVERITY[standard.top]
        self._answers = _answer_ranks(standard.answers, lambda rule: SEVERITY[rule.cap])
        self._readings = {
            p: _read_ranks(standard.readings, p, lambda rule: SEVERITY[rule.cap]) for p in Platform
        }
        self._scales = [_QuickScale(scale) for scale in standard.scales.values()]
        self._required = frozenset(question.id for question in checklist.required)
        self._proofs = {platform: _proofs(checklist, platform) for platform in Platform}
        self._overrides = [(q.id, q.overrides) for q in checklist.evidence if q.overrides]
        self._ladders = {p: self._all_read_ranks(p) for p in Platform}
        self._telling = frozenset(q.id for q in checklist.evidence)
        self._telling |= {name for question in checklist.questions for name in question.only_if}

    def is_silent(self, question: str, answer: str | int) -> bool:
        """Return whether an answer changes nothing here but that its question is answered.

        Any other such answer to the same question gives the same outcome, whatever else is answered or read.
        """
        ranks = [self._answers, *(scale.ranks for scale in self._scales)]
        lowest = [self._top, *repeat(0, len(self._scales))]
        harmless = (
            known.get((question, str(answer)), 0) <= bar for known, bar in zip(ranks, lowest, strict=True)
        )
        return question not in self._telling and all(harmless)

    def gist(self, read: Read, platform: Platform) -> tuple[object, ...]:
        """Return what of the readings makes a difference: the same gist, the same outcome for the same answers."""
        ladders = self._ladders[platform]
        return platform, *((known.get(read[field], 0), read[field] is None) for field, known in ladders)

    def outcome(self, answers: Answers, read: Read, platform: Platform) -> Outcome:
        """Return the grade of one inspection; its answers fit the checklist."""
        values = self._believed(answers, read, platform)
        missing = self._required - answers.keys()
        unanswered = (
            [name for name in missing if self._checklist.by_id[name].applies(answers)] if missing else []
        )
        ranks = self._ranks(answers, values, platform, unanswered)
        worst = max(ranks)
        beneath = (
            worst if worst != _HOLD else max((each for each in ranks if each != _HOLD), default=self._top)
        )
        grade = Grade(_WORDS[beneath]) if worst in {beneath, _HOLD} and beneath <= _LAST_GRADE else None
        disposition = Disposition.SELLABLE if worst <= _LAST_GRADE else Disposition(_WORDS[worst])
        words = self._words(answers, values, platform, unanswered) if worst not in _WORDLESS else None
        return Outcome(grade, disposition, self._label(grade, words))

    def _all_read_ranks(self, platform: Platform) -> ReadRanks:
        every = [self._readings[platform], *(scale.read_ranks[platform] for scale in self._scales)]
        return tuple(chain.from_iterable(every))

    def _ranks(self, answers: Answers, values: Read, platform: Platform, unanswered: list[str]) -> list[int]:
        ranks = [self._top, *map(self._answers.get, answers.items(), repeat(0))]
        ranks += [known.get(values[field], 0) for field, known in self._readings[platform]]
        if unanswered:
            ranks.append(SEVERITY[self._standard.unanswered.cap])
        if self._standard.needs_one_of.isdisjoint(answers):
            ranks.append(_INCOMPLETE)
        for scale in self._scales:
            ranks += [SEVERITY[rule.means] for rule in scale.open_rules(answers, unanswered)]
        return ranks

    def _believed(self, answers: Answers, read: Read, platform: Platform) -> dict[FieldName, Value | None]:
        values = dict(read)
        for question, field in self._overrides:
            given = answers.get(question)
            if given is not None:
                values[field] = given
        for question, proofs in self._proofs[platform]:
            for field, value in proofs.get(str(answers.get(question)), {}).items():
                if values[field] is None:
                    values[field] = value
        return values

    def _words(
        self, answers: Answers, values: Read, platform: Platform, unanswered: list[str]
    ) -> dict[str, str]:
        return {s.scale.name: s.word(answers, values, platform, unanswered) for s in self._scales}

    def _label(self, grade: Grade | None, words: Mapping[str, str] | None) -> str:
        standard = self._standard
        if standard.labels:
            return standard.labels[grade] if grade else ""
        said = words or dict.fromkeys(standard.scales, NO_LABEL)
        return label_of(standard, {form.name: form.value(said) for form in standard.forms})


class _QuickScale:
    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self._words = tuple(scale.words)
        self.ranks = _answer_ranks(scale.answers, lambda rule: scale.order[rule.cap])
        self.read_ranks = {
            p: _read_ranks(scale.readings, p, lambda rule: scale.order[rule.cap]) for p in Platform
        }

    def word(self, answers: Answers, values: Read, platform: Platform, unanswered: list[str]) -> str:
        scale = self.scale
        if scale.needs_one_of and scale.needs_one_of.isdisjoint(answers):
            return scale.nothing.cap
        ranks = list(map(self.ranks.get, answers.items(), repeat(0)))
        ranks += [known.get(values[field], 0) for field, known in self.read_ranks[platform]]
        ranks += [scale.order[rule.cap] for rule in self.open_rules(answers, unanswered)]
        return self._words[max(ranks, default=0)]

    def open_rules(self, answers: Answers, unanswered: list[str]) -> list[Rule]:
        scale = self.scale
        nothing = bool(scale.needs_one_of) and scale.needs_one_of.isdisjoint(answers)
        found = [scale.nothing] if nothing else []
        return found + [scale.open.get(q, scale.unanswered) for q in unanswered if q in scale.asks]


def _answer_ranks(answers: Mapping[str, Mapping[str, Rule]], rank: Callable[[Rule], int]) -> Ranks:
    return {(q, answer): rank(rule) for q, rules in answers.items() for answer, rule in rules.items()}


def _read_ranks(rules: tuple[ReadingRule, ...], platform: Platform, rank: Callable[[Rule], int]) -> ReadRanks:
    return tuple((rule.field, _value_ranks(rule, platform, rank)) for rule in rules)


def _value_ranks(
    rule: ReadingRule, platform: Platform, rank: Callable[[Rule], int]
) -> dict[Value | None, int]:
    met = {value: rule.rule(value, platform) for value in _VALUES[rule.field == BATTERY]}
    return {value: rank(found) for value, found in met.items() if found}


def _proofs(
    checklist: Checklist, platform: Platform
) -> list[tuple[str, Mapping[str, Mapping[FieldName, str]]]]:
    asked = [question for question in checklist.evidence if question.answers]
    return [(q.id, {answer.id: q.proof(answer.id, platform) for answer in q.answers}) for q in asked]
