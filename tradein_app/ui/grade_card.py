"""The grade: its word, what caps it, what would lift it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tradein_app.ui.layouts import label, set_text, vbox
from tradein_app.ui.theme import restyle
from tradein_app.viewmodels.grade import GradeView


class GradeCard(QWidget):
    """Shows a grade with its reasons."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Grade"))
        self._word = label(role="heading", wrap=True)
        self._because = label(role="title", wrap=True)
        self._caps = label(wrap=True)
        self._note = label(role="dim", wrap=True)
        self._better = label(role="title", wrap=True)
        self._lifts = label(wrap=True)
        self._several = label(wrap=True)
        self._better.setText(self.tr("What would lift it"))
        self._because.setText(self.tr("Because of"))
        parts = (self._word, self._because, self._caps, self._note, self._better, self._lifts, self._several)
        self.setLayout(vbox(*parts, spacing=3))

    def show_grade(self, grade: GradeView) -> None:
        """Show a grade."""
        set_text(self._word, grade.word)
        restyle(self._word, tone=grade.tone)
        set_text(self._caps, "\n".join(f"• {line}" for line in grade.unsaid))
        set_text(self._lifts, "\n".join(f"• {line}" for line in grade.lifts))
        self._because.setVisible(bool(grade.unsaid))
        set_text(self._several, grade.several)
        self._better.setVisible(bool(grade.lifts or grade.several))
        set_text(self._note, grade.note)
