"""The work on the bench: which phone is shown, what happens to its answers, its price, its deal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tradein_app.bridge.pacing import Pacer
from tradein_app.viewmodels.checklist import NO_ANSWERS, ChecklistModel, applicable, open_questions
from tradein_app.viewmodels.devices import DevicesModel
from tradein_app.viewmodels.formatting import format_money
from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.next_action import NextAction, next_action
from tradein_app.viewmodels.quote import GradeView, QuoteView, grade_view, quote_view
from tradein_app.viewmodels.saving import Paper, Saving

if TYPE_CHECKING:
    from pathlib import Path

    from diagnostics.bench import Phone
    from diagnostics.errors import UserError
    from diagnostics.grading.checklist import Checklist
    from diagnostics.model import Reading
    from pricing.quote import Quote
    from tradein_app.bridge.worker import Worker
    from tradein_app.services.desk import Desk
    from tradein_app.services.records import InspectionRecord, Workspace
    from tradein_app.viewmodels.settings import SettingsFile

PANELS = ("devices", "reading", "checklist", "quote")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to say in the message bar.

    Attributes:
        tone: ``ok``, ``warn`` or ``bad``.
        hint: What to do.
        path: A file that it is about.
        report: A text to copy.
    """

    tone: str
    text: str
    hint: str = ""
    path: str = ""
    report: str = ""


