"""Panel 3: nine pages of questions, answered by digits."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tradein_app.ui.answer_list import PanelButton
from tradein_app.ui.checklist_frame import AIR, ChecklistFrame
from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.layouts import hbox, label, laid_out_once, set_text, vbox
from tradein_app.ui.mark_sheet import MarkSheet
from tradein_app.ui.outline import Outline
from tradein_app.ui.page_tabs import PageTabs
from tradein_app.ui.panel import Column, Scroll
from tradein_app.ui.question_row import QuestionRow
from tradein_app.ui.theme import TOUCH, Theme, restyle
from tradein_app.viewmodels.language import pick, step_words
from tradein_app.viewmodels.looking_words import looking_words
from tradein_app.viewmodels.marking import Marking
from tradein_app.viewmodels.workbench import Workbench

if TYPE_CHECKING:
    from diagnostics.grading.checklist import Question


class ChecklistPanel(ChecklistFrame):
    """One page at a time; the current question is open, the others are lines."""

    def __init__(self, bench: Workbench, theme: Theme) -> None:
        super().__init__("checklist")
        self.set_title(3, self.tr("Checklist"))
        self._bench = bench
        self._model = bench.checklist
        self._theme = theme
        self.marking = Marking(self._model, self)
        self._rows: list[QuestionRow] = []
        self._made: dict[tuple[str, str], QuestionRow] = {}
        self._prepared = ""
        self._shown_width = 0
        self._strip: QWidget | None = None
        self._build()
        self.marking.changed.connect(lambda: bench.pacer.ask(self.show_page))
        self.marking.finished.connect(self._on_marked)
        self._model.moved.connect(self.marking.stop)
        self._model.changed.connect(lambda: bench.pacer.ask(self.show_page))
        bench.shown.connect(lambda: bench.pacer.ask(self._show_head))
        bench.unsaved_changed.connect(lambda: bench.pacer.ask(self.show_page))
        self.show_page()

    def _build(self) -> None:
        self._page_title = label(role="strong")
        self._figures = label(role="strong")
        self._grade = ElidedLabel(role="dim")
        self._tabs = PageTabs(self._model)
        self._tabs.chosen.connect(self._on_page)
        self._state = label(role="dim", wrap=True)
        self._stop = self._make_stop()
        self._column = vbox(spacing=2)
        content = Column()
        self._keys = self._make_keys()
        content.setLayout(vbox(self._column, self._keys, 1, spacing=AIR))
        content.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = Scroll(self.tr("Questions"), content)
        self._scroll.laid_out.connect(self._end_between_questions)
        self._scroll.laid_out.connect(self._fit_rows)
        self._scroll.laid_out.connect(self._show_keys)
        self._scroll.by_rows = True
        self._looking = ElidedLabel(role="small")
        self._beside = label(role="small", wrap=True)
        self._outline = Outline(self._theme, self._model, self.marking)
        self._outline.pointed.connect(self._on_pointed)
        self._sheet = MarkSheet(self._theme, self._model, self.marking)
        self._sheet.done.connect(self.take_focus)
        middle = QWidget()
        middle.setAccessibleName(self.tr("Questions and outline"))
        self._side = QWidget()
        self._side.setAccessibleName(self.tr("Outline"))
        column = vbox(self._beside, self._outline, spacing=4)
        column.setStretch(1, 1)
        self._side.setLayout(column)
        row = self._across = hbox(self._scroll, self._side, self._sheet, spacing=6)
        # It asks for no width of its own: a window that is made narrower would never get below that again.
        self._side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.setStretch(0, 3)
        row.setStretch(1, 1)
        row.setStretch(2, 4)
        middle.setLayout(row)
        self.header.insertWidget(1, self._page_title)
        self.header.addWidget(self._grade, 100)
        self.header.addWidget(self._figures)
        self._foot = self._make_foot()
        self._clean.clicked.connect(self._on_clean)
        self._mark.clicked.connect(self._on_mark)
        parts = (self._tabs, self._looking, self._state, self._stop, middle, self._foot)
        self.fill(*parts, growing=middle)

    def _make_stop(self) -> QWidget:
        """Return what stands in the place of the pages when the work has to end."""
        self._unfold = PanelButton(self.tr("Show the other questions"))
        self._unfold.setMinimumHeight(TOUCH)
        self._unfold.clicked.connect(self._on_unfold)
        words = f"{step_words('stop', self._model.language)}."
        stop = QWidget()
        stop.setAccessibleName(words)
        text = label(words, "heading", wrap=True)
        restyle(text, tone="bad")
        row = hbox(text, self._unfold)
        row.setStretch(0, 1)
        stop.setLayout(row)
        return stop

    def show_page(self) -> None:
        """Show the open page."""
        self._show_head()
        with laid_out_once(self._scroll.column):
            self._show_rows()
        self._place_strip()
        self._reveal()
        self._show_keys()
        if self._prepared and self._model.checklist and self._prepared != self._model.checklist.id:
            self._bench.pacer.ask(self.prepare)

    def _show_rows(self) -> None:
        wanted = self._model.questions
        if len(wanted) != len(self._rows) or any(
            row.question is not question for row, question in zip(self._rows, wanted, strict=True)
        ):
            self._remake()
        # The outline beside may just have come or gone: the answers are laid out for the width that is left now.
        self._across.activate()
        width, brief = self._scroll.viewport().width(), self._tight()
        self._shown_width = width
        waiting = self._bench.unsaved_questions()
        for row in self._rows:
            with laid_out_once(row):
                row.show_state(width, unsaved=row.question.id in waiting, brief=brief)

    def _fit_rows(self) -> None:
        """Lay the answers out anew where what stands beside them came or went after they were."""
        if self._rows and self._scroll.viewport().width() != self._shown_width:
            self._bench.pacer.ask(self.show_page)

    def set_photo_strip(self, strip: QWidget) -> None:
        """Keep a widget under the answers of the open question; it shows and hides itself as it likes."""
        self._strip = strip
        self._place_strip()

    def _place_strip(self) -> None:
        row = next((row for row in self._rows if row.answers is not None), None)
        if self._strip is None:
            return
        self._strip.setProperty("narrow", not self._roomy())
        if not self._roomy() and (foot := self._foot.layout()) is not None:
            # Where each line counts it stands beside the whole page's keys.
            foot.addWidget(self._strip)
        elif row is not None:
            row.set_photo_strip(self._strip)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the answers out for the new width."""
        super().resizeEvent(event)
        self._bench.pacer.ask(self.show_page)

    def _show_head(self) -> None:
        ready, folded = self._bench.reading is not None and self._model.page is not None, self._model.folded
        self._show_figures(ready=ready and not folded and self._knows_questions())
        marking_low = self.marking.active and not self._roomy()
        self._tabs.setVisible(ready and not folded and not marking_low)
        self._stop.setVisible(ready and folded)
        self._show_middle(ready=ready)
        self._show_looking(ready=ready and not folded and self._roomy())
        self._keep_room_for_clean()
        self._show_foot()
        self._clean.setVisible(self._model.has_clean() and not folded and not self.marking.active)
        set_text(self._state, self._state_text(ready=ready))
        self._show_grade(ready=ready)
        page = self._model.page
        title = f"{page.number}  {pick(page.title, self._model.language)}" if page is not None else ""
        set_text(self._page_title, title if ready and not folded else "")
        self._tabs.show_pages()

    def _show_middle(self, *, ready: bool) -> None:
        """Show the questions with the outline beside them, or in their place the sheet on which a defect is marked."""
        marking = ready and self.marking.active
        self._scroll.setVisible(ready and not marking)
        self._sheet.setVisible(marking)
        can = ready and self._model.defects is not None and not self._model.folded
        self._side.setVisible(can and not marking and self._roomy() and self.width() > self._wide())
        self._mark.setVisible(can and self._model.enabled and self._is_markable())
        if marking:
            self._sheet.show_step()
        self._outline.show_marks()

    def _show_looking(self, *, ready: bool) -> None:
        """Say how this page is looked at: above the outline, or where that is not shown in a line of its own."""
        words = looking_words(self._model) if ready else ""
        beside = not self._side.isHidden()
        self._looking.show_text("" if beside else words)
        # An empty line would still take its height from the questions.
        self._looking.setVisible(bool(words) and not beside)
        set_text(self._beside, words if beside else "")

    def _is_markable(self) -> bool:
        """Return whether the open page is about a side of the phone."""
        defects = self._model.defects
        asked = {question.id for question in self._model.questions}
        return defects is not None and any(rule.question in asked for rule in defects.rules)

    def _remake(self) -> None:
        """Put the page's rows into the column; those of other pages are kept for when it is their turn."""
        wanted = [self._row(question) for question in self._model.questions]
        for row in self._rows:
            self._column.removeWidget(row)
            if row not in wanted:
                row.hide()
        self._rows = wanted
        for row in wanted:
            self._column.addWidget(row)
            row.show()

    def _row(self, question: Question) -> QuestionRow:
        row = self._made.get(self._key(question))
        if row is None:
            row = self._made[self._key(question)] = self._new_row(question)
        return row

    def _key(self, question: Question) -> tuple[str, str]:
        """Return what a row is kept by: the lists of phones and tablets ask by the same ids, in other words."""
        return (self._model.checklist.id if self._model.checklist else "", question.id)

    def _new_row(self, question: Question) -> QuestionRow:
        row = QuestionRow(question, self._model)
        row.focus_lost.connect(self.take_focus)
        row.refused.connect(self._model.refuse_number)
        row.opened.connect(self._on_opened)
        row.given.connect(lambda answer: self._on_given(question, answer))
        row.setParent(self._scroll.widget())
        return row

    def prepare(self) -> None:
        """Make the rows of all pages in advance, one in each pass of the event loop."""
        questions = self._model.checklist.questions if self._model.checklist else ()
        self._prepared = self._model.checklist.id if self._model.checklist else ""
        waiting = (q for q in questions if self._key(q) not in self._made)
        question = next(waiting, None)
        if question is not None:
            row = self._row(question)
            row.hide()
            row.prepare()
            self._bench.pacer.ask(self.prepare)

    def _reveal(self) -> None:
        for row in self._rows:
            if row.answers is not None:
                self._scroll.keep_in_sight(row)

    def _end_between_questions(self) -> None:
        """Cut no closed question in two where the page is longer than there is room: it is scrolled to, whole."""
        height = self._scroll.height()
        cut = [
            row for row in self._rows if row.answers is None and row.y() < height <= row.geometry().bottom()
        ]
        # Where only the air below its text is missing, it can be read.
        through = [row for row in cut if height < row.geometry().center().y() + row.fontMetrics().height()]
        self._scroll.keep_free(height - through[0].y() if through else 0)

    def _on_page(self, number: int) -> None:
        self._model.go_to_page(number)
        self.take_focus()

    def _on_clean(self) -> None:
        self._model.press_clean()
        self.take_focus()

    def _on_mark(self) -> None:
        self.toggle_marking()
        self.take_focus()

    def close_marking(self) -> bool:
        """Give up a defect that is being marked, or close the history; ``False`` where neither is shown."""
        active, history = self.marking.active, self._model.history_shown
        self.marking.stop()
        if history and not active:
            self._model.toggle_history()
        return active or history

    def _on_marked(self) -> None:
        self._bench.pacer.ask(self.show_page)
        self.take_focus()

    def _on_pointed(self, face: str, x: float, y: float) -> None:
        """Open the questions of a side that was clicked; on their page already, mark a defect at that place."""
        defects = self._model.defects
        page = defects.face(face).page if defects else self._model.page_number
        if page == self._model.page_number:
            self.marking.start_at(face, x, y)
        else:
            self._model.go_to_page(page)
        self.take_focus()

    def _on_unfold(self) -> None:
        self._model.unfold()
        self.take_focus()

    def _on_opened(self, question_id: str) -> None:
        self._model.go_to_question(question_id)
        self.take_focus()

    def _on_given(self, question: Question, answer: str | int) -> None:
        if not isinstance(answer, int):
            self._model.give(question, answer)
        elif not self._model.give_percent(question, answer, self._percent_read(question)):
            return  # Enter, once more in the field, keeps it
        self.take_focus()

    def _percent_read(self, question: Question) -> float | None:
        """Return what the cable says where a percent is typed; ``None`` where that is not known."""
        reading = self._bench.reading
        value = attrgetter(question.overrides)(reading) if reading and question.overrides else None
        return float(value) if isinstance(value, int | float) else None

    def text(self) -> str:
        """Return the panel as a person would read it out."""
        parts = (self._figures.text(), self._grade.whole, self._model.as_text(), self._hint.whole)
        return "\n".join(part for part in parts if part)
