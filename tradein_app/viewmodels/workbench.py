"""The work on the bench: which phone is shown, what happens to its answers, its price, its deal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from tradein_app.bridge.pacing import Pacer
from tradein_app.viewmodels.asking import (
    applicable,
    stopped_by,
)
from tradein_app.viewmodels.checklist import NO_ANSWERS, ChecklistModel
from tradein_app.viewmodels.closing import Papers
from tradein_app.viewmodels.devices import DevicesModel
from tradein_app.viewmodels.language import error_words, translate
from tradein_app.viewmodels.notices import Notice, changed_elsewhere
from tradein_app.viewmodels.saving import RETRY_MS, Paper, Saving
from tradein_app.viewmodels.showing import Showing

if TYPE_CHECKING:
    from pathlib import Path

    from diagnostics.errors import UserError
    from diagnostics.grading.checklist import Checklist
    from pricing.quote import Quote
    from tradein_app.bridge.worker import Worker
    from tradein_app.services.door import Door
    from tradein_app.services.records import InspectionRecord, Workspace
    from tradein_app.services.unsaved import Answers, Unsaved
    from tradein_app.viewmodels.settings import SettingsFile

__all__ = ("PANELS", "Notice", "Workbench")

PANELS = ("devices", "reading", "checklist", "quote")
_CHANGED_ELSEWHERE = frozenset({"inspection_closed", "quote_outdated"})
"""Errors that another window's work leads to: what is shown is not what is saved."""