class Workbench(QObject):
    """Joins bench and desk; nothing here waits for either.

    Args:
        worker: The desk's thread.
        settings: This computer's choices.
        language: Of all texts.
    """

    shown = Signal()
    """Another phone is shown, or something about the shown one changed."""
    later_changed = Signal()
    """The inspections whose phones are not plugged in changed."""
    noticed = Signal(object)
    """A `Notice`."""
    read_again_asked = Signal(str, bool)
    """A phone's key, and whether it may be asked for trust."""

    def __init__(
        self, worker: Worker, settings: SettingsFile, language: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.language = language
        self.panel = "devices"
        self.records: dict[str, InspectionRecord] = {}
        self.record_id: str | None = None
        self.devices = DevicesModel(language, settings.now.ports, self)
        self.checklist = ChecklistModel(language, self)
        self.saving = Saving(worker, self)
        self.pacer = Pacer(self)
        self._settings = settings
        self._previous: dict[str, Quote] = {}
        self._tried: dict[str, object] = {}
        self._place_saved: Workspace | None = None
        self._wire()

    def _wire(self) -> None:
        self.devices.records = self.records
        self.devices.count_open = self._count_open
        self.devices.settled.connect(self._take_in)
        self.devices.tile_added.connect(self._remember_ports)
        self.devices.tile_added.connect(self._choose_first)
        self.devices.selected_changed.connect(self._on_selected)
        self.devices.tile_changed.connect(self._on_tile_changed)
        self.checklist.answer_given.connect(self._on_answer_given)
        self.checklist.moved.connect(self._save_place)
        self.saving.taken.connect(self._on_taken)
        self.saving.answered.connect(self._on_answered)
        self.saving.not_answered.connect(self._on_not_answered)
        self.saving.quoted.connect(self._adopt)
        self.saving.decided.connect(self._on_decided)
        self.saving.paper_saved.connect(self._on_paper_saved)
        self.saving.failed.connect(self._on_failed)

    # --- start

    def load_checklist(self, checklist: Checklist) -> None:
        """Take the questions."""
        self.checklist.load(checklist)
        self.devices.refresh_all()
        self.shown.emit()

    def open_desk(
        self, desk: Desk, records: tuple[InspectionRecord, ...], workspace: Workspace, paper: Paper
    ) -> None:
        """Go on where the window was when it was last open.

        Args:
            desk: Only used on the worker's thread from now on.
            records: The open inspections.
            workspace: What was shown.
            paper: Saves the customer's copy of a quote; called on the worker's thread.
        """
        self.saving.open(desk, paper)
        self.records.update({record.id: record for record in records})
        self.panel = workspace.panel if workspace.panel in PANELS else "devices"
        if workspace.inspection_id in self.records:
            self._show_record(workspace.inspection_id, page=workspace.page)
        elif self.devices.selected is None:
            self.devices.select(self.devices.board.index_of(workspace.slot))
        for index in range(len(self.devices.board.ports)):
            self._take_in(index)
            self._choose_first(index)
        self.devices.refresh_all()
        self.later_changed.emit()

    # --- what is shown

    @property
    def record(self) -> InspectionRecord | None:
        """The shown inspection."""
        return self.records.get(self.record_id) if self.record_id else None

    @property
    def phone(self) -> Phone | None:
        """The phone in the chosen port."""
        port = self.devices.port
        return port.phone if port else None

    @property
    def reading(self) -> Reading | None:
        """The shown phone's reading: the running one while it is read, else the saved one that counts."""
        phone, record = self.phone, self.record
        if record is not None and not (phone and phone.busy and phone.present):
            return record.reading
        return phone.reading if phone else None

    def grade(self) -> GradeView:
        """Return the shown phone's live grade."""
        return grade_view(self.record, self.checklist.checklist, self.language)

    def quote(self) -> QuoteView:
        """Return the shown phone's quote."""
        record = self.record
        previous = self._previous.get(record.id) if record else None
        return quote_view(record, previous=previous, language=self.language)

    def next_action(self) -> NextAction:
        """Return the one step that frees most phones soonest."""
        record = self.record
        offer = ""
        if record is not None and self.quote().acceptable and record.quote and record.quote.offer:
            offer = format_money(record.quote.offer, language=self.language)
        tiles, selected = self.devices.tiles, self.devices.selected
        return next_action(tiles, selected=selected, offer=offer, language=self.language)

    def later(self) -> tuple[InspectionRecord, ...]:
        """Return open inspections of phones that are in no port: finish later."""
        held = {port.record_id for port in self.devices.board.ports}
        return tuple(
            r for r in self.records.values() if r.id not in held and not r.stage.closed and _tells(r)
        )

    # --- what a person does

    def select_later(self, record_id: str) -> None:
        """Show an inspection whose phone is not plugged in."""
        self.devices.select(None)
        self._show_record(record_id)

    def set_panel(self, panel: str) -> None:
        """Note which panel has the focus, so that the window opens there again."""
        if panel != self.panel and panel in PANELS:
            self.panel = panel
            self._save_place()

    def read_again(self, index: int | None, *, ask_trust: bool = False) -> None:
        """Ask for a phone to be read anew."""
        phone = self.devices.board.ports[index].phone if index is not None else None
        if phone is not None and phone.present:
            self.read_again_asked.emit(phone.key, ask_trust)

    def price(self) -> None:
        """Price the shown phone."""
        record = self.record
        if record is not None and self.saving.ready and not record.stage.closed:
            self._tried[record.id] = _inputs(record)
            self.saving.quote(record.id)
            self.shown.emit()

    def accept(self) -> None:
        """Save the customer's paper and close the deal."""
        record = self.record
        if record is not None and self.quote().acceptable and not self.saving.deciding:
            self.saving.accept(record)

    def decline(self) -> None:
        """Close the inspection without a deal."""
        record = self.record
        if record is not None and not record.stage.closed and not self.saving.deciding:
            self.saving.decline(record.id)

    def save_paper(self) -> None:
        """Save the customer's paper of a quote that cannot be accepted yet."""
        record = self.record
        if record is not None and self.quote().printable:
            self.saving.save_paper(record)

    def open_point(self) -> str | None:
        """Return the question whose answer could clear what the shown quote waits for."""
        record, checklist = self.record, self.checklist.checklist
        if record is None or record.quote is None or checklist is None or record.stage.closed:
            return None
        waits = {f"locks.{reason.params.get('lock')}" for reason in record.quote.reasons}
        for question in applicable(checklist, record.answers):
            proves = {name for readings in question.proves.values() for name in readings}
            if proves & waits:
                return question.id
        return None

    # --- what the bench and the desk say

    def _take_in(self, index: int) -> None:
        port = self.devices.board.ports[index]
        phone = port.phone
        if not self.saving.ready or phone is None or phone.busy or phone.reading.state == "connecting":
            return
        if port.taken != phone.reading:
            port.taken = phone.reading
            self.saving.take_in(index, phone.key, phone.reading)

    def _on_taken(self, index: int, key: str, record: InspectionRecord) -> None:
        self.records[record.id] = record
        self.devices.attach(index, key, record)
        if index == self.devices.selected and record.id != self.record_id:
            self._show_record(record.id)
        elif record.id == self.record_id and self.devices.selected is None:
            self.devices.select(index)
        self._adopt(record)
        self.later_changed.emit()

    def _on_answer_given(self, answers: Mapping[str, str | int | None]) -> None:
        if self.record_id is not None and self.saving.ready:
            self.saving.answer(self.record_id, answers)

    def _on_answered(self, record: InspectionRecord) -> None:
        if record.id == self.record_id:
            self.checklist.saved(record.answers, enabled=not record.stage.closed, settled=True)
        self._adopt(record)

    def _on_not_answered(self, error: UserError) -> None:
        self._on_failed(error)
        if self.record_id is not None:
            self.saving.reload(self.record_id)

    def _on_decided(self, record: InspectionRecord) -> None:
        self._adopt(record)
        if record.stage == "accepted":
            text = translate("workbench", "Accepted. The customer's quote is saved.")
            self.noticed.emit(Notice("ok", text, path=str(record.document or "")))
        else:
            self.noticed.emit(Notice("ok", translate("workbench", "Declined. The phone goes back.")))
        self.later_changed.emit()

    def _on_paper_saved(self, path: Path) -> None:
        text = translate("workbench", "The quote with its conditions is saved.")
        self.noticed.emit(Notice("ok", text, path=str(path)))

    def _on_failed(self, error: UserError) -> None:
        self.noticed.emit(Notice("bad", error.message, error.hint))
        self.shown.emit()

    def _adopt(self, record: InspectionRecord) -> None:
        """Take an inspection as the desk holds it, show it, and price it when nothing is open any more."""
        self.records[record.id] = record
        if record.quote is not None:
            self._previous[record.id] = record.quote
        self.devices.refresh(record.id)
        if record.id == self.record_id:
            self.checklist.saved(record.answers, enabled=not record.stage.closed, settled=False)
            self.shown.emit()
            self._price_when_complete(record)

    def _price_when_complete(self, record: InspectionRecord) -> None:
        said = record.grade is not None and record.grade.disposition != "incomplete"
        fresh = self._tried.get(record.id) != _inputs(record)
        if (
            record.quote is None
            and said
            and fresh
            and not record.stage.closed
            and not self._count_open(record)
        ):
            self.price()

    def _on_selected(self) -> None:
        port = self.devices.port
        if port is not None:
            self._show_record(port.record_id)

    def _on_tile_changed(self, index: int) -> None:
        self._choose_first(index)
        if index == self.devices.selected:
            port = self.devices.board.ports[index]
            if port.record_id != self.record_id:
                self._show_record(port.record_id)
            else:
                self.shown.emit()

    def _choose_first(self, index: int) -> None:
        """Show the first phone that comes while nothing is shown: at a counter it is the only one."""
        nothing = self.devices.selected is None and self.record_id is None
        if nothing and self.saving.ready and self.devices.tiles[index].present:
            self.devices.select(index)

    def _show_record(self, record_id: str | None, *, page: int | None = None) -> None:
        self.record_id = record_id
        record = self.record
        answers = record.answers if record else NO_ANSWERS
        self.checklist.open(answers, enabled=record is not None and not record.stage.closed, page=page)
        self.shown.emit()
        if record is not None:
            self._price_when_complete(record)

    def _count_open(self, record: InspectionRecord) -> int:
        checklist = self.checklist.checklist
        return len(open_questions(checklist, record.answers)) if checklist else 0

    def _remember_ports(self) -> None:
        self._settings.change(ports=self.devices.board.learned())

    def _save_place(self) -> None:
        if not self.saving.ready:
            return
        from tradein_app.services.records import Workspace

        port = self.devices.port
        place = Workspace(self.record_id, self.checklist.page_number, self.panel, port.id if port else None)
        if place != self._place_saved:
            self._place_saved = place
            self.saving.save_place(place)


def _inputs(record: InspectionRecord) -> object:
    """Return what a price depends on: pricing that failed is not tried again before this changes."""
    return dict(record.answers), record.reading


def _tells(record: InspectionRecord) -> bool:
    """Return whether an inspection holds anything worth finishing: a model, or an answer."""
    return bool(record.answers) or record.reading.identity.model is not None
