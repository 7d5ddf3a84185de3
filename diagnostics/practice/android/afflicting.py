"""What a fault makes of a practice phone as a whole, and how it is as it was before when the fault has gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import partial
from typing import Any, TypeVar

from diagnostics.practice.android.bus import Bus
from diagnostics.practice.android.faults import Fault, PhoneState
from diagnostics.practice.android.phone import Account, Character, Connection, PracticeAndroid
from diagnostics.practice.android.steps import Step

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Before:
    """How a phone was before its fault."""

    character: Character
    serial: str
    state: Connection
    booted: bool


class Afflictions:
    """The faults of the phones on one bus.

    Args:
        bus: The phones; those whose fault pulls their cable are pulled there.
    """

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._before: dict[str, Before] = {}
        self._pulled: set[str] = set()
        for phone in bus.phones.values():
            phone.troubles.pull = partial(self._pull, phone)
            phone.troubles.ended = partial(self._recover, phone)

    def put(self, phone: PracticeAndroid, fault: Fault, step: Step | None, times: int) -> None:
        """Give a phone a fault, in place of the one that it has."""
        phone.troubles.put(fault, step, times)
        self._before[phone.id] = Before(phone.character, phone.serial, phone.state, phone.booted)
        state = fault.state
        phone.character = overlaid(phone.character, _tables(state))
        phone.booted = phone.booted and not state.starting
        if state.twin:
            self._call(phone, self._neighbour(phone).serial)
        if state.connection:
            self._bus.set_state(phone.id, Connection(state.connection))

    def clear(self, phone: PracticeAndroid) -> None:
        """Take a phone's fault away; it is as it was before, and what waited gets its answer."""
        phone.troubles.clear()
        if phone.id in self._pulled:
            self._pulled.discard(phone.id)
            self._bus.plug(phone.id)

    def _recover(self, phone: PracticeAndroid) -> None:
        before = self._before.pop(phone.id, None)
        if before is None:
            return
        locks = replace(before.character.locks, locked=_still_locked(phone, before))
        phone.character = replace(before.character, locks=locks)
        phone.booted = before.booted
        if phone.serial != before.serial:
            self._call(phone, before.serial)
        self._bus.set_state(phone.id, before.state)

    def _pull(self, phone: PracticeAndroid) -> None:
        self._pulled.add(phone.id)
        self._bus.unplug(phone.id)

    def _neighbour(self, phone: PracticeAndroid) -> PracticeAndroid:
        others = [other for other in self._bus.phones.values() if other.plugged and other is not phone]
        return others[0] if others else phone

    def _call(self, phone: PracticeAndroid, serial: str) -> None:
        """Give a phone another serial, which takes a replug."""
        plugged = phone.plugged
        self._bus.unplug(phone.id)
        phone.serial = serial
        if plugged:
            self._bus.plug(phone.id)


def _still_locked(phone: PracticeAndroid, before: Before) -> bool:
    """Return what a trainer's hands did to the screen meanwhile, unless the fault itself locked it."""
    locked = phone.character.locks.locked
    return before.character.locks.locked if locked and not before.character.locks.locked else locked


def _tables(state: PhoneState) -> Mapping[str, Any]:
    tables = dict(state.character)
    if state.locked:
        tables["locks"] = {**tables.get("locks", {}), "locked": True}
    return tables


def overlaid(record: T, tables: Mapping[str, Any]) -> T:
    """Return a record with other values in some of its fields; tables go into records and mappings key by key."""
    known = {field.name for field in fields(record)}  # type: ignore[arg-type]  # records are dataclasses
    return replace(record, **{  # type: ignore[type-var]
        name: _laid_over(getattr(record, name), value) for name, value in tables.items() if name in known
    })  # fmt: skip


def _laid_over(old: Any, new: Any) -> Any:
    if not isinstance(new, Mapping):
        return tuple(_item(value) for value in new) if isinstance(new, list) else new
    if is_dataclass(old) and not isinstance(old, type):
        return overlaid(old, new)
    return {**old, **new} if isinstance(old, Mapping) else old


def _item(value: Any) -> Any:
    return Account(**value) if isinstance(value, Mapping) else value
