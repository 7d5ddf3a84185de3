"""Steps that can be taken back: worked out of what was answered and marked, so that a restart forgets none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from diagnostics.grading.defects import MarkChange

Answer = str | int | None
ANSWERED, UNDONE, REDONE = "answered", "undone", "redone"
"""Members of `tradein_app.services.records.How`, which a window does without before its first picture."""


class Stepped(Protocol):
    """A step as it is saved, or as it waits to be: `tradein_app.services.records.Step` and the notes' `Given`."""

    @property
    def how(self) -> str:
        """Given, taken back, or given once more."""
        ...

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What holds from then on."""
        ...

    @property
    def marks(self) -> tuple[MarkChange, ...]:
        """What was put or taken away."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """Answers and marks that change at once.

    Attributes:
        answers: By question; ``None`` clears.
        marks: Put or taken away.
        how: `ANSWERED`, `UNDONE` or `REDONE`.
    """

    answers: Mapping[str, Answer]
    marks: tuple[MarkChange, ...] = ()
    how: str = ANSWERED


@dataclass(slots=True)
class Stacks:
    """What can be taken back, and what can be given once more; the last of each comes first.

    A step that was taken back is a step of its own, so both follow from the steps alone.
    """

    undo: list[Change] = field(default_factory=list)
    redo: list[Change] = field(default_factory=list)
    _said: dict[str, Answer] = field(default_factory=dict)

    @classmethod
    def of(cls, steps: Iterable[Stepped]) -> Stacks:
        """Return the stacks after some steps, the oldest first."""
        made = cls()
        for step in steps:
            made.take(step)
        return made

    def take(self, step: Stepped) -> None:
        """Note a step that was made."""
        before = {question: self._said.get(question) for question in step.answers}
        back = tuple(change.undone() for change in reversed(step.marks))
        self._said.update(step.answers)
        if step.how == UNDONE:
            del self.undo[-1:]
            self.redo.append(Change(before, back, REDONE))
            return
        if step.how == REDONE:
            del self.redo[-1:]
        else:
            self.redo.clear()
        self.undo.append(Change(before, back, UNDONE))
