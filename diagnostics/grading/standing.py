"""Which answer stands where a person, the marks on the outline and the cable each have a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.grading.checklist import Answers, Checklist
from diagnostics.grading.defects import Mark, load_defects
from diagnostics.grading.prefilling import Told, is_better


@dataclass(frozen=True, slots=True)
class Standing:
    """All answers to a checklist, and where they come from.

    Attributes:
        shown: What stands at each question.
        graded: The same without what is only the reading once more: that is graded by itself.
        said: What a person answered by hand; it stands, but for what is marked, or the cable proved, to be worse.
        marked: What the marks answer.
        told: What the cable proved.
    """

    shown: Mapping[str, str | int]
    graded: Mapping[str, str | int]
    said: Answers
    marked: Mapping[str, str]
    told: Mapping[str, Told]

    def origin(self, question: str) -> str:
        """Return who gave the answer that stands: ``person``, ``marks``, ``cable``; ``""`` where there is none."""
        stands = self.shown.get(question)
        if stands is None:
            return ""
        if self.said.get(question) == stands:
            return "person"
        return "marks" if self.marked.get(question) == stands else "cable"

    def against(self, question: str) -> tuple[str, str | int] | None:
        """Return who gave a better answer than the one that stands, and which."""
        stands, marked, said = self.shown.get(question), self.marked.get(question), self.said.get(question)
        if stands is None:
            return None
        if said is not None and said != stands:
            return "person", said
        return ("marks", marked) if self.origin(question) == "cable" and marked is not None else None


def standing(
    checklist: Checklist, said: Answers, marks: Sequence[Mark], told: Mapping[str, Told]
) -> Standing:
    """Return what stands: the worst of a person's word, the marks' and the cable's."""
    marked = marked_answers(checklist, marks)
    seen = {**marked, **_without(said, better_than(checklist, said, marked))}
    better = better_than(checklist, seen, {name: each.answer for name, each in told.items()})
    shown = {**{name: each.answer for name, each in told.items()}, **_without(seen, better)}
    mirrors = {question.id for question in checklist.evidence}
    # A lock that the cable read as on holds the phone whatever a person saw: that contradiction is graded, too.
    seen_locks = {name for name in better if not checklist.question(name).number} & mirrors
    proved = {name: each.answer for name, each in told.items() if name not in mirrors}
    return Standing(shown, {**proved, **_without(seen, better - seen_locks)}, said, marked, told)


def marked_answers(checklist: Checklist, marks: Sequence[Mark]) -> Mapping[str, str]:
    """Return what marks on the outline answer, by question."""
    defects = load_defects(checklist.id) if marks else None
    return defects.answers(marks) if defects else {}


def better_than(checklist: Checklist, answers: Answers, proofs: Mapping[str, str | int]) -> set[str]:
    """Return the questions whose answers are better than a proof."""
    both = answers.keys() & proofs.keys()
    return {name for name in both if is_better(checklist.question(name), answers[name], proofs[name])}


def _without(answers: Mapping[str, str | int], names: set[str]) -> dict[str, str | int]:
    return {name: value for name, value in answers.items() if name not in names}
