"""Answers that were given to an older checklist: what still fits is kept, and what does not is listed.

An id is never used again for something else, so no stored answer needs the version that it was given under: what is
there today holds, what was renamed says its new name (``resources/checklists/changes``), and anything else is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from diagnostics import checking
from diagnostics.errors import BadInput
from diagnostics.grading.checklist import Answers, Checklist
from diagnostics.messages import FALLBACK_LANGUAGE
from resources.opening import load_toml

REMOVED = ""
"""The new name of an id that there is no more."""
_SENTENCES = "messages/grade.toml"


@dataclass(frozen=True, slots=True)
class Changes:
    """What ids of a checklist became since its first version.

    Attributes:
        questions: The new id by the old one, `REMOVED` for a question that is asked no more.
        answers: By the question's id of today, the new id of an answer by the old one, or `REMOVED`.
    """

    questions: Mapping[str, str]
    answers: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Left:
    """An answer that does not fit any more.

    Attributes:
        question: As it was stored; so is ``answer``.
        why: ``question`` where the question is not asked any more, ``answer`` where this answer is none any more.
    """

    question: str
    answer: str | int
    why: str


@dataclass(frozen=True, slots=True)
class Carried:
    """Stored answers under the checklist of today.

    Attributes:
        answers: Those that fit, by the ids of today.
        renamed: Stored ids that have another name today: questions, or ``question.answer``.
        left: Those that do not fit, in the order in which they were stored.
    """

    answers: Answers
    renamed: tuple[str, ...]
    left: tuple[Left, ...]


NONE = Changes(MappingProxyType({}), MappingProxyType({}))


@cache
def load_changes(checklist_id: str) -> Changes:
    """Return what became of the ids of a checklist; nothing where it has no such file."""
    try:
        data: Mapping[str, Any] = load_toml(f"checklists/changes/{checklist_id}.toml")
    except FileNotFoundError:
        return NONE
    return Changes(data.get("questions", {}), data.get("answers", {}))


def carry(checklist: Checklist, answers: Mapping[str, str | int], changes: Changes | None = None) -> Carried:
    """Return stored answers under a checklist of today.

    Args:
        checklist: The one that they are read under.
        answers: By question id, as they were stored.
        changes: What became of its ids; those that come with the program when left out.
    """
    known = changes or load_changes(checklist.id)
    kept: dict[str, str | int] = {}
    renamed: list[str] = []
    left: list[Left] = []
    # What stands under a name of today counts more than what comes from an older one.
    for stored, given in sorted(answers.items(), key=lambda item: item[0] not in checklist.by_id):
        question = _today(stored, known.questions, checklist.by_id)
        if question not in checklist.by_id:
            left.append(Left(stored, given, "question"))
            continue
        answer = _answer(checklist, question, given, known)
        if answer is None:
            left.append(Left(stored, given, "answer"))
        elif question not in kept:
            kept[question] = answer
            renamed += [stored] if stored != question else []
            renamed += [f"{stored}.{given}"] if answer != given else []
    order = list(answers)
    left.sort(key=lambda each: order.index(each.question))
    return Carried(MappingProxyType(kept), tuple(renamed), tuple(left))


def carry_step(checklist: Checklist, answers: Mapping[str, str | int | None]) -> dict[str, str | int | None]:
    """Return what a person gave and cleared at once, by the ids of today and without what does not fit any more."""
    names = load_changes(checklist.id).questions
    cleared = {_today(name, names, checklist.by_id) for name, given in answers.items() if given is None}
    given = {name: answer for name, answer in answers.items() if answer is not None}
    return {**dict.fromkeys(cleared & checklist.by_id.keys()), **carry(checklist, given).answers}


def refuse_unknown(
    checklist: Checklist, answers: Mapping[str, str | int], changes: Changes | None = None
) -> None:
    """Say so if an answer fits neither the checklist of today nor any that there was before it.

    Raises:
        BadInput: ``unknown_question`` or ``unknown_answer``, with those that there are today.
    """
    known = changes or load_changes(checklist.id)
    for each in carry(checklist, answers, known).left:
        if not _was_known(checklist, each, known):
            checklist.question(_today(each.question, known.questions, checklist.by_id)).check(each.answer)


def _was_known(checklist: Checklist, left: Left, changes: Changes) -> bool:
    question = _today(left.question, changes.questions, checklist.by_id)
    if question not in checklist.by_id:
        return left.question in changes.questions
    return str(left.answer) in changes.answers.get(question, {})


def left_words(left: Sequence[Left], kept: int, language: str = FALLBACK_LANGUAGE) -> str:
    """Return which answers do not fit any more, as one sentence; ``""`` where all do.

    Args:
        left: Those that do not fit.
        kept: How many do.
        language: Two letters.
    """
    if not left:
        return ""
    named = ", ".join(f"{each.question} = {checking.shown(each.answer)}" for each in left)
    texts: Mapping[str, str] = load_toml(_SENTENCES)["sentences"]["left"]
    template = texts.get(language) or texts[FALLBACK_LANGUAGE]
    return template.format(answers=named, kept=kept)


def _today(stored: str, names: Mapping[str, str], known: Mapping[str, object]) -> str:
    """Return an id's name of today, through as many changes as there were."""
    name, seen = stored, set[str]()
    while name not in known and name in names and name not in seen:
        seen.add(name)
        name = names[name]
    return name


def _answer(checklist: Checklist, question_id: str, given: str | int, changes: Changes) -> str | int | None:
    question = checklist.by_id[question_id]
    ids = {answer.id: answer for answer in question.answers}
    if isinstance(given, str) and not question.number:
        given = _today(given, changes.answers.get(question_id, {}), ids)
    try:
        question.check(given)
    except BadInput:
        return None
    return given
