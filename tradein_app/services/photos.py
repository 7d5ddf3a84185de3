"""Saves which photos belong to an inspection; the pictures themselves are kept before: see `photo_pictures`."""

from __future__ import annotations

from diagnostics.errors import BadInput
from diagnostics.grading.checklist import load_checklist
from tradein_app.services import assembling
from tradein_app.services.digest import digest
from tradein_app.services.photo_records import Photo, Photos, PhotoSource, Picture
from tradein_app.services.ports import UnitOfWork
from tradein_app.services.records import Actor
from tradein_app.services.saved_rows import Document, SavedInspection
from tradein_app.services.shop import Shop


def photos(shop: Shop, inspection_id: str) -> Photos:
    """Return an inspection's photos, and those of earlier inspections of the same phone.

    Raises:
        BadInput: There is no inspection with this id.
    """
    with shop.store.reading() as uow:
        return _of(uow, assembling.existing(uow, inspection_id))


def add_photo(
    shop: Shop, inspection_id: str, question: str, picture: Picture, *, source: PhotoSource, actor: Actor
) -> Photos:
    """Save that a picture shows what a question asks for; the same one twice is saved once.

    Raises:
        BadInput: An unknown inspection or question.
        UserError: The inspection is closed.
    """
    with shop.store.writing() as uow:
        saved = assembling.still_open(uow, inspection_id)
        load_checklist(saved.checklist).question(question)
        if not any(photo.picture.digest == picture.digest for photo in _of(uow, saved).own_of(question)):
            photo = Photo(shop.new_id(), saved.id, question, picture, source, shop.now(), actor)
            data: Document = {"inspection": saved.id, "question": question, "saved": _digests(photo)}
            uow.photos.add(photo, uow.audit.append(actor, "photo.added", data, photo.added_at))
        found = _of(uow, saved)
        uow.commit()
    return found


def remove_photo(shop: Shop, photo_id: str, actor: Actor) -> Photos:
    """Save that a photo counts no more; its row and its file stay. A second time changes nothing.

    Raises:
        BadInput: There is no photo with this id.
        UserError: The inspection is closed.
    """
    with shop.store.writing() as uow:
        photo = uow.photos.get(photo_id)
        if photo is None:
            raise BadInput("There is no photo with this id.", code="unknown_photo")
        saved = assembling.still_open(uow, photo.inspection_id)
        if photo.removed_at is None:
            removal = shop.new_id()
            data: Document = {"inspection": saved.id, "photo": photo.id, "removal": removal}
            uow.photos.remove(removal, photo, uow.audit.append(actor, "photo.removed", data, shop.now()))
        found = _of(uow, saved)
        uow.commit()
    return found


def inspection_named(shop: Shop, name: str) -> str:
    """Return the id of an inspection that a person names: by its id, or by the phone's IMEI or serial number.

    Raises:
        BadInput: There is none.
    """
    with shop.store.reading() as uow:
        saved = uow.inspections.get(name)
        found = saved.id if saved else uow.photos.inspection_named(name)
    if found is None:
        raise BadInput(
            "There is no inspection with this id, and none of a phone with this IMEI or serial number.",
            "Open the phone in the window first.",
            "unknown_inspection",
        )
    return found


def _digests(photo: Photo) -> dict[str, str]:
    return {photo.id: digest(photo.facts())}


def _of(uow: UnitOfWork, saved: SavedInspection) -> Photos:
    all_of_them = uow.photos.of_phone(saved.phone_id)
    own = tuple(photo for photo in all_of_them if photo.inspection_id == saved.id)
    earlier = tuple(photo for photo in all_of_them if photo.inspection_id != saved.id)
    return Photos(saved.id, own, earlier)
