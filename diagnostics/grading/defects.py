"""Defects that a person marks on the outline of a phone, and what they answer of its checklist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from diagnostics import checking
from diagnostics.errors import BadInput
from resources.opening import load_toml, names

_FOLDER = "defects"
_LARGEST = 1000
_WORDS = ("id", "face", "kind", "severity")


@dataclass(frozen=True, slots=True)
class Mark:
    """One defect on the outline.

    Attributes:
        id: Its key, made when it is marked.
        face: ``front``, ``back``, or an edge: ``left``, ``right``, ``top``, ``bottom``.
        x: From the left of the face as it is drawn, 0 to 1.
        y: From its top, 0 to 1.
        kind: What it is: ``dent``.
        severity: How bad, one of its kind's.
        size_mm: It is so large at most; ``None`` where it was not measured.
    """

    id: str
    face: str
    x: float
    y: float
    kind: str
    severity: str
    size_mm: float | None = None


@dataclass(frozen=True, slots=True)
class MarkChange:
    """A mark that was put, or taken away."""

    mark: Mark
    removed: bool = False

    def undone(self) -> MarkChange:
        """Return what takes it back."""
        return MarkChange(self.mark, not self.removed)


def with_changes(marks: Iterable[Mark], changes: Iterable[MarkChange]) -> tuple[Mark, ...]:
    """Return the marks that are there after some were put and taken away."""
    there = {mark.id: mark for mark in marks}
    for change in changes:
        there.pop(change.mark.id, None)
        if not change.removed:
            there[change.mark.id] = change.mark
    return tuple(there.values())


def change_to_json(change: MarkChange) -> dict[str, Any]:
    """Return a mark that was put or taken away as JSON values."""
    return {**{name: getattr(change.mark, name) for name in Mark.__slots__}, "removed": change.removed}


def change_from_json(value: object) -> MarkChange:
    """Return the mark that JSON values describe.

    Raises:
        BadInput: A member is missing or has the wrong type.
    """
    row = checking.mapping(value, "mark")
    words = {name: checking.line(row.get(name), f"mark.{name}") for name in _WORDS}
    x, y = (checking.number(row.get(name), f"mark.{name}", 0, 1) for name in ("x", "y"))
    told = row.get("size_mm")
    size = None if told is None else checking.number(told, "mark.size_mm", 0, _LARGEST)
    return MarkChange(Mark(**words, x=x, y=y, size_mm=size), row.get("removed") is True)


@dataclass(frozen=True, slots=True)
class Face:
    """One side of a device.

    Attributes:
        size: Width and height as drawn, mm.
        page: The checklist's page that asks about it.
        camera: Width of the cameras' bump as drawn, mm; 0 where there is none.
    """

    id: str
    size: tuple[float, float]
    page: int
    text: Mapping[str, str]
    camera: float = 0.0


@dataclass(frozen=True, slots=True)
class Severity:
    """How bad a defect is; ``sign`` as of an answer."""

    id: str
    sign: str
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of defect.

    Attributes:
        faces: Where it can be.
        sized: It is measured.
        severities: Best first.
    """

    id: str
    faces: tuple[str, ...]
    sized: bool
    text: Mapping[str, str]
    severities: tuple[Severity, ...]

    def severity(self, severity_id: str) -> Severity:
        """Return one severity, which there is."""
        return next(each for each in self.severities if each.id == severity_id)


@dataclass(frozen=True, slots=True)
class Step:
    """One answer of a rule, and which marks it allows; ``None`` where anything goes."""

    answer: str
    severities: frozenset[str] | None
    count: int | None
    size: float | None

    def fits(self, marks: Sequence[Mark]) -> bool:
        """Return whether all marks are within it; one that was not measured is within no size."""
        if self.count is not None and len(marks) > self.count:
            return False
        if self.severities is not None and any(mark.severity not in self.severities for mark in marks):
            return False
        return self.size is None or all((mark.size_mm or self.size + 1) <= self.size for mark in marks)


@dataclass(frozen=True, slots=True)
class Rule:
    """What marks answer of one question; the last step allows all.

    Attributes:
        only: The severities that count; ``None`` for all.
    """

    question: str
    kinds: frozenset[str]
    only: frozenset[str] | None
    steps: tuple[Step, ...]

    def answer(self, marks: Sequence[Mark]) -> str | None:
        """Return what marks answer; ``None`` where none of them is about this question."""
        about = [mark for mark in marks if mark.kind in self.kinds and self._counts(mark)]
        return next((step.answer for step in self.steps if step.fits(about)), None) if about else None

    def _counts(self, mark: Mark) -> bool:
        return self.only is None or mark.severity in self.only


