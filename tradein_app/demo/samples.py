"""Sample checklists: what a person might find on a practice phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics.grading.checklist import load_checklist
from resources.opening import load_toml

_FILE = "practice/answers.toml"


@dataclass(frozen=True, slots=True)
class Sample:
    """One way in which a phone may look.

    Attributes:
        title: By language.
        answers: By question id; every question that must be answered is.
    """

    title: Mapping[str, str]
    answers: Mapping[str, str]


def load_samples() -> tuple[Sample, ...]:
    """Return the sample checklists, in the order in which phones take them."""
    return tuple(Sample(row["title"], _completed(row["answers"])) for row in load_toml(_FILE)["sample"])


def _completed(findings: Mapping[str, str]) -> dict[str, str]:
    best = {
        question.id: question.answers[0].id
        for question in load_checklist().questions
        if question.answers and not question.only_if
    }
    return {**best, **findings}
