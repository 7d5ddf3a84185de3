"""Which phone was in which slot, in a small file of this computer: a restart of the program forgets none of it.

It holds what phones are called and when they were seen, nothing that the database does not hold as well, and only for
as long as a slot's word counts (`diagnostics.slots.memory.FORGOTTEN_AFTER`). It is a file, as slots are of one
computer, and the database may be of many. What it holds is checked, entry by entry, and left out
where it makes no sense. Two programs that share it each add what they saw; of one slot the later word stands.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from diagnostics.building import unread
from diagnostics.merging import Before
from diagnostics.model import DeviceId, Platform, State, Transport
from diagnostics.ports import Sighting
from diagnostics.slots.memory import counts
from diagnostics.slots.slot import Slot
from diagnostics.text import RAW_LIMIT, plain

FILE = "slot-phones.json"
LARGEST = 1_000_000
"""Bytes: a hundred times a bench of forty phones."""
PAUSE = 1.0
"""Seconds that news waits to be written: forty phones that are read at once are one file."""


class KeptPhones:
    """A `diagnostics.slots.memory.Keeper` for the loop of the devices.

    Args:
        path: Of the file; its folder is made when it is needed.
        submit: Has something done on a thread that may wait for a disk.
        now: What tells how old an entry is.
    """

    def __init__(
        self,
        path: Path,
        submit: Callable[[Callable[[], None]], None],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._path = path
        self._submit = submit
        self._now = now
        self._waiting: dict[Slot, Before] | None = None
        self._known: dict[Slot, datetime] = {}
        self._lock = threading.Lock()
        self._timer: asyncio.TimerHandle | None = None

    def load(self) -> Mapping[Slot, Before]:
        """Return what was kept and still counts; what cannot be read, or makes no sense, is left out."""
        found = self._kept()
        self._known = {slot: before.at for slot, before in found.items()}
        return found

    def save(self, phones: Mapping[Slot, Before]) -> None:
        """Keep these, in a moment."""
        with self._lock:
            self._waiting = dict(phones)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PAUSE, self._hand_over)

    def flush(self) -> None:
        """Write what waits; where there is no disk for it, the program is as it would be without the file."""
        with self._lock:
            waiting, self._waiting = self._waiting, None
        if waiting is not None:
            whole = self._merged(waiting)
            with contextlib.suppress(OSError):
                self._write([*self._documents(whole)])
                self._known = {slot: before.at for slot, before in whole.items()}

    def _kept(self) -> dict[Slot, Before]:
        found = (_entry(document) for document in _documents(self._path))
        return {slot: before for slot, before in filter(None, found) if counts(before.at, self._now())}

    def _merged(self, ours: Mapping[Slot, Before]) -> dict[Slot, Before]:
        """Return our phones with those that another program saw since; what we forgot stays forgotten."""
        whole = dict(ours)
        for slot, theirs in self._kept().items():
            known = ours[slot].at if slot in ours else self._known.get(slot)
            if known is None or theirs.at > known:
                whole[slot] = theirs
        return whole

    def _hand_over(self) -> None:
        self._timer = None
        self._submit(self.flush)

    def _documents(self, phones: Mapping[Slot, Before]) -> Iterator[dict[str, Any]]:
        for slot, before in phones.items():
            if counts(before.at, self._now()):
                yield {
                    "slot": str(slot),
                    "id": str(before.id),
                    "platform": str(before.reading.platform),
                    "name": before.name,
                    "names": dict(before.names),
                    "at": before.at.isoformat(),
                }

    def _write(self, phones: list[dict[str, Any]]) -> None:
        """Put a whole new file in place of the old one; each program has a file of its own until then."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file, name = tempfile.mkstemp(".new", f"{self._path.stem}-{os.getpid()}-", self._path.parent)
        try:
            with os.fdopen(file, "w", encoding="utf-8") as opened:
                json.dump({"phones": phones}, opened, ensure_ascii=False)
            Path(name).replace(self._path)
        finally:
            Path(name).unlink(missing_ok=True)


def _documents(path: Path) -> list[Any]:
    """Return the entries of a file; none where it is no plain file, too large, or no document of ours."""
    try:
        # Without waiting: what lies there may be a pipe, which nobody ever writes to.
        file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(file, "rb") as opened:
            if not stat.S_ISREG(os.fstat(file).st_mode):
                return []
            content = opened.read(LARGEST + 1)
        found = json.loads(content)["phones"] if len(content) <= LARGEST else []
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _entry(document: Any) -> tuple[Slot, Before] | None:
    """Return a slot and its phone, of which the names alone are known again; ``None`` for anything else."""
    try:
        slot, id_ = Slot.parse(_text(document["slot"])), DeviceId(_text(document["id"]))
        platform, name = Platform(document["platform"]), _text(document["name"], empty=True)
        names = {_text(kind): _text(one) for kind, one in document["names"].items()}
        at = _moment(_text(document["at"]))
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
        return None
    if slot is None:
        return None
    seen = Sighting("", id_, platform, Transport.USB, None, State.CONNECTING)
    return slot, Before(id_, name, at, MappingProxyType(names), unread(seen))


def _moment(text: str) -> datetime:
    """Return a moment.

    Raises:
        ValueError: It is none, or says of no zone.
        OverflowError: It is beyond all calendars.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC)


def _text(value: object, *, empty: bool = False) -> str:
    """Return a text as it may come from a phone.

    Raises:
        ValueError: It is none, or longer than any that was ever kept.
    """
    if (
        not isinstance(value, str)
        or len(value) > RAW_LIMIT
        or not (value or empty)
        or plain(value, RAW_LIMIT) != value
    ):
        raise ValueError(type(value).__name__)
    return value
