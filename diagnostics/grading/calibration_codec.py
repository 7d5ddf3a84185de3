"""Calibration sets and findings as JSON (schema ``tradein/calibration-1``), out and in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from diagnostics import checking, codec
from diagnostics.errors import BadInput
from diagnostics.grading.calibration import (
    CODE_LIMIT,
    NAME_LIMIT,
    CalibrationSet,
    Reference,
    ReferenceAnswer,
    anonymous,
    folded,
)
from diagnostics.grading.calibration_compare import Comparison, Finding, Gap
from diagnostics.grading.checklist import Checklist, load_checklist
from diagnostics.text import plain

SCHEMA = "tradein/calibration-1"
NOTE_LIMIT = 600
"""Characters of what is said of a phone; a practice phone is told by it."""
MOST = 500
"""Reference phones in one set."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ParsedSet:
    """A set as a document describes it.

    Attributes:
        older: By code, the checklist and its version where that is another than this program has: every answer still
            means something, but words may have changed.
        personal: Codes of the phones whose reading named an IMEI or a serial number; it was left out.
    """

    set: CalibrationSet
    older: Mapping[str, str]
    personal: tuple[str, ...]


def parse_set(document: object) -> ParsedSet:
    """Return the set that a JSON document describes.

    Raises:
        BadInput: One sentence that names the place, and the phone by its code.
    """
    if not isinstance(document, Mapping):
        raise checking.wrong("The calibration set", "a JSON object", document, "wrong_document")
    if document.get("schema") != SCHEMA:
        raise checking.wrong("schema", f"'{SCHEMA}'", document.get("schema"), "wrong_schema")
    name = _named(document.get("name"), "name", NAME_LIMIT)
    rows = checking.items(document.get("references"), "references")
    if not 1 <= len(rows) <= MOST:
        raise checking.wrong("references", f"a list of 1 to {MOST} phones", len(rows), "calibration_size")
    references = tuple(reference_from_json(row, f"references[{at}]") for at, row in enumerate(rows))
    _check_codes(references)
    older = {each.code: version for each in references if (version := _other_version(each))}
    personal = tuple(each.code for each, row in zip(references, rows, strict=True) if _names_phone(row))
    return ParsedSet(CalibrationSet(name, references), MappingProxyType(older), personal)


def set_to_json(calibration: CalibrationSet) -> dict[str, Any]:
    """Return a set as JSON values, to be shared with another shop."""
    references = [reference_to_json(reference) for reference in calibration.references]
    return {"schema": SCHEMA, "name": calibration.name, "references": references}


def reference_to_json(reference: Reference) -> dict[str, Any]:
    """Return a reference phone as JSON values."""
    reading = codec.to_json(reference.reading) if reference.reading else None
    return {
        "code": reference.code,
        "model": reference.model,
        "checklist": reference.checklist,
        "checklist_version": reference.checklist_version,
        "answers": {question: _answer_to_json(answer) for question, answer in reference.answers.items()},
        "reading": reading,
        "photos": list(reference.photos),
        "note": reference.note,
    }


def reference_from_json(value: object, place: str = "reference") -> Reference:
    """Return the reference phone that JSON values describe; its reading loses what identifies the phone.

    Raises:
        BadInput: One sentence that names the place, and the phone by its code.
    """
    row = checking.mapping(value, place)
    code = code_from_text(row.get("code"), f"{place}.code")
    try:
        return _reference(row, code, place)
    except BadInput as error:
        message = f"Reference phone {code}: {error.message}"
        raise BadInput(message, error.hint, error.code, **{**error.params, "reference": code}) from None


def code_from_text(value: object, place: str = "code") -> str:
    """Return the code of a sticker, made plain.

    Raises:
        BadInput: It is empty or too long.
    """
    return _named(value, place, CODE_LIMIT)


def comparison_to_json(comparison: Comparison) -> dict[str, Any]:
    """Return what a round found as JSON values."""
    findings = [
        {
            "question": each.question,
            "promised": each.promised,
            "found": each.found,
            "gap": each.gap.value,
            "worse": each.worse,
            "changes_grade": each.changes_grade,
        }
        for each in comparison.findings
    ]
    return {
        "rule_set": comparison.rule_set,
        "promised_result": comparison.promised_result,
        "found_result": comparison.found_result,
        "findings": findings,
    }


