"""Which digit means what while a defect is marked: places as they lie under the fingers, severities as answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagnostics.grading.checklist import Checklist
    from diagnostics.grading.defects import Defects, Face, Kind

PLACES = 9
"""Parts of a face, each with its digit: a field of three by three, or nine along an edge."""
_SIDE = 3


def is_edge(face: Face) -> bool:
    """Return whether a face is so thin that its parts lie in a line."""
    width, height = face.size
    return min(width, height) * _SIDE < max(width, height)


def place(face: Face, digit: int) -> tuple[float, float]:
    """Return the middle of a part of a face, by its digit: 1 is top left, 9 is bottom right, or along an edge."""
    width, height = face.size
    if is_edge(face):
        along = (digit - 0.5) / PLACES
        return (0.5, along) if width < height else (along, 0.5)
    row, column = divmod(digit - 1, _SIDE)
    return (column + 0.5) / _SIDE, (row + 0.5) / _SIDE


def on_pad(face: Face, digit: int) -> int:
    """Return the digit that lies on the number pad where this one lies on a face, and the other way round.

    A pad has 7 8 9 on top; along an edge there is no such field, and both say the same.
    """
    if is_edge(face):
        return digit
    row, column = divmod(digit - 1, _SIDE)
    return (_SIDE - 1 - row) * _SIDE + column + 1


def severity_digits(defects: Defects, kind: Kind, checklist: Checklist | None) -> tuple[int, ...]:
    """Return the digit of each severity: that of the answer which one small such defect gives to its question.

    So the fingers learn one scheme: what is 3 among the answers is 3 on the outline. Where a kind answers nothing, or
    two severities give one answer, they are counted from 1.
    """
    counted = tuple(range(1, len(kind.severities) + 1))
    found = _answer_places(defects, kind, checklist)
    return found if len(set(found)) == len(counted) else counted


def _answer_places(defects: Defects, kind: Kind, checklist: Checklist | None) -> tuple[int, ...]:
    from diagnostics.grading.defects import Mark

    rule = next((rule for rule in defects.rules if kind.id in rule.kinds), None)
    question = checklist.by_id.get(rule.question) if checklist and rule else None
    if rule is None or question is None:
        return ()
    ids = [answer.id for answer in question.answers]
    size = defects.sizes[0] if kind.sized else None
    marks = (Mark("", kind.faces[0], 0.5, 0.5, kind.id, each.id, size) for each in kind.severities)
    answers = [rule.answer((mark,)) for mark in marks]
    return tuple(ids.index(answer) + 1 for answer in answers if answer in ids)
