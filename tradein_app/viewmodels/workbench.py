"""The work on the bench: what the bench and the desk say, and where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tradein_app.bridge.pacing import Pacer
from tradein_app.viewmodels.checklist import NO_ANSWERS, ChecklistModel
from tradein_app.viewmodels.choosing import Choosing
from tradein_app.viewmodels.devices import DevicesModel
from tradein_app.viewmodels.language import error_words, translate
from tradein_app.viewmodels.notices import Notice, changed_elsewhere, unfit_notice
from tradein_app.viewmodels.photos import PhotosModel
from tradein_app.viewmodels.place import Place
from tradein_app.viewmodels.price_access import PriceAccess
from tradein_app.viewmodels.saving import Paper, Saving
from tradein_app.viewmodels.slot_numbers import SlotNumbersModel
from tradein_app.viewmodels.stepping import Stepping
from tradein_app.viewmodels.taking import Taking

if TYPE_CHECKING:
    from diagnostics.errors import UserError
    from diagnostics.grading.checklist import Checklist
    from tradein_app.bridge.worker import Worker
    from tradein_app.services.door import Door
    from tradein_app.services.records import InspectionRecord, Workspace
    from tradein_app.services.unsaved import Answers, Unsaved
    from tradein_app.viewmodels.settings import SettingsFile
    from tradein_app.viewmodels.undoing import Change

__all__ = ("Notice", "Workbench")

_CHANGED_ELSEWHERE = frozenset({"inspection_closed", "quote_outdated"})
"""Errors that another window's work leads to: what is shown is not what is saved."""


class Workbench(Choosing):
    """Joins bench and desk; nothing here waits for either.

    Args:
        worker: The desk's thread.
        settings: This computer's choices.
        language: Of all texts.
    """

    later_changed = Signal()
    """The inspections whose phones are not plugged in changed."""
    read_again_asked = Signal(str, bool)
    """A phone's key, and whether it may be asked for trust."""
    unsaved_changed = Signal()
    """What `unsaved` returns changed."""

    def __init__(
        self, worker: Worker, settings: SettingsFile, language: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.language = language
        self.records: dict[str, InspectionRecord] = {}
        self.record_id: str | None = None
        self.devices = DevicesModel(language, settings.now.ports, self, dict(settings.now.numbers))
        self.checklist = ChecklistModel(language, self)
        self.saving = Saving(worker, self)
        self.slots = SlotNumbersModel(settings, self.devices, self.saving, self)
        self.pacer = Pacer(self)
        self._place = Place(settings, self.devices, self.checklist, self.saving)
        self.stepping = Stepping(self.devices, language, parent=self)
        self._taking = Taking(self.devices, self.saving, self)
        self.photos = PhotosModel(self, self)
        self.prices = PriceAccess()
        self._wire()

    def _wire(self) -> None:
        self.devices.records = self.records
        self.devices.count_open = self._count_open
        self.devices.step_of = self.stepping.asked
        self.stepping.changed.connect(self.devices.refresh_port)
        self.devices.tile_added.connect(self._place.note_ports)
        self.devices.port_named.connect(self._place.note_ports)
        self.devices.tile_added.connect(self._choose_first)
        self.devices.selected_changed.connect(self._on_selected)
        self.devices.tile_changed.connect(self._on_tile_changed)
        self.checklist.answer_given.connect(self._on_answer_given)
        self.checklist.moved.connect(self._save_place)
        self.saving.taken.connect(self._on_taken)
        self._taking.failed.connect(self._on_failed)
        self.saving.unsaved_changed.connect(self._on_unsaved_changed)
        self.saving.answered.connect(self._adopt)
        self.saving.not_answered.connect(self._on_not_answered)
        self.saving.round_refused.connect(lambda _round, error: self._on_failed(error))
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
        self.slots.ask_desk()
        self.records.update({record.id: record for record in records})
        self._place.enter(workspace.panel)
        if workspace.inspection_id in self.records:
            self._show_record(workspace.inspection_id, page=workspace.page)
        elif self.devices.selected is None:
            self.devices.select(self.devices.board.index_of(workspace.slot))
        for index in range(len(self.devices.board.ports)):
            self._taking.take_in(index)
            self._choose_first(index)
        self.devices.refresh_all()
        self.later_changed.emit()

    def close(self) -> None:
        """End: what still waits to be saved is tried once more, and otherwise found by the next start."""
        self._taking.stop()
        self.photos.close()
        self.saving.close()

    def read_again(self, index: int | None, *, ask_trust: bool = False) -> None:
        """Ask for a phone to be read anew."""
        phone = self.devices.board.ports[index].phone if index is not None else None
        if phone is not None and phone.present:
            self.read_again_asked.emit(phone.key, ask_trust)

    def tell_imei(self, imei: str) -> bool:
        """Take a person's word for the shown phone's IMEI; whether a phone is shown that did not tell its own."""
        from tradein_app.services.persons_word import wants_imei

        record, port, index = self.record, self.devices.port, self.devices.selected
        if record is None or port is None or index is None or port.record_id != record.id:
            return False
        fits = port.present and port.phone is not None and port.phone.reading.state == "ready"
        if not fits or record.stage.closed or not wants_imei(record.reading):
            return False
        self._taking.tell_imei(index, imei)
        return True

    # --- what the bench and the desk say

    def _on_taken(self, index: int, key: str, record: InspectionRecord) -> None:
        self._keep(record, {})
        self.devices.attach(index, key, record)
        if index == self.devices.selected and record.id != self.record_id:
            self._show_record(record.id)
        elif record.id == self.record_id and self.devices.selected is None:
            self.devices.select(index)
        self._adopt(record)
        self._warn_of_other_questions(record)
        self.later_changed.emit()

    def _warn_of_other_questions(self, record: InspectionRecord) -> None:
        from tradein_app.services.fitting import unfit

        if record.id == self.record_id and unfit(record):
            self.noticed.emit(unfit_notice())

    def _on_unsaved_changed(self) -> None:
        self.unsaved_changed.emit()
        self.shown.emit()

    def _on_answer_given(self, change: Change) -> None:
        if self.record_id is not None and self.saving.ready:
            self.saving.answer(self.record_id, change.answers, change.marks, change.how)

    def _on_not_answered(self, record_id: str, error: UserError) -> None:
        self._on_failed(error)
        self.saving.reload(record_id)

    def _on_decided(self, record: InspectionRecord) -> None:
        self._adopt(record)
        self._tell_decided(record)
        self.later_changed.emit()

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
