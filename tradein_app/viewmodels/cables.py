"""What is wrong with a phone's cable or with the slot that it is in, in words; the readings of a bench say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from diagnostics.model import Problem, Reading

CODES = (
    "usb_over_current",
    "usb_reseat",
    "usb_churn",
    "usb_boot_loop",
    "usb_unconfigured",
    "usb_history",
    "usb_full_speed",
    "usb_slow",
)
"""What can be said of a cable or a slot, the worst first."""

_URGENT = frozenset({"usb_over_current", "usb_reseat"})


def cable_problem(reading: Reading) -> Problem | None:
    """Return the worst thing that is said of a phone's cable or slot; ``None`` where both are well."""
    said = {problem.code: problem for problem in reading.problems if not problem.field}
    return next((said[code] for code in CODES if code in said), None)


def cable_word(reading: Reading) -> str:
    """Return it in a word or two; ``""`` where there is nothing to say."""
    problem = cable_problem(reading)
    return words_of(problem.code, **problem.params) if problem else ""


def words_of(code: str, **params: str) -> str:
    """Return one of `CODES` in a word or two."""
    return _words()[code].format_map(params)


def cable_advice(reading: Reading, language: str) -> str:
    """Return it as a sentence, and what to do; ``""`` where there is nothing to say."""
    problem = cable_problem(reading)
    if problem is None:
        return ""
    from diagnostics.messages import message

    return message(problem, language)


def wants_hands(reading: Reading) -> bool:
    """Return whether the cable has to be touched before anything else helps."""
    problem = cable_problem(reading)
    return problem is not None and problem.code in _URGENT


def _words() -> dict[str, str]:
    return {
        "usb_over_current": translate("cables", "short circuit"),
        "usb_reseat": translate("cables", "re-seat the cable"),
        "usb_churn": translate("cables", "loose contact"),
        "usb_boot_loop": translate("cables", "restarts by itself"),
        "usb_unconfigured": translate("cables", "not enough power"),
        "usb_history": translate("cables", "lost {times} times today"),
        "usb_full_speed": translate("cables", "bad cable"),
        "usb_slow": translate("cables", "USB 2 cable"),
    }