class Workbench(Showing):
    """Joins bench and desk; nothing here waits for either.

    Args:
        worker: The desk's thread.
        settings: This computer's choices.
        language: Of all texts.
    """

    later_changed = Signal()
    """The inspections whose phones are not plugged in changed."""
    noticed = Signal(object)
    """A `Notice`."""
    read_again_asked = Signal(str, bool)
    """A phone's key, and whether it may be asked for trust."""
    unsaved_changed = Signal()
    """What `unsaved` returns changed."""

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
        self.papers = Papers()
        self._settings = settings
        self._previous: dict[str, Quote] = {}
        self._tried: dict[str, object] = {}
        self._untaken: set[int] = set()
        self._take_again = QTimer(self, interval=RETRY_MS, singleShot=True)
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
        self.saving.not_taken.connect(self._on_not_taken)
        self._take_again.timeout.connect(self._on_take_again)
        self.saving.unsaved_changed.connect(self._on_unsaved_changed)
        self.saving.answered.connect(self._adopt)
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
        self,
        desk: Door,
        records: tuple[InspectionRecord, ...],
        workspace: Workspace,
        paper: Paper,
        unsaved: Unsaved | None = None,
    ) -> None:
        """Go on where the window was when it was last open.

        Args:
            desk: Only used on the worker's thread from now on.
            records: The open inspections.
            workspace: What was shown.
            paper: Saves the customer's copy of a quote; called on the worker's thread.
            unsaved: Answers that an earlier program could not save, and where new ones are noted.
        """
        self.saving.open(desk, paper, unsaved)
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

    def close(self) -> None:
        """End: what still waits to be saved is tried once more, and otherwise found by the next start."""
        self._take_again.stop()
        self.saving.close()

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
        """Price the shown phone, once nothing that has to be answered is open."""
        record = self.record
        ready = record is not None and self.saving.ready and not record.stage.closed
        if record is not None and ready and not self._count_open(record):
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

    def start_anew(self) -> None:
        """Open a new inspection of the shown phone, whose last one is closed: only ever a person's wish."""
        closed, phone, index = self.closed_deal(), self.phone, self.devices.selected
        if closed is None:
            return
        if not closed.can_start_anew or phone is None or index is None:
            text = translate("workbench", "Plug the phone in; then a new inspection can begin.")
            self.noticed.emit(Notice("warn", text))
        elif not phone.busy and self.saving.ready:
            self.saving.take_in(index, phone.key, phone.reading, anew=True)

    def undo(self) -> None:
        """Take the last answer back, or say why that cannot be."""
        closed = self.closed_deal()
        if closed is None:
            self.checklist.undo()
            return
        text = translate("workbench", "A closed deal cannot be undone.")
        self.noticed.emit(Notice("warn", text, closed.text, path=str(closed.paper or "")))

    def open_paper(self) -> None:
        """Say where the shown phone's paper is, or else the last one, with the file to open."""
        self.noticed.emit(self.papers.notice(self.record))

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
        self._untaken.discard(index)
        self._keep(record, {})
        self.devices.attach(index, key, record)
        if index == self.devices.selected and record.id != self.record_id:
            self._show_record(record.id)
        elif record.id == self.record_id and self.devices.selected is None:
            self.devices.select(index)
        self._adopt(record)
        self.later_changed.emit()

    def _on_not_taken(self, index: int, error: UserError) -> None:
        """Take a phone in again and again until the database takes its reading; say why only once."""
        if not self._untaken:
            self._on_failed(error)
        self._untaken.add(index)
        self._take_again.start()

    def _on_take_again(self) -> None:
        for index in sorted(self._untaken):
            self.devices.board.ports[index].taken = None
            self._take_in(index)

    def _on_unsaved_changed(self) -> None:
        self.unsaved_changed.emit()
        self.shown.emit()

    def _on_answer_given(self, answers: Mapping[str, str | int | None]) -> None:
        if self.record_id is not None and self.saving.ready:
            self.saving.answer(self.record_id, answers)

    def _on_not_answered(self, record_id: str, error: UserError) -> None:
        self._on_failed(error)
        self.saving.reload(record_id)

    def _on_decided(self, record: InspectionRecord) -> None:
        self._adopt(record)
        if record.document is not None:
            self.papers.note(record.id, record.document)
        if record.stage == "accepted":
            text = translate("workbench", "Accepted. The purchase paper is saved.")
            self.noticed.emit(Notice("ok", text, path=str(record.document or "")))
        else:
            self.noticed.emit(Notice("ok", translate("workbench", "Declined. The phone goes back.")))
        self.later_changed.emit()

    def _on_paper_saved(self, record_id: str, path: Path) -> None:
        self.papers.note(record_id, path)
        text = translate("workbench", "The quote with its conditions is saved.")
        self.noticed.emit(Notice("ok", text, path=str(path)))

    def _on_failed(self, error: UserError) -> None:
        self.noticed.emit(Notice("bad", *error_words(error, self.language)))
        if error.code in _CHANGED_ELSEWHERE and self.record_id is not None:
            self.saving.reload(self.record_id)
        self.shown.emit()

    def _keep(self, record: InspectionRecord, given: Answers) -> None:
        """Note an inspection as the desk holds it; say so when another window changed the shown one."""
        known = self.records.get(record.id)
        self.records[record.id] = record
        if record.id == self.record_id and changed_elsewhere(known, record, given):
            text = translate("workbench", "Another window changed answers of this phone.")
            self.noticed.emit(Notice("warn", text, translate("workbench", "They are shown here now.")))

    def _adopt(self, record: InspectionRecord, given: Answers = NO_ANSWERS) -> None:
        """Take an inspection as the desk holds it, show it, and price it when nothing is open any more."""
        self._keep(record, given)
        if record.quote is not None:
            self._previous[record.id] = record.quote
        self.devices.refresh(record.id)
        if record.id == self.record_id:
            self._show_answers(record)
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
            self._settings.change(chosen=port.chain)
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
        if nothing and self._may_choose(index) and self.devices.tiles[index].present:
            self.devices.select(index)

    def _may_choose(self, index: int) -> bool:
        """Before the desk is open, only the port that was chosen last may be, or any where none ever was."""
        return self.saving.ready or self._settings.now.chosen in {"", self.devices.board.ports[index].id}

    def _show_record(self, record_id: str | None, *, page: int | None = None) -> None:
        self.record_id = record_id
        record = self.record
        answers = self._answers(record) if record else NO_ANSWERS
        self.checklist.open(
            answers,
            enabled=record is not None and not record.stage.closed,
            page=page,
            needed=self._needed(record),
            stopped_by=stopped_by(record),
        )
        self.shown.emit()
        if record is not None:
            self._price_when_complete(record)

    def _answers(self, record: InspectionRecord) -> dict[str, str | int]:
        """Return an inspection's answers under those that are not saved yet."""
        shown = {**record.answers, **self.saving.unsaved_of(record.id)}
        return {name: value for name, value in shown.items() if value is not None}

    def _show_answers(self, record: InspectionRecord) -> None:
        self.checklist.saved(
            self._answers(record),
            enabled=not record.stage.closed,
            settled=self.saving.settled,
            needed=self._needed(record),
            stopped_by=stopped_by(record),
        )

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
