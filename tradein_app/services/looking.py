"""Looks inspections up; changes nothing."""

from __future__ import annotations

from tradein_app.services import assembling
from tradein_app.services.records import InspectionRecord
from tradein_app.services.shop import Shop


def inspection(shop: Shop, inspection_id: str) -> InspectionRecord:
    """Return an inspection as it is saved.

    Raises:
        BadInput: There is none with this id.
    """
    with shop.store.reading() as uow:
        return assembling.refreshed(uow, inspection_id)


def open_inspections(shop: Shop) -> tuple[InspectionRecord, ...]:
    """Return what is neither accepted nor declined, the oldest first."""
    with shop.store.reading() as uow:
        return tuple(assembling.record(uow, saved) for saved in uow.inspections.open())
