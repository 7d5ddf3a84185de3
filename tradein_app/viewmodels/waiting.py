"""How long a phone has been waiting, how long is left, and when it is tried again: in words, for each second."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from diagnostics.model import Quality, Transport
from tradein_app.viewmodels.language import Texts, pick_named, state_name, timer_entry

if TYPE_CHECKING:
    from diagnostics.bench import Phone
    from diagnostics.model import Reading
    from tradein_app.viewmodels.devices import DevicesModel

_SILENT = "silent"
_NEXT = "next"
_WATCHED = frozenset({Transport.USBMUX, Transport.ADB})
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class TimeLine:
    """What the card says of time at one moment.

    Attributes:
        words: A sentence or two.
        share: What is left of the time that a person is given, from 1 down to 0; ``None`` where nobody is given any.
        left: The same as a clock, such as ``1:48``.
        more: What helps once that time is over, in place of what the card says besides.
    """

    words: str = ""
    share: float | None = None
    left: str = ""
    more: str = ""


NO_TIME = TimeLine()
"""There is nothing to say of time."""


class Waiting(QObject):
    """Remembers since when each phone is in its state, and says what the clock says of it.

    Args:
        devices: The phones.
        now: The time, UTC.
    """

    def __init__(
        self, devices: DevicesModel, now: Callable[[], datetime] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._devices = devices
        self.now = now or (lambda: datetime.now(UTC))
        self._since: dict[str, tuple[str, datetime]] = {}
        devices.tile_changed.connect(self._note)
        devices.tile_added.connect(self._note)

    def line(self, phone: Phone, timer: str, language: str) -> TimeLine:
        """Return what to say of time now.

        Args:
            phone: Which.
            timer: An entry of the timers.
            language: Two letters.
        """
        entry, now = timer_entry(timer), self.now()
        if line := _patience(entry, phone, now, language):
            return line
        since = (phone.heard or _last_answer(phone.reading)) if timer == _SILENT else None
        words = pick_named(entry, "", language).format(time=_clock(now - (since or self._of(phone))))
        after = _next(phone, now, language) if _NEXT in entry else ""
        # The bar is there from the first second on, so that nothing moves when the phone has answered.
        return TimeLine(f"{words} {after}".strip(), share=1.0 if "left_en" in entry and phone.busy else None)

    def _of(self, phone: Phone) -> datetime:
        name = state_name(phone.reading)
        known = self._since.get(phone.key)
        if known is None or known[0] != name:
            known = self._since[phone.key] = (name, self.now())
        return known[1]

    def _note(self, index: int) -> None:
        phone = self._devices.board.ports[index].phone
        if phone is None:
            return
        if phone.present:
            self._of(phone)
        else:
            self._since.pop(phone.key, None)


def _patience(entry: Texts, phone: Phone, now: datetime, language: str) -> TimeLine | None:
    """Return how long a person has still, or since when nobody has tapped; ``None`` where nobody is asked."""
    if "left_en" not in entry or phone.asked is None or phone.until is None:
        return None
    # Where the computer's clock was put back, nobody has an hour.
    left = min(phone.until, now + (phone.until - phone.asked)) - now
    if left <= timedelta(0):
        words = pick_named(entry, "over_", language)
        said = words.format(time=_clock(now - phone.asked), seconds=f"{phone.again or 0:g}")
        return TimeLine(said, more=pick_named(entry, "over_more_", language))
    clock = _clock(timedelta(seconds=math.ceil(left / _SECOND)))
    words = pick_named(entry, "left_", language).format(left=clock)
    return TimeLine(words, share=min(1.0, left / (phone.until - phone.asked)), left=clock)


def _last_answer(reading: Reading) -> datetime | None:
    """Return when the phone last told something: what the bus shows of it is no answer."""
    told = (row for name, row in reading.evidence.items() if not name.startswith("usb."))
    times = [row.at for row in told if row.quality is not Quality.TYPED]
    return max(times, default=None)


def _next(phone: Phone, now: datetime, language: str) -> str:
    """Return when the bench tries again, that it is trying, or whom it leaves that to: a look, or a person."""
    entry = timer_entry(_NEXT)
    if phone.due is not None and phone.due > now:
        seconds = math.ceil(min((phone.due - now) / _SECOND, phone.again or math.inf))
        return pick_named(entry, "in_", language).format(seconds=seconds)
    if phone.busy or phone.again is not None:
        return pick_named(entry, "now_", language)
    # A phone that is left alone is still looked at, and read once it answers; what only the bare bus shows is not.
    watched = phone.reading.transport in _WATCHED
    return pick_named(entry, "watched_" if watched else "stopped_", language)


def _clock(passed: timedelta) -> str:
    minutes, seconds = divmod(max(0, int(passed.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
