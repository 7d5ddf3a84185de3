"""What stands round the questions: figures and grade above them, the whole page's keys and what they did below."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from tradein_app.ui.answer_list import PanelButton
from tradein_app.ui.checklist_keys import ChecklistKeys
from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.layouts import hbox, label, set_text
from tradein_app.ui.shortcuts import SHORTCUTS, keys_shown
from tradein_app.ui.theme import TOUCH, restyle
from tradein_app.ui.two_lines import TwoLines

if TYPE_CHECKING:
    from tradein_app.ui.panel import Scroll
    from tradein_app.ui.question_row import QuestionRow
    from tradein_app.viewmodels.workbench import Workbench


_LOW = 28
"""Below so many lines of text the panel is low: each line counts, or a question is cut in two."""
_WIDE = 44
"""From so many lines' heights on a panel is wide enough for the outline beside the questions."""
_TIGHT = 16
"""Below so many lines the answers come first: how to look is left out, and what is said is said in fewer words."""
_SPACING, _LOW_SPACING = 8, 4
_INSET, AIR = 10, 8
"""Left and right of what the keys do, as in a question; and above it."""


class ChecklistFrame(ChecklistKeys):
    """Shows head and foot; `tradein_app.ui.checklist_panel.ChecklistPanel` has what is between them."""

    room_taken: Callable[[], int] = staticmethod(lambda: 0)
    """How much height a message below the panels takes now."""
    _bench: Workbench
    _figures: QLabel
    _grade: ElidedLabel
    _foot: QWidget
    _mark: PanelButton
    _strip: QWidget | None
    _keys: QLabel
    _rows: list[QuestionRow]
    _scroll: Scroll

    def _make_foot(self) -> QWidget:
        """Return the row below the questions; a page keeps its height, so that no hint moves a question."""
        self._clean = PanelButton(self.tr("C   No visible defect on this page"))
        self._clean.setMinimumHeight(TOUCH)
        self._hint = TwoLines(role="strong")
        self._model.hinted.connect(self._show_hint)
        self._mark = PanelButton(self.tr("D   Mark a defect"))
        self._mark.setMinimumHeight(TOUCH)
        foot = QWidget()
        foot.setAccessibleName(self.tr("Whole page"))
        row = hbox(self._clean, self._mark, self._hint)
        row.setStretch(2, 1)
        foot.setLayout(row)
        return foot

    def _make_keys(self) -> QLabel:
        """Return what the keys do, for the room that a short page leaves below its questions."""
        keys = {each.action: keys_shown(each) for each in SHORTCUTS}
        said = self.tr(
            "{0} answer · {1} not checked · {2} next open question · {3} clear the answer · {4} all keys"
        )
        named = ("answer", "not_checked", "next_open", "clear", "keys")
        text = label(said.format(*(keys[action] for action in named)), "small", wrap=True)
        text.setContentsMargins(_INSET, 0, _INSET, 0)
        text.hide()
        return text

    def _show_keys(self) -> None:
        """Say what the keys do where that scrolls nothing away: the questions come first."""
        ready = self._bench.reading is not None and self._model.enabled and self._roomy()
        ready = ready and not self._model.folded and bool(self._rows)
        room = self._scroll.viewport().size()
        taken = self._rows[-1].geometry().bottom() if self._rows else 0
        fits = taken + self._keys.heightForWidth(room.width()) + AIR < room.height()
        self._keys.setVisible(ready and fits)

    def _show_foot(self) -> None:
        """Show the row below the questions, but not on a page that has no key for it and while nothing is said."""
        ready = self._bench.reading is not None and self._model.enabled
        empty = not self._hint.whole and not self._clean.sizePolicy().retainSizeWhenHidden()
        empty = empty and (self._strip is None or self._strip.isHidden())
        empty = empty and self._mark.isHidden()
        low = not self._roomy()
        words = self._clean_words()
        if self._clean.text() != words:
            self._clean.setText(words)
        self._foot.setVisible(ready and not empty and not self.marking.active)
        self.body.setSpacing(_LOW_SPACING if low else _SPACING)

    def _clean_words(self) -> str:
        """Return what the key would say of the page: a defect that was found stays, so the page is not called clean."""
        if self._tight():
            return self.tr("C   Rest clean") if self._model.has_found() else self.tr("C   Clean page")
        return self.tr("C   No other visible defect") if self._model.has_found() else self._clean.words

    def _show_hint(self, text: str) -> None:
        self._hint.show_text(text)
        self._show_foot()

    def _keep_room_for_clean(self) -> None:
        """Keep the key's room while it has nothing left to answer, but not on a page that it never answers."""
        policy = self._clean.sizePolicy()
        wanted = any(question.clean for question in self._model.questions)
        if policy.retainSizeWhenHidden() is not wanted:
            policy.setRetainSizeWhenHidden(wanted)
            self._clean.setSizePolicy(policy)

    def _show_figures(self, *, ready: bool) -> None:
        figures = self._model.figures()
        parts = [self.tr("{0} of {1} done").format(figures.done, figures.total)]
        if figures.open:
            parts.append(self.tr("{0} need you").format(figures.open))
        if figures.unsettled:
            parts.append(self.tr("{0} not checked").format(figures.unsettled))
        set_text(self._figures, " · ".join(parts) if ready else "")
        if self._tight() and len(parts) > 1:
            # What waits is what counts; the tabs say what is done.
            set_text(self._figures, " · ".join(parts[1:]) if ready else "")
        restyle(self._figures, tone="warn" if len(parts) > 1 else "ok")

    def _knows_questions(self) -> bool:
        """Return whether the reading is saved: which questions a phone needs is only known from it."""
        return self._bench.record is not None

    def _state_text(self, *, ready: bool) -> str:
        if not ready:
            return self.tr("Choose a phone to answer its questions.")
        if self._bench.record is not None and self._bench.record.stage.closed:
            return self.tr("This inspection is closed; its answers can be read, not changed.")
        return "" if self._model.enabled else self.tr("The answers open as soon as the phone is saved.")

    def _show_grade(self, *, ready: bool) -> None:
        """Say the grade and why, where there is room for that; else the quote beside says it, and nothing is cut."""
        grade = self._bench.grade()
        why = "; ".join(grade.caps[:2])
        said = " – ".join(part for part in (grade.word, why) if part)
        shorter = (grade.word, grade.word.partition(" · ")[0])
        self._grade.show_text(said if ready else "", shorter=shorter if ready else "")
        self._grade.setVisible(self.width() > self._wide())

    def _roomy(self) -> bool:
        """Return whether there is height for more than the questions.

        What a message below the panels takes for a moment does not count: the outline would go, and all would jump.
        """
        return self.height() + self.room_taken() >= self.fontMetrics().height() * _LOW

    def _tight(self) -> bool:
        """Return whether there is hardly height for one question, as with large letters in a small window."""
        return self.height() < self.fontMetrics().height() * _TIGHT

    def _wide(self) -> int:
        return self.fontMetrics().height() * _WIDE
