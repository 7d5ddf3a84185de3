"""Keeps sets of reference phones: imports, exports and revises them, and makes them of closed inspections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Any

from diagnostics.errors import BadInput, UserError
from diagnostics.grading.calibration import (
    NAME_LIMIT,
    CalibrationSet,
    Reference,
    ReferenceAnswer,
    anonymous,
    folded,
)
from diagnostics.grading.calibration_codec import (
    ParsedSet,
    code_from_text,
    parse_set,
    reference_from_json,
    reference_to_json,
    set_to_json,
)
from diagnostics.grading.checklist import load_checklist
from diagnostics.text import plain
from tradein_app.services import assembling
from tradein_app.services.calibration_ports import SavedReference, SavedSet, Standing
from tradein_app.services.calibration_records import ImportRecord, ReferenceRecord, SetRecord
from tradein_app.services.digest import digest
from tradein_app.services.ports import UnitOfWork
from tradein_app.services.records import Actor, InspectionRecord
from tradein_app.services.saved_rows import Entry
from tradein_app.services.shop import Shop

KEPT = "calibration"
"""The member of an audit entry that holds the digests of the rows written under it."""
_UNKNOWN_MODEL = "?"


def sets(shop: Shop) -> tuple[SetRecord, ...]:
    """Return all sets, by name."""
    with shop.store.reading() as uow:
        standings = uow.calibration.standings()
        return tuple(_set_record(uow, saved, standings) for saved in uow.calibration.sets())


def import_set(shop: Shop, document: object, actor: Actor) -> ImportRecord:
    """Save a set from a document; phones that differ from what is kept get a new version. Twice changes nothing.

    Raises:
        BadInput: The document is damaged, or a code belongs to another set; nothing is saved then.
    """
    parsed = parse_set(document)
    with shop.store.writing() as uow:
        kept = uow.calibration.set_named(parsed.set.name)
        saved = kept or SavedSet(shop.new_id(), parsed.set.name)
        fresh = [each for ref in parsed.set.references if (each := _next(shop, uow, saved, ref))]
        if fresh or kept is None:
            new_set = saved if kept is None else None
            _write(shop, uow, fresh, actor=actor, action="calibration.imported", new_set=new_set)
        uow.commit()
    return _imported(parsed, saved.name, fresh)


def export_set(shop: Shop, name: str) -> dict[str, Any]:
    """Return a set as a document to be shared, by its name or its id.

    Raises:
        BadInput: There is no such set.
    """
    with shop.store.reading() as uow:
        saved = _named(uow, name)
        references = tuple(
            reference_from_json(each.document) for each in uow.calibration.references(saved.id)
        )
    return set_to_json(CalibrationSet(saved.name, references))


def take_reference(shop: Shop, inspection_id: str, set_name: str, code: str, actor: Actor) -> ReferenceRecord:
    """Make a reference phone of a closed inspection, without what identifies the phone or its owner.

    Args:
        shop: Where it happens.
        inspection_id: A closed one.
        set_name: A set that is there, or a new one.
        code: What stands on the phone's sticker.
        actor: Who takes it.

    Raises:
        BadInput: No such inspection, a name or a code that cannot be, or a code that a phone has already.
        UserError: The inspection is not closed, or nothing is answered in it.
    """
    code, set_name = code_from_text(code), _set_name(set_name)
    with shop.store.writing() as uow:
        record = _closed(uow, inspection_id)
        kept = uow.calibration.set_named(set_name)
        saved = kept or SavedSet(shop.new_id(), set_name)
        fresh = _next(shop, uow, saved, _reference_of(uow, record, code), replacing=False)
        if fresh is not None:
            new_set = saved if kept is None else None
            _write(shop, uow, [fresh], actor=actor, action="calibration.taken", new_set=new_set)
        found = _reference_record(_coded(uow, code), ())
        uow.commit()
    return found


def _next(
    shop: Shop, uow: UnitOfWork, saved: SavedSet, reference: Reference, *, replacing: bool = True
) -> SavedReference | None:
    """Return the row that a reference needs, ``None`` where it is kept just so already."""
    document = reference_to_json(reference)
    kept = uow.calibration.reference_coded(reference.code)
    if kept is not None and kept.set_id == saved.id and kept.document == document:
        return None
    if kept is not None and (kept.set_id != saved.id or not replacing):
        raise _taken(uow, kept)
    version = kept.version + 1 if kept else 1
    return SavedReference(shop.new_id(), saved.id, reference.code, version, document, shop.now())


def _taken(uow: UnitOfWork, kept: SavedReference) -> BadInput:
    other = next(each.name for each in uow.calibration.sets() if each.id == kept.set_id)
    return BadInput(
        f"The code {kept.code} is on a phone of the set {other} already.",
        "Give the phone another sticker: a scan must lead to one phone.",
        "calibration_code_taken",
        phone=kept.code,
        set=other,
    )


def _write(
    shop: Shop,
    uow: UnitOfWork,
    references: Iterable[SavedReference],
    *,
    actor: Actor,
    action: str,
    new_set: SavedSet | None,
) -> None:
    references = tuple(references)
    kept = {new_set.id: digest({"name": new_set.name})} if new_set else {}
    kept |= {each.id: digest(_content(each)) for each in references}
    entry: Entry = uow.audit.append(actor, action, {KEPT: kept}, shop.now())
    if new_set is not None:
        uow.calibration.add_set(new_set, entry)
    for each in references:
        uow.calibration.add_reference(each, entry)


def _content(saved: SavedReference) -> dict[str, Any]:
    return {
        "set_id": saved.set_id,
        "code": saved.code,
        "version": saved.version,
        "document": saved.document,
    }


def _imported(parsed: ParsedSet, name: str, fresh: list[SavedReference]) -> ImportRecord:
    new = {each.code for each in fresh if each.version == 1}
    revised = {each.code for each in fresh} - new
    codes = [each.code for each in parsed.set.references]
    return ImportRecord(
        name=name,
        added=tuple(code for code in codes if code in new),
        revised=tuple(code for code in codes if code in revised),
        unchanged=tuple(code for code in codes if code not in new | revised),
        notes=tuple(_notes(parsed)),
    )


def _notes(parsed: ParsedSet) -> Iterable[UserError]:
    for checklist in sorted(set(parsed.older.values())):
        codes = ", ".join(code for code, made in parsed.older.items() if made == checklist)
        yield UserError(
            f"Made with another version of the checklist ({checklist}): {codes}.",
            "Every answer still has its place; look at them once, for words may have changed.",
            "calibration_older",
            checklist=checklist,
            phones=codes,
        )
    if parsed.personal:
        codes = ", ".join(parsed.personal)
        yield UserError(
            f"IMEI and serial number were left out of: {codes}.",
            "Reference phones are known by their stickers alone.",
            "calibration_personal",
            phones=codes,
        )
    if unasked := [said for each in parsed.set.references for said in _unasked(each)]:
        phones = ", ".join(unasked)
        yield UserError(
            f"Answers to questions that the other answers leave unasked: {phones}.",
            "They count for nothing; look whether the answers that they hang on are right.",
            "calibration_not_asked",
            phones=phones,
        )


def _unasked(reference: Reference) -> Iterable[str]:
    given = {question: answer.value for question, answer in reference.answers.items()}
    checklist = load_checklist(reference.checklist)
    for question in (checklist.question(name) for name in given):
        if not question.applies(given):
            yield f"{reference.code} ({question.id})"


def _named(uow: UnitOfWork, name: str) -> SavedSet:
    saved = uow.calibration.set_named(name)
    if saved is None:
        there = ", ".join(each.name for each in uow.calibration.sets()) or "–"
        raise BadInput(
            f"There is no calibration set called {plain(name)}.",
            f"There are: {there}.",
            "unknown_calibration_set",
            name=plain(name),
            there=there,
        )
    return saved


def _set_name(text: str) -> str:
    """Return a set's name; two long ones that begin alike would be one set where they were cut."""
    name = plain(text, len(text) + 1)
    if not name:
        raise BadInput("The set has no name.", "Type one.", "calibration_no_name")
    if len(name) > NAME_LIMIT:
        raise BadInput(
            f"The set's name has {len(name)} characters; it can have {NAME_LIMIT}.",
            "Type a shorter one.",
            "calibration_long_name",
            count=str(len(name)),
            most=str(NAME_LIMIT),
        )
    return name


