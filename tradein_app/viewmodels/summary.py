"""A phone in one line: its name, its chips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.model import Transport
from tradein_app.viewmodels.colours import colour_words
from tradein_app.viewmodels.fact_lines import DEVICE_ID
from tradein_app.viewmodels.fact_words import shown_value
from tradein_app.viewmodels.formatting import format_value, without_isolates
from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.tiles import model_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diagnostics.model import Reading
    from tradein_app.viewmodels.facts import Fact

_HEALTH = "battery.health_percent"
_LOCKS = ("activation", "find_my", "account", "mdm", "sim", "blacklist")
_TELLING = (_HEALTH, *(f"locks.{name}" for name in _LOCKS))
_NUMBERS = ("identity.imei", "identity.imei2", "identity.serial")


def headline(reading: Reading | None, language: str) -> str:
    """Return model, storage and colour."""
    if reading is None:
        return translate("summary", "No phone chosen")
    parts = [model_name(reading, language)]
    if reading.storage.capacity_gb is not None:
        parts.append(format_value(reading.storage.capacity_gb, "GB", language=language))
    parts.append(colour_words(reading.identity.colour, language))
    return " · ".join(part for part in parts if part)


def headline_of_waiting(reading: Reading | None, language: str, *, secrets_shown: bool) -> str:
    """Return the headline above a card: of an iPhone that tells no more than it tells strangers, all of that.

    The card pushes the lines of system and UDID out of sight.

    Args:
        reading: The phone's.
        language: Two letters.
        secrets_shown: The UDID in full.
    """
    said = headline(reading, language)
    if (
        reading is None
        or reading.transport is not Transport.USBMUX
        or reading.storage.capacity_gb is not None
    ):
        return said
    version = reading.identity.os_version
    system = shown_value("identity.os_version", version, reading, language) if version else ""
    udid = shown_value(DEVICE_ID, str(reading.id), reading, language, hidden=not secrets_shown)
    parts = (said, system, f"{translate('facts', 'UDID')} {udid}")
    return " · ".join(part for part in parts if part)


def chips(facts: Iterable[Fact]) -> str:
    """Return the few facts that a small window has room for: numbers that are shown whole, battery, locks.

    A lock that is not known is named, too: its silence would look like an all-clear.
    """
    told = {fact.name: fact for fact in facts}
    numbers = [f"{fact.label} {fact.value}" for name in _NUMBERS if (fact := told.get(name)) and fact.value]
    known = [_said(fact) for name in _TELLING if (fact := told.get(name)) and fact.value]
    gaps = [fact.label for name in _TELLING if (fact := told.get(name)) and not fact.value]
    unknown = translate("summary", "not known: {0}").format(", ".join(gaps)) if gaps else ""
    return without_isolates(" · ".join(part for part in (*numbers, *known, unknown) if part))


def _said(fact: Fact) -> str:
    if fact.name == _HEALTH:
        return translate("summary", "battery {0}").format(fact.value)
    return translate("summary", "{0}: {1}").format(fact.label, fact.value)
