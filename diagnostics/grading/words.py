"""Puts what a grade says, and how a phone's locks stand, into words, in the person's language: no ids.

What a lock is called depends on the platform: an iPhone has no FRP, and an Android phone no Find My. An iPhone that
is activated may still be bound to its owner, so its activation is never said to be an activation lock that is off.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from diagnostics.grading.checklist import Checklist, Question
from diagnostics.grading.result import UNKNOWN, Cap, Lift
from diagnostics.messages import FALLBACK_LANGUAGE
from diagnostics.model import FieldName, Platform
from resources.opening import load_toml

_FILE = "messages/grade.toml"
_COLON = re.compile(r"\s?: ")


def result_words(result: str, language: str = FALLBACK_LANGUAGE) -> str:
    """Return the words for a grade or a disposition."""
    return _words("results", result, language)


def reading_words(
    field: FieldName, language: str = FALLBACK_LANGUAGE, platform: str = Platform.UNKNOWN
) -> str:
    """Return what a reading is called on a phone of this platform."""
    return _by_platform("readings", field, language, platform)


def short_words(field: FieldName, language: str = FALLBACK_LANGUAGE, platform: str = Platform.UNKNOWN) -> str:
    """Return what a lock is called where there is little room."""
    own = f"short.{field}"
    return _words(platform, own, language) if _has(platform, own) else _words("short", field, language)


def value_words(
    value: str,
    language: str = FALLBACK_LANGUAGE,
    field: FieldName = "",
    platform: str = Platform.UNKNOWN,
) -> str:
    """Return a reading's value in words: a percent, or a lock's state in the words that go with this lock."""
    if value.isdecimal():
        return f"{value} %"
    own = f"{field}.{value}"
    known = _has(platform, own) or _has("values", own)
    return _by_platform("values", own if known else value, language, platform)


def question_words(checklist: Checklist, question_id: str, language: str = FALLBACK_LANGUAGE) -> str:
    """Return a question as it is asked; one of an older checklist by its id, in words."""
    question = checklist.by_id.get(question_id)
    return _pick(question.text, language) if question else _spoken(question_id)


def question_subject(checklist: Checklist, question_id: str, language: str = FALLBACK_LANGUAGE) -> str:
    """Return what a question is about; one of an older checklist by its id, in words."""
    question = checklist.by_id.get(question_id)
    return _pick(question.subject, language) if question else _spoken(question_id)


def subject_words(
    checklist: Checklist,
    item: Cap | Lift,
    language: str = FALLBACK_LANGUAGE,
    platform: str = Platform.UNKNOWN,
) -> tuple[str, str]:
    """Return what caps or lifts a grade: a question's subject and the answer, or a reading and its value.

    A grade that was stored keeps its reasons: where a question or an answer is gone since, its id stands in for words.
    """
    if item.question is not None:
        question = checklist.by_id.get(item.question)
        known = question and (question.number or any(each.id == item.answer for each in question.answers))
        said = _said(question, item.answer, language) if question and known else _spoken(item.answer)
        return question_subject(checklist, item.question, language), said
    field = str(item.reading)
    return reading_words(field, language, platform), value_words(item.answer, language, field, platform)


def statement(
    checklist: Checklist,
    item: Cap | Lift,
    language: str = FALLBACK_LANGUAGE,
    platform: str = Platform.UNKNOWN,
) -> str:
    """Return what caps or lifts a grade as one statement: ``Scratches on the back: light, not seen at 50 cm``."""
    subject, said = subject_words(checklist, item, language, platform)
    return _stated(subject, said, language)


def answer_statement(question: Question, given: str | int, language: str = FALLBACK_LANGUAGE) -> str:
    """Return an answer as a statement.

    Raises:
        BadInput: The question has no such answer.
    """
    return _stated(_pick(question.subject, language), _said(question, str(given), language), language)


def stated(label: str, value: str, language: str = FALLBACK_LANGUAGE) -> str:
    """Return a label and its value as the language joins them."""
    return _words("sentences", "statement", language).format(subject=label, said=value)


def mark_words(mark: str, language: str = FALLBACK_LANGUAGE) -> str:
    """Return whose a rule or a price is: ``public rule``."""
    return _words("marks", mark, language)


def entry_words(entry: Mapping[str, object], language: str = FALLBACK_LANGUAGE) -> str:
    """Return what stands beside the label in a rule set's entry: ``battery: OPTIMAL``."""
    members = ((name, value) for name, value in entry.items() if name != "grade")
    return ", ".join(f"{_entry_name(name, language)}: {_member(value, language)}" for name, value in members)


def _entry_name(name: str, language: str) -> str:
    """Return what a member is called; one of a shop's own standard has the name that the shop gave it."""
    return _words("entries", name, language) if _has("entries", name) else name


def _said(question: Question, given: str, language: str) -> str:
    return f"{given} %" if question.number else _pick(question.answer(given).text, language)


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def _stated(subject: str, said: str, language: str) -> str:
    """Join a subject and an answer; the answer's own colon would be a second one, and its capital a second start."""
    plain = _COLON.sub(", ", said)
    if not plain[1:2].isupper():  # LCD stays as it is
        plain = plain[:1].lower() + plain[1:]
    return stated(subject, plain, language)


def _member(value: object, language: str) -> str:
    if value is None or isinstance(value, bool):
        return _words("values", UNKNOWN if value is None else str(value).lower(), language)
    return str(value)


def _by_platform(group: str, key: str, language: str, platform: str) -> str:
    return _words(platform if _has(platform, key) else group, key, language)


def _has(group: str, key: str) -> bool:
    return key in load_toml(_FILE).get(group, ())


def _words(group: str, key: str, language: str) -> str:
    return _pick(cast("Mapping[str, Mapping[str, str]]", load_toml(_FILE)[group])[key], language)


def _pick(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts[FALLBACK_LANGUAGE]
