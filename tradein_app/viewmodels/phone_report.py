"""What support needs about a phone that could not be read: nothing in it tells which phone or whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.text import plain
from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from diagnostics.model import Problem, Reading

_DETAIL = "detail"
"""The only parameter that is told: others hold what was read, such as an IMEI."""


def fault_code(reading: Reading) -> str:
    """Return the sentence that names the fault, for a call to support; its details are in the report, in English."""
    whole = [problem for problem in reading.problems if not problem.field]
    names = ", ".join(dict.fromkeys(problem.code for problem in whole)) or str(reading.state)
    return translate("report", "Code: {0}.").format(names)


def phone_report(reading: Reading) -> str:
    """Return a report to copy."""
    identity = reading.identity
    system = " ".join(part for part in (identity.os, identity.os_version, identity.os_build) if part)
    lines = [
        f"state: {reading.state}",
        f"phone: {reading.platform} {identity.model_code or ''} {system}".rstrip(),
        f"transport: {reading.transport}",
        f"read: {', '.join(sorted(reading.evidence)) or 'nothing'}",
        *(f"{problem.field or 'phone'}: {_named(problem)}" for problem in reading.problems),
    ]
    return "\n".join(lines)


def _named(problem: Problem) -> str:
    detail = plain(problem.params.get(_DETAIL, ""), 80)
    return f"{problem.code} ({detail})" if detail else problem.code
