"""What a phone waits for, in words, and with a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.model import Platform, State
from tradein_app.viewmodels.language import Texts, pick_named, state_entry, state_name, step_words
from tradein_app.viewmodels.looks import TONES, Look
from tradein_app.viewmodels.phone_report import fault_code, phone_report

if TYPE_CHECKING:
    from diagnostics.bench import Phone
    from diagnostics.model import Reading

_REPORTED = frozenset({str(State.ERROR), "protocol_error"})
"""Rows about which support can be called: those may be a bug of ours, whatever else causes them."""


@dataclass(frozen=True, slots=True)
class PhoneState:
    """What the card says of a phone that cannot be read, or not fully.

    Attributes:
        look: Which icon goes with it.
        text: What it means and what to do: a sentence.
        more: What else helps, where there is room.
        picture: A drawing of what to look for; ``""`` for none.
        yes: What the button in it says.
        act: What its button does: ``""``, ``ask_trust``, ``read_again`` or ``install_rule``.
        timer: An entry of the timers, for `tradein_app.viewmodels.waiting`; ``""`` where time tells nothing.
        report: To copy for support; ``""`` where nothing can be our fault.
    """

    look: str
    tone: str
    text: str
    more: str = ""
    picture: str = ""
    yes: str = ""
    act: str = ""
    timer: str = ""
    report: str = ""


def phone_state(phone: Phone | None, reading: Reading | None, language: str) -> PhoneState | None:
    """Return what the shown phone waits for; ``None`` where nothing needs saying."""
    if reading is None:
        return None
    if phone is None or not phone.present:
        return PhoneState(Look.NEEDS_YOU, "warn", step_words("gone", language))
    # While a phone is read, the bench's word counts: the saved reading is of an earlier time.
    now = phone.reading
    if now.state is State.READY or (now.state is State.CONNECTING and phone.busy):
        return None
    entry = state_entry(state_name(now))
    # What the computer may not do is no fault of ours, and no support can help from afar.
    code = fault_code(now) if state_name(now) in _REPORTED else ""
    return PhoneState(
        look=entry["look"],
        tone=TONES[Look(entry["look"])],
        text=pick_named(entry, "", language),
        more=f"{_more(entry, now, language)} {code}".strip(),
        picture=entry.get("picture", ""),
        yes=pick_named(entry, "yes_", language),
        act=entry["act"],
        timer=entry.get("timer", ""),
        report=phone_report(now) if code else "",
    )


def _more(entry: Texts, reading: Reading, language: str) -> str:
    """Return what else helps; an Android phone has other keys and menus."""
    own = pick_named(entry, "android_more_", language) if reading.platform is Platform.ANDROID else ""
    return own or pick_named(entry, "more_", language)
