"""The phone on paper: what names it, and what was read of it or seen by a person instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from diagnostics.grading.facts import believed, read_values
from diagnostics.grading.inspection import Inspection
from diagnostics.grading.words import reading_words, value_words
from diagnostics.model import Platform
from tradein_app.documents.wording import say
from tradein_app.services.persons_word import is_scanned
from tradein_app.viewmodels.colours import colour_words
from tradein_app.viewmodels.formatting import format_value, model_words

if TYPE_CHECKING:
    from diagnostics.grading.standards import Value
    from diagnostics.model import Reading
    from tradein_app.services.records import InspectionRecord

Rows = tuple[tuple[str, str], ...]
_HEALTH, _BLACKLIST = "battery.health_percent", "locks.blacklist"
_LOCKS = {
    Platform.IOS: ("activation", "find_my", "mdm", "sim"),
    Platform.ANDROID: ("activation", "account", "mdm", "sim"),
    Platform.UNKNOWN: ("account", "sim"),
}


class Code(str):
    """A value that is copied and compared letter by letter, so that its zero must not look like an O."""

    __slots__ = ()


def phone_rows(reading: Reading, language: str) -> Rows:
    """Return the labels and values that name a phone."""
    return tuple(_phone(reading, language))


def read_rows(record: InspectionRecord, language: str) -> Rows:
    """Return battery and locks as the cable told them; what a person saw instead is in `seen_rows`."""
    told, seen = read_values(record.reading), _seen(record)
    fields = [field for field in _fields(record) if field not in seen or told[field] is not None]
    shown = [_row(field, told[field], record, language) for field in fields]
    cycles = record.reading.battery.cycle_count
    counted = _or_not_read(format_value(cycles) if cycles is not None else "", language)
    return (*shown[:1], (say("cycles", language), counted), *shown[1:])


def seen_rows(record: InspectionRecord, language: str) -> Rows:
    """Return battery and locks as a person saw them on the phone."""
    seen = _seen(record)
    return tuple(_row(field, seen[field], record, language) for field in _fields(record) if field in seen)


def _fields(record: InspectionRecord) -> tuple[str, ...]:
    return (_HEALTH, *(f"locks.{name}" for name in _LOCKS[record.reading.platform]), _BLACKLIST)


def _seen(record: InspectionRecord) -> dict[str, Value]:
    facts = believed(Inspection(record.reading, record.checklist, record.answers))
    return {
        f: fact.value for f, fact in facts.items() if fact.question is not None and fact.value is not None
    }


def _phone(reading: Reading, language: str) -> Iterable[tuple[str, str]]:
    identity = reading.identity
    name = model_words(identity.model, language) if identity.model else identity.model_code
    model = " ".join(part for part in (identity.manufacturer, name) if part)
    model = model if identity.model else Code(model)
    size = reading.storage.capacity_gb
    imeis = Code(" / ".join(imei for imei in (identity.imei, identity.imei2) if imei))
    yield say("model", language), _or_not_read(model, language)
    storage = format_value(size, "GB", language=language) if size else ""
    yield say("storage", language), _or_not_read(storage, language)
    if identity.colour:
        yield say("colour", language), colour_words(identity.colour, language)
    yield say("imei_scanned" if is_scanned(reading) else "imei", language), _or_not_read(imeis, language)
    if identity.serial:
        yield say("serial", language), Code(identity.serial)


def _row(field: str, value: Value | None, record: InspectionRecord, language: str) -> tuple[str, str]:
    platform = record.reading.platform
    label = reading_words(field, language, platform)
    if value is None:
        # No phone tells whether it is listed: a service would have to be asked.
        return label, say("not_checked" if field == _BLACKLIST else "not_read", language)
    return label, value_words(str(value), language, field, platform)


def _or_not_read(text: str, language: str) -> str:
    return text or say("not_read", language)
