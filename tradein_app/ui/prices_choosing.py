"""What is chosen on the page of prices: the phone by typing, and its axis, storage, grade and market by buttons."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, QStringListModel, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCompleter,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tradein_app.services.price_page_records import By
from tradein_app.ui.layouts import clear, hbox, label, set_tip, vbox
from tradein_app.ui.theme import TOUCH
from tradein_app.viewmodels.prices_axis import storage_words
from tradein_app.viewmodels.prices_places import country
from tradein_app.viewmodels.prices_words import chosen_is, grade_button, place_button

if TYPE_CHECKING:
    from tradein_app.viewmodels.prices import PricesModel

_ROW = 1.9
_APART = 14
_NUMBERS = re.compile(r"(\d+)")
_MOST_PLACES = 4
"""Markets that have a button each; the key goes through all of them."""


def _by_name(title: str) -> list[tuple[int, str]]:
    """Return what titles are ordered by, so that an iPhone 9 comes before an iPhone 11."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in _NUMBERS.split(title.casefold())]


class Row(QWidget):
    """Buttons of which one is chosen; the arrow keys go along them, as Qt has it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._texts: tuple[str, ...] = ()
        self._row = hbox(spacing=4)
        self.setLayout(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_texts(
        self, texts: Sequence[str], chosen: int, does: Callable[[int], object], tips: Sequence[str] = ()
    ) -> None:
        """Show buttons; nothing is made anew when they are the same."""
        if tuple(texts) != self._texts:
            self._texts = tuple(texts)
            self._make(does, tips)
        for number, button in enumerate(self._group.buttons()):
            button.setChecked(number == chosen)
        self.setVisible(len(texts) > 0)

    def _make(self, does: Callable[[int], object], tips: Sequence[str]) -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
        clear(self._row)
        for number, text in enumerate(self._texts):
            button = QPushButton(text)
            button.setProperty("role", "answer")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setMinimumHeight(TOUCH)
            button.clicked.connect(lambda _on, number=number: does(number))
            set_tip(button, tips[number] if tips else "")
            self._group.addButton(button)
            self._row.addWidget(button)


class TallRows(QStyledItemDelegate):
    """Rows of a list that a finger hits, as high as those of the other lists."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return a row's size."""
        return QSize(super().sizeHint(option, index).width(), round(option.fontMetrics.height() * _ROW))


