"""The right side of the page of prices: what to do, how good the models are, what sales say, and the data's health."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tradein_app.ui.flow import Flow
from tradein_app.ui.layouts import clear, frame, label, set_text, set_tip, vbox
from tradein_app.ui.panel import Column, Scroll
from tradein_app.ui.prices_fetched import FetchedCard
from tradein_app.ui.prices_kept import KeptCard
from tradein_app.ui.theme import TOUCH, restyle
from tradein_app.viewmodels.language import error_words
from tradein_app.viewmodels.prices_advice import advice
from tradein_app.viewmodels.prices_data_words import (
    can_be_taken_out,
    columns_words,
    data_words,
    missing_words,
    source_words,
)
from tradein_app.viewmodels.prices_fetch_words import rates_words, running_words
from tradein_app.viewmodels.prices_standing import (
    Side,
    outcome_line,
    progress_words,
    sides,
    standing_lines,
    unread_lines,
    verdict_words,
    wide_lines,
)
from tradein_app.viewmodels.prices_words import split_words, watch_words

if TYPE_CHECKING:
    from tradein_app.services.price_page_records import Overview, Source
    from tradein_app.viewmodels.prices import PricesModel

_PERCENT = 100
_MOST_SOURCES = 6
_WORK = frozenset({"train", "cancel", "promote", "back"})
_ENDED_BADLY = frozenset({"failed", "died"})


class SidePage(QWidget):
    """Cards below each other; they scroll where the window is low."""

    pressed = Signal(str)
    """``train``, ``cancel``, ``promote``, ``back``, ``load``, ``example``, ``fetch``, ``stop`` or ``again``."""

    def __init__(self, model: PricesModel) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("How good prices are"))
        self._model = model
        self._buttons: dict[str, QPushButton] = {}
        inside = Column()
        inside.setLayout(
            vbox(self._make_next(), self._make_fetched(model.language), *self._make_rest(), 1, spacing=10)
        )
        self._inside = inside
        self.column = Scroll(self.tr("How good prices are"), inside)
        # As high as its lines are in this width: what they ask for in a wider one would cut those that wrap here.
        inside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        for each in (self.column, inside, self):
            restyle(each, role="page")
        self.setLayout(vbox(self.column))
        self._wait()
        model.overview_changed.connect(self.show_overview)
        model.training_changed.connect(self._show_state)
        model.fetching.changed.connect(self._show_fetching)
        self.column.laid_out.connect(self._fit)

    # --- the cards

    def _card(self, title: str, *rows: object) -> QFrame:
        column: QVBoxLayout = vbox(label(title, "title"), *rows, margin=12, spacing=6)  # type: ignore[arg-type]
        return frame("card", title, column)

    def _button(self, act: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setMinimumHeight(TOUCH)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.pressed.emit(act))
        self._buttons[act] = button
        return button

    def _make_next(self) -> QFrame:
        self._advice = label(role="strong", wrap=True)
        self._progress = QProgressBar()
        self._progress.setRange(0, _PERCENT)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Training"))
        self._step = label(role="dim", wrap=True)
        self._unread = label(wrap=True)
        restyle(self._unread, tone="warn")
        buttons = Flow(
            self._button("promote", self.tr("Put the new one in use  Ctrl+Enter")),
            self._button("train", self.tr("Train  Ctrl+T")),
            self._button("cancel", self.tr("Cancel the training  Ctrl+Shift+T")),
            self._button("fetch", self.tr("Fetch now  Ctrl+R")),
            self._button("stop", self.tr("Cancel fetching  Ctrl+Shift+R")),
            self._button("load", self.tr("Load files\u2026  Ctrl+O")),
            self._button("back", self.tr("Back to the one before  Alt+\u2190")),
        )
        set_tip(self._buttons["fetch"], self.tr("Feeds of prices and exchange rates, over the network"))
        set_tip(self._buttons["load"], columns_words())
        self._fetching = label(role="dim", wrap=True)
        self._fetching.hide()
        self._keyboard_waits = False
        self._work_waits = False
        self._trouble = label(wrap=True)
        restyle(self._trouble, tone="bad")
        again = self._button("again", self.tr("Try again  F5"))
        parts = (
            self._trouble,
            again,
            self._advice,
            self._progress,
            self._step,
            self._unread,
            buttons,
            self._fetching,
        )
        return self._card(self.tr("What to do"), *parts)

    def _make_fetched(self, language: str) -> QFrame:
        self.fetched = FetchedCard(language)
        return self.fetched

    def _make_rest(self) -> tuple[QFrame, ...]:
        self._rest = (self._make_models(), self._make_sales(), self._make_data())
        self.kept = KeptCard(self._model.language)
        self.kept.wanted.connect(self._model.models.promote)
        first, *others = self._rest
        return (first, self.kept, *others)

    def _make_models(self) -> QFrame:
        self._standing = label(wrap=True)
        self._tried = QGridLayout()
        self._tried.setHorizontalSpacing(12)
        self._tried.setColumnStretch(1, 1)
        self._meant = label(self.tr("A range should hold 80 of 100 prices."), "dim", wrap=True)
        self._wide = label(wrap=True)
        restyle(self._wide, tone="warn")
        self._verdict = label(wrap=True)
        parts = (self._standing, self._tried, self._meant, self._wide, self._verdict)
        return self._card(self.tr("How good it is"), *parts)

    def _make_sales(self) -> QFrame:
        self._sales = label(wrap=True)
        return self._card(self.tr("Your sales against your quotes"), self._sales)

    def _make_data(self) -> QFrame:
        self._data = label(wrap=True)
        self._missing = label(role="dim", wrap=True)
        self._sources = vbox(spacing=4)
        self._shown_sources: tuple[Source, ...] = ()
        self._rates = label(wrap=True)
        columns = label(columns_words(), "dim", wrap=True)
        example = self._button("example", self.tr("Save an example file\u2026"))
        parts = (self._data, self._missing, self._sources, self._rates, columns, example)
        return self._card(self.tr("The data"), *parts)

    def _wait(self) -> None:
        """Claim nothing, and offer nothing, of what nobody has looked at yet."""
        self._advice.setText(self.tr("Prices are being looked through."))
        for each in (self._progress, self._step, self._unread, self._meant, self._wide, *self._rest):
            each.hide()
        self._trouble.hide()
        for act, button in self._buttons.items():
            button.setVisible(act in {"load", "fetch", "example"})

    # --- what they show

    def show_overview(self) -> None:
        """Show how things stand."""
        overview, language = self._model.overview, self._model.language
        self._show_trouble()
        if overview is None:
            return
        today = datetime.now(UTC).astimezone().date()
        for each in self._rest:
            each.show()
        what = advice(overview, language, today)
        self._advice.setText(what.text)
        restyle(self._advice, tone="" if what.tone == "accent" else what.tone)
        self._show_training(overview)
        self._show_buttons(overview, what.act)
        self._standing.setText("\n".join(standing_lines(overview, language)))
        self._show_tried(sides(overview, language))
        set_text(self._wide, " ".join(wide_lines(overview, language)))
        text, tone = verdict_words(overview, language)
        set_text(self._verdict, text)
        restyle(self._verdict, tone=tone)
        text, tone = watch_words(overview.watch)
        self._sales.setText(text)
        restyle(self._sales, tone=tone)
        self._show_data(overview)
        self._show_fetching()

    def _show_trouble(self) -> None:
        """Say why nothing is known, or nothing newer, and let the person try again."""
        trouble, known = self._model.overview_trouble, self._model.overview is not None
        self._buttons["again"].setVisible(trouble is not None)
        self._advice.setVisible(known or trouble is None)
        if trouble is None:
            self._trouble.hide()
            return
        before = self.tr("What stands below is from before.")
        said = [*error_words(trouble, self._model.language), before if known else ""]
        set_text(self._trouble, " ".join(filter(None, said)))

    def _show_state(self) -> None:
        """Show how far a training is, and nothing else anew: this comes each second."""
        overview = self._model.overview
        if overview is not None:
            self._show_training(overview)
            today = datetime.now(UTC).astimezone().date()
            self._show_buttons(overview, advice(overview, self._model.language, today).act)

    def _show_fetching(self) -> None:
        fetching, overview = self._model.fetching, self._model.overview
        self._show_fetch_buttons()
        said = running_words(fetching.seconds, cancelling=fetching.cancelling)
        set_text(self._fetching, said if fetching.running else "")
        if fetching.running or overview is None:
            return
        language, today = self._model.language, datetime.now(UTC).astimezone().date()
        text, tone = rates_words(overview.rates, today, language)
        self._rates.setText(text)
        restyle(self._rates, tone=tone)
        self.fetched.show_news(fetching.news, overview, fetching.ended)

    def _show_fetch_buttons(self) -> None:
        """Let one take the place of the other, and the keyboard go with it."""
        fetching = self._model.fetching
        begin, end = self._buttons["fetch"], self._buttons["stop"]
        shown, hidden = (end, begin) if fetching.running else (begin, end)
        if fetching.cancelling and end.hasFocus():
            # A button that can no longer be pressed hands the keyboard to the next one: the same key would press that.
            self._keyboard_waits = True
            self.column.setFocus()
        end.setEnabled(not fetching.cancelling)
        shown.show()
        if hidden.hasFocus() or (not fetching.running and self._keyboard_waits and self.column.hasFocus()):
            shown.setFocus()
        self._keyboard_waits = self._keyboard_waits and fetching.running
        hidden.hide()

    def _show_training(self, overview: Overview) -> None:
        running, language = overview.training.running, self._model.language
        self._progress.setVisible(running)
        self._progress.setValue(round(_PERCENT * overview.training.share))
        set_text(
            self._step, progress_words(overview, language) if running else outcome_line(overview, language)
        )
        bad = not running and overview.training.outcome in _ENDED_BADLY
        restyle(self._step, tone="bad" if bad else "")
        set_text(self._unread, "\n".join(unread_lines(overview, language)))

    def _show_buttons(self, overview: Overview, primary: str) -> None:
        running, standing = overview.training.running, overview.standing
        shown = {
            "train": not running and overview.data.used > 0,
            "cancel": running,
            "promote": standing.challenger is not None and not running,
            "back": standing.champion is not None and not running,
            "load": True,
            "fetch": not self._model.fetching.running,
            "stop": self._model.fetching.running,
            "again": self._model.overview_trouble is not None,
            "example": True,
        }
        first = self.tr("Back to the published curves  Alt+\u2190")
        before = self.tr("Back to the one before  Alt+\u2190")
        self._buttons["back"].setText(before if standing.former else first)
        idle = not self._model.models.busy
        may = {**shown, "cancel": running and not overview.training.cancelling}
        self._hold_keyboard({act for act in _WORK if idle and may[act]})
        for act, button in self._buttons.items():
            button.setVisible(shown[act])
            restyle(button, role="primary" if act == primary else "")
        for act in ("train", "promote", "back"):
            self._buttons[act].setEnabled(idle)
        self.kept.show_overview(overview, idle=idle and not running)
        self._buttons["cancel"].setEnabled(idle and not overview.training.cancelling)
        self._return_keyboard("cancel" if running else "train")

    def _hold_keyboard(self, usable: set[str]) -> None:
        """Take the keyboard from a button that goes: Qt would hand it to the next, and the same key press that."""
        if any(self._buttons[act].hasFocus() for act in _WORK - usable):
            self._work_waits = True
            self.column.setFocus()

    def _return_keyboard(self, act: str) -> None:
        """Give the keyboard, where it was taken and nobody moved it since, to what can be done now."""
        button = self._buttons[act]
        if not self._work_waits or not button.isEnabled() or button.isHidden():
            return
        self._work_waits = False
        if self.column.hasFocus():
            button.setFocus()

    def _show_tried(self, rows: tuple[Side, ...]) -> None:
        clear(self._tried)
        self._meant.setVisible(bool(rows))
        for at, row in enumerate(rows):
            self._tried.addWidget(label(split_words(row.split), "strong", wrap=True), 2 * at, 0, 1, 2)
            cells = label("\n".join(row.lines), wrap=True)
            self._tried.addWidget(cells, 2 * at + 1, 0, 1, 2)

    def _show_data(self, overview: Overview) -> None:
        language = self._model.language
        self._data.setText(data_words(overview.data, language))
        set_text(self._missing, missing_words(overview.data))
        if overview.data.sources == self._shown_sources:
            # Buttons stay where the keyboard is while a training is looked at.
            return
        self._shown_sources = overview.data.sources
        clear(self._sources)
        for source in overview.data.sources[:_MOST_SOURCES]:
            text, tone = source_words(source, language)
            line: QLabel = label(text, wrap=True)
            restyle(line, tone=tone)
            self._sources.addWidget(line)
            if can_be_taken_out(source):
                self._sources.addWidget(self._out_button(source.name), 0, Qt.AlignmentFlag.AlignLeft)

    def _out_button(self, name: str) -> QPushButton:
        button = QPushButton(self.tr("Take out {0}").format(name))
        button.setAutoDefault(False)
        button.setMinimumHeight(TOUCH)
        button.clicked.connect(lambda: self._model.take_out(name))
        return button

    def _fit(self) -> None:
        """Show the bar only where there is more: labels that wrap ask for more height than they take."""
        viewport = self.column.viewport()
        over = self._inside.heightForWidth(viewport.width()) > viewport.height()
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if over else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.column.verticalScrollBarPolicy() != policy:
            self.column.setVerticalScrollBarPolicy(policy)

    def act(self, name: str) -> None:
        """Do what a button does, if it can be pressed now."""
        button = self._buttons[name]
        if not button.isHidden() and button.isEnabled():
            self.pressed.emit(name)

    def text(self) -> str:
        """Return this side as a person would read it out."""
        labels = [each for each in self.findChildren(QLabel) if not each.isHidden() and each.text()]
        return "\n".join(each.text() for each in labels)
