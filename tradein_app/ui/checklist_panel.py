"""Panel 3: nine pages of questions, answered by digits."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.layouts import label, set_text, vbox
from tradein_app.ui.page_tabs import PageTabs
from tradein_app.ui.panel import Panel, Scroll
from tradein_app.ui.question_row import QuestionRow
from tradein_app.ui.theme import TOUCH, restyle
from tradein_app.viewmodels.workbench import Workbench


class ChecklistPanel(Panel):
    """One page at a time; the current question is open, the others are lines."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__("checklist")
        self.set_title(3, self.tr("Checklist"))
        self._bench = bench
        self._model = bench.checklist
        self._rows: list[QuestionRow] = []
        self._build()
        self._model.changed.connect(lambda: bench.pacer.ask(self.show_page))
        bench.shown.connect(lambda: bench.pacer.ask(self._show_head))
        self.show_page()

    def _build(self) -> None:
        self._figures = label(role="strong")
        self._grade = ElidedLabel(role="dim")
        self._tabs = PageTabs(self._model)
        self._tabs.chosen.connect(self._model.go_to_page)
        self._clean = QPushButton(self.tr("C   No visible defect on this page"))
        self._clean.setMinimumHeight(TOUCH)
        self._clean.clicked.connect(self._model.press_clean)
        self._hint = label(role="dim", wrap=True)
        self._column = vbox(spacing=2)
        content = QWidget()
        content.setLayout(vbox(self._column, 1))
        content.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = Scroll(self.tr("Questions"), content)
        self.header.addWidget(self._grade, 100)
        self.header.addWidget(self._figures)
        self.fill(self._tabs, self._hint, self._scroll, self._clean, growing=self._scroll)

    def show_page(self) -> None:
        """Show the open page."""
        self._show_head()
        wanted = [question.id for question in self._model.questions]
        if wanted != [row.question.id for row in self._rows]:
            self._remake()
        width = self._scroll.viewport().width()
        for row in self._rows:
            row.show_state(width)
        self._reveal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the answers out for the new width."""
        super().resizeEvent(event)
        self._bench.pacer.ask(self.show_page)

    def _show_head(self) -> None:
        page, ready = self._model.page, self._bench.reading is not None
        done, count, opens = self._model.figures()
        text = self.tr("{0} of {1} done · {2} need you").format(done, count, opens)
        set_text(self._figures, text if page and ready else "")
        restyle(self._figures, tone="warn" if opens else "ok")
        self._tabs.setVisible(page is not None and ready)
        self._scroll.setVisible(page is not None and ready)
        self._clean.setVisible(ready and self._model.enabled and self._model.has_clean())
        set_text(self._hint, self._hint_text(ready=ready))
        self._show_grade(ready=ready)
        self._tabs.show_pages()

    def _hint_text(self, *, ready: bool) -> str:
        if not ready:
            return self.tr("Choose a phone to answer its questions.")
        if self._bench.record is not None and self._bench.record.stage.closed:
            return self.tr("This inspection is closed; its answers can be read, not changed.")
        return "" if self._model.enabled else self.tr("The answers open as soon as the phone is saved.")

    def _show_grade(self, *, ready: bool) -> None:
        grade = self._bench.grade()
        why = "; ".join(grade.caps[:2])
        text = self.tr("Grade now: {0}").format(grade.word) if ready else ""
        self._grade.show_text(f"{text} – {why}" if why and text else text)

    def _remake(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [QuestionRow(question, self._model) for question in self._model.questions]
        for row in self._rows:
            row.focus_lost.connect(self.take_focus)
            row.opened.connect(self._on_opened)
            row.given.connect(lambda answer, question=row.question: self._on_given(question, answer))
            self._column.addWidget(row)

    def _reveal(self) -> None:
        for row in self._rows:
            if row.answers is not None:
                self._scroll.settle()
                self._scroll.reveal(row)

    def _on_opened(self, question_id: str) -> None:
        self._model.go_to_question(question_id)
        self.take_focus()

    def _on_given(self, question: object, answer: object) -> None:
        self._model.give(question, answer)  # type: ignore[arg-type]  # Qt's signals carry objects
        self.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer, or go from question to question."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif event.text().isdecimal():
            self._digit(event.text())
        elif not self._other_key(event.key()):
            super().keyPressEvent(event)

    def _digit(self, digit: str) -> None:
        field = next((row.answers.field for row in self._rows if row.answers and row.answers.field), None)
        if field is None:
            self._model.press_digit(int(digit))
        elif field.isEnabled():
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.selectAll()
            field.insert(digit)

    def _other_key(self, key: int) -> bool:
        actions = {
            Qt.Key.Key_Up: lambda: self._model.move(-1),
            Qt.Key.Key_Down: lambda: self._model.move(1),
            Qt.Key.Key_Return: self._next,
            Qt.Key.Key_Enter: self._next,
            Qt.Key.Key_Backspace: self._model.clear,
            Qt.Key.Key_C: self._model.press_clean,
        }
        action = actions.get(Qt.Key(key))
        if action is not None:
            action()
        return action is not None

    def _next(self) -> None:
        self.take_focus()
        self._model.next_open()

    def text(self) -> str:
        """Return the panel as a person would read it out."""
        return "\n".join(
            part for part in (self._figures.text(), self._grade.whole, self._model.as_text()) if part
        )
