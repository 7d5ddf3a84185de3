"""How a defect is marked, choice by choice: the side, the place on it, the kind, how bad, how large."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from tradein_app.viewmodels.language import pick, translate
from tradein_app.viewmodels.mark_digits import PLACES, is_edge, on_pad, place, severity_digits
from tradein_app.viewmodels.origins import mark_words, size_words

if TYPE_CHECKING:
    from diagnostics.grading.defects import Defects, Face, Kind, Mark
    from tradein_app.viewmodels.checklist import ChecklistModel

FACE, PLACE, KIND, SEVERITY, SIZE = "face", "place", "kind", "severity", "size"
_PAGES_OF_FACE = {3: "front", 6: "back"}
"""Pages about a face that has another page of its own."""


class Choice(NamedTuple):
    """What can be chosen, and the digit that does it."""

    digit: int
    words: str


class Marking(QObject):
    """One defect on its way onto the outline.

    Args:
        model: The checklist that it answers.
    """

    changed = Signal()
    finished = Signal()
    """The defect is on the outline, or it was given up."""

    def __init__(self, model: ChecklistModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.active = False
        self.face: Face | None = None
        self.point: tuple[float, float] | None = None
        self.chosen: Mark | None = None
        self.by_pad = False
        """The last digit came from the number pad, whose rows lie the other way round."""
        self._kind: Kind | None = None
        self._severity = ""

    @property
    def defects(self) -> Defects | None:
        """What can be marked."""
        return self._model.defects

    def start(self) -> None:
        """Begin with the side that the open page is about."""
        if self.defects is None or not self._model.enabled or self._model.folded:
            return
        self.active = True
        self._begin(self._face_of_page())

    def start_at(self, face_id: str, x: float, y: float) -> None:
        """Begin at a place that was pointed at."""
        self.start()
        if self.active and self.defects is not None:
            self._begin(self.defects.face(face_id), (x, y))

    def stop(self) -> None:
        """Give it up."""
        if self.active:
            self.active = False
            self.finished.emit()

    def _begin(self, face: Face | None, point: tuple[float, float] | None = None) -> None:
        self.face, self.point, self._kind, self._severity, self.chosen = face, point, None, "", None
        self._skip_single()
        self.changed.emit()

    def _face_of_page(self) -> Face | None:
        assert self.defects is not None
        number = self._model.page_number
        here = [each for each in self.defects.faces if each.page == number]
        named = [each for each in self.defects.faces if each.id == _PAGES_OF_FACE.get(number)]
        return here[0] if len(here) == 1 else (named[0] if named else None)

    @property
    def step(self) -> str:
        """What is asked for now."""
        if self.face is None:
            return FACE
        if self.point is None:
            return PLACE
        if self._kind is None:
            return KIND
        return SIZE if self._severity else SEVERITY

    def question(self) -> str:
        """Return what is asked for, in words."""
        words = {
            FACE: translate("marking", "Which side?"),
            PLACE: translate("marking", "Where? A digit, or click."),
            KIND: translate("marking", "What is it?"),
            SEVERITY: translate("marking", "How bad? The digits are those of the question's answers."),
            SIZE: translate("marking", "How large?"),
        }
        return words[self.step]

    def legend(self) -> str:
        """Return which digits on the open side are which keys; ``""`` where both mean the same."""
        if self.step != PLACE or self.face is None or is_edge(self.face):
            return ""
        if self.by_pad:
            return translate("marking", "Large: the number pad. Small: the row of digits.")
        return translate("marking", "Large: the row of digits. Small: the number pad.")

    def so_far(self) -> str:
        """Return what was chosen, in words."""
        language = self._model.language
        parts = [pick(each.text, language) for each in (self.face, self._kind) if each is not None]
        return " · ".join(parts)

    def options(self) -> list[Choice]:
        """Return what can be chosen; nothing where a place is asked for."""
        return [Choice(digit, words) for digit, words in zip(self._digits(), self._words(), strict=True)]

    def _digits(self) -> tuple[int, ...]:
        if self.step == SEVERITY and self._kind is not None and self.defects is not None:
            return severity_digits(self.defects, self._kind, self._model.checklist)
        return tuple(range(1, len(self._words()) + 1))

    def _words(self) -> list[str]:
        defects, language = self.defects, self._model.language
        if defects is None or self.step == PLACE:
            return []
        if self.step == FACE:
            return [pick(face.text, language) for face in self._faces()]
        if self.step == KIND and self.face is not None:
            return [pick(kind.text, language) for kind in defects.of_face(self.face.id)]
        if self._kind is not None and self.step == SEVERITY:
            return [f"{each.sign}  {pick(each.text, language)}" for each in self._kind.severities]
        return [size_words(size, language) for size in defects.sizes]

    def _faces(self) -> tuple[Face, ...]:
        """Return the sides to choose from: those of the page, or all."""
        assert self.defects is not None
        here = tuple(face for face in self.defects.faces if face.page == self._model.page_number)
        return here or self.defects.faces

    def choose(self, digit: int, *, pad: bool = False) -> None:
        """Take a choice by its digit; one that is not there changes nothing.

        Args:
            digit: Which.
            pad: It was pressed on the number pad, where 7 lies at the top left.
        """
        if not self.active or self.defects is None or digit < 1:
            return
        self.by_pad = pad
        digits = self._digits()
        if self.step == PLACE and self.face is not None:
            if digit <= PLACES:
                self.point = place(self.face, on_pad(self.face, digit) if pad else digit)
        elif digit in digits:
            self._take(digits.index(digit))
        self._skip_single()
        self.changed.emit()

    def _take(self, index: int) -> None:
        assert self.defects is not None
        if self.step == FACE:
            self.face = self._faces()[index]
        elif self.step == KIND and self.face is not None:
            self._kind = self.defects.of_face(self.face.id)[index]
        elif self.step == SEVERITY and self._kind is not None:
            self._severity = self._kind.severities[index].id
            if not self._kind.sized:
                self._put(None)
        elif self.step == SIZE:
            self._put(self.defects.sizes[index])

    def _skip_single(self) -> None:
        """Ask nothing that has one answer only."""
        if self._kind is not None and not self._severity and len(self._kind.severities) == 1:
            self._take(0)

    def point_at(self, face_id: str, x: float, y: float) -> None:
        """Take a place that was clicked; what was chosen for another side is forgotten."""
        if not self.active or self.defects is None:
            return
        if self.face is None or self.face.id != face_id:
            self._begin(self.defects.face(face_id), (x, y))
        else:
            self.point = (x, y)
            self.changed.emit()

    def back(self) -> None:
        """Take the last choice back; before the first one, give it up."""
        if self._severity and self._kind is not None and len(self._kind.severities) > 1:
            self._severity = ""
        elif self._kind is not None:
            self._kind, self._severity = None, ""
        elif self.point is not None:
            self.point = None
        elif self.face is not None and self._face_of_page() is None:
            self.face = None
        else:
            self.stop()
            return
        self.changed.emit()

    def select(self, by: int) -> None:
        """Choose the next or previous mark that is there."""
        marks = self._model.marks
        if not marks:
            return
        at = marks.index(self.chosen) + by if self.chosen in marks else (0 if by > 0 else len(marks) - 1)
        self.chosen = marks[at % len(marks)]
        self.changed.emit()

    def remove(self, mark: Mark | None = None) -> None:
        """Take a mark away: the given, the chosen, or else the last one."""
        marks = self._model.marks
        gone = mark or self.chosen or (marks[-1] if marks else None)
        if gone in marks and gone is not None:
            self.chosen = None
            self._model.take_away(gone)
            self.changed.emit()

    def _put(self, size: float | None) -> None:
        from diagnostics.grading.defects import Mark
        from tradein_app.services.shop import new_id

        assert self.face is not None and self.point is not None and self._kind is not None  # noqa: PT018
        mark = Mark(new_id(), self.face.id, *self.point, self._kind.id, self._severity, size)
        self.active = False
        self._model.put(mark)
        assert self.defects is not None
        text = translate("marking", "Marked: {0}. D marks another.")
        self._model.hinted.emit(text.format(mark_words(self.defects, mark, self._model.language)))
        self.finished.emit()
