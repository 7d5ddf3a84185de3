"""Rule sets: how a market names what a reading and the answers say, by the names under which they are asked for."""

from __future__ import annotations

from diagnostics.grading.checklist import DEFAULT as CHECKLIST
from diagnostics.grading.library import program
from diagnostics.grading.rules import EntryRule, FormRule, ReadingRule, Rule, Scale, Standard, Value

__all__ = [
    "DEFAULT",
    "EntryRule",
    "FormRule",
    "ReadingRule",
    "Rule",
    "Scale",
    "Standard",
    "Value",
    "load_standard",
    "standard_ids",
]

DEFAULT = "backmarket-2025"


def standard_ids(checklist_id: str = CHECKLIST) -> tuple[str, ...]:
    """Return the ids of the standards that come with the program for a checklist, sorted."""
    return tuple(standard.id for standard in program().newest(checklist_id))


def load_standard(standard_id: str = DEFAULT) -> Standard:
    """Return a standard that comes with the program, in its newest version or by ``id@version``.

    Raises:
        BadInput: ``unknown_standard``; the sentence lists those that there are.
    """
    return program().find(standard_id)
