"""The standards that there are, in all their versions: the program's, and those that a shop wrote itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from diagnostics import checking
from diagnostics.errors import BadInput
from diagnostics.grading.rules import Standard
from diagnostics.grading.standards import load_standard, standard_ids

__all__ = ["Library", "program"]


@dataclass(frozen=True, slots=True)
class Library:
    """Standards by their rule set, ``id@version``; several versions of one stand side by side."""

    by_rule_set: Mapping[str, Standard]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, sorted, each once."""
        return tuple(sorted({standard.id for standard in self.by_rule_set.values()}))

    def find(self, wanted: str) -> Standard:
        """Return a standard by its id, in its newest version, or by ``id@version``.

        Raises:
            BadInput: ``unknown_standard``; the sentence lists those that there are.
        """
        if wanted in self.by_rule_set:
            return self.by_rule_set[wanted]
        versions = [standard for standard in self.by_rule_set.values() if standard.id == wanted]
        if versions:
            return max(versions, key=_age)
        known = (*self.ids, *self.by_rule_set) if "@" in wanted else self.ids
        raise checking.wrong("standard", f"one of {checking.listed(known)}", wanted, "unknown_standard")

    def fitting(self, wanted: str, checklist_id: str) -> Standard:
        """Return a standard for a checklist.

        Raises:
            BadInput: There is no such standard, or it is for another checklist.
        """
        standard = self.find(wanted)
        if standard.checklist == checklist_id:
            return standard
        message = f"The standard {wanted} is for the checklist {standard.checklist}, not {checklist_id}."
        raise BadInput(message, code="wrong_checklist")

    def newest(self, checklist_id: str) -> tuple[Standard, ...]:
        """Return the newest version of each standard for a checklist, by id."""
        found = (self.find(name) for name in self.ids)
        return tuple(standard for standard in found if standard.checklist == checklist_id)


def library_of(standards: Iterable[Standard]) -> Library:
    """Return a library of standards; each rule set is there once."""
    return Library(MappingProxyType({standard.rule_set: standard for standard in standards}))


@cache
def program() -> Library:
    """Return the standards that come with the program."""
    return library_of(load_standard(name) for name in standard_ids())


def _age(standard: Standard) -> tuple[object, ...]:
    return standard.valid_from, version_order(standard.version)


def version_order(version: str) -> tuple[tuple[int, str], ...]:
    """Return a key that puts versions in order: 2 before 10, 1.9 before 1.10."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in version.split("."))
