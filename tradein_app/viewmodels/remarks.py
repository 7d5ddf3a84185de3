"""What the bench knows of a phone besides its state: its cable, its slot, and who it may be; in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tradein_app.viewmodels.cables import cable_advice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diagnostics.bench import Phone
    from diagnostics.model import Problem, Reading

_HINT = "slot_before"
_DOUBTS = frozenset({"battery_faked"})
"""What a reading says of the phone as a whole that no state card says: values in it were set by hand."""


def remarks(phone: Phone | None, language: str, *, secrets_shown: bool = False) -> tuple[str, ...]:
    """Return what to say of a phone that is plugged in.

    Args:
        phone: The shown one.
        language: Two letters.
        secrets_shown: Whether serial numbers are shown.
    """
    if phone is None or not phone.present:
        return ()
    hint = next((each for each in phone.reading.problems if each.code == _HINT), None)
    said = (_hint(hint, language, secrets_shown=secrets_shown), cable_advice(phone.reading, language))
    return tuple(sentence for sentence in said if sentence)


def reading_remarks(reading: Reading, language: str) -> tuple[str, ...]:
    """Return what puts a reading in doubt, in sentences: it stands above all lines, not in a gap's small print.

    Args:
        reading: The shown one; that of an earlier time counts, too.
        language: Two letters.
    """
    from diagnostics.messages import message

    found = (problem for problem in reading.problems if not problem.field and problem.code in _DOUBTS)
    return tuple(dict.fromkeys(message(problem, language) for problem in found))


def _hint(problem: Problem | None, language: str, *, secrets_shown: bool) -> str:
    """Return which phone this may be: a hint, said as one."""
    if problem is None:
        return ""
    from dataclasses import replace

    from diagnostics.messages import message
    from tradein_app.viewmodels.formatting import masked

    named, serial = _named(problem.params)
    if named in {"", "…"} and not secrets_shown:
        return ""  # the end of a serial that stands nowhere on the phone's screen is nothing to compare
    said = f"{named} {serial if secrets_shown else masked(serial)}" if serial else named
    return message(replace(problem, params={**problem.params, "phone": said}), language)


def _named(params: Mapping[str, str]) -> tuple[str, str]:
    """Return what a phone is and its serial, or the id that is as good as one; earlier, that stood last in its name."""
    if "serial" in params:
        return params["phone"], params["serial"]
    named, _, serial = params["phone"].rpartition(" ")
    return named or "…", serial
