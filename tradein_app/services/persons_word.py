"""The IMEI in a person's word: of a phone whose system keeps it to itself, somebody dials *#06# and scans it."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from types import MappingProxyType

from diagnostics.imei import is_imei
from diagnostics.model import Evidence, FieldName, Quality, Reading

_FIELD: FieldName = "identity.imei"
_CABLE = f"{_FIELD}@cable"
"""Under which a number that the cable told and nobody could believe is kept beside a person's."""


def with_imei(reading: Reading, imei: str, by: str, at: datetime) -> Reading:
    """Return a reading with an IMEI that a person scanned, with who and when.

    Args:
        reading: One that `wants_imei`.
        imei: With its right check digit.
        by: The person's name.
        at: When it was scanned, UTC.
    """
    assert is_imei(imei), "checked by who calls"
    evidence = dict(reading.evidence)
    if (told := evidence.get(_FIELD)) and told.quality is not Quality.TYPED:
        evidence[_CABLE] = told
    evidence[_FIELD] = Evidence(f"scanned by {by}", Quality.TYPED, imei, at)
    return dataclasses.replace(
        reading,
        identity=dataclasses.replace(reading.identity, imei=imei),
        evidence=MappingProxyType(evidence),
        problems=tuple(problem for problem in reading.problems if problem.field != _FIELD),
    )


def wants_imei(reading: Reading) -> bool:
    """Return whether the cable told no IMEI, so that a person's word counts."""
    return imei_of_cable(reading) is None


def imei_of_cable(reading: Reading) -> str | None:
    """Return the IMEI that the phone itself told: only that one tells phones apart."""
    return None if is_scanned(reading) else reading.identity.imei


def with_word_of(told: Reading, later: Reading) -> Reading:
    """Return a later reading of the same phone with what a person had said, where the cable goes on being silent."""
    if not is_scanned(told) or later.identity.imei is not None or told.identity.imei is None:
        return later
    word = told.evidence[_FIELD]
    kept = with_imei(later, told.identity.imei, "", word.at)
    return dataclasses.replace(kept, evidence=MappingProxyType({**kept.evidence, _FIELD: word}))


def is_scanned(reading: Reading) -> bool:
    """Return whether the IMEI of a reading is a person's word."""
    evidence = reading.evidence.get(_FIELD)
    return evidence is not None and evidence.quality is Quality.TYPED
