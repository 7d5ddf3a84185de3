"""Saves what was added to an inspection, with the grade that it now has, under one audit entry."""

from __future__ import annotations

from diagnostics.grading.codec import grade_to_json
from diagnostics.grading.engine import grade
from diagnostics.grading.inspection import Inspection
from tradein_app.services.assembling import NOTHING, Addition, holding_quote, inputs_digest, inspected
from tradein_app.services.digest import digest
from tradein_app.services.ports import UnitOfWork
from tradein_app.services.records import Actor, Stage
from tradein_app.services.saved_rows import SEALS, Document, Saved, SavedInspection, SavedPhone, seals
from tradein_app.services.shop import Shop


def save_addition(
    shop: Shop,
    uow: UnitOfWork,
    saved: SavedInspection,
    actor: Actor,
    *,
    action: str,
    addition: Addition = NOTHING,
    facts: Document | None = None,
    phone: SavedPhone | None = None,
) -> None:
    """Add a reading or answers to an inspection and grade it anew.

    Args:
        shop: Where the clock and the keys come from.
        uow: The transaction.
        saved: The inspection.
        actor: Who did it.
        action: The audit entry's dotted name.
        addition: What is new.
        facts: What else the audit entry says.
        phone: Its row, where that is new or was changed.
    """
    at = shop.now()
    inspection = inspected(uow, saved, addition)
    result = _graded(shop, uow, saved, inspection)
    reading = Saved(shop.new_id(), addition.reading) if addition.reading else None
    holds = holding_quote(uow, saved, inspection) is not None
    advanced = saved.advanced(Stage.QUOTED if holds else Stage.OPEN, at)
    data: Document = {
        "inspection": saved.id,
        **(facts or {}),
        "saved": digests(reading, result),
        SEALS: seals(phone, advanced, result),
    }
    entry = uow.audit.append(actor, action, data, at)
    if reading:
        uow.readings.add(saved.id, reading, entry)
    if addition.answers:
        uow.answers.add(saved.id, addition.answers, entry)
    if addition.marks:
        uow.marks.add(saved.id, addition.marks, entry)
    if result:
        uow.grades.add(saved.id, result, entry)
    uow.inspections.advance(saved.id, advanced.stage, at)


def digests(*rows: Saved | None) -> dict[str, str]:
    """Return what an audit entry keeps of documents: their digests by row id."""
    return {row.id: digest(row.document) for row in rows if row}


def _graded(shop: Shop, uow: UnitOfWork, saved: SavedInspection, inspection: Inspection) -> Saved | None:
    """Return the grade to save, or ``None`` when the last one says the same of the same."""
    fresh = Saved(shop.new_id(), grade_to_json(grade(inspection)), inputs_digest(inspection))
    last = uow.grades.last(saved.id)
    same = last is not None and (last.document, last.inputs) == (fresh.document, fresh.inputs)
    return None if same else fresh
