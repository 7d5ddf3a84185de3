"""Panel 4: grade, offer, range, build-up; accept or decline."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from tradein_app.ui.cut_cover import CutCover
from tradein_app.ui.deal_bar import DealBar
from tradein_app.ui.fold import Fold
from tradein_app.ui.grade_card import GradeCard
from tradein_app.ui.layouts import hbox, label, set_text, vbox
from tradein_app.ui.lines_table import LinesTable
from tradein_app.ui.panel import Panel, Scroll
from tradein_app.ui.range_bar import RangeBar
from tradein_app.ui.theme import TOUCH, Theme, restyle
from tradein_app.viewmodels.quote import QuoteView
from tradein_app.viewmodels.skipping import skipped_words
from tradein_app.viewmodels.workbench import Workbench


def _leaves(content: QWidget) -> list[QWidget]:
    """Return what is read or pressed, without what only holds it."""
    return [each for each in content.findChildren(QWidget) if each.layout() is None]


class QuotePanel(Panel):
    """At most three actions, one of them primary."""

    buying_changed = Signal(bool)
    """Whether the bar that pays out is open."""
    compare_asked = Signal()
    sale_asked = Signal()
    """The shown phone under other standards."""
    check_asked = Signal(str)
    """The question whose answer the quote waits for."""

    def __init__(self, bench: Workbench, theme: Theme) -> None:
        super().__init__("quote")
        self.set_title(4, self.tr("Quote"))
        self._bench = bench
        self._asked_for: str | None = ""
        self._build(theme)
        self._bar.confirmed.connect(self._on_confirmed)
        self._bar.closed.connect(lambda: self.buying_changed.emit(False))
        bench.shown.connect(lambda: bench.pacer.ask(self.show_quote))
        bench.photos.changed.connect(lambda: bench.pacer.ask(self._follow_photos))
        self.show_quote()

    def _build(self, theme: Theme) -> None:
        self._grade = GradeCard()
        self._grade.looked.connect(self._bench.look_again)
        self._grade.look_asked.connect(self.check_asked)
        self._grade.compare_asked.connect(self.compare_asked)
        self._headline = label(role="strong", wrap=True)
        self._offer = label(role="price")
        self._validity = label(role="dim", wrap=True)
        self._reasons = label(wrap=True)
        self._without = label(wrap=True)
        restyle(self._without, tone="warn")
        self._range_title = label(self.tr("Expected resale price"), "title", wrap=True)
        self._range = RangeBar(theme)
        self._basis = label(role="dim", wrap=True)
        self._lines_title = label(self.tr("From the resale price to the offer"), "title", wrap=True)
        self._lines = LinesTable(self.tr("From the resale price to the offer"))
        self._factor_lines = LinesTable(self.tr("How the resale price comes about"))
        self._factors = Fold(self.tr("How the resale price comes about"), self._factor_lines)
        self._factors.button.toggled.connect(self._bring_factors)
        self._warnings = label(role="dim", wrap=True)
        self._versions = label(role="small", wrap=True)
        self._add_column()
        self._add_actions()

    def _add_column(self) -> None:
        head = vbox(self._headline, self._offer, self._validity, self._without, self._reasons, spacing=2)
        price = vbox(self._range_title, self._range, self._basis, spacing=2)
        lines = vbox(self._lines_title, self._lines, spacing=4)
        tail = (self._factors, self._warnings, self._versions)
        content = QWidget()
        content.setLayout(vbox(head, self._grade, price, lines, *tail, 1, spacing=12))
        self._scroll = Scroll(self.tr("Grade and offer"), content)
        CutCover(self._scroll, partial(_leaves, content))
        self.fill(self._scroll, growing=self._scroll)

    def _bring_factors(self, opened: bool) -> None:
        """Bring what was unfolded into view once it is laid out, its heading at the top where it is long."""
        if opened:
            QTimer.singleShot(0, self, lambda: self._scroll.reveal(self._factors))

    def _add_actions(self) -> None:
        self._bar = DealBar()
        self._primary = QPushButton()
        self._primary.setProperty("role", "primary")
        self._primary.clicked.connect(self.press_primary)
        self._paper = QPushButton(self.tr("Save as PDF"))
        self._paper.clicked.connect(self._bench.save_paper)
        self._anew = QPushButton(self.tr("Start a new inspection  Ctrl+N"))
        self._anew.clicked.connect(self._bench.start_anew)
        self._open = QPushButton(self.tr("Open the paper"))
        self._open.clicked.connect(self._bench.open_paper)
        self._sold = QPushButton(self.tr("Record its sale  Ctrl+Shift+S"))
        self._sold.clicked.connect(self.sale_asked)
        self._decline = QPushButton(self.tr("Decline  Ctrl+D"))
        self._decline.clicked.connect(self.press_decline)
        for button in (self._primary, self._paper, self._decline, self._open, self._sold, self._anew):
            button.setMinimumHeight(TOUCH)
        self.body.addWidget(self._primary)
        self.body.addLayout(hbox(self._paper, self._decline))
        self.body.addWidget(self._open)
        self.body.addWidget(self._sold)
        self.body.addWidget(self._anew)
        self.body.addWidget(self._bar)

    def show_quote(self) -> None:
        """Show the chosen phone's grade and quote; a bar that was about another phone closes."""
        if self._asked_for not in {"", self._bench.record_id}:
            self._asked_for = ""
            self._bar.dismiss()
        quote = self._bench.quote()
        self._grade.setVisible(self._bench.record is not None)
        self._grade.show_grade(self._bench.grade())
        set_text(self._headline, self.tr("Pricing …") if self._bench.saving.pricing else quote.headline)
        restyle(self._headline, tone=quote.tone)
        set_text(self._offer, quote.offer)
        restyle(self._offer, outdated=quote.outdated)
        set_text(self._validity, quote.validity)
        set_text(self._reasons, "\n".join(f"• {line}" for line in quote.reasons))
        set_text(self._without, self._bought_without())
        self._show_build_up(quote)
        self._show_actions(quote)

    def _skipped(self) -> str:
        return skipped_words(self._bench.record, self._bench.photos.missing_count)

    def _bought_without(self) -> str:
        """Return what a phone was bought without, for as long as it is looked at."""
        record = self._bench.record
        words = self._skipped() if record is not None and record.stage == "accepted" else ""
        return self.tr("Bought {0}").format(words) if words else ""

    def _follow_photos(self) -> None:
        set_text(self._without, self._bought_without())
        if self._bar.kind == "accept":
            self._bar.ask_accept(self._bench.quote().offer, self._skipped())

    def _show_build_up(self, quote: QuoteView) -> None:
        self._range.show_range(quote.range)
        self._range_title.setVisible(quote.range is not None)
        set_text(self._basis, quote.range.basis if quote.range else "")
        self._lines.show_lines(quote.lines)
        self._lines_title.setVisible(bool(quote.lines))
        self._lines.setVisible(bool(quote.lines))
        self._factor_lines.show_lines(quote.factors)
        self._factors.setVisible(bool(quote.factors))
        set_text(self._warnings, "\n".join(f"• {line}" for line in quote.warnings))
        set_text(self._versions, quote.versions)

    def _show_actions(self, quote: QuoteView) -> None:
        record = self._bench.record
        works = record is not None and not record.stage.closed and not self._bar.kind
        action = self._primary_action(quote)
        self._primary.setText(self._primary_words(action))
        self._primary.setVisible(works and bool(action))
        self._primary.setEnabled(not self._bench.saving.pricing)
        self._paper.setVisible(works and quote.printable and not quote.acceptable)
        closed = self._bench.closed_deal()
        self._open.setVisible(closed is not None and closed.paper is not None)
        self._sold.setVisible(closed is not None and closed.bought)
        self._anew.setVisible(closed is not None and closed.can_start_anew)
        self._decline.setVisible(works and quote.declinable)

    def _primary_action(self, quote: QuoteView) -> str:
        if quote.acceptable:
            return "accept"
        if quote.priceable:
            return "price"
        return "check" if quote.decision == "review" and self._bench.open_point() else ""

    def _primary_words(self, action: str) -> str:
        words = {
            "accept": self.tr("Accept  Ctrl+Enter"),
            "price": self.tr("Price it  Ctrl+Enter"),
            "check": self.tr("Check what is open  Ctrl+Enter"),
        }
        return words.get(action, "")

    def press_primary(self) -> None:
        """Do the one thing that leads on: price, check what is open, or open the bar that accepts."""
        quote = self._bench.quote()
        action = self._primary_action(quote)
        if action == "accept":
            self._asked_for = self._bench.record_id
            self._bar.ask_accept(quote.offer, self._skipped())
            self.show_quote()
            self.buying_changed.emit(True)
        elif action == "price":
            self._bench.price()
        elif action == "check":
            self.check_asked.emit(self._bench.open_point())

    def press_decline(self) -> None:
        """Open the bar that declines."""
        record = self._bench.record
        if record is not None and self._bench.quote().declinable:
            self._asked_for = record.id
            self._bar.ask_decline()
            self.show_quote()

    def close_bar(self) -> bool:
        """Close the bar; ``False`` when it was closed already."""
        closed = self._bar.dismiss()
        if closed:
            self.show_quote()
            self.take_focus()
        return closed

    def _on_confirmed(self, kind: str) -> None:
        if kind == "accept":
            self._bench.accept()
        else:
            self._bench.decline()
        self.show_quote()
        self.take_focus()

    def text(self) -> str:
        """Return the panel as a person would read it out."""
        grade = self._bench.grade()
        parts = [grade.word, *grade.caps, *grade.still, *grade.lifts, grade.several]
        parts += [each.as_text() for each in grade.repairs]
        parts += [grade.no_repair, *(each.text for each in grade.looks), *grade.looked]
        parts += [self._bench.quote().as_text(), self._bought_without()]
        return "\n".join(part for part in parts if part)
