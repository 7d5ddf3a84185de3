"""Which surfaces should be looked at again: those with several answers that stand next to a boundary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from diagnostics.grading.checklist import Answers, load_checklist
from resources.opening import load_toml, names

_FOLDER = "second_looks"


@dataclass(frozen=True, slots=True)
class SecondLook:
    """A surface that somebody should look at again.

    Attributes:
        surface: As the checklist calls it.
        answers: The answers next to a boundary, by question, in the order of the checklist. A look confirms exactly
            these: with another answer among them the surface is to be looked at anew.
    """

    surface: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SecondLookRule:
    """When a second look is asked for.

    Attributes:
        borderline: By question, the answers that stand next to a boundary.
        at_least: So many of them on one surface.
    """

    borderline: Mapping[str, frozenset[str]]
    at_least: int


@cache
def load_rule(checklist_id: str) -> SecondLookRule:
    """Return the rule of a checklist; one that never asks, where none was written.

    Raises:
        BadInput: It names a question or an answer that the checklist does not have. A fault of the data.
    """
    if checklist_id not in names(_FOLDER, ".toml"):
        return SecondLookRule(MappingProxyType({}), 1)
    data = load_toml(f"{_FOLDER}/{checklist_id}.toml")
    checklist = load_checklist(checklist_id)
    rows = {
        name: frozenset(checklist.question(name).answer(answer).id for answer in answers)
        for name, answers in data["borderline"].items()
    }
    return SecondLookRule(MappingProxyType(rows), data["at_least"])


def second_looks(
    checklist_id: str, answers: Answers, confirmed: Iterable[SecondLook] = ()
) -> tuple[SecondLook, ...]:
    """Return the surfaces to look at again, in the order of the checklist.

    Args:
        checklist_id: Whose answers they are.
        answers: By question.
        confirmed: The looks that were made; they count while their answers stand.
    """
    rule = load_rule(checklist_id)
    found: dict[str, dict[str, str]] = {}
    for question in load_checklist(checklist_id).questions:
        given = answers.get(question.id)
        if given in rule.borderline.get(question.id, ()) and question.applies(answers):
            found.setdefault(question.surface, {})[question.id] = str(given)
    done = [(look.surface, dict(look.answers)) for look in confirmed]
    return tuple(
        SecondLook(surface, MappingProxyType(rows))
        for surface, rows in found.items()
        if len(rows) >= rule.at_least and (surface, rows) not in done
    )