class Choosing(QWidget):
    """The phone and the axis, then storage, grade and market on as many lines as they need."""

    def __init__(self, model: PricesModel) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("What the price is of"))
        self._model = model
        self.field = self._make_field()
        self.by = Row(self.tr("Along"))
        self.storage = Row(self.tr("Storage"))
        self.grade = Row(self.tr("Grade"))
        self.place = Row(self.tr("Market"))
        self._lay_out()
        model.choices_changed.connect(self._show_choices)
        model.asked_changed.connect(self.show_asked)
        model.curve_changed.connect(self.show_asked)

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(self.tr("Phone model"))
        field.setPlaceholderText(self.tr("Type a phone model"))
        field.setMinimumHeight(TOUCH)
        self._titles = QStringListModel(self)
        completer = QCompleter(self._titles, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(12)
        completer.activated.connect(self._choose)
        self._popup = completer.popup()
        assert self._popup is not None
        self._popup.setAccessibleName(self.tr("Phone models"))
        self._taller = TallRows()
        self._popup.setItemDelegate(self._taller)
        field.setCompleter(completer)
        field.returnPressed.connect(self._enter)
        field.editingFinished.connect(self._on_left)
        return field

    def _lay_out(self) -> None:
        self._by_title = label(self.tr("By  Ctrl+B"), "title")
        first = hbox(
            label(self.tr("Phone  Ctrl+F"), "title"),
            self.field,
            self._by_title,
            self.by,
        )
        first.setStretch(1, 1)
        self._lines = tuple(hbox(spacing=_APART) for _ in range(3))
        self._on_line: tuple[int, ...] = ()
        self.setLayout(vbox(first, *self._lines, spacing=8))
        for part in (self._by_title, self.by, self.storage, self.grade, self.place):
            # Nothing is named of which nobody has said yet what there is.
            part.hide()
        self._flow()

    def _flow(self) -> None:
        """Put the rows of buttons on as few lines as show each of them whole."""
        rows = (self.storage, self.grade, self.place)
        on_line, taken = [0], rows[0].sizeHint().width()
        for row in rows[1:]:
            wide = row.sizeHint().width() + _APART if not row.isHidden() else 0
            full = taken + wide > self.width()
            taken = wide if full else taken + wide
            on_line.append(on_line[-1] + full)
        if tuple(on_line) == self._on_line:
            return
        self._on_line = tuple(on_line)
        for line in self._lines:
            while line.takeAt(0) is not None:
                pass
        for row, number in zip(rows, on_line, strict=True):
            self._lines[number].addWidget(row)
        for line in self._lines:
            line.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the new width."""
        super().resizeEvent(event)
        self._flow()

    def focus_field(self) -> None:
        """Bring the keyboard to the phone's field; what is typed takes the place of what stands there."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _show_choices(self) -> None:
        models = self._model.choices.models if self._model.choices else ()
        titles = [each.title for each in sorted(models, key=lambda each: _by_name(each.title))]
        self._titles.setStringList(titles)

    def _choose(self, title: str) -> None:
        self._model.choose_titled(title)
        self._put_back()

    def _put_back(self) -> None:
        """Name the phone whose price is shown: no other name may stand over its price."""
        chosen = self._model.chosen
        if chosen is not None and self.field.text() != chosen.title:
            self.field.setText(chosen.title)
        if self.field.hasFocus():
            self.field.selectAll()

    def _on_left(self) -> None:
        if not self.field.hasFocus():
            self._put_back()

    def _enter(self) -> None:
        if self._popup is not None and not self._popup.isVisible():
            self._choose(self.field.text())

    def show_asked(self) -> None:
        """Show what is chosen."""
        model, asked, chosen = self._model, self._model.asked, self._model.chosen
        if asked is None or chosen is None or model.choices is None:
            return
        self._name(chosen.title)
        axes = (self.tr("Age"), self.tr("Grade"), self.tr("Storage"))
        self._by_title.show()
        self.by.show_texts(axes, tuple(By).index(asked.by), lambda at: model.set_by(tuple(By)[at]))
        self._show_storages()
        grades = model.choices.grades
        texts = [grade_button(each, model.language) for each in grades]
        self.grade.show_texts(texts, grades.index(asked.grade), lambda at: model.set_grade(grades[at]))
        self._show_places()
        self._flow()

    def _name(self, title: str) -> None:
        """Name the phone in its field, unless somebody types there."""
        here = self.field.window().focusWidget() is self.field
        typing = here and self.field.isModified() and self.field.text() != ""
        if not typing and self.field.text() != title:
            self.field.setText(title)
            if here:
                # What is typed next takes its place.
                self.field.selectAll()

    def _show_storages(self) -> None:
        model, asked, chosen = self._model, self._model.asked, self._model.chosen
        assert asked is not None
        assert chosen is not None
        sizes = chosen.storages
        at = sizes.index(asked.storage_gb) if asked.storage_gb in sizes else 0
        texts = [storage_words(each, model.language) for each in sizes]
        self.storage.show_texts(texts, at, lambda number: model.set_storage(self._storages()[number]))

    def _storages(self) -> tuple[int, ...]:
        """Return the sizes that the buttons stand for now: another phone with the same ones keeps its buttons."""
        return self._model.chosen.storages if self._model.chosen else ()

    def _show_places(self) -> None:
        model, asked = self._model, self._model.asked
        assert asked is not None
        places = list(model.choices.places) if model.choices else []
        chosen = next((each for each in places if chosen_is(asked, each)), None)
        shown = places[:_MOST_PLACES]
        if chosen is not None and chosen not in shown:
            shown[-1] = chosen
        at = shown.index(chosen) if chosen is not None else -1
        tips = [f"{country(each.market)}: {each.rows}" for each in shown]
        self.place.show_texts(
            [place_button(each) for each in shown], at, lambda number: model.set_place(shown[number]), tips
        )
        self.place.setVisible(len(places) > 1)
