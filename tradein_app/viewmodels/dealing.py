"""What a person does with the shown phone: has it priced, closes the deal, begins anew, wants the paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tradein_app.viewmodels.asking import applicable
from tradein_app.viewmodels.closing import Papers
from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.notices import Notice
from tradein_app.viewmodels.showing import Showing

if TYPE_CHECKING:
    from pathlib import Path

    from pricing.quote import Quote
    from tradein_app.services.records import InspectionRecord


class Dealing(Showing):
    """Prices and decides the shown phone; `tradein_app.viewmodels.workbench.Workbench` says which that is."""

    noticed = Signal(object)
    """A `Notice`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.papers = Papers()
        self._previous: dict[str, Quote] = {}
        self._tried: dict[str, object] = {}

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
        self._step(self.checklist.undo)

    def redo(self) -> None:
        """Give once more what was taken back, or say why that cannot be."""
        self._step(self.checklist.redo)

    def _step(self, step: Callable[[], None]) -> None:
        closed = self.closed_deal()
        if closed is None:
            step()
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

    def look_again(self, surface: str) -> None:
        """Keep that a person looked at a surface of the shown phone again."""
        record = self.record
        if record is not None and not record.stage.closed and self.saving.ready:
            self.saving.look_again(record.id, surface)

    def look_again_first(self) -> None:
        """Keep that a person looked again at the first surface that asks for it, or say that none does."""
        looks = self.grade().looks
        if looks:
            self.look_again(looks[0].surface)
        else:
            text = translate("workbench", "No surface of this phone asks for a second look.")
            self.noticed.emit(Notice("warn", text))

    def compare(self) -> bool:
        """Have the shown phone held against every standard; ``False`` where there is none to hold."""
        record = self.record
        if record is None or record.grade is None or not self.saving.ready:
            self.noticed.emit(Notice("warn", translate("workbench", "Choose a phone first.")))
            return False
        self.saving.compare(record.id)
        return True

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

    def _tell_decided(self, record: InspectionRecord) -> None:
        if record.document is not None:
            self.papers.note(record.id, record.document)
        if record.stage == "accepted":
            text = translate("workbench", "Accepted. The purchase paper is saved.")
            self.noticed.emit(Notice("ok", text, path=str(record.document or "")))
        else:
            self.noticed.emit(Notice("ok", translate("workbench", "Declined. The phone goes back.")))

    def _on_paper_saved(self, record_id: str, path: Path) -> None:
        self.papers.note(record_id, path)
        text = translate("workbench", "The quote with its conditions is saved.")
        self.noticed.emit(Notice("ok", text, path=str(path)))


def _inputs(record: InspectionRecord) -> object:
    """Return what a price depends on: pricing that failed is not tried again before this changes."""
    return dict(record.answers), record.reading
