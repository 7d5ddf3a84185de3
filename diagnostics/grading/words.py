"""Puts what a grade says into words, in the person's language: no ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from diagnostics.grading.checklist import Checklist
from diagnostics.grading.result import UNKNOWN, Cap, Lift
from diagnostics.messages import FALLBACK_LANGUAGE
from diagnostics.model import FieldName
from resources.opening import load_toml

_FILE = "messages/grade.toml"


def result_words(result: str, language: str = FALLBACK_LANGUAGE) -> str:
    """Return the words for a grade or a disposition."""
    return _words("results", result, language)


def reading_words(field: FieldName, language: str = FALLBACK_LANGUAGE) -> str:
    """Return what a reading is called."""
    return _words("readings", field, language)


def question_words(checklist: Checklist, question_id: str, language: str = FALLBACK_LANGUAGE) -> str:
    """Return a question as it is asked.

    Raises:
        BadInput: The checklist has no such question.
    """
    return _pick(checklist.question(question_id).text, language)


def subject_words(
    checklist: Checklist, item: Cap | Lift, language: str = FALLBACK_LANGUAGE
) -> tuple[str, str]:
    """Return what caps or lifts a grade: the question and its answer, or the reading and its value."""
    if item.question is not None:
        question = checklist.question(item.question)
        said = f"{item.answer} %" if question.number else _pick(question.answer(item.answer).text, language)
        return _pick(question.text, language), said
    return reading_words(str(item.reading), language), value_words(item.answer, language)


def value_words(value: str, language: str = FALLBACK_LANGUAGE) -> str:
    """Return a reading's value in words: a percent, or a lock's state."""
    return f"{value} %" if value.isdecimal() else _words("values", value, language)


def entry_words(entry: Mapping[str, object], language: str = FALLBACK_LANGUAGE) -> str:
    """Return what stands beside the label in a rule set's entry: ``battery: OPTIMAL``."""
    members = ((name, value) for name, value in entry.items() if name != "grade")
    return ", ".join(
        f"{_words('entries', name, language)}: {_member(value, language)}" for name, value in members
    )


def _member(value: object, language: str) -> str:
    if value is None or isinstance(value, bool):
        return _words("values", UNKNOWN if value is None else str(value).lower(), language)
    return str(value)


def _words(group: str, key: str, language: str) -> str:
    return _pick(cast("Mapping[str, Mapping[str, str]]", load_toml(_FILE)[group])[key], language)


def _pick(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts[FALLBACK_LANGUAGE]
