"""What a phone waits for, in words, with a drawing, and how long it has been waiting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from diagnostics.model import Quality, State
from tradein_app.viewmodels.language import (
    Texts,
    pick_named,
    state_entry,
    state_name,
    step_words,
    timer_entry,
)
from tradein_app.viewmodels.phone_report import fault_code, phone_report
from tradein_app.viewmodels.tiles import TONES, Look

if TYPE_CHECKING:
    from diagnostics.bench import Phone
    from diagnostics.model import Reading
    from tradein_app.viewmodels.devices import DevicesModel

_SILENT = "silent"


@dataclass(frozen=True, slots=True)
class PhoneState:
    """What the card says of a phone that cannot be read, or not fully.

    Attributes:
        look: Which icon goes with it.
        text: What it means and what to do: a sentence.
        more: What else helps, where there is room.
        picture: A drawing of what to look for; ``""`` for none.
        yes: What the button in it says.
        act: What its button does: ``""``, ``ask_trust`` or ``read_again``.
        timer: An entry of the timers; ``""`` where how long it lasts tells nothing.
        report: To copy for support; ``""`` where nothing is our fault.
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
    code = fault_code(now) if now.state is State.ERROR else ""
    return PhoneState(
        look=entry["look"],
        tone=TONES[Look(entry["look"])],
        text=pick_named(entry, "", language),
        more=f"{pick_named(entry, 'more_', language)} {code}".strip(),
        picture=entry.get("picture", ""),
        yes=pick_named(entry, "yes_", language),
        act=entry["act"],
        timer=entry.get("timer", ""),
        report=phone_report(now) if code else "",
    )


class Waiting(QObject):
    """Remembers since when each phone is in its state, and says for how long.

    Args:
        devices: The phones.
        now: The time, UTC.
    """

    def __init__(
        self, devices: DevicesModel, now: Callable[[], datetime] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._devices = devices
        self._now = now or (lambda: datetime.now(UTC))
        self._since: dict[str, tuple[str, datetime]] = {}
        devices.tile_changed.connect(self._note)
        devices.tile_added.connect(self._note)

    def words(self, phone: Phone, timer: str, language: str) -> str:
        """Return for how long a phone has been waiting, and what happens by itself or is left to a person.

        Args:
            phone: Which.
            timer: An entry of the timers.
            language: Two letters.
        """
        entry = timer_entry(timer)
        since = _last_answer(phone.reading) if timer == _SILENT else None
        passed = self._now() - (since or self._of(phone))
        text = pick_named(entry, "", language).format(time=_clock(passed))
        return f"{text} {_next(phone, entry, language)}".strip()

    def _of(self, phone: Phone) -> datetime:
        name = state_name(phone.reading)
        known = self._since.get(phone.key)
        if known is None or known[0] != name:
            known = self._since[phone.key] = (name, self._now())
        return known[1]

    def _note(self, index: int) -> None:
        phone = self._devices.board.ports[index].phone
        if phone is None:
            return
        if phone.present:
            self._of(phone)
        else:
            self._since.pop(phone.key, None)


def _last_answer(reading: Reading) -> datetime | None:
    times = [each.at for each in reading.evidence.values() if each.quality is not Quality.TYPED]
    return max(times, default=None)


def _next(phone: Phone, entry: Texts, language: str) -> str:
    """Return what comes next: the bench's own try, or a person's; nothing while the phone is being read."""
    if phone.busy:
        return ""
    if phone.again is None:
        return pick_named(entry, "stopped_", language)
    return pick_named(entry, "again_", language).format(seconds=f"{phone.again:g}")


def _clock(passed: timedelta) -> str:
    minutes, seconds = divmod(max(0, int(passed.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
