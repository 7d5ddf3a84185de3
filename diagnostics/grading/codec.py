"""Grades as JSON (schema ``tradein/grade-1``), out and in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from diagnostics import checking
from diagnostics.grading.result import SEVERITY, UNKNOWN, AtBest, Cap, Disposition, Grade, GradeResult, Lift

SCHEMA = "tradein/grade-1"


def grade_to_json(result: GradeResult) -> dict[str, Any]:
    """Return a grade as JSON values. Numbers are numbers, a reading that nobody knows is ``null``."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "grade": result.grade.value if result.grade else None,
        "disposition": result.disposition.value,
        "capped_by": _caps(result.capped_by),
        "standards": {name: dict(entry) for name, entry in result.standards.items()},
        "lifts": [_subject(lift) | {"to": lift.to, "best": lift.best} for lift in result.lifts],
        "unanswered": list(result.unanswered),
        "unverified": list(result.unverified),
        "rule_set": result.rule_set,
    }
    if result.at_best is not None:
        best = result.at_best
        document["at_best"] = {"result": best.result, "capped_by": _caps(best.capped_by)}
    return document


def grade_from_json(value: object) -> GradeResult:
    """Return the grade that JSON values describe; a quote's document holds the same members and serves as well.

    Raises:
        BadInput: A member is missing, has the wrong type, or is none of the words that it may be.
    """
    row = checking.mapping(value, "grade")
    standards = checking.mapping(row.get("standards"), "standards")
    return GradeResult(
        grade=None if row.get("grade") is None else checking.word(row["grade"], "grade", Grade),
        disposition=checking.word(row.get("disposition"), "disposition", Disposition),
        capped_by=tuple(cap_from_json(entry, place) for entry, place in _rows(row, "capped_by")),
        standards=MappingProxyType({k: checking.mapping(v, f"standards.{k}") for k, v in standards.items()}),
        lifts=tuple(_lift(entry, place) for entry, place in _rows(row, "lifts")),
        unanswered=tuple(checking.line(entry, place) for entry, place in _rows(row, "unanswered")),
        unverified=tuple(checking.line(entry, place) for entry, place in _rows(row, "unverified")),
        rule_set=checking.line(row.get("rule_set"), "rule_set"),
        at_best=None if row.get("at_best") is None else _at_best(row["at_best"]),
    )


def _at_best(value: object) -> AtBest:
    row = checking.mapping(value, "at_best")
    caps = checking.items(row.get("capped_by"), "at_best.capped_by")
    return AtBest(
        _result_word(row.get("result"), "at_best.result"),
        tuple(cap_from_json(entry, f"at_best.capped_by[{i}]") for i, entry in enumerate(caps)),
    )


def _caps(caps: tuple[Cap, ...]) -> list[dict[str, Any]]:
    return [cap_to_json(cap) for cap in caps]


def cap_to_json(cap: Cap) -> dict[str, Any]:
    """Return what sets a grade as JSON values."""
    return _subject(cap) | {"cap": cap.cap}


def _subject(entry: Cap | Lift) -> dict[str, Any]:
    if entry.question is not None:
        return {"question": entry.question, "answer": _number_or_text(entry.answer)}
    value = None if entry.answer == UNKNOWN else _number_or_text(entry.answer)
    return {"reading": entry.reading, "value": value}


def _number_or_text(value: str) -> str | int:
    return int(value) if value.isdecimal() else value


def _rows(row: Mapping[str, Any], name: str) -> list[tuple[Any, str]]:
    return [(entry, f"{name}[{i}]") for i, entry in enumerate(checking.items(row.get(name), name))]


def cap_from_json(value: object, place: str) -> Cap:
    """Return what sets a grade.

    Raises:
        BadInput: A member is missing, or is none of the words that it may be.
    """
    row = checking.mapping(value, place)
    question, reading, answer = _from_subject(row, place)
    return Cap(question, reading, answer, _result_word(row.get("cap"), f"{place}.cap"))


def _lift(value: object, place: str) -> Lift:
    row = checking.mapping(value, place)
    question, reading, answer = _from_subject(row, place)
    to = _result_word(row.get("to"), f"{place}.to")
    return Lift(question, reading, answer, to, _result_word(row.get("best", to), f"{place}.best"))


def _from_subject(row: Mapping[str, Any], place: str) -> tuple[str | None, str | None, str]:
    if "question" in row:
        return checking.line(row["question"], f"{place}.question"), None, str(row.get("answer", ""))
    value = row.get("value")
    return (
        None,
        checking.line(row.get("reading"), f"{place}.reading"),
        UNKNOWN if value is None else str(value),
    )


def _result_word(value: object, place: str) -> str:
    words = [*SEVERITY, Disposition.SELLABLE]
    if isinstance(value, str) and value in words:
        return str(value)
    raise checking.wrong(place, f"one of {checking.listed(words)}", value)
