"""Which checklist an inspection is asked by, when its reading says only later what the device is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.grading.checklist import checklist_for
from tradein_app.services import assembling

if TYPE_CHECKING:
    from diagnostics.model import Reading
    from tradein_app.services.assembling import Addition
    from tradein_app.services.ports import UnitOfWork
    from tradein_app.services.records import InspectionRecord
    from tradein_app.services.saved_rows import SavedInspection


def better_fit(uow: UnitOfWork, saved: SavedInspection, addition: Addition) -> str | None:
    """Return the checklist that an inspection is to be asked by from now on; ``None`` where its own stays.

    It changes only while nobody has worked on it: what was answered, marked or photographed, also what was taken back
    since, is about the questions of the checklist that it was given to.
    """
    if not uow.readings.since_ready(saved.id) or _was_worked_on(uow, saved):
        return None
    return fitting_other(assembling.reading_of(uow, saved, addition), saved.checklist)


def fitting_other(reading: Reading, checklist: str) -> str | None:
    """Return the checklist that fits a device better than this one; ``None`` where none does, or nothing was said.

    A reading without any name of a model says nothing: a device does not become a phone by being silent.
    """
    fitting = checklist_for(reading)
    named = reading.identity.model or reading.identity.model_code
    return fitting if named and fitting != checklist else None


def unfit(record: InspectionRecord) -> bool:
    """Return whether an inspection goes on with a checklist for another kind of device, as it was begun with it."""
    return not record.stage.closed and fitting_other(record.reading, record.checklist) is not None


def _was_worked_on(uow: UnitOfWork, saved: SavedInspection) -> bool:
    photos = any(photo.inspection_id == saved.id for photo in uow.photos.of_phone(saved.phone_id))
    return bool(photos or uow.steps.of(saved.id) or uow.second_looks.of(saved.id))
