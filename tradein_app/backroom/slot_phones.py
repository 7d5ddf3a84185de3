"""Which phone was in which slot, in a small file of this computer: a restart of the program forgets none of it.

It holds what phones are called and when they were seen, nothing that the database does not hold as well, and only for
as long as a slot's word counts (`diagnostics.slots.memory.FORGOTTEN_AFTER`). It is a file, as slots are of one
computer, and the database may be of many.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
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
from diagnostics.slots.memory import FORGOTTEN_AFTER
from diagnostics.slots.slot import Slot

FILE = "slot-phones.json"
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
        self._lock = threading.Lock()
        self._timer: asyncio.TimerHandle | None = None

    def load(self) -> Mapping[Slot, Before]:
        """Return what was kept and still counts; a file that cannot be read holds nothing."""
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            entries = json.loads(self._path.read_text("utf-8"))["phones"]
            return {slot: before for slot, before in map(_entry, entries) if self._counts(before)}
        return {}

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
            with contextlib.suppress(OSError):
                self._write([*self._documents(waiting)])

    def _hand_over(self) -> None:
        self._timer = None
        self._submit(self.flush)

    def _counts(self, before: Before) -> bool:
        return self._now() - before.at <= FORGOTTEN_AFTER

    def _documents(self, phones: Mapping[Slot, Before]) -> Iterator[dict[str, Any]]:
        for slot, before in phones.items():
            if self._counts(before):
                yield {
                    "slot": str(slot),
                    "id": str(before.id),
                    "platform": str(before.reading.platform),
                    "name": before.name,
                    "names": dict(before.names),
                    "at": before.at.isoformat(),
                }

    def _write(self, phones: list[dict[str, Any]]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(".new")
        file = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(file, "w", encoding="utf-8") as opened:
            json.dump({"phones": phones}, opened, ensure_ascii=False)
        new.replace(self._path)


def _entry(document: Mapping[str, Any]) -> tuple[Slot, Before]:
    """Return a slot and its phone, of which only the names are known again, and no value.

    Raises:
        ValueError: It is none.
    """
    slot = Slot.parse(document["slot"])
    if slot is None:
        raise ValueError(document["slot"])
    id_, platform = DeviceId(document["id"]), Platform(document["platform"])
    seen = Sighting("", id_, platform, Transport.USB, None, State.CONNECTING)
    at = datetime.fromisoformat(document["at"])
    return slot, Before(id_, document["name"], at, MappingProxyType(dict(document["names"])), unread(seen))
