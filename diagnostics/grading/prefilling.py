"""Answers that stand there before anybody looked, because the cable proved them; a person may only answer worse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from diagnostics import checking
from diagnostics.grading.checklist import Checklist, Question
from diagnostics.grading.facts import Read, read_values
from diagnostics.messages import FALLBACK_LANGUAGE
from diagnostics.model import FieldName, Quality, Reading
from resources.opening import load_toml

_NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that a reading gives.

    Attributes:
        answer: Its id, or a percent.
        field: The value that says so.
        at: When it was read, UTC; ``None`` where the reading does not say.
    """

    answer: str | int
    field: FieldName
    at: datetime | None


def told_answers(checklist: Checklist, reading: Reading) -> dict[str, Told]:
    """Return the answers that a reading proves, by question.

    A percent counts where the phone told it exactly: of one that was worked out, its settings may say more.
    """
    read = read_values(reading)
    found = {}
    for question in checklist.evidence:
        told = _number(question, reading) if question.number else _choice(checklist, question, reading, read)
        if told is not None:
            found[question.id] = told
    return found


def is_better(question: Question, answer: str | int, than: str | int) -> bool:
    """Return whether a person's answer is better than a proof of the cable or of a mark; "not checked" always is."""
    if question.number:
        return int(answer) > int(than)
    if answer == _NOT_CHECKED:
        return than != _NOT_CHECKED
    ids = [each.id for each in question.answers]
    return ids.index(str(answer)) < ids.index(str(than))


def disbelieved_words(better: Mapping[str, str | int], language: str = FALLBACK_LANGUAGE) -> str:
    """Return which answers do not count because the phone itself told worse, as one sentence; ``""`` for none.

    Args:
        better: By question id.
        language: Two letters.
    """
    if not better:
        return ""
    texts: Mapping[str, str] = load_toml("messages/grade.toml")["sentences"]["disbelieved"]
    named = ", ".join(f"{question} = {checking.shown(answer)}" for question, answer in better.items())
    return (texts.get(language) or texts[FALLBACK_LANGUAGE]).format(answers=named)


def _number(question: Question, reading: Reading) -> Told | None:
    field = question.overrides
    evidence = reading.evidence.get(field) if field else None
    if field is None or evidence is None or evidence.quality is not Quality.EXACT:
        return None
    group, _, name = field.partition(".")
    value = getattr(getattr(reading, group), name)
    return None if value is None else Told(int(value), field, evidence.at)


def _choice(checklist: Checklist, question: Question, reading: Reading, read: Read) -> Told | None:
    for answer, rule in _rules(checklist.id).get(question.id, {}).items():
        wanted = dict(question.proof(answer, reading.platform)) if rule.get("proved") else {}
        said = [name for name in wanted if read.get(name) == wanted[name]]
        holds = bool(wanted) and len(said) == len(wanted)
        if not wanted:
            said = [name for name in rule.get("any", ()) if read.get(name) == rule["is"]]
            holds = bool(said)
        if holds:
            return Told(answer, said[0], _time(reading, said[0]))
    return None


def _time(reading: Reading, field: FieldName) -> datetime | None:
    evidence = reading.evidence.get(field)
    return evidence.at if evidence else None


@cache
def _rules(checklist_id: str) -> Mapping[str, Mapping[str, Any]]:
    pages = load_toml(f"checklists/{checklist_id}.toml")["pages"]
    return {row["id"]: row["told"] for page in pages for row in page["questions"] if "told" in row}
