"""Panel 2: what the machine read, each value with its source; what it could not read, with the reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QBoxLayout, QPushButton, QWidget

from diagnostics.model import State
from diagnostics.teaching import unnamed
from tradein_app.ui.cut_cover import CutCover
from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.layouts import hbox, label, set_text, vbox
from tradein_app.ui.name_offer import NameOffer
from tradein_app.ui.panel import Panel, Scroll
from tradein_app.ui.phone_light import PhoneLight
from tradein_app.ui.section_view import SectionView, Widths, least_room
from tradein_app.ui.state_card import StateCard
from tradein_app.ui.stepper_place import StepperPlace
from tradein_app.ui.theme import Theme, restyle
from tradein_app.viewmodels.fact_making import sections
from tradein_app.viewmodels.facts import Fact, Section
from tradein_app.viewmodels.phone_state import phone_state
from tradein_app.viewmodels.remarks import reading_remarks, remarks
from tradein_app.viewmodels.sharing import sharing_words
from tradein_app.viewmodels.summary import chips, headline, headline_of_waiting
from tradein_app.viewmodels.waiting import NO_TIME, Waiting
from tradein_app.viewmodels.workbench import Workbench

if TYPE_CHECKING:
    from diagnostics.model import Reading
    from tradein_app.viewmodels.rule import RuleInstall

_BETWEEN, _BELOW = 20, 10
_USUAL = (14, 2, 7, 10)
"""So many lines most phones have in each section."""
_LINES_AT_ONCE = 3
"""So many are shown in one pass of the event loop: a line takes about a millisecond."""
_LEAST = 40
"""However low the window is, so much of what was read is seen: all else is scrolled to."""
_ACTIONS = QAbstractSlider.SliderAction
_SCROLLING = {
    Qt.Key.Key_Up: _ACTIONS.SliderSingleStepSub,
    Qt.Key.Key_Down: _ACTIONS.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: _ACTIONS.SliderPageStepSub,
    Qt.Key.Key_PageDown: _ACTIONS.SliderPageStepAdd,
    Qt.Key.Key_Home: _ACTIONS.SliderToMinimum,
    Qt.Key.Key_End: _ACTIONS.SliderToMaximum,
}
"""The keys of a panel in which nothing is chosen."""


def _widest(views: list[SectionView]) -> Widths:
    return Widths(*(max(widths) for widths in zip(*(view.widths for view in views), strict=True)))


def _parts(views: list[SectionView]) -> list[QWidget]:
    return [part for view in views for part in view.parts()]


class ReadingPanel(Panel):
    """Two columns of facts; one line of them in a small window."""

    question_asked = Signal(str)
    """The question of the checklist that tells what the cable could not."""
    name_asked = Signal(object)
    """What is `diagnostics.teaching.Unnamed`, and a person knows the name."""
    by_hand = Signal()
    """A person goes on without the cable."""

    def __init__(self, bench: Workbench, theme: Theme) -> None:
        super().__init__("reading")
        self.set_title(2, self.tr("Reading"))
        self._bench = bench
        self._secrets = False
        self._shown: str | None = None
        self._folded = False
        self._to_show: list[SectionView] = []
        self._waiting = Waiting(bench.devices, parent=self)
        self._build(theme)
        bench.shown.connect(lambda: bench.pacer.ask(self._show_step_by_step))
        self.show_reading()

    def _build(self, theme: Theme) -> None:
        self._model = ElidedLabel(role="heading")
        self._light = PhoneLight()
        self._state = StateCard(theme)
        self._state.pressed.connect(self._on_act)
        self._state.ticked.connect(self._show_time)
        self._offer = NameOffer()
        self._offer.pressed.connect(self.name_asked)
        self._rule: RuleInstall | None = None
        self._steps = StepperPlace(self._bench, theme)
        self._steps.changed.connect(lambda: self._bench.pacer.ask(self._show_head))
        self._steps.by_hand.connect(self.by_hand)
        self._remarks = label(wrap=True)
        restyle(self._remarks, tone="warn")
        self._todo = label(wrap=True)
        restyle(self._todo, tone="bad")
        self._asks = label(wrap=True)
        restyle(self._asks, tone="warn")
        self._chips = label(role="dim", wrap=True)
        self._hide = QPushButton()
        self._hide.clicked.connect(self.toggle_secrets)
        self._again = QPushButton(self.tr("Read again  F5"))
        self._again.clicked.connect(lambda: self._bench.read_again(self._bench.devices.selected))
        self.header.addWidget(self._hide)
        self.header.addWidget(self._again)
        self._sections = [SectionView() for _ in range(4)]
        for view in self._sections:
            view.asked.connect(self.question_asked)
        phone, storage, battery, locks = self._sections
        columns: QBoxLayout = hbox(
            vbox(phone, storage, 1, spacing=10), vbox(battery, locks, 1, spacing=10), spacing=_BETWEEN
        )
        columns.setStretch(0, 10)
        columns.setStretch(1, 10)
        self._direction = columns.direction()
        self._both = columns
        self._columns = QWidget()
        self._columns.setProperty("role", "plain")
        self._columns.setAccessibleName(self.tr("All values"))
        self._columns.setLayout(columns)
        content = QWidget()
        content.setLayout(
            vbox(
                self._steps,
                self._state,
                self._remarks,
                self._offer,
                self._todo,
                self._asks,
                self._chips,
                self._columns,
                1,
                spacing=8,
            )
        )
        # All of it scrolls, so that the panel keeps its height from phone to phone, and the checklist its place.
        self._scroll = Scroll(self.tr("What was read"), content)
        self._scroll.setMinimumHeight(_LEAST)
        self._scroll.verticalScrollBar().setSingleStep(self.fontMetrics().height())
        for column in (self._sections[:2], self._sections[2:]):
            CutCover(self._scroll, partial(_parts, column))
        self._head = hbox(self._model, self._light, spacing=12)
        self.fill(self._head, self._scroll, growing=self._scroll)

    def fold(self, folded: bool) -> None:
        """Show one line in a small window, all facts in a large one."""
        if folded != self._folded:
            self._folded = folded
            self._state.fold(folded)
            self._steps.fold(folded)
            self.show_reading()

    def toggle_secrets(self) -> None:
        """Show or hide IMEI and serial number; hidden again with the next phone."""
        self._secrets = not self._secrets
        self.show_reading()

    def name_model(self) -> None:
        """Ask for the name of the shown phone's model or colour, where no table knows it."""
        self._offer.press()

    def next_step(self) -> None:
        """Note that a step of the shown phone did not help."""
        self._steps.next_step()

    def show_reading(self) -> None:
        """Show the chosen phone's reading; with another phone IMEI and serial number are hidden again."""
        self._show_head()
        self._show_facts()
        while self._to_show:
            self._show_next()

    def _show_step_by_step(self) -> None:
        """Show the reading in several passes of the event loop: it is what takes longest to lay out and paint."""
        self._show_head()
        self._bench.pacer.ask(self._show_facts)

    def _show_head(self) -> None:
        reading, language = self._bench.reading, self._bench.language
        shown = reading.id if reading else None
        if shown != self._shown:
            self._shown, self._secrets = shown, False
            self._scroll.verticalScrollBar().setValue(0)
        state = self._bench.service_state() or phone_state(self._bench.phone, reading, language)
        # Steps lead further than a card, and follow the phone through its replugs.
        self._state.show_state(None if self._steps.show_chosen() else state)
        named, waits = self._named(reading), self._state.state is not None
        self._model.show_text(
            headline_of_waiting(named, language, secrets_shown=self._secrets)
            if waits
            else headline(named, language)
        )
        set_text(self._remarks, "\n".join(self._said()))
        self._show_buttons()
        self._show_time()
        self._offer.offer(unnamed(reading))
        self._scroll.setVisible(reading is not None)
        self._columns.setVisible(not self._folded)

    def _said(self) -> tuple[str, ...]:
        """Return what the bench says of the phone, and what puts its reading as a whole in doubt.

        While it is read anew, what the last reading said stands.
        """
        phone, reading, language = self._bench.phone, self._bench.reading, self._bench.language
        doubts = reading and reading_remarks(self._before(reading) or reading, language)
        shared = sharing_words(self._bench.devices.shared_with(self._bench.devices.selected))
        said = (shared,) if shared and phone is not None and phone.present else ()
        return (*said, *remarks(phone, language, secrets_shown=self._secrets), *(doubts or ()))

    def _show_time(self) -> None:
        """Say how long the phone has been waiting, or has left: all that changes each second."""
        phone, state = self._bench.phone, self._state.state
        timer = state.timer if state is not None else ""
        line = self._waiting.line(phone, timer, self._bench.language) if phone and timer else NO_TIME
        self._state.show_time(line)

    def _show_facts(self) -> None:
        reading = self._bench.reading
        sections = self._facts(reading) if reading is not None else ()
        # What to do stands above all lines: nobody scrolls down to find out why a phone cannot be bought.
        for said, asks in ((self._todo, False), (self._asks, True)):
            set_text(said, "\n".join(line for section in sections for line in section.todo(asks=asks)))
        facts = [fact for section in sections for fact in section.facts]
        self._show_light(next((section.whole for section in sections if section.whole), None))
        set_text(self._chips, chips(facts) if self._folded else "")
        if sections:
            pairs = zip(self._sections, sections, strict=True)
            changed = [view for view, section in pairs if view.take(section)]
            # Those that an earlier reading left half shown go on with this one.
            self._to_show = [view for view in self._sections if view in changed or view in self._to_show]
            if self._to_show:
                self._bench.pacer.ask(self._show_next)

    def _show_light(self, whole: Fact | None) -> None:
        """Show the light of the whole phone beside its name; each has room by how long it is."""
        self._light.show_light(whole)
        self._head.setStretch(0, self._model.wish())
        self._head.setStretch(1, self._light.wish() if whole else 0)

    def _show_next(self) -> None:
        """Show a few lines, and the others in the next passes of the loop."""
        if self._to_show and not self._to_show[0].show_some(_LINES_AT_ONCE):
            del self._to_show[0]
        # A line that is seen has its room: a value without a column of its own would not be seen.
        self._align()
        if self._to_show:
            self._bench.pacer.ask(self._show_next)

    def prepare(self) -> None:
        """Make the lines of the facts in advance, one in each pass of the event loop."""
        views = zip(self._sections, _USUAL, strict=True)
        if any(view.prepare(count) for view, count in views) or self._state.prepare():
            self._bench.pacer.ask(self.prepare)

    def _align(self) -> None:
        # The bar's room is left free: it comes and goes with the lines, and must not cover what they end with.
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        whole = self._scroll.width() - bar
        columns = (self._sections[:2], self._sections[2:])
        wishes = [_widest(column) for column in columns]
        # One below the other where no value would be whole side by side.
        beside = max(map(least_room, wishes)) <= (whole - _BETWEEN) // 2
        self._stand(beside=beside)
        room = (whole - _BETWEEN) // 2 if beside else whole
        for column, wish in zip(columns, wishes, strict=True):
            for view in column:
                view.set_widths(wish if beside else _widest(self._sections), room)

    def _stand(self, *, beside: bool) -> None:
        direction = self._direction if beside else QBoxLayout.Direction.TopToBottom
        if self._both.direction() is not direction:
            self._both.setDirection(direction)
            self._both.setSpacing(_BETWEEN if beside else _BELOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new room among labels, values and sources."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._align)

    def text(self) -> str:
        """Return the panel as a person would read it out."""
        reading = self._bench.reading
        if reading is None:
            return self._model.whole
        lines = [self._model.whole, self._steps.text(), self._state.text(), *self._said()]
        for section in self._facts(reading):
            lines += [section.whole.as_text()] if section.whole else []
            lines += [fact.as_text() for fact in section.facts]
            lines += section.todo()
        return "\n".join(line for line in lines if line)

    def _facts(self, reading: Reading) -> tuple[Section, ...]:
        record, phone = self._bench.record, self._bench.phone
        unreadable = phone is not None and phone.present and phone.reading.state is not State.READY
        return sections(
            reading,
            language=self._bench.language,
            secrets_shown=self._secrets,
            answers=record.answers if record else {},
            answered=record.answered if record else {},
            running=phone is not None and phone.busy and phone.present and reading is phone.reading,
            before=self._before(reading),
            earlier=phone is None or not phone.present or unreadable,
            now=phone.reading if phone is not None and unreadable else None,
        )

    def _before(self, reading: Reading) -> Reading | None:
        """Return the saved reading of the same phone."""
        record = self._bench.record
        return record.reading if record is not None and record.reading.id == reading.id else None

    def _named(self, reading: Reading | None) -> Reading | None:
        """Return the reading that knows the phone's name: while it is read again, the one before."""
        before = self._before(reading) if reading is not None else None
        return reading if before is None or (reading and reading.identity.model) else before

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll; press the button that has the keyboard."""
        action = _SCROLLING.get(Qt.Key(event.key()))
        focused = self.focusWidget()
        if action is not None:
            self._scroll.verticalScrollBar().triggerAction(action)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _on_act(self, act: str) -> None:
        if act == "install_rule":
            self._install_rule()
            return
        self._bench.read_again(self._bench.devices.selected, ask_trust=act == "ask_trust")

    def _install_rule(self) -> None:
        """Install the rule that lets this computer open the phone: only ever by a person's press."""
        if self._rule is None:
            from tradein_app.viewmodels.rule import RuleInstall

            self._rule = RuleInstall(self._bench.language, parent=self)
            self._rule.ended.connect(self._bench.noticed)
        self._rule.start()

    def _show_buttons(self) -> None:
        phone = self._bench.phone
        text = self.tr("Hide IMEI  Ctrl+I") if self._secrets else self.tr("Show IMEI  Ctrl+I")
        if self._hide.text() != text:
            self._hide.setText(text)
        self._hide.setVisible(self._bench.reading is not None)
        # In a small window the card leaves its own button to this one: F5 is either.
        asks = self._folded and self._state.state is not None and self._state.state.act == "ask_trust"
        again = self.tr("Ask again  F5") if asks else self.tr("Read again  F5")
        if self._again.text() != again:
            self._again.setText(again)
        self._again.setVisible(self._bench.reading is not None)
        self._again.setEnabled(phone is not None and phone.present)
