"""Takes a phone in: whose reading it is, and which inspection goes on."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from diagnostics import codec
from diagnostics.grading.checklist import checklist_for
from diagnostics.model import Reading, State
from tradein_app.services import assembling
from tradein_app.services.assembling import Addition
from tradein_app.services.fitting import better_fit
from tradein_app.services.persons_word import imei_of_cable, with_word_of
from tradein_app.services.ports import UnitOfWork
from tradein_app.services.records import Actor, InspectionRecord
from tradein_app.services.saved_rows import SEALS, Document, Saved, SavedInspection, SavedPhone, seals
from tradein_app.services.saving import digests, save_addition
from tradein_app.services.shop import Shop

CHANGES_KEPT = 16
"""How often a phone that was never read is noted as waiting for this and for that by turns, before what was noted
once is not noted again: each time it is saved, or asked about, all of them are looked at."""


def take_in(shop: Shop, reading: Reading, actor: Actor, *, anew: bool = False) -> InspectionRecord:
    """Save a reading in its phone's open inspection, and grade it; a new phone gets an inspection.

    A phone that was bought or declined is never offered for a second time by itself: its closed inspection comes back
    as it is, and the reading is kept beside it.

    Args:
        shop: Where it happens.
        reading: What the phone said.
        actor: Who took it in.
        anew: A person asked for a new inspection of a phone whose last one is closed.
    """
    with shop.store.writing() as uow:
        phone, changed = _phone(shop, uow, reading)
        news = phone if changed else None
        saved = uow.inspections.open_of(phone.id) or uow.inspections.closed_of(phone.id)
        document = codec.to_json(_with_word(uow, saved, reading))
        if saved is None or (saved.stage.closed and anew):
            saved = uow.inspections.add(shop.new_id(), phone.id, checklist_for(reading), shop.now())
            _add(shop, uow, saved, document, actor, opened=True, phone=news)
        elif _is_news(uow, saved, document):
            keep = _keep_beside if saved.stage.closed else _add
            keep(shop, uow, saved, document, actor, phone=news)
        elif news is not None:
            data: Document = {"phone": news.id, SEALS: seals(news)}
            uow.audit.append(actor, "phone.learned", data, shop.now())
        record = assembling.refreshed(uow, saved.id)
        uow.commit()
    return record


def _with_word(uow: UnitOfWork, saved: SavedInspection | None, reading: Reading) -> Reading:
    """Return a reading with what a person said of this phone and the cable does not tell."""
    if saved is None or saved.stage.closed:
        return reading
    return with_word_of(assembling.inspected(uow, saved).reading, reading)


def _is_news(uow: UnitOfWork, saved: SavedInspection, document: Document) -> bool:
    """Whether a reading says what is not kept yet of its phone's inspection, or beside the closed one."""
    if saved.stage.closed:
        last = uow.later_readings.last(saved.id)
        return last is None or not _repeats(last.document, document)
    return not _adds_nothing([row.document for row in uow.readings.since_ready(saved.id)], document)


def _add(
    shop: Shop,
    uow: UnitOfWork,
    saved: SavedInspection,
    document: Document,
    actor: Actor,
    *,
    phone: SavedPhone | None,
    opened: bool = False,
) -> None:
    facts: Document = {"phone": saved.phone_id, "opened": opened}
    addition = Addition(reading=document)
    fitting = better_fit(uow, saved, addition)
    if fitting is not None:
        saved = uow.inspections.ask_by(saved.id, fitting)
        facts["checklist"] = fitting
    save_addition(
        shop, uow, saved, actor, action="phone.taken_in", addition=addition, facts=facts, phone=phone
    )


def _keep_beside(
    shop: Shop,
    uow: UnitOfWork,
    saved: SavedInspection,
    document: Document,
    actor: Actor,
    *,
    phone: SavedPhone | None,
) -> None:
    fresh = Saved(shop.new_id(), document)
    data: Document = {"inspection": saved.id, "phone": saved.phone_id, "saved": digests(fresh)}
    data[SEALS] = seals(phone)
    uow.later_readings.add(saved.id, fresh, uow.audit.append(actor, "phone.seen_again", data, shop.now()))


def matching(reading: Reading, known: Sequence[SavedPhone]) -> SavedPhone | None:
    """Return which of the phones with this id was read, or ``None`` for one not seen before.

    An IMEI decides: makers do sell phones that share one serial. A phone that has not told its IMEI yet (not
    trusted, locked) is the one with this id, as long as there is only one; where two share the id nothing is guessed.
    A serial that is only the id once more, as the bus tells it, is no second word: the printed one of a Xiaomi is
    another, and is told only once the phone is allowed.
    """
    imei, printed = imei_of_cable(reading), _printed(reading.identity.serial, reading.id)
    fitting = [phone for phone in known if _agree(_printed(phone.serial, reading.id), printed)]
    nameless = [phone for phone in fitting if phone.imei is None]
    if imei:
        same = [phone for phone in fitting if phone.imei == imei]
        return next(iter([*same, *nameless]), None)
    if len(fitting) == 1:
        return fitting[0]
    return nameless[0] if len(nameless) == 1 else None


def _printed(serial: str | None, device: str) -> str | None:
    """Return the serial that tells more than the device's own id, which all of the phones in question have."""
    return None if serial == device else serial


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _phone(shop: Shop, uow: UnitOfWork, reading: Reading) -> tuple[SavedPhone, bool]:
    """Return whose reading it is, and whether its row is new or learned something."""
    identity, imei = reading.identity, imei_of_cable(reading)
    known = matching(reading, uow.phones.of_device(reading.platform.value, reading.id))
    if known:
        learned = uow.phones.learn(known.id, serial=identity.serial, imei=imei)
        return learned, learned != known
    phone = SavedPhone(
        id=shop.new_id(),
        platform=reading.platform.value,
        device_id=reading.id,
        serial=identity.serial,
        imei=imei,
        added_at=shop.now(),
        salt=secrets.token_hex(16),
    )
    uow.phones.add(phone)
    return phone, True


def _adds_nothing(known: Sequence[Document], document: Document) -> bool:
    """Whether a reading adds nothing to those since the last full one.

    On a loose plug a phone goes and comes, and waits for the same things, all day long. Beside a full reading, one that
    was said before changes nothing; the states in between are the bench's to show.
    """
    if _repeats(known[-1], document):
        return True
    enough = known[0]["state"] == State.READY.value or len(known) >= CHANGES_KEPT
    waits = document["state"] != State.READY.value
    return enough and waits and any(_repeats(told, document) for told in known)


def _repeats(last: Document, document: Document) -> bool:
    """Whether a reading adds nothing: the very same one, or a phone that goes on waiting for a person."""
    if document["state"] == State.READY.value:
        return last == document
    return _undated(last) == _undated(document)


def _undated(document: Document) -> Document:
    evidence: dict[str, Any] = document["evidence"]
    return {**document, "evidence": {name: {**row, "at": None} for name, row in evidence.items()}}
