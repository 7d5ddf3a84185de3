"""One phone's reading and the answers about it, as a document from outside (schema ``tradein/inspection-1``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from diagnostics import checking, codec
from diagnostics.errors import BadInput
from diagnostics.grading.carrying import Carried, carry, refuse_unknown
from diagnostics.grading.checklist import DEFAULT, Answers, Checklist, load_checklist, validate_answers
from diagnostics.grading.prefilling import told_answers
from diagnostics.grading.standing import standing
from diagnostics.model import Reading

__all__ = ["SCHEMA", "Inspection", "parse_inspection", "validate_answers"]

SCHEMA = "tradein/inspection-1"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a machine read of a phone, and what a person saw of it.

    Attributes:
        checklist: Its id.
        answers: By question id; a question that is not there is open.
    """

    reading: Reading
    checklist: str
    answers: Answers


def parse_inspection(document: object) -> Inspection:
    """Return the inspection that a JSON document describes; each answer fits the checklist of today.

    An answer that is better than what the phone itself told exactly is left out: see `standing`.

    Raises:
        BadInput: One sentence that names the place and says what it must be.
    """
    checklist, reading, given = _opened(document)
    validate_answers(checklist, given)
    return _made(checklist, reading, given)


def open_inspection(document: object) -> tuple[Inspection, Carried]:
    """Return the inspection of a document that may have been saved under an older checklist, and what of it fits.

    An answer that a checklist once knew and that does not fit any more is left out; one that none ever knew is refused.
    One that is better than what the phone itself told exactly is left out of the inspection, and not of what fits.

    The reading may be missing, ``null``, typed by hand in part, or the whole output of ``tradein read`` for one phone.
    An answer of ``null`` is an open question. Members that are not known are ignored.

    Raises:
        BadInput: One sentence that names the place and says what it must be.
    """
    checklist, reading, given = _opened(document)
    refuse_unknown(checklist, given)
    carried = carry(checklist, given)
    return _made(checklist, reading, carried.answers), carried


def _opened(document: object) -> tuple[Checklist, Reading, Mapping[str, Any]]:
    if not isinstance(document, Mapping):
        raise checking.wrong("The inspection", "a JSON object", document, "wrong_document")
    if document.get("schema") != SCHEMA:
        raise checking.wrong("schema", f"'{SCHEMA}'", document.get("schema"), "wrong_schema")
    checklist = load_checklist(_checklist_id(document.get("checklist")))
    answers = checking.mapping(document.get("answers"), "answers")
    given = {name: answer for name, answer in answers.items() if answer is not None}
    return checklist, _reading(document.get("reading")), given


def _made(checklist: Checklist, reading: Reading, given: Mapping[str, Any]) -> Inspection:
    numbers = {question.id for question in checklist.questions if question.number}
    answers = {name: int(answer) if name in numbers else answer for name, answer in given.items()}
    stands = standing(checklist, answers, (), told_answers(checklist, reading))
    return Inspection(reading, checklist.id, MappingProxyType(dict(stands.graded)))


def _checklist_id(value: object) -> str:
    return DEFAULT if value is None else checking.line(value, "checklist")


def _reading(value: object) -> Reading:
    if isinstance(value, Mapping) and value.get("schema", codec.SCHEMA) != codec.SCHEMA:
        raise checking.wrong("reading.schema", f"'{codec.SCHEMA}'", value["schema"], "wrong_schema")
    if isinstance(value, Mapping) and "readings" in value:
        return _only_one(checking.items(value["readings"], "reading.readings"))
    return codec.from_json(value)


def _only_one(rows: object) -> Reading:
    assert isinstance(rows, list | tuple)
    if len(rows) != 1:
        raise BadInput(
            f"reading.readings holds {len(rows)} phones; an inspection is of one.", code="bad_value"
        )
    return codec.from_json(rows[0], "reading.readings[0]")
