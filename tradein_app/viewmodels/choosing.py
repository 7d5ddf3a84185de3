"""Which phone is shown, by a person's choice or because it is the first, and where the window is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tradein_app.viewmodels.asking import stopped_by
from tradein_app.viewmodels.checklist import NO_ANSWERS
from tradein_app.viewmodels.checklist_view import NOTHING_KNOWN, Known
from tradein_app.viewmodels.dealing import Dealing

if TYPE_CHECKING:
    from tradein_app.services.records import InspectionRecord
    from tradein_app.viewmodels.place import Place


class Choosing(Dealing):
    """Shows a phone's inspection; `tradein_app.viewmodels.workbench.Workbench` fills and wires it."""

    _place: Place

    @property
    def panel(self) -> str:
        """The panel that has the focus, or had it last."""
        return self._place.panel

    def select_later(self, record_id: str) -> None:
        """Show an inspection whose phone is not plugged in."""
        self.devices.select(None)
        self._show_record(record_id)

    def set_panel(self, panel: str) -> None:
        """Note which panel has the focus, so that the window opens there again."""
        if self._place.enter(panel):
            self._save_place()

    def _on_selected(self) -> None:
        port = self.devices.port
        if port is not None:
            self._place.note_chosen(port)
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
        if nothing and self._place.may_choose(index) and self.devices.tiles[index].present:
            self.devices.select(index)

    def _show_record(self, record_id: str | None, *, page: int | None = None) -> None:
        self.record_id = record_id
        record = self.record
        self._ask_by(record)
        answers = self._answers(record) if record else NO_ANSWERS
        self.checklist.open(
            answers,
            enabled=record is not None and not record.stage.closed,
            page=page,
            needed=self._needed(record),
            stopped_by=stopped_by(record),
            known=self._known(record),
        )
        self.shown.emit()
        if record is not None:
            self._price_when_complete(record)

    def _ask_by(self, record: InspectionRecord | None) -> None:
        """Load an inspection's own checklist; before the first one is there, nothing is asked at all."""
        shown = self.checklist.checklist
        if record is None or shown is None or shown.id == record.checklist:
            return
        from diagnostics.grading.checklist import load_checklist

        self.checklist.load(load_checklist(record.checklist))

    def _answers(self, record: InspectionRecord) -> dict[str, str | int]:
        """Return what a person answered by hand, under what is not saved yet."""
        shown = {**record.said, **self.saving.unsaved_of(record.id)}
        return {name: value for name, value in shown.items() if value is not None}

    def _show_answers(self, record: InspectionRecord) -> None:
        shown = self.checklist.checklist
        if shown is not None and shown.id != record.checklist:
            # Only while nothing is answered: the place on another list's pages means nothing.
            self._show_record(record.id)
            return
        self.checklist.saved(
            self._answers(record),
            enabled=not record.stage.closed,
            settled=self.saving.settled,
            needed=self._needed(record),
            stopped_by=stopped_by(record),
            known=self._known(record),
        )

    def _known(self, record: InspectionRecord | None) -> Known:
        """Return what the cable, the marks and the steps of an inspection say, those that wait to be saved too."""
        if record is None:
            return NOTHING_KNOWN
        from diagnostics.grading.defects import with_changes
        from diagnostics.grading.facts import hinted_locks

        waiting = self.saving.steps_of(record.id)
        changes = [change for step in waiting for change in step.marks]
        hints = frozenset[str](hinted_locks(record.reading))
        return Known(
            record.told, with_changes(record.marks, changes), (*record.steps, *waiting), hinted=hints
        )

    def _save_place(self) -> None:
        self._place.save(self.record_id)
