"""What a deal was closed without: photos that the rules ask for, and second looks. It never holds a deal back."""

from __future__ import annotations

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.photo_needs import photo_needs
from tradein_app.services.ports import UnitOfWork
from tradein_app.services.records import InspectionRecord
from tradein_app.services.saved_rows import Document
from tradein_app.services.second_looks import asked


def skipped(uow: UnitOfWork, record: InspectionRecord) -> Document:
    """Return the questions without their photo and the surfaces without their second look; empty without any.

    Args:
        uow: The transaction that closes the deal.
        record: The inspection as it is before that.
    """
    rows = {
        "photos": _photos(uow, record),
        "second_looks": [look.surface for look in asked(record)],
    }
    return {name: row for name, row in rows.items() if row}


def _photos(uow: UnitOfWork, record: InspectionRecord) -> list[str]:
    if record.grade is None:
        return []
    every = uow.photos.of_phone(record.phone_key)
    have = {photo.question for photo in every if photo.inspection_id == record.id}
    needs = photo_needs(record.grade, record.answers, load_checklist(record.checklist))
    return [need.question for need in needs if need.question not in have]
