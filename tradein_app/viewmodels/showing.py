"""What the workbench shows of the chosen phone: read only, every text ready."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tradein_app.viewmodels.asking import NOTHING, needed_questions, open_questions, stopped_by
from tradein_app.viewmodels.closing import ClosedDeal, Papers, closed_deal
from tradein_app.viewmodels.formatting import format_money
from tradein_app.viewmodels.grade import GradeView, grade_view
from tradein_app.viewmodels.language import step_words, translate
from tradein_app.viewmodels.looks import Look
from tradein_app.viewmodels.next_action import NextAction, next_action
from tradein_app.viewmodels.notices import Notice, unsaved_notice
from tradein_app.viewmodels.phone_state import PhoneState
from tradein_app.viewmodels.quote import QuoteView, quote_view

if TYPE_CHECKING:
    from pathlib import Path

    from diagnostics.bench import Phone
    from diagnostics.grading.checklist import Checklist
    from diagnostics.model import Reading
    from pricing.quote import Quote
    from tradein_app.services.records import InspectionRecord
    from tradein_app.viewmodels.checklist import ChecklistModel
    from tradein_app.viewmodels.devices import DevicesModel
    from tradein_app.viewmodels.saving import Saving


class Showing(QObject):
    """The chosen phone as the panels see it; `tradein_app.viewmodels.workbench.Workbench` fills it."""

    shown = Signal()
    """Another phone is shown, or something about the shown one changed."""
    language: str
    records: dict[str, InspectionRecord]
    record_id: str | None
    devices: DevicesModel
    checklist: ChecklistModel
    saving: Saving
    papers: Papers
    _previous: dict[str, Quote]
    _graded: tuple[InspectionRecord | None, int, GradeView] | None = None

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
        record = self.record
        questions = self._count_open(record) if record else 0
        # An inspection is frozen: every panel asks for its grade, and at every key.
        known = self._graded
        if known is None or known[0] is not record or known[1] != questions:
            view = grade_view(record, self._checklist_of(record), self.language, questions=questions)
            known = self._graded = record, questions, view
        return known[2]

    def quote(self) -> QuoteView:
        """Return the shown phone's quote."""
        record = self.record
        previous = self._previous.get(record.id) if record else None
        questions = self._count_open(record) if record else 0
        view = quote_view(
            record,
            previous=previous,
            language=self.language,
            questions=questions,
            chosen=self.phone is not None,
        )
        if (closed := self.closed_deal()) is not None:
            headline = closed.text
        elif record is not None and self.saving.late and self.saving.unsaved_of(record.id):
            headline = translate("workbench", "Answers to this phone are not saved yet.")
        else:
            return view
        return dataclasses.replace(view, headline=headline, acceptable=False, priceable=False, outdated=False)

    def closed_deal(self) -> ClosedDeal | None:
        """Return how the shown phone was bought or declined; ``None`` while its inspection is open."""
        record, port, phone = self.record, self.devices.port, self.phone
        if record is None:
            return None
        here = port is not None and port.record_id == record.id and phone is not None and phone.present
        return closed_deal(record, paper=self.paper(), present=here, language=self.language)

    def paper(self) -> Path | None:
        """Return the shown phone's customer paper, once one was saved."""
        return self.papers.of(self.record)

    def unsaved(self) -> Notice | None:
        """Return what to say for as long as answers wait to be saved, whatever else the window says."""
        return unsaved_notice(self.saving)

    def unsaved_questions(self) -> frozenset[str]:
        """Return the shown phone's questions whose answers are not saved yet, and that for more than a moment."""
        waits = self.saving.unsaved_of(self.record_id) if self.record_id and self.saving.late else {}
        return frozenset(waits)

    def next_action(self) -> NextAction:
        """Return the one step that frees most phones soonest."""
        record = self.record
        offer = ""
        if record is not None and self.quote().acceptable and record.quote and record.quote.offer:
            offer = format_money(record.quote.offer, language=self.language)
        tiles, selected = self.devices.tiles, self.devices.selected
        missing = self.devices.missing()
        return next_action(tiles, selected=selected, offer=offer, language=self.language, missing=missing)

    def service_state(self) -> PhoneState | None:
        """Return what to say of the shown phone while the service that shows it fails; ``None`` while it works."""
        index = self.devices.selected
        words = self.devices.missing(index) if index is not None else None
        if words is None:
            return None
        return PhoneState(Look.PROBLEM, "bad", step_words("service", self.language), " ".join(words))

    def later(self) -> tuple[InspectionRecord, ...]:
        """Return open inspections of phones that are in no port: finish later."""
        board = self.devices.board
        held = {board.ports[index].record_id for index in board.order()}
        return tuple(
            r for r in self.records.values() if r.id not in held and not r.stage.closed and _tells(r)
        )

    def _count_open(self, record: InspectionRecord) -> int:
        checklist = self._checklist_of(record)
        if checklist is None or stopped_by(record):
            return 0
        return len(open_questions(checklist, record.shown, self._needed(record)))

    def _needed(self, record: InspectionRecord | None) -> frozenset[str]:
        checklist = self._checklist_of(record)
        return needed_questions(checklist, record.reading) if checklist and record else NOTHING

    def _checklist_of(self, record: InspectionRecord | None) -> Checklist | None:
        """Return the questions of an inspection, whichever is shown; ``None`` before any were loaded."""
        shown = self.checklist.checklist
        if shown is None or record is None or shown.id == record.checklist:
            return shown
        from diagnostics.grading.checklist import load_checklist

        return load_checklist(record.checklist)


def _tells(record: InspectionRecord) -> bool:
    """Return whether an inspection holds anything worth finishing: a model, or an answer."""
    return bool(record.answers) or record.reading.identity.model is not None
