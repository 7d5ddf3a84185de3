"""A bench with one reference phone and nothing else: what lets the checklist's panel serve for calibration, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tradein_app.bridge.worker import Worker
from tradein_app.viewmodels.grade import GradeView
from tradein_app.viewmodels.settings import SettingsFile
from tradein_app.viewmodels.workbench import Workbench

if TYPE_CHECKING:
    from diagnostics.model import Reading


class CalibrationBench(Workbench):
    """Its desk is never opened, so that nothing here can come among inspections; no grade is told while one answers.

    Args:
        language: Of all texts.
    """

    given = Signal()
    """The checklist's answers changed by a person's hand."""

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        self._blank: Reading | None = None
        self.waiting: frozenset[str] = frozenset()
        # The worker is never started: a workbench needs one, and this one has nothing to save by it.
        super().__init__(Worker("calibration"), SettingsFile(None), language, parent)

    @property
    def reading(self) -> Reading | None:
        """A reading that tells nothing while a round is open, so that the panel shows its questions."""
        return self._blank

    def show_round(self, *, shown: bool) -> None:
        """Say whether there is a phone to answer questions about."""
        from diagnostics import codec

        self._blank = codec.from_json({}) if shown else None
        self.shown.emit()

    def grade(self) -> GradeView:
        """Return no grade: it would tell a grader what the answers lead to."""
        return GradeView()

    def unsaved_questions(self) -> frozenset[str]:
        """Return the questions whose answers wait to be saved."""
        return self.waiting

    def _on_answer_given(self, _change: object) -> None:
        self.given.emit()