def _closed(uow: UnitOfWork, inspection_id: str) -> InspectionRecord:
    record = assembling.refreshed(uow, inspection_id)
    if not record.stage.closed:
        raise UserError(
            "This inspection is still open.",
            "Accept or decline it first: a reference is a phone that nobody answers any more.",
            "calibration_still_open",
        )
    if not record.answers:
        raise UserError(
            "Nothing is answered in this inspection.", "Take another phone.", "calibration_nothing_answered"
        )
    return record


def _reference_of(uow: UnitOfWork, record: InspectionRecord, code: str) -> Reference:
    answers = {
        question: ReferenceAnswer(value, told.by.name, told.at.replace(microsecond=0))
        if told
        else ReferenceAnswer(value)
        for question, value in record.answers.items()
        for told in (record.answered.get(question),)
    }
    return Reference(
        code=code,
        model=record.reading.identity.model or _UNKNOWN_MODEL,
        checklist=record.checklist,
        checklist_version=load_checklist(record.checklist).version,
        answers=MappingProxyType(answers),
        reading=anonymous(record.reading),
        photos=_photos(uow, record),
    )


def _photos(uow: UnitOfWork, record: InspectionRecord) -> tuple[str, ...]:
    """Return the digests of an inspection's own photos; the pictures are found by them."""
    taken = uow.photos.of_phone(record.phone_key)
    return tuple(dict.fromkeys(each.picture.digest for each in taken if each.inspection_id == record.id))


def _coded(uow: UnitOfWork, code: str) -> SavedReference:
    found = uow.calibration.reference_coded(code)
    assert found is not None, "it was written just now, or was there already"
    return found


def _set_record(uow: UnitOfWork, saved: SavedSet, standings: Sequence[Standing]) -> SetRecord:
    by_code: dict[str, list[Standing]] = {}
    for each in standings:
        by_code.setdefault(each.code, []).append(each)
    references = uow.calibration.references(saved.id)
    return SetRecord(
        saved.id,
        saved.name,
        tuple(_reference_record(each, by_code.get(folded(each.code), ())) for each in references),
    )


def _reference_record(saved: SavedReference, standings: Sequence[Standing]) -> ReferenceRecord:
    half = {each.grader: each.answers for each in standings if not each.finished}
    document = saved.document
    return ReferenceRecord(
        id=saved.id,
        code=saved.code,
        model=document["model"],
        version=saved.version,
        checklist=(document["checklist"], document["checklist_version"]),
        questions=len(document["answers"]),
        photos=len(document["photos"]),
        note=document["note"],
        set_at=saved.at,
        finished=sum(each.finished for each in standings),
        half_done=MappingProxyType(half),
    )
