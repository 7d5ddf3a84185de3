"""What further sources said of a value, beside the one that counts, in a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from diagnostics.model import Quality
from tradein_app.viewmodels.fact_words import day_words, unit_of
from tradein_app.viewmodels.formatting import format_value, isolated, masked
from tradein_app.viewmodels.language import pick, translate

if TYPE_CHECKING:
    from diagnostics.model import Evidence, FieldName, Reading
    from tradein_app.viewmodels.language import Texts

_FILE = "messages/sources.toml"
_RATIO = re.compile(r"(\d{1,12})/(\d{1,12})", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,15}", re.ASCII)
_HEALTH = "battery.health_percent"
_IDENTITY, _MAKER = "identity.", "identity.manufacturer"
_USB_IDS = re.compile(r"[0-9a-f]{4}:[0-9a-f]{4}", re.ASCII)
_SEVERAL = "@"


def other_sources(name: FieldName, reading: Reading, language: str, *, hidden: bool = False) -> str:
    """Return what further sources said of a value; ``""`` where there were none.

    Args:
        name: The value's.
        reading: The phone's.
        language: Two letters.
        hidden: Only the end of what they said is shown, as of the value itself.
    """
    found = {
        field.partition(_SEVERAL)[2]: evidence
        for field, evidence in reading.evidence.items()
        if field.startswith(f"{name}{_SEVERAL}") and not _repeats(name, evidence, reading)
    }
    kept, not_kept = (
        [
            _said(name, key, each, language, hidden=hidden)
            for key, each in found.items()
            if _is_believed(each) is wanted
        ]
        for wanted in (True, False)
    )
    parts = (
        translate("facts", "also {0}").format(", ".join(kept)) if kept else "",
        translate("facts", "not believed: {0}").format(", ".join(not_kept)) if not_kept else "",
    )
    return "; ".join(part for part in parts if part)


def _is_believed(evidence: Evidence) -> bool:
    return evidence.quality is not Quality.REJECTED


def _repeats(name: FieldName, evidence: Evidence, reading: Reading) -> bool:
    """Return whether a source says nothing new of which phone it is: the same once more, or a vendor's bare number."""
    if not name.startswith(_IDENTITY):
        return False
    same = evidence.raw == getattr(reading.identity, name.removeprefix(_IDENTITY))
    return same or (name == _MAKER and _USB_IDS.fullmatch(evidence.raw) is not None)


def _said(name: FieldName, key: str, evidence: Evidence, language: str, *, hidden: bool) -> str:
    from resources.opening import load_toml

    texts = cast("Mapping[str, Texts]", load_toml(_FILE)).get(key, {})
    value = masked(evidence.raw) if hidden else _value(name, evidence.raw, language)
    return f"{pick(texts, language) or key} {value}"


def _value(name: FieldName, raw: str, language: str) -> str:
    """Return what a source printed, in the unit of its value; what cannot be put so is shown as it was printed."""
    if name.endswith("_on"):
        return _day(raw, language)
    if name == _HEALTH and (ratio := _RATIO.fullmatch(raw)):
        percent = _percent(int(ratio[1]), int(ratio[2]))
        return isolated(raw) if percent is None else format_value(percent, "%", language=language)
    number = int(raw) if _NUMBER.fullmatch(raw) else None
    return isolated(raw) if number is None else format_value(number, unit_of(name), language=language)


def _percent(full: int, design: int) -> int | None:
    """Return the health by two capacities, each in the unit that it is plausible in."""
    from diagnostics.android.capacities import milliampere_hours

    now, new = milliampere_hours(full), milliampere_hours(design)
    return round(100 * now / new) if now and new else None


def _day(raw: str, language: str) -> str:
    from diagnostics.android.parsers.days import day_of, day_of_seconds

    day = day_of(raw) or (day_of_seconds(int(raw)) if _NUMBER.fullmatch(raw) else None)
    return day_words(day.isoformat(), language) if day else isolated(raw)
