"""Calibration's second page: one reference phone's checklist, blind; and its third: what the round found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from tradein_app.ui.calibration_photos import ReferencePhotos
from tradein_app.ui.calibration_table import RowsModel, RowsTable
from tradein_app.ui.checklist_panel import ChecklistPanel
from tradein_app.ui.layouts import hbox, label, set_text, vbox
from tradein_app.ui.theme import TOUCH, Theme, restyle
from tradein_app.viewmodels.calibration_words import finding_heading, finding_heads, finding_rows

if TYPE_CHECKING:
    from tradein_app.viewmodels.calibration import CalibrationModel
    from tradein_app.viewmodels.photos import PhotosModel


class RoundPage(QWidget):
    """The panel of the checklist over a bench with this one phone."""

    left = Signal()

    def __init__(self, model: CalibrationModel, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Round"))
        self._model = model
        self._head = label(role="heading", wrap=True)
        self._note = label(wrap=True)
        self._figures = label(role="strong")
        self.panel = ChecklistPanel(model.bench, theme)
        self.panel.set_active(True)
        self.panel.title.hide()
        self._finish = self._button("", model.finish)
        self._finish.setProperty("role", "primary")
        leave = self._button(self.tr("Leave; go on later  Esc"), self.left.emit)
        foot = hbox(self._finish, leave, 1, self._figures)
        head = hbox(self._head)
        column = vbox(head, self._note, self.panel, foot, spacing=8)
        column.setStretch(2, 1)
        self.setLayout(column)
        model.round_changed.connect(self.show_state)
        model.bench.checklist.changed.connect(lambda: model.bench.pacer.ask(self.show_state))

    def _button(self, text: str, does: object) -> QPushButton:
        button = QPushButton(text)
        button.setMinimumHeight(TOUCH)
        button.setAutoDefault(False)
        button.clicked.connect(does)
        return button

    def open(self) -> None:
        """Show the round and take the keyboard."""
        record = self._model.round
        if record is not None:
            text = self.tr("{0} · {1} · graded by {2}")
            self._head.setText(text.format(record.code, record.model, record.grader))
            set_text(self._note, record.note)
        self.show_state()
        self.panel.show_page()
        self.panel.take_focus()

    def show_state(self) -> None:
        """Show how far the round is, and what its end would be."""
        done, left = self._model.figures()
        text = self.tr("{0} answered · {1} open").format(done, left)
        if unsaved := self._model.unsaved:
            text = self.tr("{0} · {1} not saved yet, tried again").format(text, unsaved)
        self._figures.setText(text)
        restyle(self._figures, tone="warn" if left or unsaved else "ok")
        again = self.tr("Finish with open questions  Ctrl+Enter")
        self._finish.setText(again if self._model.as_it_is else self.tr("Finish  Ctrl+Enter"))


class FindingsPage(QWidget):
    """Promised against found, question by question."""

    done = Signal()

    def __init__(self, model: CalibrationModel, photos: PhotosModel) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Findings"))
        self.photos = ReferencePhotos(photos)
        self._model = model
        self._head = label(role="heading", wrap=True)
        self._counts = label(role="strong", wrap=True)
        self._grade = label(role="strong", wrap=True)
        self._note = label(wrap=True)
        self.table = RowsTable(self.tr("Findings"), RowsModel(finding_heads()))
        self.table.picked.connect(lambda _row: self.done.emit())
        next_one = QPushButton(self.tr("Next phone  Enter"))
        next_one.setMinimumHeight(TOUCH)
        next_one.setProperty("role", "primary")
        next_one.setAutoDefault(False)
        next_one.clicked.connect(self.done.emit)
        column = vbox(
            self._head,
            self._counts,
            self._grade,
            self._note,
            self.table,
            self.photos,
            hbox(next_one, 1),
            spacing=8,
        )
        column.setStretch(4, 1)
        self.setLayout(column)

    def open(self) -> None:
        """Show what the round found."""
        record = self._model.round
        if record is None or record.comparison is None:
            return
        text = self.tr("{0} · {1} · graded by {2}")
        self._head.setText(text.format(record.code, record.model, record.grader))
        counts, grade = finding_heading(record.comparison, self._model.language)
        self._counts.setText(counts)
        set_text(self._grade, grade)
        set_text(self._note, record.note)
        same = record.comparison.promised_result == record.comparison.found_result
        restyle(self._grade, tone="ok" if same else "bad")
        self.table.rows.show_rows(finding_rows(record, self._model.language))
        self.photos.show_photos(record.photos)
        self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def text(self) -> str:
        """Return the page as a person would read it out."""
        return f"{self._head.text()}\n{self._counts.text()}\n{self._grade.text()}\n{self.table.text()}"
