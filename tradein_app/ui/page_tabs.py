"""The pages of the checklist: a number each, a tick where nothing is open any more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tradein_app.ui.answer_list import PanelButton
from tradein_app.ui.layouts import hbox, set_tip
from tradein_app.ui.theme import TOUCH, restyle
from tradein_app.viewmodels.checklist import ChecklistModel
from tradein_app.viewmodels.language import pick


class PageTabs(QWidget):
    """Goes to a page."""

    chosen = Signal(int)

    def __init__(self, model: ChecklistModel) -> None:
        super().__init__()
        self._model = model
        self._buttons: dict[int, PanelButton] = {}
        self.setAccessibleName(self.tr("Pages"))
        self._row = hbox(spacing=4)
        self.setLayout(self._row)

    def show_pages(self) -> None:
        """Show which page is open, and which are done."""
        for page in self._model.checklist.pages if self._model.checklist else ():
            button = self._buttons.get(page.number) or self._add(page.number)
            state = self._model.page_state(page) if self._model.enabled or self._model.answers else ""
            done = state in {"done", "optional"}
            title = pick(page.title, self._model.language)
            chosen = page.number == self._model.page_number
            button.setText(f"{page.number} ✓" if done else str(page.number))
            button.setChecked(chosen)
            words = self.tr("done") if done else self.tr("open")
            button.setAccessibleName(f"{page.number} {title}, {words}")
            set_tip(button, title)
            restyle(button, tone="ok" if done else None)

    def _add(self, number: int) -> PanelButton:
        button = PanelButton()
        button.setProperty("role", "page")
        button.setCheckable(True)
        button.setMinimumHeight(TOUCH)
        button.setMinimumWidth(button.fontMetrics().horizontalAdvance("0 ✓") + 20)
        button.clicked.connect(lambda: self.chosen.emit(number))
        self._buttons[number] = button
        self._row.addWidget(button, 1)
        return button
