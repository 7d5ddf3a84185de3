"""The standards that there are, in all their versions: the program's, and those that a shop wrote itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType

from diagnostics import checking
from diagnostics.errors import BadInput
from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.drafts import Draft, program_drafts, read_draft, whole
from diagnostics.grading.findings import Finding, finding
from diagnostics.grading.linting import look_at_draft
from diagnostics.grading.parsing import BY_KEY, standard_of
from diagnostics.grading.rules import Standard

FOLDER = "standards"
"""Where in the data folder a shop's own standards are."""


@dataclass(frozen=True, slots=True)
class Library:
    """Standards by their rule set, ``id@version``; several versions of one stand side by side.

    Attributes:
        findings: Why files of a shop were left out; see `diagnostics.grading.findings.finding_words`.
    """

    by_rule_set: Mapping[str, Standard]
    findings: tuple[Finding, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, sorted, each once."""
        return tuple(sorted({standard.id for standard in self.by_rule_set.values()}))

    def find(self, wanted: str) -> Standard:
        """Return a standard by its id, in the newest version whose day has come, or by ``id@version``.

        Raises:
            BadInput: ``unknown_standard``; the sentence lists those that there are.
        """
        if wanted in self.by_rule_set:
            return self.by_rule_set[wanted]
        versions = [standard for standard in self.by_rule_set.values() if standard.id == wanted]
        if versions:
            return max(_begun(versions) or versions, key=_age)
        known = sorted(self.by_rule_set) if "@" in wanted else self.ids
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


def library_of(standards: Iterable[Standard], findings: Iterable[Finding] = ()) -> Library:
    """Return a library of standards; each rule set is there once."""
    shelf = {standard.rule_set: standard for standard in standards}
    return Library(MappingProxyType(dict(sorted(shelf.items()))), tuple(findings))


@cache
def program() -> Library:
    """Return the standards that come with the program."""
    drafts = program_drafts()
    return library_of(_opened(draft, drafts) for draft in drafts if draft.is_whole)


def open_library(folder: Path | None) -> Library:
    """Return the program's standards and those of a folder; what is wrong with one of these leaves it out alone.

    Args:
        folder: Holds ``*.toml``; it may be missing.
    """
    files = sorted(folder.glob("*.toml")) if folder else []
    if not files:
        return program()
    read = [read_draft(path) for path in files]
    drafts = [draft for draft in read if isinstance(draft, Draft)]
    looked = [look_at_draft(draft, drafts) for draft in drafts]
    wrong = [found for found in read if isinstance(found, Finding)]
    wrong += [found for each in looked for found in each.findings]
    own = [each.standard for each in looked if each.standard]
    taken = list(_taken(own))
    left_out = {found.file for found in taken}
    good = [standard for standard in own if Path(standard.origin).name not in left_out]
    return library_of([*program().by_rule_set.values(), *good], [*wrong, *taken])


def version_order(version: str) -> tuple[tuple[int, str], ...]:
    """Return a key that puts versions in order: 2 before 10, 1.9 before 1.10; of any length, and never a number."""
    return tuple(_part_order(part) for part in version.split("."))


def _part_order(part: str) -> tuple[int, str]:
    digits = part.lstrip("0")
    return (len(digits), digits) if part.isdecimal() else (-1, part)


def _opened(draft: Draft, drafts: Iterable[Draft]) -> Standard:
    data = whole(draft, drafts)
    assert not isinstance(data, Finding), data
    data = {**{name: {} for name in BY_KEY}, **data}
    return standard_of(data, load_checklist(data["checklist"]), draft.origin)


def _taken(own: Iterable[Standard]) -> Iterator[Finding]:
    """Yield standards whose name another one has: a grade that was stored under it must not change its meaning."""
    ids = program().ids
    seen: dict[str, str] = {}
    for standard in own:
        file = Path(standard.origin).name
        if standard.id in ids:
            yield replace(finding("id_of_program", "id", id=standard.id), file=file)
        elif standard.rule_set in seen:
            other = seen[standard.rule_set]
            yield replace(
                finding("rule_set_twice", "version", rule_set=standard.rule_set, other=other), file=file
            )
        else:
            seen[standard.rule_set] = file


def _begun(standards: Iterable[Standard]) -> list[Standard]:
    """Return those that hold today, UTC: rules that are announced for a later day grade nothing before it."""
    today = datetime.now(UTC).date()
    return [standard for standard in standards if standard.valid_from <= today]


def _age(standard: Standard) -> tuple[object, ...]:
    return standard.valid_from, version_order(standard.version)
