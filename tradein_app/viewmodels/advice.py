"""What to do about a lock that is on: one line each, from ``resources/messages/locks.toml``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from diagnostics.model import LockState
from tradein_app.viewmodels.language import pick

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diagnostics.model import Reading

_FILE = "messages/locks.toml"
_ANY = "any"


def lock_advice(field: str, reading: Reading, language: str, *, seen: bool = False) -> str:
    """Return what to do about a lock that is on; ``""`` where there is nothing to say, or nothing that can be done.

    Args:
        field: Its dotted name.
        reading: The phone's: its platform, system and organisation choose the words.
        language: Two letters.
        seen: A person saw the lock on the phone; what the cable hints at is not said then.
    """
    texts = _texts()
    own: Mapping[str, Any] = {} if seen and field == "locks.sim" else texts.get(reading.platform, {})
    entry = own.get(field) or texts[_ANY].get(field)
    if entry is None:
        return ""
    if reading.locks.activation is LockState.ON and "activation" in entry:
        return pick(entry["activation"], language)
    organisation = reading.management.organisation
    if organisation and "named" in entry:
        return pick(entry["named"], language).format(organisation=organisation)
    return pick(entry["before"] if _is_older(reading, entry) else entry, language)


def _is_older(reading: Reading, entry: Mapping[str, Any]) -> bool:
    major = re.match(r"\d{1,3}", reading.identity.os_version or "")
    return "before" in entry and major is not None and int(major.group()) < entry["before"]["version"]


def _texts() -> Mapping[str, Mapping[str, Any]]:
    from resources.opening import load_toml

    return load_toml(_FILE)