def comparison_from_json(row: Mapping[str, Any]) -> Comparison:
    """Return what a round found, as it was saved."""
    findings = tuple(
        Finding(
            each["question"],
            each["promised"],
            each["found"],
            Gap(each["gap"]),
            each["worse"],
            each["changes_grade"],
        )
        for each in row["findings"]
    )
    return Comparison(findings, row["promised_result"], row["found_result"], row["rule_set"])


def _reference(row: Mapping[str, Any], code: str, place: str) -> Reference:
    checklist = load_checklist(checking.line(row.get("checklist"), f"{place}.checklist"))
    version = checking.line(row.get("checklist_version"), f"{place}.checklist_version")
    reading = codec.from_json(row["reading"], f"{place}.reading") if row.get("reading") is not None else None
    return Reference(
        code=code,
        model=_named(row.get("model"), f"{place}.model", NAME_LIMIT),
        checklist=checklist.id,
        checklist_version=version,
        answers=_answers(checklist, version, row.get("answers"), place),
        reading=anonymous(reading) if reading else None,
        photos=_photos(row.get("photos"), f"{place}.photos"),
        note=checking.line(row.get("note") or "", f"{place}.note", NOTE_LIMIT),
    )


def _named(value: object, place: str, limit: int) -> str:
    text = checking.line(value, place, limit + 1)
    if not text or len(text) > limit:
        raise checking.wrong(place, f"a text of 1 to {limit} characters", value)
    return text


def _check_codes(references: tuple[Reference, ...]) -> None:
    seen: set[str] = set()
    for reference in references:
        if folded(reference.code) in seen:
            raise BadInput(
                f"The code {reference.code} stands twice in this set.",
                "Give each phone a sticker of its own.",
                "calibration_code_twice",
                phone=reference.code,
            )
        seen.add(folded(reference.code))


def _other_version(reference: Reference) -> str:
    same = load_checklist(reference.checklist).version == reference.checklist_version
    return "" if same else f"{reference.checklist} {reference.checklist_version}"


def _names_phone(row: Mapping[str, Any]) -> bool:
    reading = row.get("reading") or {}
    identity = reading.get("identity") or {}
    return any(identity.get(name) for name in ("imei", "imei2", "serial")) or bool(reading.get("id"))


def _answers(checklist: Checklist, version: str, value: object, place: str) -> Mapping[str, ReferenceAnswer]:
    rows = checking.mapping(value, f"{place}.answers")
    if not rows:
        raise checking.wrong(f"{place}.answers", "at least one answer", None, "calibration_no_answers")
    try:
        return MappingProxyType(
            {question: _answer(checklist, question, row, place) for question, row in rows.items()}
        )
    except BadInput as error:
        if version == checklist.version:
            raise
        made = f"It was made with version {plain(version)} of the checklist {checklist.id}, this is version"
        hint = f"{made} {checklist.version}: set this answer anew."
        words = {"version": plain(version), "checklist": checklist.id, "now": checklist.version}
        raise BadInput(error.message, hint, "calibration_other_checklist", **error.params, **words) from None


def _answer(checklist: Checklist, question_id: str, value: object, place: str) -> ReferenceAnswer:
    question = checklist.question(question_id)
    # An answer may stand alone, or with who set it and when.
    row = value if isinstance(value, Mapping) else {"answer": value}
    given = row.get("answer")
    question.check(given)
    assert isinstance(given, str | int | float)
    where = f"{place}.answers.{question_id}"
    by = checking.line(row.get("by") or "", f"{where}.by", NAME_LIMIT)
    at = _moment(row["at"], f"{where}.at") if row.get("at") is not None else None
    return ReferenceAnswer(int(given) if question.number else str(given), by, at)


def _answer_to_json(answer: ReferenceAnswer) -> dict[str, Any]:
    at = codec.timestamp(answer.at) if answer.at else None
    return {"answer": answer.value, "by": answer.by, "at": at}


def _moment(value: object, place: str) -> datetime:
    text = checking.line(value, place)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise checking.wrong(place, "a time such as 2026-11-22T12:00:00Z", value) from None
    if moment.utcoffset() is None:
        raise checking.wrong(place, "a time with its zone", value)
    return moment


def _photos(value: object, place: str) -> tuple[str, ...]:
    rows = checking.items(value, place)
    for at, row in enumerate(rows):
        if not isinstance(row, str) or not _SHA256.fullmatch(row):
            raise checking.wrong(f"{place}[{at}]", "a SHA-256 in 64 hexadecimal digits", row)
    return tuple(dict.fromkeys(rows))
