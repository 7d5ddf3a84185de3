"""The pages of the checklist: number and name, a tick where nothing is open any more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from tradein_app.ui.answer_list import PanelButton
from tradein_app.ui.layouts import hbox, set_tip
from tradein_app.ui.theme import SMALL, TOUCH, restyle
from tradein_app.viewmodels.checklist import ChecklistModel
from tradein_app.viewmodels.language import pick

_GAP, _EDGES = 4, 2 * (2 + 2) + 2
"""Between two buttons, and round a button's text; a layout may round a width down."""


class PageTabs(QWidget):
    """Goes to a page."""

    chosen = Signal(int)

    def __init__(self, model: ChecklistModel) -> None:
        super().__init__()
        self._model = model
        self._buttons: dict[int, PanelButton] = {}
        self._texts: dict[int, tuple[str, str]] = {}
        self._shown: object = None
        self.setAccessibleName(self.tr("Pages"))
        self._row = hbox(spacing=_GAP)
        self.setLayout(self._row)

    def show_pages(self) -> None:
        """Show which page is open, and which are done; nothing is touched while that is the same."""
        pages = self._model.checklist.pages if self._model.checklist else ()
        said = bool(self._model.enabled or self._model.answers)
        states = tuple(self._model.page_state(page) if said else "" for page in pages)
        shown = self._model.checklist and self._model.checklist.id, self._model.page_number, states
        if shown == self._shown:
            return
        self._shown = shown
        for page, state in zip(pages, states, strict=True):
            button = self._buttons.get(page.number) or self._add(page.number)
            done = state in {"done", "optional"}
            title = pick(page.title, self._model.language)
            chosen = page.number == self._model.page_number
            self._texts[page.number] = f"{page.number} ✓" if done else str(page.number), title
            button.setChecked(chosen)
            words = self.tr("done") if done else self.tr("open")
            button.setAccessibleName(f"{page.number} {title}, {words}")
            set_tip(button, title)
            restyle(button, tone="ok" if done else None)
        self._name()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name the pages where there is room for it."""
        super().resizeEvent(event)
        self._name()

    def _name(self) -> None:
        """Show each page's name beneath its number, where all names have room: a longer one gets more of it."""
        metrics = QFontMetrics(_small_font())
        wishes = {
            number: max(metrics.horizontalAdvance(title) + _EDGES, self._buttons[number].minimumWidth())
            for number, (_, title) in self._texts.items()
        }
        named = sum(wishes.values()) + _GAP * (len(wishes) - 1) <= self.width()
        for place, (number, button) in enumerate(self._buttons.items()):
            short, title = self._texts[number]
            text = f"{short}\n{title}" if named else short
            if button.text() != text:
                button.setText(text)
            self._row.setStretch(place, wishes[number] if named else 1)
            restyle(button, named=named)

    def _add(self, number: int) -> PanelButton:
        button = PanelButton()
        button.setProperty("role", "page")
        button.setCheckable(True)
        button.setMinimumHeight(TOUCH)
        button.setMinimumWidth(button.fontMetrics().horizontalAdvance("0 ✓") + 20)
        # A name never asks for room: it is shown where there is some.
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.chosen.emit(number))
        self._buttons[number] = button
        self._row.addWidget(button, 1)
        return button


def _small_font() -> QFont:
    """Return the font of the names, as the style has it."""
    font = QApplication.font()
    font.setPointSizeF(font.pointSizeF() * SMALL)
    return font
