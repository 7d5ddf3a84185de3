"""Keeps who looked at a surface again, where its answers stand next to a boundary."""

from __future__ import annotations

from diagnostics.grading.second_look import SecondLook, second_looks
from tradein_app.services import assembling
from tradein_app.services.records import Actor, InspectionRecord
from tradein_app.services.shop import Shop


def look_again(shop: Shop, inspection_id: str, surface: str, actor: Actor) -> InspectionRecord:
    """Keep that a person looked at a surface again and found its answers right; asked twice it is kept once.

    Raises:
        BadInput: An unknown inspection.
        UserError: The inspection is closed.
    """
    with shop.store.writing() as uow:
        saved = assembling.still_open(uow, inspection_id)
        before = assembling.refreshed(uow, inspection_id)
        for look in asked(before):
            if look.surface == surface:
                data = {"inspection": saved.id, "surface": surface, "confirmed": dict(look.answers)}
                entry = uow.audit.append(actor, "inspection.looked_again", data, shop.now())
                uow.second_looks.add(saved.id, look, entry)
        record = assembling.refreshed(uow, inspection_id)
        uow.commit()
    return record


def asked(record: InspectionRecord) -> tuple[SecondLook, ...]:
    """Return the surfaces of a phone that nobody looked at again yet."""
    done = [each.look for each in record.looked_again]
    return second_looks(record.checklist, record.answers, done)
