"""Keeps the numbers of the bench's slots, and what happened at each of them."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from diagnostics.slots.learning import Numbers
from diagnostics.slots.linux import place_of
from diagnostics.usb.history import SlotDay
from tradein_app.services.records import Actor
from tradein_app.services.shop import Shop


def slot_numbers(shop: Shop) -> Numbers:
    """Return the numbers; slots that an earlier version kept by a name are those that the name means today."""
    with shop.store.reading() as uow:
        kept = uow.slots.numbers()
    return Numbers(MappingProxyType(dict(kept))).adopted(place_of)


def save_slot_numbers(shop: Shop, numbers: Numbers, actor: Actor) -> None:
    """Save the numbers with an entry of the audit log that holds them all; the same ones twice are saved once."""
    wanted = dict(numbers.by_number)
    with shop.store.writing() as uow:
        if dict(uow.slots.numbers()) == wanted:
            return
        at = shop.now()
        said = {str(number): list(each) for number, each in wanted.items()}
        uow.audit.append(actor, "slots.numbered", {"numbers": said}, at)
        uow.slots.put_numbers(wanted, at)
        uow.commit()


def slot_days(shop: Shop, day: date | None = None) -> tuple[SlotDay, ...]:
    """Return what happened at each slot on a day; today when left out."""
    with shop.store.reading() as uow:
        return tuple(uow.slots.days(day or shop.today()))


def save_slot_days(shop: Shop, days: tuple[SlotDay, ...]) -> None:
    """Save what was counted."""
    with shop.store.writing() as uow:
        uow.slots.put_days(days)
        uow.commit()
