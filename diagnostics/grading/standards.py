"""Rule sets: how a market names what a reading and the answers say. Data, opened and made into records."""

from __future__ import annotations

from functools import cache

from diagnostics import checking
from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.parsing import merged, standard_of
from diagnostics.grading.rules import EntryRule, FormRule, ReadingRule, Rule, Scale, Standard, Value
from resources.opening import load_toml, names

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
_FOLDER = "standards"


@cache
def standard_ids() -> tuple[str, ...]:
    """Return the ids of the standards that come with the program, sorted."""
    return tuple(name for name in names(_FOLDER, ".toml") if _is_whole(load_toml(f"{_FOLDER}/{name}.toml")))


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
    whole = merged(data, load_toml(f"{_FOLDER}/{data['extends']}.toml"))
    return standard_of(whole, load_checklist(whole["checklist"]))


def _is_whole(data: dict[str, object]) -> bool:
    return "labels" in data or "scales" in data