@dataclass(frozen=True, slots=True)
class Defects:
    """What can be marked on the outline of a checklist's devices.

    Attributes:
        sizes: That are offered, mm; each means "up to".
    """

    faces: tuple[Face, ...]
    kinds: tuple[Kind, ...]
    rules: tuple[Rule, ...]
    sizes: tuple[float, ...]

    def of_face(self, face: str) -> tuple[Kind, ...]:
        """Return the kinds that a face can have."""
        return tuple(kind for kind in self.kinds if face in kind.faces)

    def kind(self, kind_id: str) -> Kind:
        """Return one kind, which there is."""
        return next(kind for kind in self.kinds if kind.id == kind_id)

    def face(self, face_id: str) -> Face:
        """Return one face, which there is."""
        return next(face for face in self.faces if face.id == face_id)

    def answers(self, marks: Sequence[Mark]) -> dict[str, str]:
        """Return what marks answer, by question; a question that no mark is about is not in it."""
        found = ((rule.question, rule.answer(marks)) for rule in self.rules)
        return {question: answer for question, answer in found if answer is not None}

    def marks_of(self, question: str, marks: Sequence[Mark]) -> tuple[Mark, ...]:
        """Return the marks that a question is answered by."""
        kinds = {kind for rule in self.rules if rule.question == question for kind in rule.kinds}
        return tuple(mark for mark in marks if mark.kind in kinds)

    def badness(self, mark: Mark) -> tuple[int, float]:
        """Return what orders marks about one question, the worst last; one that was not measured counts as large."""
        severities = [each.id for each in self.kind(mark.kind).severities]
        return severities.index(mark.severity), mark.size_mm or max(self.sizes)

    def check(self, mark: Mark) -> None:
        """Say so if a mark cannot be.

        Raises:
            BadInput: ``unknown_mark``, with what it may be.
        """
        kinds = {kind.id: kind for kind in self.of_face(mark.face)}
        if mark.kind not in kinds:
            raise checking.wrong("mark.kind", f"one of {checking.listed(kinds)}", mark.kind, "unknown_mark")
        severities = [each.id for each in kinds[mark.kind].severities]
        if mark.severity not in severities:
            wanted = f"one of {checking.listed(severities)}"
            raise checking.wrong("mark.severity", wanted, mark.severity, "unknown_mark")
        if not (0 <= mark.x <= 1 and 0 <= mark.y <= 1):
            raise BadInput("A mark must lie on the outline, 0 to 1 from its corner.", code="unknown_mark")
        if mark.size_mm is not None and not 0 < mark.size_mm <= max(self.sizes):
            raise BadInput(f"A mark measures up to {max(self.sizes):g} mm.", code="unknown_mark")


@cache
def load_defects(checklist_id: str) -> Defects | None:
    """Return what can be marked for a checklist; ``None`` where it has no outline."""
    if checklist_id not in names(_FOLDER, ".toml"):
        return None
    data = load_toml(f"{_FOLDER}/{checklist_id}.toml")
    return Defects(
        faces=tuple(_face(row) for row in data["faces"]),
        kinds=tuple(_kind(row) for row in data["kinds"]),
        rules=tuple(_rule(row) for row in data["rules"]),
        sizes=tuple(float(size) for size in data["sizes"]),
    )


def _face(row: Mapping[str, Any]) -> Face:
    width, height = row["size"]
    return Face(
        row["id"], (width, height), row["page"], MappingProxyType(row["text"]), row.get("camera", 0.0)
    )


def _kind(row: Mapping[str, Any]) -> Kind:
    severities = tuple(Severity(each["id"], each["sign"], _texts(each)) for each in row["severities"])
    return Kind(
        row["id"], tuple(row["faces"]), row.get("sized", False), MappingProxyType(row["text"]), severities
    )


def _texts(row: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({name: text for name, text in row.items() if name not in {"id", "sign"}})


def _rule(row: Mapping[str, Any]) -> Rule:
    steps = tuple(
        Step(each["answer"], _set(each.get("severities")), each.get("count"), each.get("size"))
        for each in row["steps"]
    )
    return Rule(row["question"], frozenset(row["kinds"]), _set(row.get("only")), steps)


def _set(value: Sequence[str] | None) -> frozenset[str] | None:
    return None if value is None else frozenset(value)
