"""The phone on paper: what names it, and what was read of it or seen by a person instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from diagnostics.grading.facts import Fact, believed
from diagnostics.grading.inspection import Inspection
from diagnostics.grading.words import reading_words, seen_words, value_words
from diagnostics.model import Platform
from tradein_app.documents.wording import say
from tradein_app.viewmodels.colours import colour_words
from tradein_app.viewmodels.formatting import format_value

if TYPE_CHECKING:
    from diagnostics.model import Reading
    from tradein_app.services.records import InspectionRecord

Rows = tuple[tuple[str, str], ...]
_HEALTH = "battery.health_percent"
_LOCKS = {
    Platform.IOS: ("activation", "find_my", "mdm", "sim"),
    Platform.ANDROID: ("activation", "account", "mdm", "sim"),
    Platform.UNKNOWN: ("account", "sim"),
}


def phone_rows(reading: Reading, language: str) -> Rows:
    """Return the labels and values that name a phone."""
    return tuple(_phone(reading, language))


def read_rows(record: InspectionRecord, language: str) -> Rows:
    """Return battery and locks as they are believed; what a person saw, and not the cable, says so."""
    facts = believed(Inspection(record.reading, record.checklist, record.answers))
    reading, platform = record.reading, record.reading.platform
    cycles = reading.battery.cycle_count
    shown = [
        (reading_words(_HEALTH, language), _shown(_HEALTH, facts[_HEALTH], platform, language)),
        (say("cycles", language), _or_not_read(format_value(cycles) if cycles is not None else "", language)),
    ]
    for name in _LOCKS[platform]:
        field = f"locks.{name}"
        label = reading_words(field, language, platform)
        shown.append((label, _shown(field, facts[field], platform, language)))
    return tuple(shown)


def _phone(reading: Reading, language: str) -> Iterable[tuple[str, str]]:
    identity = reading.identity
    model = " ".join(part for part in (identity.manufacturer, identity.model or identity.model_code) if part)
    size = reading.storage.capacity_gb
    imeis = " / ".join(imei for imei in (identity.imei, identity.imei2) if imei)
    yield say("model", language), _or_not_read(model, language)
    storage = format_value(size, "GB", language=language) if size else ""
    yield say("storage", language), _or_not_read(storage, language)
    if identity.colour:
        yield say("colour", language), colour_words(identity.colour, language)
    yield say("imei", language), _or_not_read(imeis, language)
    if identity.serial:
        yield say("serial", language), identity.serial


def _shown(field: str, fact: Fact, platform: str, language: str) -> str:
    if fact.value is None:
        return say("not_read", language)
    words = value_words(str(fact.value), language, field, platform)
    return words if fact.question is None else seen_words(words, language)


def _or_not_read(text: str, language: str) -> str:
    return text or say("not_read", language)
