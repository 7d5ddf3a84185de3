"""Looks at standards before they are used: each finding says in words what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from diagnostics import text
from diagnostics.grading.checklist import checklist_ids, load_checklist
from diagnostics.grading.drafts import LONGEST_LINE, Draft, program_drafts, read_draft, whole
from diagnostics.grading.findings import Finding, finding
from diagnostics.grading.holding import holds
from diagnostics.grading.parsing import BY_KEY, standard_of
from diagnostics.grading.rules import Standard
from diagnostics.grading.shapes import shape


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking at one file.

    Attributes:
        file: Its name.
        findings: What is wrong; with none the standard may be used.
        standard: ``None`` where something is wrong, or where the file is only a part of others.
    """

    file: str
    findings: tuple[Finding, ...]
    standard: Standard | None


def look_at_file(path: Path, beside: Iterable[Draft] = ()) -> Looked:
    """Look at a file.

    Args:
        path: Of a standard, TOML.
        beside: What it may extend besides the program's own standards.
    """
    draft = read_draft(path)
    if isinstance(draft, Finding):
        return Looked(draft.file, (draft,), None)
    return look_at_draft(draft, beside)


def look_at_draft(draft: Draft, beside: Iterable[Draft] = ()) -> Looked:
    """Look at what stands in a file; whatever that is, it keeps no other standard back."""
    try:
        return _looked(draft, beside)
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError, MemoryError) as error:
        # What nobody thought of is wrong with this one file, and with nothing else.
        found = finding("not_understood", "", why=text.plain(str(error), LONGEST_LINE))
        return Looked(draft.file, (replace(found, file=draft.file),), None)


def _looked(draft: Draft, beside: Iterable[Draft]) -> Looked:
    found, data = _examined(draft, (*program_drafts(), *beside))
    findings = tuple(replace(each, file=draft.file) for each in found)
    if findings or data is None or not draft.is_whole:
        return Looked(draft.file, findings, None)
    return Looked(draft.file, (), standard_of(data, load_checklist(data["checklist"]), draft.origin))


def _examined(draft: Draft, drafts: Iterable[Draft]) -> tuple[list[Finding], Mapping[str, Any] | None]:
    """Return what is wrong, the first kind of it that there is, and the whole data where nothing is."""
    own = [
        finding("wrong_kind", name, expected="a table", value=draft.data[name]) for name in draft.no_tables
    ]
    if own:
        return own, None
    data = whole(draft, drafts)
    if isinstance(data, Finding):
        return [data], None
    if not draft.is_whole:
        return [], None
    data = {**{name: {} for name in BY_KEY}, **data}
    found = [*shape(data), *_other_checklist(data)]
    found = found or list(holds(data, load_checklist(data["checklist"])))
    return found, data


def _other_checklist(data: Mapping[str, Any]) -> list[Finding]:
    wanted, known = data.get("checklist"), checklist_ids()
    if wanted in known:
        return []
    possible = ", ".join(known)
    if wanted is None:
        return [finding("missing", "checklist", expected=possible)]
    return [finding("unknown_checklist", "checklist", checklist=wanted, possible=possible)]
