"""The kinds of repairs, opened from data and checked against the checklist whose answers they change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from diagnostics.grading.checklist import Checklist, load_checklist
from pricing.repairs.records import ANY, Kind
from resources.opening import load_toml

_FILE = "repairs/kinds.toml"


@cache
def load_kinds(checklist_id: str) -> Mapping[str, Kind]:
    """Return the repairs of one checklist's devices by id; none for a checklist that no repair was written for.

    Raises:
        ValueError: The data names what the checklist does not have. A fault of the data, found by a test.
    """
    data = load_toml(_FILE)
    if data["checklist"] != checklist_id:
        return MappingProxyType({})
    checklist = load_checklist(checklist_id)
    kinds = (_kind(name, row, checklist) for name, row in data["kinds"].items())
    return MappingProxyType({kind.id: kind for kind in kinds})


def kind_words(kind_id: str, language: str = "en") -> str:
    """Return what a repair is called; its id where it is not known any more."""
    row = load_toml(_FILE)["kinds"].get(kind_id, {})
    return str(row.get(language) or row.get("en") or kind_id)


def _kind(name: str, row: Mapping[str, Any], checklist: Checklist) -> Kind:
    kind = Kind(
        id=name,
        part=row["part"],
        text=MappingProxyType({language: row[language] for language in ("en", "fr")}),
        changes=MappingProxyType({q: MappingProxyType(by) for q, by in row.get("changes", {}).items()}),
        sets=MappingProxyType(row.get("sets", {})),
        at_best=MappingProxyType(row.get("at_best", {})),
        health=row.get("health"),
        source=row["source"],
    )
    _check(kind, checklist)
    return kind


def _check(kind: Kind, checklist: Checklist) -> None:
    """Say so where a repair names what is not asked, or makes an answer worse."""
    for question, answer in [*kind.sets.items(), *kind.at_best.items()]:
        checklist.question(question).answer(answer)
    for question_id, by in kind.changes.items():
        places = [answer.id for answer in checklist.question(question_id).answers]
        for before, after in by.items():
            if after not in places or before not in {ANY, *places}:
                raise ValueError(f"{kind.id} changes {question_id} from {before} to {after}.")
            if before != ANY and places.index(after) >= places.index(before):
                raise ValueError(f"{kind.id} makes {question_id} no better than {before}.")
