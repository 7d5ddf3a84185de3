"""The left side of the page of prices: what a phone is worth, where that comes from, and its plot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from tradein_app.ui.layouts import frame, hbox, label, set_text, set_tip, vbox
from tradein_app.ui.prices_choosing import Choosing
from tradein_app.ui.prices_plot import PricePlot, paint_dot
from tradein_app.ui.theme import TOUCH, Theme, restyle
from tradein_app.viewmodels.language import error_words
from tradein_app.viewmodels.prices_steps import step_lines
from tradein_app.viewmodels.prices_words import (
    asked_words,
    basis_words_of,
    caution_lines,
    learned_words,
    legend_words,
    money,
    note_lines,
    only_words,
    paid_words,
    range_words,
)

if TYPE_CHECKING:
    from tradein_app.viewmodels.prices import PricesModel


class Dot(QWidget):
    """The legend's own dot, as the plot paints it."""

    def __init__(self, theme: Theme, name: str, *, own: bool = False, sold: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._own = own
        self._sold = sold
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for one letter."""
        line = self.fontMetrics().height()
        return QSize(line, line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dot."""
        tokens, painter = self._theme.tokens, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        colour = tokens.text if self._own else tokens.dim
        paint_dot(painter, middle, tokens.card, colour, own=self._own, sold=self._sold)
        painter.end()


class Worth(QWidget):
    """Chooses a phone, and shows its price."""

    def __init__(self, model: PricesModel, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("What it is worth"))
        self._model = model
        self.choosing = Choosing(model)
        self.price = label(role="price")
        self._range = label(role="strong", wrap=True)
        self._of = label(role="dim", wrap=True)
        self.battery = self._battery_button()
        self._basis = label(wrap=True)
        self._cautions = label(wrap=True)
        restyle(self._cautions, tone="warn")
        self._notes = label(role="dim", wrap=True)
        self.plot = PricePlot(theme, model.language)
        self._at = label(role="strong", wrap=True)
        self.plot.walked.connect(self._at.setText)
        self._own, self._others, self._asks = label(), label(), label()
        self._only = label(role="dim", wrap=True)
        self._legend = self._make_legend(theme)
        self._trouble = label(wrap=True)
        restyle(self._trouble, tone="warn")
        self._wait = label(self.tr("The prices are being looked through\u2026"), "strong", wrap=True)
        self._lay_out()
        model.choices_changed.connect(self._say_waiting)
        model.curve_changed.connect(self.show_curve)
        self.show_curve()

    def _battery_button(self) -> QPushButton:
        button = QPushButton()
        button.setAutoDefault(False)
        button.setMinimumHeight(TOUCH)
        button.clicked.connect(lambda: self._model.next_of("battery"))
        set_tip(button, self.tr("Which health of the battery the price assumes; again for another"))
        return button

    def _make_legend(self, theme: Theme) -> QWidget:
        made = QWidget()
        made.setAccessibleName(self.tr("Legend"))
        self._others_dot = Dot(theme, self.tr("sold by others"), sold=True)
        dots = [
            Dot(theme, self.tr("your sales"), own=True),
            self._own,
            self._others_dot,
            self._others,
            Dot(theme, self.tr("asked in the market")),
            self._asks,
        ]
        keys = label(self.tr("\u2190 \u2192 walk along"), "dim")
        made.setLayout(vbox(hbox(*dots, 1, keys), self._only, spacing=2))
        return made

    def _lay_out(self) -> None:
        amounts = vbox(self._range, self._of, spacing=2)
        head = hbox(self.price, amounts, self.battery, spacing=18)
        head.setStretch(1, 1)
        said = vbox(head, self._basis, self._cautions, self._notes, self._trouble, self._wait, spacing=4)
        column = vbox(said, self.plot, self._at, self._legend, margin=12, spacing=6)
        column.setStretch(1, 1)
        self.card: QFrame = frame("card", self.tr("Price"), column)
        whole = vbox(self.choosing, self.card, spacing=10)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _say_waiting(self) -> None:
        """Say what the first picture waits for now; a model that is read anew takes its seconds."""
        self._wait.setText(self.tr("The price is being worked out\u2026"))

    def show_curve(self) -> None:
        """Show the price, or why there is none."""
        curve, language = self._model.curve, self._model.language
        self.plot.show_curve(curve)
        trouble = self._model.trouble
        self._wait.setVisible(curve is None and trouble is None)
        set_text(self._trouble, " ".join(error_words(trouble, language)).strip() if trouble else "")
        for part in (
            self.price,
            self._range,
            self._of,
            self._basis,
            self._cautions,
            self._notes,
            self._at,
            self._legend,
            self.battery,
        ):
            part.setVisible(curve is not None)
        if curve is None:
            return
        self.price.setText(money(curve.today.range.p50, language))
        self._range.setText(range_words(curve.today, language))
        self._of.setText(asked_words(curve, language))
        self.battery.setText(self.tr("Battery {0} %  Ctrl+E").format(curve.battery))
        self._basis.setText(basis_words_of(curve, language))
        set_text(self._cautions, "\n".join(caution_lines(curve, language)))
        set_text(self._notes, " ".join(note_lines(curve, language)))
        set_tip(self._basis, "\n".join(step_lines(curve.factors, language)))
        own, others, asks = legend_words(curve, language)
        self._own.setText(own)
        self._others.setText(others)
        self._asks.setText(asks)
        said = only_words(curve, language), paid_words(curve, language), learned_words(curve)
        set_text(self._only, " \u00b7 ".join(each for each in said if each))
        for part in (self._others_dot, self._others):
            # Most shops have no such feed.
            part.setVisible(curve.sold_dots > 0)

    def text(self) -> str:
        """Return this side as a person would read it out."""
        dots = (self._own, self._others, self._asks, self._only)
        parts = (self.price, self._range, self._of, self._basis, self._cautions, self._notes, self._at, *dots)
        shown = [part.text() for part in (*parts, self._trouble, self._wait) if not part.isHidden()]
        return "\n".join([*shown, self.plot.text()])
